"""At a token with a PIN pad of its own: the pages ask for nothing that is typed here, say where to type, and wait."""

import time

from browser import Browser
from demo import Demo, at_reader
from rehearsal import action_of
from tokens import pin_pad, pulled, slow


def signs_at_a_pin_pad(browser: Browser, demo: Demo, name: str, person: str, label: str) -> None:
    """What waits is signed and the token rehearsed, each with one login at the device."""
    demo.tokens.order(pulled(label))
    wait_for(browser, label, there=False)
    pad = pin_pad(label, demo.pins[label])
    demo.tokens.order(pad, slow(20_000, "C_Login"))
    wait_for(browser, label, there=True)
    logins = demo.tokens.calls("C_Login")
    path = at_reader(browser, name)
    browser.go(path)
    presses_and_types_at_the_device(browser, "pin-pad")
    # The person takes a while, and the page says what to do.
    browser.until("NHẬP MÃ PIN TRÊN BÀN PHÍM CỦA THIẾT BỊ", 30)
    browser.inspect("pin-pad-cho")
    assert "NHẬP MÃ PIN TRÊN BÀN PHÍM CỦA THIẾT BỊ" in browser.text(), "every view was of the page that waits"
    text = browser.until("bắt đầu lúc")
    assert "RÚT ĐƯỢC RỒI" in text, text
    assert demo.tokens.calls("C_Login") == logins + 1, "one login for all of it"

    demo.tokens.order(pad)
    browser.go("/dien-tap")
    browser.go(f"{action_of(browser, label)}?nguoi={person}")
    presses_and_types_at_the_device(browser, "dien-tap-pin-pad")
    browser.until("diễn tập đạt", 30)
    assert demo.tokens.calls("C_Login") == logins + 2
    demo.tokens.order(pulled(label))
    wait_for(browser, label, there=False)
    demo.tokens.order()
    wait_for(browser, label, there=True)


def presses_and_types_at_the_device(browser: Browser, picture: str) -> None:
    text = browser.text()
    assert "nhập mã PIN trên bàn phím của thiết bị" in text, text
    assert not browser.has("[name=pin]"), "nothing is typed at the computer"
    browser.inspect(picture)
    browser.press("form[enctype='text/plain'] button", 60)


def wait_for(browser: Browser, label: str, there: bool) -> None:
    """Until the page of the reader shows the token, or no longer."""
    deadline = time.monotonic() + 15
    while True:
        browser.go("/dien-tap")
        if (f" {label} (" in browser.text()) == there:
            return
        assert time.monotonic() < deadline, browser.text()
        time.sleep(0.3)
