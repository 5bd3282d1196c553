"""Every outside judge over what the demo made.

    judge.py --program BINARY --prepared FOLDER [--only NAME]... [--single FOLDER] DIR...

DIR is a demo folder; the first is judged as deeply as the cost rule allows, of the others (from the kill test) the
costly judges see what was in hand when it killed. Prints one line per judge with its seconds; the last line is "N passed, N failed".
"""

import argparse
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import of_checking_page
import of_contents
import of_deposits
import of_ourselves
import of_pages
import of_pdfs
import of_single_files
import of_the_folder
import of_the_letter
from demo_folder import DemoFolder
from findings import Findings

# Failures shown of each judge, and letters of each: a broken base fails every clause of two standards.
SHOWN = 12
SHOWN_LETTERS = 600


def every(folders: list[DemoFolder]) -> Findings:
    found = Findings()
    for folder in folders:
        one = of_the_folder.judge(folder)
        found.passed += one.passed
        found.failures += one.failures
    return found


def judges(folders: list[DemoFolder], prepared: Path, program: Path):
    """Costly ones first, so that the two workers end at about the same time."""
    return {
        "EU DSS (PAdES)": lambda: of_pdfs.dss(folders, prepared),
        "veraPDF (3a, UA-1)": lambda: of_pdfs.verapdf(folders, prepared),
        "pyHanko (PAdES)": lambda: of_pdfs.pyhanko(folders),
        "pyHanko (closed dossiers)": lambda: of_pdfs.pyhanko_levels(folders),
        "axe in Chromium": lambda: of_pages.judge(folders, program),
        "KIEM-TRA.html in Chromium": lambda: of_checking_page.judge(folders),
        "folder": lambda: every(folders),
        "pdfsig": lambda: of_pdfs.pdfsig(folders),
        "qpdf": lambda: of_pdfs.qpdf(folders),
        "pdftotext": lambda: of_contents.text(folders),
        "pdfdetach": lambda: of_contents.attached(folders),
        "JSON Schema": lambda: of_contents.schema(folders),
        "bagit.py, profile, sha*sum": lambda: of_deposits.bags(folders),
        "openssl cms, ts": lambda: of_deposits.signatures(folders),
        "seal and register": lambda: of_deposits.statements(folders),
        "xorriso": lambda: of_deposits.images(folders),
        "niemphong verify": lambda: of_ourselves.accepts(folders, program),
        "niemphong verify, flipped": lambda: of_ourselves.refuses(folders, program),
        # The letter belongs to a medium; an image of a deposit alone has an older one.
        **({"DOC-TRUOC, MUC-LUC": lambda: of_the_letter.judge(folders)} if (folders[0].path / "kho/vat-mang").is_dir() else {}),
    }


def of_single(folder: Path, prepared: Path):
    return {
        "EU DSS (single files)": lambda: of_single_files.dss(folder, prepared),
        "pyHanko (single files)": lambda: of_single_files.pyhanko(folder),
        "pyHanko (levels)": lambda: of_single_files.levels(folder),
        "pdfsig (single files)": lambda: of_single_files.pdfsig(folder),
    }


def run(name: str, judge) -> tuple[str, float, Findings]:
    begun = time.monotonic()
    try:
        try:
            found = judge()
        except Exception:  # no finding, so it says nothing about us; told, and tried once more from the start
            print(f"{name} broke down and is begun again: {traceback.format_exc(limit=-3)}", flush=True)
            found = judge()
        found.expect(found.passed + len(found.failures) > 0, name, "nothing was there to judge")
    except Exception:  # a judge that breaks down has not accepted anything
        found = Findings(failures=[f"{name}: {traceback.format_exc(limit=-3)}"])
    return name, time.monotonic() - begun, found


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", type=Path, required=True)
    arguments.add_argument("--prepared", type=Path, required=True)
    arguments.add_argument("--only", action="append", default=[])
    arguments.add_argument("--single", type=Path, help="files that `niemphong sign` made, with the folder pki")
    arguments.add_argument("folders", type=Path, nargs="+")
    given = arguments.parse_args()
    folders = [DemoFolder(path.resolve()) for path in given.folders]
    chosen = {
        name: judge
        for name, judge in {
            **judges(folders, given.prepared.resolve(), given.program.resolve()),
            **(of_single(given.single.resolve(), given.prepared.resolve()) if given.single else {}),
        }.items()
        if not given.only or any(only.lower() in name.lower() for only in given.only)
    }
    passed, failures = 0, []
    with ThreadPoolExecutor(max_workers=2) as workers:
        running = [workers.submit(run, name, judge) for name, judge in chosen.items()]
        for done in running:
            name, seconds, found = done.result()
            passed += found.passed
            failures += found.failures
            verdict = "ok" if not found.failures else "FAILED"
            print(f"{name:28} {verdict:6} {found.passed:6} passed {len(found.failures):4} failed {seconds:7.1f} s", flush=True)
            for failure in found.failures[:SHOWN]:
                print(f"    {failure[:SHOWN_LETTERS]}")
            if len(found.failures) > SHOWN:
                print(f"    and {len(found.failures) - SHOWN} more")
    # Once more at the end, which is what a build server keeps.
    for failure in failures[:SHOWN]:
        print(f"FAILED: {failure[:SHOWN_LETTERS]}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
