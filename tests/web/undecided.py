"""The authority does not answer: whoever signs is asked, before the PIN is used, whether to sign all the same."""

from collections.abc import Iterator
from contextlib import contextmanager

from browser import Browser
from demo import Demo, types_pin


@contextmanager
def silent_authority(demo: Demo) -> Iterator[None]:
    """Its books and its list are gone: it says nothing about any certificate."""
    lost = [demo.folder / "pki" / name for name in ("rieng/issuing", "issuing.crl")]
    away = [one.with_name(f"{one.name}.mat") for one in lost]
    for one, there in zip(lost, away):
        one.rename(there)
    try:
        yield
    finally:
        for one, there in zip(lost, away):
            there.rename(one)


def unchecked(demo: Demo) -> int:
    return sum(entry["kind"] == "signing.revocation-unchecked" for entry in demo.register())


def declines_then_signs_all_the_same(browser: Browser, demo: Demo, path: str, pin: str) -> None:
    """Who declines has signed nothing and used no PIN; who agrees is recorded and signs."""
    logins, before = demo.tokens.calls("C_Login"), unchecked(demo)
    with silent_authority(demo):
        asked(browser, path, pin)
        browser.inspect("chua-kiem-tra")
        browser.press(browser.link("Không ký"))
        assert browser.here() == path, browser.here()
        assert demo.tokens.calls("C_Login") == logins and unchecked(demo) == before, "nothing was done yet"
        asked(browser, path, pin)
        types_pin(browser, pin)
        browser.until("ĐANG KÝ", 30)
    assert unchecked(demo) == before + 1, "the choice is an entry, once"


def asked(browser: Browser, path: str, pin: str) -> None:
    browser.go(path)
    types_pin(browser, pin)
    text = browser.text()
    assert browser.here().endswith("/chua-kiem-tra") and "signing.revocation_undecided" in text, text
    assert "Mã PIN chưa được dùng" in text, text
