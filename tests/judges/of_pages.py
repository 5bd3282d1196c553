"""axe-core in Chromium over the pages of `niemphong verify --html`: valid, invalid with pictures, undetermined.

No violation on any page, light and dark, wide and narrow; no word on the console; nothing fetched; the policy of
the page stops a script that got in. With NIEMPHONG_PICTURES=FOLDER the pages are kept there as PNG and PDF.
"""

import io
import os
import shutil
import tempfile
from pathlib import Path

from chromium import Chromium
from demo_folder import DemoFolder
from findings import Findings

AXE = Path(__file__).resolve().parents[2] / "vendor/axe/axe.min.js"
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
VIEWS = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]
SHOWN = 3


def page(program: Path, found: Findings, target: Path, status: int, *arguments: object) -> Path:
    found.run([program, "verify", "--html", target, *arguments], target, status=status)
    return target


def drawn_over(pdf: Path, target: Path) -> Path:
    """An update behind the last signature that draws a field and other words over the first page."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf.read_bytes()))
    kids = writer.root["/Pages"]["/Kids"]
    drawing = b"q 1 1 0.6 rg 60 300 400 120 re f Q"
    contents = [kids[0].raw_get("/Contents"), writer.add_object(generic.StreamObject(stream_data=drawing))]
    kids[0]["/Contents"] = generic.ArrayObject(contents)
    writer.mark_update(kids.raw_get(0))
    out = io.BytesIO()
    writer.write(out)
    target.write_bytes(out.getvalue())
    return target


def pages(folder: DemoFolder, program: Path, scratch: Path, found: Findings) -> list[Path]:
    """One page for each kind of verdict, and one with all of them."""
    trust = ["--trust", folder.pki]
    good = folder.of_kind("hoc-ba")[0].final
    book = folder.of_kind("so-diem")[0].final
    forged = drawn_over(good, scratch / "ve-de.pdf")
    broken = scratch / "hong.pdf"
    shutil.copy(book, broken)
    broken.chmod(0o600)
    with broken.open("r+b") as file:
        file.seek(broken.stat().st_size // 2)
        file.write(b"\0")
    return [
        page(program, found, scratch / "hop-le.html", 0, *trust, good),
        page(program, found, scratch / "ve-de.html", 3, *trust, forged),
        page(program, found, scratch / "hong.html", 3, *trust, broken),
        page(program, found, scratch / "chua-ket-luan.html", 4, good),
        page(program, found, scratch / "goi.html", 0, *trust, folder.deposits[0]),
        page(program, found, scratch / "tat-ca.html", 1, *trust, good, forged, broken, scratch / "thieu.pdf"),
    ]


def judge_page(browser: Chromium, path: Path, axe: str, found: Findings) -> None:
    for scheme, width in VIEWS:
        where = f"{path.name}, {scheme}, {width} px"
        browser.open(path, scheme, width)
        found.equal(browser.complaints(), [], where, "the console")
        found.equal([url for url in browser.requests() if url != path.as_uri()], [], where, "requests of the page")
        wider = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found.expect(wider <= 0, where, f"the page is {wider} px wider than the screen")
        browser.evaluate(axe + "\n;0")
        result = browser.evaluate(
            "axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(r => ({passes: r.passes.length, violations:"
            " r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))}))"
        )
        found.expect(result["passes"] > 10, where, f"axe looked at the page: {result['passes']} rules passed")
        found.equal(result["violations"][:SHOWN], [], where, "axe")
        keep(browser, path, f"{scheme}-{width}")
    policy = browser.evaluate("document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
    found.equal(policy, POLICY, path.name, "the policy of the page")
    found.equal(browser.evaluate("document.scripts.length"), 0, path.name, "scripts in the page")
    browser.evaluate("document.body.appendChild(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'})) && 0")
    found.equal(browser.evaluate("typeof window.ran"), "undefined", path.name, "a script that got in")


def keep(browser: Chromium, path: Path, view: str) -> None:
    folder = os.environ.get("NIEMPHONG_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        browser.picture(Path(folder) / f"{path.stem}-{view}.png")
        if view == "light-1280":
            browser.printed(Path(folder) / f"{path.stem}.pdf")


# TT 15/2025/TT-BKHCN, 6.4, as the printed record heads its columns.
DEMANDED = [
    "Chủ thể ký", "Cơ quan cấp", "Đơn vị quản lý", "Thời điểm ký", "Toàn vẹn", "Hợp lệ tại", "Thời hạn", "Nguyên vẹn",
    "Chứng thư gốc", "niemphong 0.", "Xét hiệu lực tại thời điểm",
]


def judge_record(folder: DemoFolder, program: Path, scratch: Path, found: Findings) -> None:
    """The printed record says of a signature what the circular demands, and by what it was checked."""
    record = scratch / "bien-ban.pdf"
    final = folder.of_kind("hoc-ba")[0].final
    found.run([program, "verify", "--pdf", record, "--trust", folder.pki, final], record)
    text = " ".join(found.run(["pdftotext", record, "-"], record).split())
    for demanded in DEMANDED:
        found.expect(demanded in text, record.name, f"the record says {demanded!r}")
    told = found.run([program, "verify", "--details", "--trust", folder.pki, folder.deposits[0]], folder.deposits[0])
    managed = [line for line in told.splitlines() if "Đơn vị quản lý chứng thư:" in line]
    found.expect(len(managed) > 6, folder.deposits[0], f"a row for each signature of the deposit: {len(managed)}")
    found.equal([line for line in managed if line.strip().endswith("–")], [], folder.deposits[0], "who manages a certificate")


def judge(folders: list[DemoFolder], program: Path) -> Findings:
    found = Findings()
    axe = AXE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch, Chromium() as browser:
        judge_record(folders[0], program, Path(scratch), found)
        for path in pages(folders[0], program, Path(scratch), found):
            judge_page(browser, path, axe, found)
        has_pictures = (Path(scratch) / "ve-de.html").read_text(encoding="utf-8").count("<img ")
        found.expect(has_pictures >= 2, "ve-de.html", f"pages before and after: {has_pictures} pictures")
    return found
