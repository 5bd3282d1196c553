"""Cấu hình of a school at work: health of the server, the regulation of the archive, who stamps the time."""

from browser import Browser
from demo import PASSWORD, Demo


def entries(demo: Demo, kind: str) -> list[dict]:
    """What the register says, read beside the program at work."""
    return [entry["body"] for entry in demo.register() if entry["kind"] == kind]


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
    browser.inspect("suc-khoe")


def regulation_is_decided_and_recorded(browser: Browser, demo: Demo) -> None:
    browser.go("/cau-hinh/quy-che")
    browser.inspect("quy-che")
    before = browser.evaluate("document.querySelector('#dia-chi').value")
    assert "theo tệp cấu hình" in browser.text()
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
