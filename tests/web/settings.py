"""Cấu hình of a school at work: health of the server, the regulation of the archive, who stamps the time."""

import re

from browser import Browser
from demo import PASSWORD, Demo


def entries(demo: Demo, kind: str) -> list[dict]:
    """What the register says, read beside the program at work."""
    return [entry["body"] for entry in demo.register() if entry["kind"] == kind]


def standing(browser: Browser, check: str) -> list[str]:
    rows = f"[...document.querySelectorAll('tbody tr')].filter(row => row.querySelector('th').innerText.includes({check!r}))"
    return browser.evaluate(f"{rows}.map(row => row.querySelector('.stage').firstChild.textContent.trim())")


def health_is_what_doctor_says(browser: Browser, _: Demo) -> None:
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/cau-hinh/suc-khoe")
    assert "web.not_allowed" in browser.text()
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/cau-hinh")
    browser.press(browser.link("Sức khỏe máy chủ"))
    text = browser.text()
    for words in ("chỗ trống", "sổ theo dõi", "đồng hồ", "Ổ ghi đĩa mẫu", "CA gốc", "trả lời được"):
        assert words in text, f"{words}: {text}"
    assert "chưa thử trên phần cứng" in text and "ổn" not in standing(browser, "nghiệm thu"), "not tried is not well"
    browser.inspect("suc-khoe")
    browser.press(browser.link("Xem hoặc xác nhận giờ"))
    assert "được tin cậy" in browser.text(), browser.text()
    of_server, of_register = browser.evaluate("[...document.querySelectorAll('main dd')].map(one => one.innerText.trim())")
    written = r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d \(UTC\+7\)"
    assert re.fullmatch(written, of_server) and re.fullmatch(written, of_register), (of_server, of_register)
    browser.inspect("dong-ho")


def regulation_is_decided_and_recorded(browser: Browser, demo: Demo) -> None:
    browser.go("/cau-hinh/quy-che")
    browser.inspect("quy-che")
    before = browser.evaluate("document.querySelector('#dia-chi').value")
    assert "Theo tệp cấu hình" in browser.text()
    # None of the kinds: refused with words, and nothing is recorded.
    browser.evaluate("document.querySelectorAll('[name=loai]').forEach(box => { box.checked = false; })")
    browser.fill("#quy-che", "Quy chế <b>thử</b>")
    browser.press("form[action$='/luu-tru'] button")
    assert "rules.no_medium" in browser.text() and not entries(demo, "archive.regulated"), browser.text()
    browser.go("/cau-hinh/quy-che")
    browser.evaluate("document.querySelectorAll('[name=loai]').forEach(box => { box.checked = box.value != 'stick'; })")
    browser.fill("#ngay", "180")
    browser.fill("#quy-che", "Quy chế <b>số 5</b>, Điều 9")
    browser.press("form[action$='/luu-tru'] button")
    text = browser.text()
    assert "Quy chế <b>số 5</b>, Điều 9" in text and "đọc lại sau 180 ngày" in text, text
    recorded = entries(demo, "archive.regulated")
    assert len(recorded) == 1 and recorded[0]["media"] == ["optical", "disk"] and recorded[0]["by"], recorded
    # An address that nobody can be asked at is refused; the one of before stays.
    browser.fill("#dia-chi", "https://tsa.example")
    browser.press("form[action$='/thoi-gian'] button")
    assert "rules.address" in browser.text(), browser.text()
    browser.go("/cau-hinh/quy-che")
    assert browser.evaluate("document.querySelector('#dia-chi').value") == before
    browser.press("form[action$='/thoi-gian'] button")
    assert len(entries(demo, "timestamp.authority-chosen")) == 1 and before in browser.text()
    browser.inspect("quy-che-rieng")
    browser.sign_out()


def accounts_are_entries_of_the_register(browser: Browser, demo: Demo) -> None:
    """Who made, changed and closed an account stands in the register; its name stands beside it, for people alone."""
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/cau-hinh")
    before = len(entries(demo, "account.changed"))
    browser.fill("#ten", "tran.thu.vien")
    browser.choose_option("#nguoi", "NV12")
    browser.evaluate("document.querySelector(\"form[action='/cau-hinh/tai-khoan'] input[value=van-phong]\").click()")
    browser.fill("#mat-khau-moi", "một câu đủ dài")
    browser.press("form[action='/cau-hinh/tai-khoan'] button")
    change = "form[action='/cau-hinh/tai-khoan/tran.thu.vien/doi']"
    browser.evaluate(f"document.querySelector(\"{change}\").closest('details').open = true")
    browser.inspect("tai-khoan")
    for role in ("van-phong", "thanh-tra"):
        browser.evaluate(f"document.querySelector(\"{change} input[value={role}]\").click()")
    browser.press(f"{change} button")
    close = "form[action='/cau-hinh/tai-khoan/tran.thu.vien/dong']"
    browser.evaluate(f"document.querySelector(\"{close}\").closest('details').open = true")
    browser.press(f"{close} button")
    text = browser.text()
    assert "tran.thu.vien" in text and "đóng tài khoản" in text, "the page says what the register says"
    of_board = browser.evaluate("[...document.querySelectorAll('main tbody tr')].map(row => row.innerText).filter(row => row.includes('đóng tài khoản'))")
    assert " – " in of_board[0], f"who did it stands there by name and title: {of_board}"
    assert "đăng nhập bằng mật khẩu" in text and "đăng xuất" in text, "who came and went stands below"
    recorded = entries(demo, "account.changed")[before:]
    assert [one["change"] for one in recorded] == ["made", "changed", "closed"], recorded
    assert [one.get("roles") for one in recorded] == [["van-phong"], ["thanh-tra"], None], recorded
    assert all(one["by"] == "NV05" and one["person"] == "NV12" for one in recorded), recorded
    assert "tran.thu.vien" not in str(demo.register())
    # A name that is taken is refused before anything is recorded.
    browser.fill("#ten", "van-phong")
    browser.evaluate("document.querySelector(\"form[action='/cau-hinh/tai-khoan'] input[value=van-phong]\").click()")
    browser.fill("#mat-khau-moi", "một câu đủ dài")
    browser.press("form[action='/cau-hinh/tai-khoan'] button")
    assert "account.taken" in browser.text() and len(entries(demo, "account.changed")) == before + 3
    browser.inspect("chua-thuc-hien")
    # Loaded again, the page says the same, and nothing is sent.
    browser.go(browser.evaluate("location.pathname + location.search"))
    assert "account.taken" in browser.text() and browser.has("main a.button[href='/cau-hinh']"), browser.text()
    browser.sign_out()


def days_of_the_calendar_are_moved(browser: Browser, demo: Demo) -> None:
    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    browser.go("/cau-hinh/lich")
    browser.inspect("lich")
    for until, code in (("31/02/2026", "web.day"), ("01/10/2026", "rules.calendar"), ("20/06/2026", None)):
        browser.go("/cau-hinh/lich")
        browser.evaluate(f"document.querySelector('[name=den-signing]').value = '{until}'")
        browser.press("form[action='/cau-hinh/lich'] button")
        assert code is None or code in browser.text(), browser.text()
    assert "đã đổi 30/05/2026 – 07/06/2026" in browser.text(), browser.text()
    moved = entries(demo, "calendar.moved")
    assert len(moved) == 1 and moved[0]["by"] == "NV07", moved
    assert moved[0]["days"] == [{"due": "signing", "from": "2026-05-30", "until": "2026-06-20"}], moved
    assert "thường xuyên lần 4" in browser.text() and "tuần 4" not in browser.evaluate("document.querySelector('main table').innerText")
    browser.evaluate("document.querySelector('[name=nhip][value=twice-a-month]').click()")
    browser.press("form[action='/cau-hinh/lich'] button")
    text = browser.text()
    assert "cuối tuần 4 tháng 10" in text and "thường xuyên lần 4" not in text, text
    assert "đã đổi 30/05/2026 – 07/06/2026" in text, "what was moved stays moved"
    browser.inspect("lich-hai-lan-moi-thang")
    browser.sign_out()
