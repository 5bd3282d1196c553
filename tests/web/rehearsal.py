"""Diễn tập at the reader, and ban quản trị who confirms who signs with what."""

import subprocess

from browser import Browser
from demo import PASSWORD, Demo, types_pin


def rehearses_wrongly_then_rightly(browser: Browser, demo: Demo) -> None:
    """Without signing in: a wrong PIN makes the rehearsal red with words, the right one green. One login each."""
    browser.go("/dien-tap")
    browser.inspect("dien-tap")
    card = "[...document.querySelectorAll('section.card')].find(card => card.getAttribute('aria-label') === 'Đỗ Khắc Hiển')"
    path = browser.evaluate(f"{card}.querySelector('a').getAttribute('href')")
    logins = demo.tokens.calls("C_Login")
    browser.go(path)
    types_pin(browser, "000000")
    text = browser.text()
    assert "chưa đạt" in text and "Mã PIN không đúng" in text, text
    browser.inspect("dien-tap-do")
    types_pin(browser, demo.pins["GVBM-SU"])
    text = browser.text()
    assert "Diễn tập đạt" in text and "chưa đạt" not in text, text
    browser.inspect("dien-tap-dat")
    assert demo.tokens.calls("C_Login") == logins + 2, "one login for each time the person typed"


def of_authority(browser: Browser) -> str:
    """What the page says of the CA that this walk brings."""
    heads = "[...document.querySelectorAll('section.card h3')]"
    return browser.evaluate(f"{heads}.find(one => one.innerText.includes('chưa biết <b>'))?.parentElement.innerText ?? ''")


def bindings_and_authorities(browser: Browser, demo: Demo) -> None:
    """One screen for all bindings; an authority is trusted when two people typed its fingerprint."""
    certificate = demo.folder.parent / f"{demo.folder.name}-ca.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -days 3650 -subj".split()
    subject = "/C=VN/O=Tổ chức chứng thực chưa biết <b>/CN=CA mẫu"
    extension = ["-utf8", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    subprocess.run([*made, subject, *extension, "-out", certificate], check=True, capture_output=True)
    shown = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"], check=True, capture_output=True, text=True)
    fingerprint = shown.stdout.strip().split("=")[1]

    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/dot-ky/gan-ket")
    assert "Đỗ Khắc Hiển" in browser.text()
    browser.press("form[action='/dot-ky/gan-ket'] button")
    assert "đã xác nhận" in browser.text(), browser.text()
    browser.choose("#tep-ca", [certificate])
    browser.press("form[action='/dot-ky/ca'] button")
    assert "chờ xác nhận" in of_authority(browser), "a name is shown as a name"
    browser.inspect("gan-ket")
    field, button = "[name=van_tay]", "form:has([name=van_tay]) button"
    browser.fill(field, "00" * 32)
    browser.press(button)
    assert "enrolment.other_fingerprint" in browser.text(), browser.text()
    browser.go("/dot-ky/gan-ket")
    browser.fill(field, fingerprint)
    browser.press(button)
    text = of_authority(browser)
    assert "Ban quản trị đã xác nhận" in text and "được tin" not in text, text
    browser.sign_out()
    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    browser.go("/dot-ky/gan-ket")
    browser.fill(field, fingerprint)
    browser.press(button)
    assert "được tin" in of_authority(browser), browser.text()
    browser.sign_out()
