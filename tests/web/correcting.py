"""A changed value of a locked class: asked for, refused, opened again, agreed to, recorded before witnesses, on pages."""

import json
import time
from pathlib import Path

from browser import Browser
from demo import PASSWORD, Demo, at_reader, signs_all, types_pin

SCAN = Path(__file__).resolve().parents[2] / "src/demo/pictures/chu-ky-hieu-truong.png"
OF_ANOTHER = "Tính nhẩm nhanh, trình bày gọn."
CHANGED = "Cảm thụ rất tốt, viết <b>gãy gọn</b>."
TEACHER, COLLEAGUE, PRINCIPAL, BOARD = "Vũ Ngọc Diễm Hằng", "Phạm Hữu Nghiệp", "Nguyễn Trọng Khuyến", "Tạ Quỳnh Hưởng"


def bodies(demo: Demo, kind: str) -> list[dict]:
    return [entry["body"] for entry in demo.register() if entry["kind"] == kind]


def waits_for(demo: Demo, kind: str, count: int) -> dict:
    deadline = time.monotonic() + 60
    while len(found := bodies(demo, kind)) < count:
        assert time.monotonic() < deadline, f"no {kind}"
        time.sleep(0.3)
    return found[-1]


def drops_a_changed_export(demo: Demo) -> dict:
    """The same class from the vendor's program once more: a remark each of two subjects is another."""
    signed = [one for one in bodies(demo, "export.accepted") if (one["class"], one["period"]) == ("6A1", "ca-nam")][-1]
    export = json.loads((demo.folder / f"kho/goc/{signed['export']}.json").read_text())
    export["pupils"][0]["subjects"]["VAN"]["remark"] = CHANGED
    export["pupils"][0]["subjects"]["TOAN"]["remark"] = OF_ANOTHER
    opened = len(bodies(demo, "correction.opened"))
    (demo.folder / "hop-thu/6A1_sua.json").write_text(json.dumps(export, ensure_ascii=False))
    return waits_for(demo, "correction.opened", opened + 1)


def asks(browser: Browser, case: dict) -> None:
    browser.sign_in("gv-van", "giao-vien", PASSWORD)
    browser.go("/sua-chua")
    assert case["number"] in browser.text(), browser.text()
    browser.inspect("sua-chua")
    browser.go(f"/sua-chua/{case['year']}/{case['number']}")
    assert "<b>gãy gọn</b>" in browser.text(), browser.text()
    # In the words of the form: nobody at a school reads paths.
    assert "nhận xét" in browser.text() and "$." not in browser.text(), browser.text()
    browser.inspect("sua-chua-mot")
    browser.fill("#de-nghi-vi-sao", "Nhận xét ghi nhầm của học sinh khác.")
    browser.press("form[action$='/de-nghi'] button")
    assert "phiếu đề nghị sửa đang chờ ký" in browser.text().lower(), browser.text()


def corrections_go_their_way_on_pages(browser: Browser, demo: Demo) -> None:
    case = drops_a_changed_export(demo)
    here = f"/sua-chua/{case['year']}/{case['number']}"
    asks(browser, case)
    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    browser.go(here)
    browser.fill("#khong-dong-y-vi-sao", "Xin đối chiếu lại với sổ theo dõi.")
    browser.press("form[action$='/khong-dong-y'] button")
    assert "không đồng ý sửa" in browser.text().lower() and not browser.has("main form"), browser.text()
    assert bodies(demo, "correction.refused")[-1]["person"] == "NV07"
    # What was refused may be opened again, as another case.
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go(here)
    browser.press("form[action$='/mo-lai'] button")
    again = bodies(demo, "correction.opened")[-1]
    assert again["number"] != case["number"] and again["after"] == case["after"], again
    here = f"/sua-chua/{again['year']}/{again['number']}"
    asks(browser, again)
    browser.call("Network.clearBrowserCookies")
    signs_all(browser, TEACHER, demo.pins["GVBM-VAN"])
    signs_all(browser, COLLEAGUE, demo.pins["GVBM-TOAN"])
    signs_all(browser, PRINCIPAL, demo.pins["HIEU-TRUONG"])
    # The administrator leads the record and reads no marks.
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go(here)
    text = browser.text()
    assert "Hiệu trưởng đã đồng ý" in text and "gãy gọn" not in text, text
    browser.inspect("sua-chua-bien-ban")
    lets_differences_stand(browser, again["after"])
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go(here)
    has_a_witness_on_paper(browser, here)
    browser.press("form[action$='/bien-ban'] button")
    assert "biên bản sửa chữa đang chờ ký" in browser.text().lower(), browser.text()
    browser.call("Network.clearBrowserCookies")
    for name, label in ((TEACHER, "GVBM-VAN"), (COLLEAGUE, "GVBM-TOAN"), (BOARD, "BAN-QUAN-TRI"), (PRINCIPAL, "HIEU-TRUONG")):
        signs_all(browser, name, demo.pins[label])
    # What the witness signed on paper lies in the record, labelled as such.
    record = sorted((demo.folder / "kho/ho-so").glob("*bien-ban-sua-chua*/00.pdf"))[-1]
    assert b"chu-ky-giay-1.png" in record.read_bytes(), record
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    deadline = time.monotonic() + 60
    while "đã sửa chữa" not in browser.text().lower() and time.monotonic() < deadline:
        browser.go(here)
    assert "đã sửa chữa" in browser.text().lower(), browser.text()
    # Closing the record makes the new versions; the old ones stay.
    deadline = time.monotonic() + 60
    while not (made := [one for one in bodies(demo, "dossier.base") if one["dossier"].endswith("_v2")]):
        assert time.monotonic() < deadline, "no new version was made"
        time.sleep(0.3)
    assert any("_hoc-ba_" in one["dossier"] for one in made), made
    later_versions_say_what_changed(browser, demo, here)


def later_versions_say_what_changed(browser: Browser, demo: Demo, here: str) -> None:
    """Old and new value stand where a version is read and before it is signed, and lead to the case and back; a teacher
    reads them of the own subjects."""
    browser.go(here)
    links = "[...document.querySelectorAll('main li a')].map(one => one.getAttribute('href'))"
    both = browser.evaluate(links)
    book = "/ho-so/2025-2026_ca-nam_so-diem_6A1"
    assert book in both and f"{book}_v2" in both, f"the case leads to both versions: {both}"
    browser.go(f"{book}_v2")
    assert says_old_and_new(browser, {"Ngữ văn": CHANGED, "Toán": OF_ANOTHER}), browser.text()
    assert browser.has(f"main a[href='{here}']") and browser.has(f"main a[href='{book}']"), "to the case and the version before"
    browser.inspect("ho-so-ban-sau")
    browser.go(book)
    assert not browser.has("#da-sua"), "a first version changed nothing"
    administrator_reads_none(browser, demo, book)
    browser.sign_in("gv-van", "giao-vien", PASSWORD)
    browser.go(f"{book}_v2")
    assert says_old_and_new(browser, {"Ngữ văn": CHANGED}) and "1 giá trị đã sửa thuộc môn khác" in browser.text(), browser.text()
    browser.sign_out()
    # Who signs it reads it before, each in turn; without a sign-in of their own nobody does.
    path = at_reader(browser, TEACHER)
    browser.go(path)
    assert "gãy gọn" not in browser.text()
    reads_own_list(browser, path, demo.pins["GVBM-VAN"])
    assert says_old_and_new(browser, {"Ngữ văn": CHANGED}), browser.text()
    browser.inspect("ky-ban-sau")
    browser.go(f"{path}/lop/6A1")
    assert says_old_and_new(browser, {"Ngữ văn": CHANGED}), browser.text()
    browser.inspect("lop-ban-sau")
    browser.call("Network.clearBrowserCookies")


def administrator_reads_none(browser: Browser, demo: Demo, book: str) -> None:
    """Where each version stands, and nothing of a pupil: no name, no old or new value, no page of the document."""
    listed = demo.register()
    export = [one["body"]["export"] for one in listed if one["kind"] == "export.accepted" and one["body"]["class"] == "6A1"][-1]
    names = [pupil["name"] for pupil in json.loads((demo.folder / f"kho/goc/{export}.json").read_text())["pupils"]]
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    for path in (book, f"{book}_v2", "/ho-so/2025-2026_ca-nam_hoc-ba_HS0001", "/ho-so/2025-2026_ca-nam_hoc-ba_HS0001_v2"):
        browser.go(path)
        whole = browser.evaluate("document.documentElement.outerHTML")
        assert "Phiên quản trị không xem nội dung" in whole and "Các bản" in whole, f"{path}: {browser.text()}"
        told = [one for one in (*names, "gãy gọn", OF_ANOTHER) if one in whole]
        assert len(names) > 3 and not told, f"{path}: {told}"
        leads = browser.evaluate("[...document.querySelectorAll('main [href], main [src]')].map(one => one.getAttribute('href') ?? one.getAttribute('src'))")
        assert not any(".pdf" in one or one.startswith("/khoa-so/") for one in leads), f"{path}: {leads}"
        for file in ("0.pdf", "0.pdf?tai=1"):
            browser.go(f"{path}/{file}")
            assert "web.not_allowed" in browser.text(), f"{path}/{file}: {browser.text()}"
    browser.go(f"{book}_v2")
    browser.inspect("ho-so-ban-sau-quan-tri")


def says_old_and_new(browser: Browser, expected: dict[str, str]) -> bool:
    """A row for each changed value of each version: whose, which cell, before and now."""
    rows = "[...document.querySelectorAll('[aria-labelledby=da-sua] tbody tr')].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    found = browser.evaluate(rows)
    told = {what.split(", ")[0]: now for _, what, _, now in found}
    return told == expected and all("(HS0001)" in whose and what.endswith(", nhận xét") and was not in ("", now) for whose, what, was, now in found)


def reads_own_list(browser: Browser, path: str, pin: str) -> None:
    browser.go(path.replace("/ky/", "/dang-nhap/token/"))
    types_pin(browser, pin)
    browser.go(path)


def has_a_witness_on_paper(browser: Browser, here: str) -> None:
    """A parent without a token. Half a witness, and a scan that is none, are told and make nothing."""
    for file, code in ((None, "correction.witness_incomplete"), (Path(__file__), "document.scan"), (SCAN, None)):
        browser.go(here)
        browser.evaluate("document.querySelector('form[action$=\"/bien-ban\"] details').open = true")
        browser.fill("#ten-1", "Mai Thị <b>Tầm Xuân</b>")
        if file:
            browser.fill("#chuc-1", "Trưởng ban đại diện cha mẹ học sinh")
            browser.choose("#tep-1", [file])
        if code:
            browser.press("form[action$='/bien-ban'] button")
            assert code in browser.text(), browser.text()
    browser.inspect("sua-chua-nguoi-chung-kien")


def lets_differences_stand(browser: Browser, export: str) -> None:
    """What differed from the rules before and was let stand differs again in the changed export."""
    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    browser.go(f"/khoa-so/{export}")
    if browser.has("form[action$='/chap-nhan']"):
        browser.fill("form[action$='/chap-nhan'] textarea, form[action$='/chap-nhan'] input[type=text]", "Như lần khóa sổ trước.")
        browser.press("form[action$='/chap-nhan'] button")
