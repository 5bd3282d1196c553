"""Judges of PDF files: veraPDF, EU DSS, pyHanko, pdfsig and qpdf. Each starts once over a list of files."""

import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from demo_folder import TIMESTAMP_FIELD, DemoFolder, Revision
from findings import Findings

# Two JVMs run side by side; uncapped, veraPDF alone takes 4.5 GB for a class book of 40 pages.
HEAP = "-Xmx3g"

# The first folder is the demo itself, of which the costly judges see all that the cost rule allows; the others come
# from the kill test, and of those they see what was in hand when it killed.
Folders = list[DemoFolder]


def states(folders: Folders, with_base: bool) -> list[tuple[DemoFolder, Revision]]:
    demo, *killed = folders
    return [
        *((demo, revision) for revision in demo.states(with_base)),
        *((folder, revision) for folder in killed for revision in folder.gone_on_with()),
    ]


@contextmanager
def control(folders: Folders, old: bytes | None = None, new: bytes = b""):
    """A spoiled copy of a closed transcript, which the judge must refuse: else it would accept anything. Without
    `old` one byte in the middle of the base is flipped, else `old` is replaced."""
    transcript = folders[0].of_kind("hoc-ba")[0]
    data = bytearray(transcript.final.read_bytes())
    if old is None:
        data[transcript.paths[0].stat().st_size // 2] ^= 1
    else:
        data = data.replace(old, new)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "spoiled.pdf"
        path.write_bytes(data)
        yield folders[0], replace(transcript.revisions[-1], path=path)


def java(prepared: Path, judge: str, jobs: list[list[object]], found: Findings) -> dict[str, list[list[str]]]:
    """Runs a Java judge over its jobs; its answers by path."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as listing:
        listing.writelines("\t".join(str(cell) for cell in job) + "\n" for job in jobs)
        listing.flush()
        classes = f"{prepared}/java/classes{os.pathsep}{(prepared / 'java.classpath').read_text().strip()}"
        command = ["java", HEAP, "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", classes, judge, listing.name]
        done = subprocess.run(command, capture_output=True, text=True)
    found.expect(done.returncode == 0, judge, f"ended with {done.returncode}: {done.stderr[-800:]}")
    answers = defaultdict(list)
    for line in done.stdout.splitlines():
        cells = line.split("\t")
        answers[cells[0]].append(cells[1:])
    return answers


def verapdf(folders: Folders, prepared: Path) -> Findings:
    """PDF/A-3a and PDF/UA-1: of the demo's documents, and of every other form that was shown beside them."""
    found = Findings()
    seen = [revision.path for _, revision in states(folders, with_base=True)]
    forms = folders[0].forms
    kinds = ["so-diem", "hoc-ba", "so-diem-gv", "bang-tong-hop", "danh-sach-xet-duyet", "so-dang-bo", "so-trang", "ly-lich", "kiem-tra-diem"]
    for kind in kinds:
        found.expect(any(form.name.startswith(f"{kind}_") or form.stem == kind for form in forms), folders[0].path, f"{kind} was shown")
    seen += forms
    # Another part of PDF/A claimed, with every offset as it was.
    with control(folders, b"<pdfaid:part>3<", b"<pdfaid:part>1<") as (_, spoiled):
        answers = java(prepared, "judge.VeraPdf", [[path] for path in [*seen, spoiled.path]], found)
    refused = any(cells[:2] == ["3a", "FAIL"] for cells in answers[str(spoiled.path)])
    found.expect(refused, "veraPDF", "refuses a spoiled copy")
    for path in seen:
        verdicts = {cells[0]: cells[1:] for cells in answers[str(path)]}
        for flavour in ("3a", "ua1"):
            verdict, details = verdicts.get(flavour, ["NONE", "no answer"])
            found.expect(verdict == "PASS", path, f"{flavour} {verdict}: {details}")
    return found


def dss(folders: Folders, prepared: Path) -> Findings:
    """PAdES by the library of the European Commission."""
    found = Findings()
    seen = [(folder, revision) for folder, revision in states(folders, with_base=False) if revision.signatures]
    with control(folders) as spoiled:
        jobs = [
            [revision.path, folder.pki, revision.signatures, revision.timestamps] for folder, revision in [*seen, spoiled]
        ]
        answers = java(prepared, "judge.Dss", jobs, found)
    verdicts = [verdict for _, verdict, _ in answers[str(spoiled[1].path)]]
    found.expect(verdicts != [] and "PASS" not in verdicts, "EU DSS", f"refuses every signature of a spoiled copy: {verdicts}")
    for _, revision in seen:
        verdicts = answers[str(revision.path)]
        found.equal(len(verdicts), 1 + revision.signatures, revision.path, "answers")
        for name, verdict, details in verdicts:
            found.expect(verdict == "PASS", f"{revision.path} {name}", f"{verdict}: {details}")
            if name != "file":
                # What a dossier is closed to; until then every signature is a plain one.
                level = "PAdES-BASELINE-LTA" if revision.timestamps else "PAdES-BASELINE-B"
                found.expect(f"{level}," in details, f"{revision.path} {name}", f"the level is {level}: {details}")
    return found


def asked(script: str, lines: str, found: Findings) -> list[list[str]]:
    """What pyHanko answers to these lines, in a process of its own so that two processors are used."""
    command = [sys.executable, str(Path(__file__).with_name(script))]
    done = subprocess.run(command, input=lines, capture_output=True, text=True)
    found.expect(done.returncode == 0, "pyHanko", f"ended with {done.returncode}: {done.stderr[-800:]}")
    return [line.split("\t") for line in done.stdout.splitlines()]


def pyhanko(folders: Folders) -> Findings:
    """PAdES by pyHanko."""
    found = Findings()
    seen = [(folder, revision) for folder, revision in states(folders, with_base=False) if revision.signatures]
    with control(folders) as spoiled:
        lines = "".join(
            f"{revision.path}\t{folder.pki}\t{revision.signatures}\t{revision.timestamps}\n"
            for folder, revision in [*seen, spoiled]
        )
        answers = defaultdict(list)
        for path, *answer in asked("pyhanko_judge.py", lines, found):
            answers[path].append(answer)
    verdicts = [verdict for _, verdict, _ in answers[str(spoiled[1].path)]]
    found.expect(verdicts != [] and "PASS" not in verdicts, "pyHanko", f"refuses every signature of a spoiled copy: {verdicts}")
    for _, revision in seen:
        verdicts = answers[str(revision.path)]
        found.equal(len(verdicts), revision.signatures + revision.timestamps, revision.path, "answers")
        for name, verdict, details in verdicts:
            found.expect(verdict == "PASS", f"{revision.path} {name}", details)
        # pyHanko lists signatures by the revision that each covers: the order is provable from the file alone.
        signed = [revision.turns.get(name, -1) for name, _, _ in verdicts if name != TIMESTAMP_FIELD]
        found.expect(signed == sorted(signed) and -1 not in signed, revision.path, f"boxes signed in the order of the plan: {signed}")
    return found


def asked_for_levels(jobs: list[tuple[Path, Path, str]], found: Findings) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """pyHanko asked for the level of a file with the PKI of a folder; verdict and details of each signature."""
    lines = "".join(f"{path}\t{pki}\t{level}\n" for path, pki, level in jobs)
    answers = defaultdict(list)
    for path, level, _, verdict, details in asked("pyhanko_level.py", lines, found):
        answers[path, level].append((verdict, details))
    return answers


def pyhanko_levels(folders: Folders) -> Findings:
    """pyHanko finds in a closed dossier all that its level needs; in what it was before one thing is missing."""
    found = Findings()
    # The signature of the last box, the DSS, the timestamp that closes: (revision, verdict).
    jobs = [
        (revision, verdict)
        for dossier in folders[0].chosen()
        for revision, verdict in zip(dossier.revisions[-3:], ["FAIL", "FAIL", "PASS"], strict=True)
    ]
    answers = asked_for_levels([(revision.path, folders[0].pki, "closed") for revision, _ in jobs], found)
    for revision, verdict in jobs:
        said = answers[str(revision.path), "closed"]
        found.equal([one for one, _ in said], [verdict] * revision.signatures, revision.path, f"asked whether it is closed: {said}")
    return found


def pdfsig(folders: Folders) -> Findings:
    """poppler: every signature is valid; of document timestamps it only says that it did not verify them."""
    found = Findings()
    for _, revision in states(folders, with_base=False):
        if not revision.signatures:
            continue
        said = found.run(["pdfsig", "-nocert", revision.path], revision.path)
        parts = re.split(r"^Signature #\d+:$", said, flags=re.MULTILINE)[1:]
        signed = [part for part in parts if "is not signed" not in part and f"Field Name: {TIMESTAMP_FIELD}\n" not in part]
        valid = [part for part in signed if "Signature Validation: Signature is Valid." in part]
        found.equal(len(valid), revision.signatures, revision.path, "signatures that are valid")
        found.equal(len(signed), revision.signatures, revision.path, "signatures")
        whole = sum("Total document signed" in part and "Not total" not in part for part in parts)
        # Only the DSS revision leaves a file whose last signature does not cover it whole.
        boxes = len(revision.turns)
        ends_in_signature = revision.number <= boxes or revision.timestamps
        found.equal(whole, 1 if ends_in_signature else 0, revision.path, "signatures over the whole file")
    with control(folders) as (_, spoiled):
        said = found.run(["pdfsig", "-nocert", spoiled.path], "pdfsig, spoiled copy")
        found.expect("Signature is Valid" not in said, "pdfsig", "refuses every signature of a spoiled copy")
    return found


def qpdf(folders: Folders) -> Findings:
    """Structure: cross-reference sections, streams, object streams."""
    found = Findings()
    for folder in folders:
        for dossier in folder.dossiers:
            for revision in dossier.revisions:
                if folder is folders[0] or revision.last:
                    said = found.run(["qpdf", "--check", revision.path], revision.path)
                    found.expect("WARNING" not in said, revision.path, f"no warning: {said[-300:]}")
    return found
