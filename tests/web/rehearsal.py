"""Diễn tập at the reader of a school at work, and ban quản trị who confirms who signs with what."""

import re
import time

from browser import Browser
from demo import PASSWORD, Demo, types_pin
from scripts_off import scripts_off

LABEL, PERSON, NAME = "GVBM-SU", "NV11", "Đỗ Khắc Hiển"


def action_of(browser: Browser, label: str) -> str:
    """Where the form of a token leads."""
    card = f"[...document.querySelectorAll('section.card')].find(card => card.innerText.includes(' {label} ('))"
    return browser.evaluate(f"{card}.querySelector('form').getAttribute('action')")


def rehearses(browser: Browser, pin: str, label: str, person: str) -> None:
    browser.go("/dien-tap")
    browser.go(f"{action_of(browser, label)}?nguoi={person}")
    browser.inspect("dien-tap-pin")
    types_pin(browser, pin)


def read(browser: Browser, place: str) -> str:
    """The words of a place, once it stands: the page loads itself again when the state of a token changes."""
    deadline = time.monotonic() + 15
    while not (text := browser.evaluate(f"{place}?.innerText")):
        assert time.monotonic() < deadline, browser.text()
        time.sleep(0.1)
    return text


def last_of(browser: Browser) -> str:
    """The row of the person."""
    return read(browser, f"[...document.querySelectorAll('tbody tr')].find(row => row.innerText.includes({NAME!r}))")


def rehearses_wrongly_then_rightly(browser: Browser, demo: Demo) -> None:
    """A wrong PIN makes the rehearsal red with words, the right one green; one login each. The round and the list of
    bindings say so meanwhile."""
    logins = demo.tokens.calls("C_Login")
    for pin, result in (("000000", "chưa đạt"), (demo.pins[LABEL], "đạt")):
        rehearses(browser, pin, LABEL, PERSON)
        assert browser.here() == "/dien-tap" and result in last_of(browser), last_of(browser)
        if result == "chưa đạt":
            # Whoever stands there is told before anything else, whatever else is plugged in.
            first = read(browser, "document.querySelector('main .notice')")
            assert NAME in first and "Mã PIN không đúng" in first, browser.text()
            browser.inspect("dien-tap-do")
            rounds_and_bindings_name_them(browser)
    assert "chưa đạt" not in last_of(browser)
    takes_a_slip_along(browser)
    # The same in a browser that runs no script.
    with scripts_off(browser):
        rehearses(browser, demo.pins[LABEL], LABEL, PERSON)
        assert "diễn tập đạt" in browser.text(), browser.text()
    assert demo.tokens.calls("C_Login") == logins + 3, "one login for each time the person typed"


def takes_a_slip_along(browser: Browser) -> None:
    """Offered where the rehearsal passed, shown again when the page is loaded anew, and gone once it is used; the browser
    that uses it as its owner's keeps its key when it is closed."""
    browser.inspect("dien-tap-dat")
    browser.press("form[action^='/dien-tap/phieu/'] button")
    browser.inspect("phieu-dien-tap")
    page, written = browser.here(), r"[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{5}"
    slip = re.search(written, browser.text()).group()
    assert NAME in browser.text() and "30 ngày" in browser.text(), browser.text()
    browser.go(page)
    assert re.search(written, browser.text()).group() == slip, "loaded anew it is the same"
    browser.go("/dang-nhap")
    assert browser.evaluate("document.querySelector('[name=may]:checked').value") == "chung", "others may use this computer"
    browser.evaluate("document.querySelector('[name=may][value=rieng]').click()")
    browser.fill("#ma", slip)
    browser.press("form[action='/dang-nhap/phieu'] button")
    assert browser.here() == "/soat", browser.text()
    browser.sign_out()
    browser.go(page)
    assert "không còn hiện" in browser.text() and slip not in browser.text(), browser.text()
    browser.inspect("phieu-het")
    browser.press(browser.link("Diễn tập lại để lấy phiếu mới"))
    assert browser.here() == "/dien-tap"


def rounds_and_bindings_name_them(browser: Browser) -> None:
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/dot-ky")
    assert f"Chưa diễn tập trong 30 ngày qua: {NAME}" in browser.text(), browser.text()
    browser.go("/dot-ky/gan-ket")
    assert "chưa đạt" in last_of(browser)
    browser.inspect("gan-ket")
    assert "đã xác nhận" in browser.text() and not browser.has("form[action='/dot-ky/gan-ket']"), "nothing is left to confirm"
    browser.sign_out()
