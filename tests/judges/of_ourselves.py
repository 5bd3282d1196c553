"""Our own verifier, last among the judges: it accepts what the others accept, and finds one flipped byte."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from demo_folder import DemoFolder
from findings import Findings

INVALID = 3


def verify(program: Path, folder: DemoFolder, paths: list[Path], found: Findings, status: int) -> list[dict]:
    command = [str(program), "verify", "--json", "--trust", str(folder.pki), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    found.expect(
        done.returncode == status, paths[0],
        f"niemphong verify ended with {done.returncode}, expected {status}: {(done.stderr or done.stdout)[-600:]}",
    )
    reports = []
    for line in done.stdout.splitlines():
        try:
            reports.append(json.loads(line))
        except json.JSONDecodeError:
            found.expect(False, paths[0], f"a line of --json is no JSON: {line[:120]}")
    return reports


def accepts(folders: list[DemoFolder], program: Path) -> Findings:
    """Every closed PDF, bag and image: verdict valid, exit 0."""
    found = Findings()
    for folder in folders:
        finals = [dossier.final for dossier in folder.dossiers if dossier.timestamped]
        for paths in (finals, folder.deposits, folder.images):
            reports = verify(program, folder, paths, found, 0)
            for path in paths:
                verdicts = [report.get("verdict") for report in reports if report.get("path") == str(path)]
                found.equal(verdicts, ["valid"], path, "verdict of niemphong")
    return found


def flip(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 1]))


def problems(reports: list[dict]) -> list[dict]:
    """The problems of a report and of everything inside it."""
    found = []
    for report in reports:
        for key, value in report.items():
            if key == "problems":
                found += value
            elif isinstance(value, dict):
                found += problems([value])
            elif isinstance(value, list):
                found += problems([part for part in value if isinstance(part, dict)])
    return found


def refuses(folders: list[DemoFolder], program: Path) -> Findings:
    """One flipped byte in a PDF, a bag, an image: exit 3 and a problem that says where."""
    found = Findings()
    folder = folders[0]
    with tempfile.TemporaryDirectory() as scratch:
        for name, where in (("pdf", flipped_pdfs), ("bag", flipped_bag), ("image", flipped_image)):
            for path, place in where(folder, Path(scratch)):
                path.chmod(0o700 if path.is_dir() else 0o600)
                reports = verify(program, folder, [path], found, INVALID)
                told = [problem for problem in problems(reports) if problem.get("where") and problem.get("code")]
                found.expect(bool(told), path, f"a flipped byte in the {name} is located")
                if place:
                    found.expect(any(place in problem["where"] for problem in told), path, f"a problem names {place}: {told[:3]}")
    return found


def flipped_pdfs(folder: DemoFolder, scratch: Path):
    """In the base, in the value of a signature, in a later revision, in the last line."""
    transcript = folder.of_kind("hoc-ba")[0]
    sizes = [path.stat().st_size for path in transcript.paths]
    data = transcript.final.read_bytes()
    contents = data.rfind(b"/Contents", 0, sizes[1]) + 60
    for number, offset in enumerate((sizes[0] // 2, contents, (sizes[1] + sizes[2]) // 2, len(data) - 20)):
        copy = scratch / f"flipped-{number}.pdf"
        shutil.copy(transcript.final, copy)
        copy.chmod(0o600)
        flip(copy, offset)
        yield copy, None


def flipped_bag(folder: DemoFolder, scratch: Path):
    deposit = folder.deposits[0]
    inside = sorted((deposit / "data/ho-so").iterdir())[0].relative_to(deposit)
    for name in (inside, Path("niem-phong/bien-ban.pdf"), Path("niem-phong/so-theo-doi.jsonl"), Path("bag-info.txt")):
        copy = scratch / "bag" / name.stem / deposit.name
        shutil.copytree(deposit, copy)
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)
        flip(copy / name, (copy / name).stat().st_size // 2)
        yield copy, name.name


def flipped_image(folder: DemoFolder, scratch: Path):
    """In a document of a deposit, in a page for people, in the register of the medium."""
    image = folder.images[0]
    files = folder.on_image(image)
    document = next(name for name in sorted(files) if "/data/ho-so/" in name)
    for number, name in enumerate((document, "DOC-TRUOC.txt", "niem-phong/so-theo-doi.jsonl")):
        copy = scratch / f"{number}-{image.name}"
        shutil.copy(image, copy)
        copy.chmod(0o600)
        content = files[name].read_bytes()
        # The register of a deposit begins as that of the medium does; its end is its own.
        offset = copy.read_bytes().find(content)
        flip(copy, offset + len(content) - 100)
        yield copy, name.rsplit("/", 1)[-1]
