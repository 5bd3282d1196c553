"""A replaced token, a new stamp and a new principal: each an act that the right tokens sign, in force for all that follow."""

from acts import fill
from browser import Browser
from demo import PASSWORD, Demo, types_pin
from rehearsal import LABEL, NAME, PERSON, rehearses


def signs_act(browser: Browser, whose: str, pin: str) -> None:
    """One of those who have to sign: each card has a form of its own, and only one token's PIN fits it."""
    card = f"section[aria-label^='Chữ ký: {whose}']"
    browser.fill(f"{card} #pin", pin)
    browser.press(f"{card} form button")


def certificate_on(browser: Browser, token: str) -> str:
    options = "[...document.querySelectorAll('#chung-thu option')]"
    return browser.evaluate(f"{options}.find(one => one.textContent.includes(' {token} (')).value")


def token_is(browser: Browser, label: str) -> str:
    """What the card of a token says of it: two of them bear one name."""
    browser.go("/dien-tap")
    cards = "[...document.querySelectorAll('section.card')]"
    return browser.evaluate(f"{cards}.find(one => one.querySelector('p.hint').innerText.trim().startsWith('USB token {label} (')).querySelector('.stage').firstChild.textContent.trim()")


def tokens_stamp_and_principal_are_replaced(browser: Browser, demo: Demo) -> None:
    teacher_has_another_token(browser, demo)
    school_has_another_stamp(browser, demo)
    school_has_another_principal(browser, demo)


def teacher_has_another_token(browser: Browser, demo: Demo) -> None:
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/van-ban")
    browser.press(browser.link("Thay USB token"))
    assert NAME not in browser.text(), "nobody has rehearsed with another token yet"
    assert not browser.has("main form"), "where nobody can be chosen, it is said what comes first"
    browser.inspect("thay-token-chua-dien-tap")
    assert token_is(browser, f"{LABEL}-MOI") == "token mới" and token_is(browser, LABEL) == "đang dùng"
    rehearses(browser, demo.pins[f"{LABEL}-MOI"], f"{LABEL}-MOI", PERSON)
    # Anybody at the screen may have chosen the name: before ban quản trị confirms the binding, nothing follows from it.
    browser.go("/van-ban/lap/thay-token")
    assert NAME not in browser.text(), browser.text()
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/dot-ky/gan-ket")
    assert "có thay đổi, chưa xác nhận" in browser.text(), browser.text()
    browser.press("form[action='/dot-ky/gan-ket'] button")
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/van-ban/lap/thay-token")
    assert NAME in browser.text(), browser.text()
    browser.inspect("thay-token")
    fill(browser, "#so", "31/QĐ-THCSHP")
    browser.press("form[action='/van-ban/lap/thay-token'] button")
    act = browser.here()
    # The teacher's own PIN is not asked for: the principal decides.
    types_pin(browser, demo.pins["HIEU-TRUONG"])
    assert browser.here() == act and "đang hiệu lực" in browser.text(), browser.text()
    signed = [one["body"] for one in demo.register() if one["kind"] == "act.signed"]
    assert signed[-1]["act"] == act.rsplit("/", 1)[1] and "principal" not in signed[-1], signed[-1]
    assert token_is(browser, f"{LABEL}-MOI") == "đang dùng" and token_is(browser, LABEL) == "token cũ"
    # What was replaced is nobody's to choose again.
    browser.go("/van-ban/lap/con-dau-moi")
    options = browser.evaluate("document.querySelector('#chung-thu').textContent")
    assert f"{LABEL} (" not in options and f"{LABEL}-MOI (" not in options and "CON-DAU-MOI (" in options, options


def school_has_another_stamp(browser: Browser, demo: Demo) -> None:
    browser.go("/van-ban/lap/con-dau-moi")
    assert browser.evaluate("document.querySelector('#chung-thu').value") == "", "no certificate is chosen by standing first"
    browser.inspect("con-dau-moi")
    new = certificate_on(browser, "CON-DAU-MOI")
    fill(browser, "#so", "32/QĐ-THCSHP")
    browser.choose_option("#chung-thu", new)
    browser.press("form[action='/van-ban/lap/con-dau-moi'] button")
    browser.inspect("con-dau-moi-cho-ky")
    signs_act(browser, "Nguyễn Trọng Khuyến", demo.pins["HIEU-TRUONG"])
    assert "chờ ký" in browser.text(), "the new stamp has to sign too"
    signs_act(browser, "Con dấu mới của Trường THCS Hoa Phượng", demo.pins["CON-DAU-MOI"])
    assert "đang hiệu lực" in browser.text(), browser.text()
    signed = [one["body"] for one in demo.register() if one["kind"] == "act.signed"]
    assert signed[-1]["stamp"] == new, signed[-1]


def school_has_another_principal(browser: Browser, demo: Demo) -> None:
    browser.go("/van-ban/lap/hieu-truong-moi")
    browser.inspect("hieu-truong-moi-ai")
    browser.choose_option("#ai", "moi")
    browser.press("form[action='/van-ban/lap/hieu-truong-moi'] button")
    browser.inspect("hieu-truong-moi")
    new = certificate_on(browser, "HIEU-TRUONG-MOI")
    for field, value in (("#so", "33/QĐ-UBND"), ("#ma", "NV21"), ("#ho-ten", "Hoàng Thị Bích Liên")):
        fill(browser, field, value)
    browser.choose_option("#chung-thu", new)
    browser.press("form[action='/van-ban/lap/hieu-truong-moi'] button")
    act = browser.here()
    # The stamp that was replaced signs nothing any more: only the new one is asked.
    signs_act(browser, "Hoàng Thị Bích Liên", demo.pins["HIEU-TRUONG-MOI"])
    assert "chờ ký" in browser.text(), browser.text()
    signs_act(browser, "Trường THCS Hoa Phượng", demo.pins["CON-DAU-MOI"])
    assert browser.here() == act and "đang hiệu lực" in browser.text(), browser.text()
    browser.inspect("hieu-truong-moi-hieu-luc")
    signed = [one["body"] for one in demo.register() if one["kind"] == "act.signed"]
    assert signed[-1]["principal"] == new and "stamp" not in signed[-1], signed[-1]
    browser.sign_out()
    # From now on an act waits for her, and the one before her is not asked.
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/van-ban/lap/uy-quyen")
    fill(browser, "#so", "34/QĐ-THCSHP")
    browser.choose_option("#nguoi", "NV08")
    browser.evaluate("document.querySelector('#den').value = document.querySelector('#tu').value")
    browser.press("form[action='/van-ban/lap/uy-quyen'] button")
    assert "Hoàng Thị Bích Liên ký văn bản" in browser.text(), browser.text()
    types_pin(browser, demo.pins["HIEU-TRUONG-MOI"])
    assert "đang hiệu lực" in browser.text(), browser.text()
    browser.sign_out()
