"""The server is told to stop while it has a disc under its hand."""

import json
import subprocess
import time
from pathlib import Path

from browser import Browser
from demo import PASSWORD, Demo


def told_to_stop_it_finishes_the_disc(browser: Browser, demo: Demo, program: Path) -> None:
    """SIGTERM while a disc is written: the disc is closed, read back and recorded, and then it ends."""
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/luu-tru")
    browser.press(browser.link("Ghi rồi đọc lại"))
    browser.press("section[aria-label*='Ổ ghi đĩa mẫu'] a")
    browser.evaluate("document.querySelector('main form input[type=checkbox]').click()")
    before = copies_recorded(program, demo)
    browser.press("form[action^='/luu-tru/ghi/'] button")
    browser.until("Đang ghi", 30)
    demo.process.terminate()
    time.sleep(0.5)
    browser.go(browser.here())
    assert "Dừng" in browser.text(), "the page still shows how far it is"
    browser.told()
    assert demo.process.wait(120) == 0
    begun, verified = copies_recorded(program, demo)
    assert (begun, verified) == (before[0] + 1, before[1] + 1), (before, begun, verified)


def copies_recorded(program: Path, demo: Demo) -> tuple[int, int]:
    """How many copies were begun and how many were read back and equal, as the register says."""
    listed = subprocess.run([program, "register", "--data", demo.folder, "list"], capture_output=True, check=True)
    kinds = [json.loads(line)["kind"] for line in listed.stdout.decode().splitlines()]
    return kinds.count("medium.writing"), kinds.count("medium.verified")
