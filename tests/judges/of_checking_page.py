"""KIEM-TRA.html in Chromium: over the demo's deposit and medium as they are, and over copies in which one thing is wrong.

The page sends nothing, its policy stops a script that got in, it never says that something is valid, axe-core finds
nothing. With NIEMPHONG_PICTURES=FOLDER its states are kept there as PNG.
"""

import base64
import hashlib
import os
import re
import resource
import shutil
import tempfile
import time
from pathlib import Path

from chromium import Chromium
from demo_folder import DemoFolder
from findings import Findings
from of_pages import AXE, VIEWS, drawn_over
from of_the_letter import unpacked

PAGE = Path(__file__).resolve().parents[2] / "src/crafts/guide/kiem-tra.html"
ANSWER_SECONDS = 300
TORTURE = bool(os.environ.get("NIEMPHONG_TORTURE"))
# Streamed: far more than the page may hold in memory at once.
LARGE_BYTES = 1_000_000_000 if TORTURE else 200_000_000
# Pieces that were hashed wait for the browser to collect them; measured 219 MB after 1 GB.
HEAP_BYTES = 320_000_000


def copy_of(deposit: Path, scratch: Path, name: str) -> Path:
    copy = scratch / name / deposit.name
    shutil.copytree(deposit, copy)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    return copy


def flip(path: Path, offset: int | None = None) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if offset is None else offset] ^= 1
    path.write_bytes(data)


def signed_paper(folder: Path) -> Path:
    return sorted((folder / "data/ho-so").glob("*hoc-ba*.pdf"))[0]


def smallest(deposits: list[Path]) -> Path:
    """Of those with a transcript. What is wrong is found in it as in a large one, and each copy is read whole: nearly
    all of the time goes into signatures that nobody touched."""

    def length(deposit: Path) -> int:
        return sum(path.stat().st_size for path in deposit.rglob("*") if path.is_file())

    return min((one for one in deposits if any(one.glob("data/ho-so/*hoc-ba*.pdf"))), key=length)


def spoiled(deposit: Path, scratch: Path):
    """Copies with one thing wrong: name, folder, code that must be found, file that must be named."""

    def case(name: str, change, code: str, place: str):
        copy = copy_of(deposit, scratch, name)
        change(copy)
        return name, copy, code, place

    paper = signed_paper(deposit).relative_to(deposit)
    yield case("flipped", lambda copy: flip(copy / paper), "changed", paper.name)
    yield case("missing", lambda copy: (copy / paper).unlink(), "missing", paper.name)
    yield case("extra", lambda copy: (copy / "data/ho-so/la.pdf").write_bytes(b"%PDF-1.7"), "extra", "la.pdf")
    yield case("beside", lambda copy: (copy / "niem-phong/la.txt").write_text("x"), "extra", "la.txt")
    yield case("bag-info", lambda copy: flip(copy / "bag-info.txt"), "changed", "bag-info.txt")
    yield case("record", lambda copy: flip(copy / "niem-phong/bien-ban.pdf"), "not-sealed", "bien-ban.pdf")
    yield case("statement", lambda copy: flip(copy / "niem-phong/niem-phong.txt"), "seal-signature", "niem-phong.txt.p7s")
    yield case("signature", lambda copy: flip(copy / "niem-phong/niem-phong.txt.p7s", -20), "seal-signature", "niem-phong.txt.p7s")
    yield case("timestamp", lambda copy: flip(copy / "niem-phong/niem-phong.txt.p7s.tsr", -20), "timestamp", "niem-phong.txt.p7s.tsr")
    yield case("register", lambda copy: flip(copy / "niem-phong/so-theo-doi.jsonl"), "register", "so-theo-doi.jsonl")
    yield case("unsealed", lambda copy: shutil.rmtree(copy / "niem-phong"), "no-seal", "niem-phong.txt")
    yield case("relisted", relisted, "not-sealed", "tagmanifest-sha256.txt")


def relisted(copy: Path) -> None:
    """A changed paper whose digests were entered anew in every manifest: only the seal tells."""
    paper = signed_paper(copy)
    before = {name: hashlib.new(name, paper.read_bytes()).hexdigest() for name in ("sha256", "sha512")}
    paper.write_bytes(paper.read_bytes() + b"\n")
    for name, digest in before.items():
        manifest = copy / f"manifest-{name}.txt"
        old = {way: hashlib.new(way, manifest.read_bytes()).hexdigest() for way in before}
        manifest.write_text(manifest.read_text().replace(digest, hashlib.new(name, paper.read_bytes()).hexdigest()))
        for way, was in old.items():
            tags = copy / f"tagmanifest-{way}.txt"
            tags.write_text(tags.read_text().replace(was, hashlib.new(way, manifest.read_bytes()).hexdigest()))


def large_bag(scratch: Path) -> Path:
    """A bag with one file of LARGE_BYTES, nothing signed: what is measured is reading."""
    bag = scratch / "large"
    (bag / "data").mkdir(parents=True)
    digests = {name: hashlib.new(name) for name in ("sha256", "sha512")}
    piece = hashlib.shake_256(b"large").digest(1_000_000)
    with (bag / "data/lon.bin").open("wb") as file:
        for _ in range(LARGE_BYTES // len(piece)):
            file.write(piece)
            for digest in digests.values():
                digest.update(piece)
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    for name, digest in digests.items():
        (bag / f"manifest-{name}.txt").write_text(f"{digest.hexdigest()}  data/lon.bin\n")
    for name in digests:
        listed = ["bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"]
        lines = [f"{hashlib.new(name, (bag / file).read_bytes()).hexdigest()}  {file}\n" for file in listed]
        (bag / f"tagmanifest-{name}.txt").write_text("".join(lines))
    return bag


def spoiled_media(medium: Path, scratch: Path):
    """As `spoiled`, of a whole medium: what lies in a deposit, beside the deposits, and in the medium's own seal."""
    paper = sorted(medium.glob("data/*/data/ho-so/*hoc-ba*.pdf"))[0].relative_to(medium)

    def case(name: str, change, code: str, place: str):
        copy = copy_of(medium, scratch, name)
        change(copy)
        return name, copy, code, place

    def forged(copy: Path) -> None:
        drawn_over(medium / paper, copy / paper)

    def shortened(copy: Path) -> None:
        register = copy / "niem-phong/so-theo-doi.jsonl"
        register.write_bytes(b"".join(register.read_bytes().splitlines(keepends=True)[:-1]))

    yield case("medium-flipped", lambda copy: flip(copy / paper), "changed", paper.name)
    yield case("medium-missing", lambda copy: (copy / paper).unlink(), "missing", paper.name)
    yield case("medium-extra", lambda copy: (copy / paper.parent / "la.pdf").write_bytes(b"%PDF-1.7"), "extra", "la.pdf")
    yield case("medium-deposit-gone", lambda copy: shutil.rmtree(copy / paper.parts[0] / paper.parts[1]), "missing", paper.name)
    yield case("medium-forged", forged, "changed", paper.name)
    yield case("medium-contents", lambda copy: flip(copy / "MUC-LUC.html"), "changed", "MUC-LUC.html")
    yield case("medium-shortened", shortened, "changed", "so-theo-doi.jsonl")
    yield case("medium-statement", lambda copy: flip(copy / "niem-phong/niem-phong.txt"), "seal-signature", "niem-phong.txt.p7s")


class Page:
    """The page in the browser, words as a person sees them."""

    def __init__(self, browser: Chromium, found: Findings):
        self.browser, self.found = browser, found
        self.place = PAGE

    def on(self, medium: Path) -> None:
        """The page that lies on the medium, opened from there, as the letter says."""
        self.place = medium / "KIEM-TRA.html"

    def check(self, files: list[Path], chooser: str = "#folder", view: tuple[str, int] = ("light", 1280)) -> str:
        self.browser.open(self.place, *view)
        self.browser.choose(chooser, files)
        return self.answer()

    def answer(self) -> str:
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            done = "document.querySelector('#working').hidden && document.querySelector('#result').innerText"
            said = self.browser.evaluate(done)
            if said:
                for word in ("HỢP LỆ", "hợp lệ", "valid"):
                    self.found.expect(word not in said, PAGE.name, f"says no {word!r}")
                return said
            time.sleep(0.05)
        raise RuntimeError("the page gave no answer")

    def quiet(self, where: str) -> None:
        self.found.equal(self.browser.complaints(), [], where, "the console")
        asked = [url for url in self.browser.requests() if url != self.place.as_uri()]
        self.found.equal(asked, [], where, "requests of the page")

    def accessible(self, where: str, axe: str) -> None:
        wider = self.browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.found.expect(wider <= 0, where, f"the page is {wider} px wider than the screen")
        self.browser.evaluate(axe + "\n;0")
        self.browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true }) ?? 0")
        violations = self.browser.evaluate(
            "axe.run(document).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 160)))"
        )
        self.found.equal(violations, [], where, "axe")

    def keep(self, name: str) -> None:
        folder = os.environ.get("NIEMPHONG_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.browser.picture(Path(folder) / f"kiem-tra-{name}.png")


def policy_of_the_page(page: Page) -> None:
    found, browser = page.found, page.browser
    browser.open(PAGE, "light", 1280)
    policy = browser.evaluate("document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
    shape = r"default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; base-uri 'none'; form-action 'none'"
    found.expect(re.fullmatch(shape, policy) is not None, PAGE.name, f"a strict policy: {policy}")
    text = PAGE.read_text(encoding="utf-8")
    for element in ("script", "style"):
        whole = text[text.index(f"<{element}>") + len(element) + 2:text.index(f"</{element}>")]
        digest = base64.b64encode(hashlib.sha256(whole.encode()).digest()).decode()
        found.expect(f"{element}-src 'sha256-{digest}'" in policy, PAGE.name, f"the policy names the digest of its {element}")
    browser.evaluate("document.body.appendChild(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'})) && 0")
    found.equal(browser.evaluate("typeof window.ran"), "undefined", PAGE.name, "a script that got in")
    sent = (
        "new Promise(done => { document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));"
        " fetch('http://127.0.0.1:9/').catch(() => setTimeout(() => done('only by the network'), 500)) })"
    )
    found.equal(browser.evaluate(sent), "connect-src", PAGE.name, "what stops a request")


def without_the_picker(page: Page) -> None:
    """A browser that cannot walk through folders will speak of "Upload": the page says beforehand what that means."""
    browser, found = page.browser, page.found
    browser.open(PAGE, "light", 1280)
    shown = "getComputedStyle(document.querySelector('#upload-words')).display !== 'none'"
    found.equal(browser.evaluate(shown), False, PAGE.name, "words about Upload where the picker is offered")
    gone = browser.call("Page.addScriptToEvaluateOnNewDocument", source="delete window.showDirectoryPicker")
    browser.open(PAGE, "light", 1280)
    found.equal(browser.evaluate(shown), True, PAGE.name, "words about Upload where it is not")
    browser.evaluate("document.querySelector('#folder').addEventListener('click', e => { e.preventDefault(); window.asked = 1 })")
    browser.evaluate("document.querySelector('#choose-folder').click()")
    found.equal(browser.evaluate("window.asked"), 1, PAGE.name, "the button asks for a folder all the same")
    browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=gone["identifier"])


def large_files(page: Page, scratch: Path) -> None:
    bag = large_bag(scratch)
    before = time.monotonic()
    page.browser.open(PAGE, "light", 1280)
    page.browser.choose("#folder", [bag])
    most, said = 0, ""
    while not said and time.monotonic() - before < ANSWER_SECONDS:
        heap = page.browser.call("Runtime.getHeapUsage")
        most = max(most, heap["usedSize"] + heap.get("backingStorageSize", 0))
        said = page.browser.evaluate("document.querySelector('#working').hidden && document.querySelector('#result').innerText")
        time.sleep(0.2)
    seconds = time.monotonic() - before
    page.found.expect("1 điều" in said and "không có niêm phong" in said, bag, f"the bag is whole, only its seal is missing: {said[:300]}")
    page.found.expect(most < HEAP_BYTES, bag, f"{LARGE_BYTES} bytes in {seconds:.1f} s, heap at most {most}")


def judge(folders: list[DemoFolder]) -> Findings:
    found = Findings()
    axe = AXE.read_text(encoding="utf-8")
    deposit = folders[0].deposits[0]
    seal = hashlib.sha256((deposit / "niem-phong/niem-phong.txt").read_bytes()).hexdigest()
    with tempfile.TemporaryDirectory() as temporary, Chromium() as browser:
        scratch, page = Path(temporary), Page(browser, found)
        policy_of_the_page(page)
        without_the_picker(page)
        for view in VIEWS:
            where = f"{PAGE.name}, whole, {view[0]}, {view[1]} px"
            said = page.check([deposit], view=view)
            found.expect(said.startswith("Không phát hiện hư hỏng\n"), where, said[:400])
            found.expect(" ".join(re.findall(".{8}", seal)) in said, where, "shows the seal digest")
            page.quiet(where)
            page.keep(f"{view[0]}-{view[1]}")
            page.accessible(where, axe)
            page.keep(f"open-{view[0]}-{view[1]}")
        browser.evaluate("document.querySelector('#en').click()")
        found.expect("No damage found" in browser.evaluate("document.body.innerText"), PAGE.name, "speaks English")
        page.accessible("in English", axe)
        images = [unpacked(image, scratch / image.stem) for image in folders[0].images]
        for medium in images:
            page.on(medium)
            said = page.check([medium])
            found.expect(said.startswith("Không phát hiện hư hỏng\n"), medium, said[:400])
            for statement in sorted(medium.glob("**/niem-phong/niem-phong.txt")):
                seal = hashlib.sha256(statement.read_bytes()).hexdigest()
                found.expect(" ".join(re.findall(".{8}", seal)) in said, statement, "its seal digest is shown")
            page.quiet(str(medium))
            page.keep("medium")
        page.place = PAGE
        small = smallest(folders[0].deposits)
        cases = [spoiled(small, scratch), *(spoiled_media(medium, scratch) for medium in images[:1])]
        for name, copy, code, place in (one for some in cases for one in some):
            said = page.check([copy])
            found.expect(said.startswith("Phát hiện hư hỏng"), name, said[:400])
            words = browser.evaluate(f"[...document.querySelectorAll('table.damage tbody tr')].some(r => r.dataset.code === '{code}' && r.cells[0].textContent.endsWith('{place}'))")
            found.expect(words, name, f"{code} of {place}: {said[:400]}")
            page.quiet(name)
            if name == "flipped":
                page.keep("flipped")
                page.accessible(name, axe)
            shutil.rmtree(copy.parent)
        papers(page, folders[0], scratch)
        walked(page, small, copy_of(small, scratch, "walked"))
        large_files(page, scratch)
    return found


def papers(page: Page, folder: DemoFolder, scratch: Path) -> None:
    """Single files: a transcript as it is, changed in signed bytes, drawn over behind the last signature."""
    good = folder.of_kind("hoc-ba")[0].final
    said = page.check([good], "#files")
    page.found.expect(said.startswith("Không phát hiện hư hỏng\n"), good, said[:400])
    page.found.expect(hashlib.sha256(good.read_bytes()).hexdigest()[:8] in said, good, "shows the digest of a single file")
    forged = scratch / "sua.pdf"
    shutil.copy(good, forged)
    forged.chmod(0o600)
    flip(forged, 3000)
    said = page.check([forged], "#files")
    page.found.expect(said.startswith("Phát hiện hư hỏng") and "sửa sau khi ký" in said, forged, said[:400])
    said = page.check([drawn_over(good, scratch / "ve-de.pdf")], "#files")
    page.found.expect("cần xem thêm" in said and "sau chữ ký cuối" in said, "ve-de.pdf", said[:400])
    page.keep("drawn-over")
    unsigned = folder.of_kind("hoc-ba")[0].paths[0]
    said = page.check([unsigned], "#files")
    page.found.expect(said.startswith("Không có bản kê nào"), unsigned, said[:400])


def walked(page: Page, deposit: Path, copy: Path) -> None:
    """The folder as the picker of the browser hands it over: a real handle, got by dropping the folder."""
    for folder, starts in ((deposit, "Không phát hiện hư hỏng\n"), (copy, "Phát hiện hư hỏng")):
        if folder == copy:
            flip(signed_paper(copy))
        page.browser.open(PAGE, "light", 1280)
        page.browser.evaluate(
            "document.addEventListener('dragover', e => e.preventDefault());"
            "document.addEventListener('drop', e => { e.preventDefault();"
            " window.handle = e.dataTransfer.items[0].getAsFileSystemHandle() })"
        )
        for kind in ("dragEnter", "dragOver", "drop"):
            dragged = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
            page.browser.call("Input.dispatchDragEvent", type=kind, x=200, y=200, data=dragged)
        page.browser.evaluate("window.showDirectoryPicker = () => window.handle; document.querySelector('#choose-folder').click()")
        said = page.answer()
        page.found.expect(said.startswith(starts), folder, f"walked through a handle: {said[:300]}")
    page.browser.evaluate("delete window.showDirectoryPicker; 0")
