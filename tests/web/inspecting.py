"""An inspector at the pages of a school."""

from browser import Browser
from demo import PASSWORD, Demo


def inspector_looks_and_prints(browser: Browser, demo: Demo) -> None:
    """Without a place in the roster: locked data, acts and archive without a button that changes them, and a print."""
    browser.sign_in("thanh-tra", "thanh-tra", PASSWORD)
    browser.inspect("tong-quan-thanh-tra")
    browser.go("/khoa-so")
    browser.inspect("khoa-so-thanh-tra")
    assert not browser.evaluate("document.querySelectorAll('main button').length"), browser.text()
    browser.go("/van-ban")
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
