"""EU DSS, pyHanko and pdfsig over what `niemphong sign` makes of a file: each level is the one that it claims, and
RSASSA-PSS and ECDSA on P-256 and P-384 are understood."""

from collections import defaultdict
from pathlib import Path

import of_pdfs
from findings import Findings

# Name of the file: level as EU DSS names it, document timestamps.
FILES = {
    "b-b": ("PAdES-BASELINE-B", 0),
    "b-t": ("PAdES-BASELINE-T", 0),
    "b-lt": ("PAdES-BASELINE-LT", 0),
    "b-lta": ("PAdES-BASELINE-LTA", 1),
    "pss": ("PAdES-BASELINE-B", 0),
    "ecdsa": ("PAdES-BASELINE-B", 0),
    "p384": ("PAdES-BASELINE-B", 0),
}


def files(folder: Path, found: Findings) -> list[tuple[Path, str, int]]:
    all = [(folder / f"{name}.pdf", level, stamps) for name, (level, stamps) in FILES.items()]
    for path, _, _ in all:
        found.expect(path.is_file(), path, "was made")
    return all


def dss(folder: Path, prepared: Path) -> Findings:
    found = Findings()
    all = files(folder, found)
    answers = of_pdfs.java(prepared, "judge.Dss", [[path, folder / "pki", 1, stamps] for path, _, stamps in all], found)
    for path, level, _ in all:
        verdicts = answers[str(path)]
        found.equal(len(verdicts), 2, path, "answers")
        for name, verdict, details in verdicts:
            found.expect(verdict == "PASS", f"{path} {name}", f"{verdict}: {details}")
            if name != "file":
                found.expect(f"{level}," in details, path, f"the level is {level}: {details}")
    return found


def pyhanko(folder: Path) -> Findings:
    found = Findings()
    all = files(folder, found)
    lines = "".join(f"{path}\t{folder / 'pki'}\t1\t{stamps}\n" for path, _, stamps in all)
    answers = defaultdict(list)
    for path, *answer in of_pdfs.asked("pyhanko_judge.py", lines, found):
        answers[path].append(answer)
    for path, _, stamps in all:
        found.equal(len(answers[str(path)]), 1 + stamps, path, "answers")
        for name, verdict, details in answers[str(path)]:
            found.expect(verdict == "PASS", f"{path} {name}", details)
    return found


def levels(folder: Path) -> Findings:
    """pyHanko asked for the level that is claimed, by the algorithm of that level; asked for a higher one it refuses."""
    found = Findings()
    names = ["b-b", "b-t", "b-lt", "b-lta"]
    jobs = [(folder / f"{name}.pdf", name, asked) for name in names for asked in names]
    answers = of_pdfs.asked_for_levels([(path, folder / "pki", asked.upper()) for path, _, asked in jobs], found)
    for path, name, asked in jobs:
        is_reached = names.index(asked) <= names.index(name)
        verdicts = answers[str(path), asked.upper()]
        found.equal([verdict for verdict, _ in verdicts], ["PASS" if is_reached else "FAIL"], path, f"asked for {asked.upper()}: {verdicts}")
    return found


def pdfsig(folder: Path) -> Findings:
    found = Findings()
    for path, _, _ in files(folder, found):
        said = found.run(["pdfsig", "-nocert", path], path)
        found.expect("Signature Validation: Signature is Valid." in said, path, said[-300:])
    return found
