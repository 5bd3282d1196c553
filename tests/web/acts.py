"""Ủy quyền and ký thay: proposed on a form, signed by the principal's token, taken back."""

from datetime import date, timedelta

from browser import Browser
from demo import PASSWORD, Demo, types_pin
from undecided import asked, silent_authority


def fill(browser: Browser, field: str, value: str) -> None:
    browser.evaluate(f"document.querySelector({field!r}).value = ''")
    browser.fill(field, value)


def files_of(browser: Browser) -> int:
    """How many signed files the page offers; each of them comes."""
    links = "[...document.querySelectorAll('a[download]')]"
    came = browser.evaluate(f"Promise.all({links}.map(one => fetch(one.href).then(answer => answer.status)))")
    assert all(status == 200 for status in came), came
    return len(came)


def fill_number_and_days(browser: Browser, number: str) -> None:
    until = date.today() + timedelta(days=30)
    browser.fill("#so", number)
    browser.evaluate(f"document.querySelector('#den').value = '{until:%d/%m/%Y}'")


def acts_are_proposed_signed_and_taken_back(browser: Browser, demo: Demo) -> None:
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/van-ban")
    assert "12/QĐ-THCSHP" in browser.text(), browser.text()
    browser.inspect("van-ban")
    browser.press(browser.link("Lập ủy quyền"))
    browser.inspect("uy-quyen")
    assert browser.evaluate("document.querySelector('#nguoi').value") == "", "not even the only vice-principal"
    fill_number_and_days(browser, "21/QĐ <i>")
    browser.choose_option("#nguoi", "NV08")
    browser.press("form[action='/van-ban/lap/uy-quyen'] button")
    text = browser.text()
    assert "chờ ký" in text and "21/QĐ <i>" in text, text
    browser.inspect("van-ban-cho-ky")
    browser.press("form[action$='/rut'] button")
    assert "đã rút lại" in browser.text() and not browser.has("#pin"), "nobody can sign it any more"

    browser.go("/van-ban/lap/ky-thay")
    browser.choose_option("#ai", "NV03")
    browser.press("form[action='/van-ban/lap/ky-thay'] button")
    assert browser.evaluate("document.querySelector('#nguoi').value") == "", "nobody is chosen by standing first"
    browser.inspect("ky-thay")
    fill_number_and_days(browser, "22/QĐ-THCSHP")
    browser.choose_option("#nguoi", "NV02")
    browser.fill("#ly-do", "Giáo viên đi công tác.")
    # Only mathematics stands for literature, not for the other subjects of the absent teacher.
    boxes = "[...document.querySelectorAll('[name=o]')]"
    browser.evaluate(f"{boxes}.forEach(box => {{ box.checked = box.parentElement.innerText.includes('6A1 – môn Ngữ văn'); }})")
    browser.press("form[action='/van-ban/lap/ky-thay'] button")
    assert "6A1 – môn Ngữ văn" in browser.text() and "môn Ngoại ngữ" not in browser.text(), browser.text()
    # Whoever signs reads all of it first, and may take along exactly what will be signed.
    for words in ("Giáo viên đi công tác.", "22/QĐ-THCSHP", "SHA-256", "Chưa có chữ ký nào", "chỉ ở những ô chưa ký"):
        assert words in browser.text(), f"{words}: {browser.text()}"
    assert files_of(browser) == 1, "the text, and no signature yet"
    assert "điểm chốt" in browser.text(), "the checkpoint is announced before the PIN"
    act = browser.here()
    with silent_authority(demo):
        asked(browser, act, demo.pins["HIEU-TRUONG"])
        browser.inspect("van-ban-chua-kiem-tra")
        browser.press(browser.link("Không ký"))
        assert browser.here() == act and "chờ ký" in browser.text(), browser.text()
    types_pin(browser, "000000")
    assert "token.pin_incorrect" in browser.text()
    browser.go(act)
    types_pin(browser, demo.pins["HIEU-TRUONG"])
    text = browser.text()
    assert "đang hiệu lực" in text and "Nguyễn Trọng Khuyến" in text, text
    browser.inspect("van-ban-hieu-luc")
    assert files_of(browser) == 2 and "openssl cms -verify" in text, text
    paper = " ".join(browser.on_paper()[1].split())
    assert "Giáo viên đi công tác." in paper and "22/QĐ-THCSHP" in paper and "Thoát" not in paper, paper
    browser.go("/van-ban")
    browser.press(browser.link("Danh sách nhân sự, phân công và kế hoạch ký"))
    browser.inspect("nhan-su-nam-hoc")
    assert files_of(browser) == 6, "roster and plans, each with two signatures"
    browser.sign_out()
    # An administrator proposes, and signs nothing.
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/van-ban/lap/uy-quyen")
    fill_number_and_days(browser, "23/QĐ-THCSHP")
    browser.choose_option("#nguoi", "NV08")
    browser.press("form[action='/van-ban/lap/uy-quyen'] button")
    assert "web.admin_session" in browser.text() and not browser.has("#pin"), browser.text()
    browser.press("form[action$='/rut'] button")
    browser.sign_out()
