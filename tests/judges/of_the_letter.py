"""`DOC-TRUOC.txt` of a medium, followed word by word: every line that begins with `$ ` is typed in the folder of the
medium, first as it is, then with one byte flipped. What the letter says must be seen is seen.

`MUC-LUC.html`: every link leads to a file of the medium, and the list leaves out no signed document.
"""

import os
import re
import shutil
import subprocess
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from chromium import Chromium
from demo_folder import DemoFolder
from findings import Findings
from of_pages import AXE, VIEWS

LETTER = "DOC-TRUOC.txt"
DAMAGED = ("FAILED", "HỎNG", "No such file")


def unpacked(image: Path, target: Path) -> Path:
    """The files of an image as a reader of ISO 9660 sees them."""
    target.mkdir()
    command = ["xorriso", "-indev", str(image), "-osirrox", "on", "-extract", "/", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    for path in [target, *target.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    return target


def typed(medium: Path, home: Path) -> list[tuple[str, str]]:
    """Each line of the letter for Linux with all that it printed."""
    lines = (medium / LETTER).read_bytes().decode().split("\r\n")
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"}
    said = []
    for line in lines:
        if line.startswith("$ "):
            done = subprocess.run(["bash", "-c", line[2:]], cwd=medium, env=environment, capture_output=True, text=True, errors="replace")
            said.append((line, done.stdout + done.stderr))
    return said


def follow(medium: Path, home: Path, found: Findings) -> None:
    deposits = len(list((medium / "data").iterdir()))
    seals = deposits + 1
    whole = typed(medium, home)
    found.expect(len(whole) >= 7, LETTER, f"lines to type: {len(whole)}")
    for line, said in whole:
        found.expect(not any(word in said for word in DAMAGED), line, f"finds nothing on a good medium: {said[-300:]}")
    together = "\n".join(said for _, said in whole)
    found.equal(together.count("CAdES Verification successful"), seals, LETTER, "seals whose signature holds")
    found.equal(together.count("Verification: OK"), seals, LETTER, "seals whose timestamp holds")
    found.equal(together.count("tagmanifest-sha256: "), seals, LETTER, "tag manifests that the seals name")
    for name in spoilable(medium):
        data = bytearray((medium / name).read_bytes())
        data[len(data) // 2] ^= 1
        before = (medium / name).read_bytes()
        (medium / name).write_bytes(data)
        told = "\n".join(said for _, said in typed(medium, home))
        found.expect(any(word in told for word in DAMAGED), name, f"a flipped byte is found by the letter: {told[-300:]}")
        (medium / name).write_bytes(before)


def spoilable(medium: Path) -> list[str]:
    paper = sorted(medium.glob("data/*/data/ho-so/*.pdf"))[0].relative_to(medium)
    return [str(paper), "MUC-LUC.html", "KIEM-TRA.html", "niem-phong/niem-phong.txt", "manifest-sha256.txt"]


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name == "href" and not value.startswith("#")]


def list_of_contents(medium: Path, found: Findings, browser: Chromium, axe: str) -> None:
    page = medium / "MUC-LUC.html"
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    for link in links.links:
        found.expect(re.match(r"[a-z]+:|/", link) is None and (medium / unquote(link)).is_file(), page, f"leads to a file: {link}")
    papers = {str(path.relative_to(medium)) for path in medium.glob("data/*/data/ho-so/*.pdf")}
    found.equal(papers - set(links.links), set(), page, "signed documents that the list leaves out")
    for view in VIEWS:
        browser.open(page, *view)
        where = f"{page.name}, {view}"
        found.equal(browser.complaints(), [], where, "the console")
        wider = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found.expect(wider <= 0, where, f"the page is {wider} px wider than the screen")
        browser.evaluate(axe + "\n;0")
        violations = browser.evaluate("axe.run(document).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 160)))")
        found.equal(violations, [], where, "axe")


def judge(folders: list[DemoFolder]) -> Findings:
    found = Findings()
    axe = AXE.read_text(encoding="utf-8")
    folder = folders[0]
    with tempfile.TemporaryDirectory() as temporary, Chromium() as browser:
        home = Path(temporary) / "home"
        home.mkdir()
        shutil.copy(folder.pki / "root.crt.pem", home / "ca.pem")
        for image in folder.images:
            medium = unpacked(image, Path(temporary) / image.stem)
            follow(medium, home, found)
            list_of_contents(medium, found, browser, axe)
    return found
