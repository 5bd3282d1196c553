"""An inspector from the department: an account without a place at the school, who reads everything and changes nothing."""

from browser import Browser
from demo import PASSWORD, Demo
from printing import fetched, said_by

BOOK = "2025-2026_ca-nam_so-diem_6A1"
TRANSCRIPT = "2025-2026_ca-nam_hoc-ba_HS0001"


def inspector_reads_everything_and_changes_nothing(browser: Browser, demo: Demo) -> None:
    browser.sign_in("thanh-tra", "thanh-tra", PASSWORD)
    menu = browser.evaluate("[...document.querySelectorAll('nav a')].map(one => one.getAttribute('href'))")
    assert "/luot-xem" in menu and not {"/ky", "/cau-hinh", "/dot-ky"} & set(menu), menu
    table = browser.evaluate("document.querySelector('main table').innerText")
    assert "6A1" in table and "6A2" in table, table
    browser.inspect("tong-quan-thanh-tra")
    reads_a_document(browser)
    finds_a_pupil(browser)
    reads_the_register(browser)
    reads_who_looked(browser)
    browser.go("/cau-hinh/lich")
    assert "Đến ngày" in browser.text() and not browser.has("main form"), "days are read and not moved"
    browser.inspect("lich-thanh-tra")
    for path in ("/cau-hinh", "/dot-ky", "/luu-tru/ghi/HOAPHUONG_VM_0001"):
        browser.go(path)
        assert "web.not_allowed" in browser.text(), f"{path}: {browser.text()}"
    checks_a_deposit(browser, demo)
    browser.sign_out()


def reads_a_document(browser: Browser) -> None:
    browser.go(f"/ho-so/{TRANSCRIPT}")
    text = browser.text()
    assert "Nguyễn Hoàng Thiên Ân" in text and "Ký ở ô" in text and browser.has("iframe"), text
    assert not browser.has("form[action$='/tu-choi']") and not browser.has("form[action$='/tra-loi']"), "nothing to answer"
    browser.inspect("ho-so-thanh-tra")
    assert fetched(browser, f"/ho-so/{BOOK}/0.pdf").startswith(b"%PDF-")
    browser.press("form[action^='/kiem-tra/ho-so/'] button", 120)
    browser.until("1/1 hồ sơ hợp lệ")


def finds_a_pupil(browser: Browser) -> None:
    """Every kind of document in which the pupil stands, with its deposit."""
    browser.go("/tra-cuu?ten=nguyen+hoang+thien+an")
    text = browser.text()
    for words in ("Học bạ Nguyễn Hoàng Thiên Ân", "Sổ điểm lớp 6A1", "Sổ điểm giáo viên 6A1 Toán", "HOAPHUONG_2025-2026_0001", "HOAPHUONG_VM_0001"):
        assert words in text, f"{words}: {text}"
    browser.inspect("tra-cuu-mot-em")
    browser.go("/tra-cuu?ten=n")
    pupils = browser.evaluate("document.querySelectorAll('main tbody a').length")
    assert pupils > 5 and "chọn một em" in browser.text(), browser.text()
    browser.inspect("tra-cuu-chon-em")
    browser.press("main tbody a")
    assert "1 học sinh" in browser.text() and "Năm học 2025-2026" in browser.text(), browser.text()


def reads_the_register(browser: Browser) -> None:
    browser.go("/luu-tru")
    browser.inspect("luu-tru-thanh-tra")
    assert not browser.has("main form[method=post]"), "an inspector orders nothing"
    book = said_by("pdftotext", "-layout", "-", "-", file=fetched(browser, "/luu-tru/so-theo-doi.pdf"))
    assert "HOAPHUONG_2025-2026_0001" in book and "Niêm phong gói" in book, book[:1500]


def reads_who_looked(browser: Browser) -> None:
    """Who read, downloaded, printed and signed in, people and documents by name; the own looks too."""
    browser.press("nav a[href='/luot-xem']")
    rows = browser.evaluate("[...document.querySelectorAll('main tbody tr')].map(row => row.innerText)")
    assert any("thanh-tra" in row and "Sổ điểm lớp 6A1" in row for row in rows), rows[:10]
    assert any("van-phong" in row and " – " in row for row in rows), rows[:10]
    assert any("thanh-tra" in row and "đăng nhập bằng mật khẩu" in row for row in rows), rows[:10]
    assert browser.has(f"main tbody a[href='/ho-so/{BOOK}']"), "from a look to what was looked at"
    browser.inspect("luot-xem")


def checks_a_deposit(browser: Browser, demo: Demo) -> None:
    """The folder of a sealed deposit, as whoever comes from outside checks it."""
    browser.go("/kiem-tra")
    browser.choose("#chon-thu-muc", [demo.folder / "kho/luu-tru/HOAPHUONG_2025-2026_0001"])
    browser.press("form:has(#chon-thu-muc) button", 300)
    text = browser.until("Biên bản đầy đủ", 300)
    assert "không hợp lệ" not in browser.evaluate("document.querySelector('main [role=status]').innerText"), text[:1500]


def inspector_looks_and_prints(browser: Browser, demo: Demo) -> None:
    """Without a place in the roster: locked data, acts and archive without a button that changes them, and a print."""
    browser.sign_in("thanh-tra", "thanh-tra", PASSWORD)
    browser.inspect("tong-quan-thanh-tra")
    browser.go("/khoa-so")
    browser.inspect("khoa-so-thanh-tra")
    assert not browser.evaluate("document.querySelectorAll('main button').length"), browser.text()
    browser.press("main a[href='/van-ban']")
    browser.inspect("van-ban-thanh-tra")
    assert not browser.evaluate("document.querySelectorAll('main button, main a.button').length"), browser.text()
    browser.go("/tra-cuu?ten=an")
    browser.evaluate("document.querySelector('input[name=ho_so]').click()")
    browser.fill("#muc-dich", "Thanh tra chuyên ngành")
    browser.press("form[action='/tra-cuu/in'] button")
    assert "do thanh-tra in" in browser.text(), browser.text()
    browser.inspect("ban-in-thanh-tra")
    entry = demo.register()[-1]
    assert entry["kind"] == "dossier.printed" and "by" not in entry["body"], entry
    browser.sign_out()
