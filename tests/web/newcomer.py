"""The three things that `niemphong demo` tells a newcomer to try, done as they are printed, in headless Chromium.

usage: newcomer.py PROGRAM FOLDER

Nothing is known here but what the program prints: addresses, names, PINs, accounts, folders.
"""

import os
import pty
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

from browser import Browser
from demo import START_SECONDS, signs_all

MINUTES = 180


def printed(program: Path, folder: Path) -> tuple[subprocess.Popen, str]:
    """The demo at work in a terminal of a desktop, once it has said everything and opened the pages."""
    log, desk = folder.parent / f"{folder.name}.log", folder.parent / f"{folder.name}-ban-lam-viec"
    log.unlink(missing_ok=True)
    desk.mkdir(exist_ok=True)
    opened, opens = desk / "da-mo", desk / "xdg-open"
    opened.unlink(missing_ok=True)
    opens.write_text('#!/bin/sh\necho "$@" > "$(dirname "$0")/da-mo"\n')
    opens.chmod(0o755)
    seen, terminal = pty.openpty()
    surroundings = os.environ | {"DISPLAY": ":0", "PATH": f"{desk}:{os.environ['PATH']}"}
    process = subprocess.Popen([program, "demo", "--dir", folder, "--port", "0"], stdout=terminal, stderr=terminal, env=surroundings)
    os.close(terminal)
    threading.Thread(target=keep, args=(seen, log), daemon=True).start()
    deadline = time.monotonic() + START_SECONDS
    while "Ctrl+C" not in (text := log.read_text() if log.exists() else "") or not (opened.exists() and opened.read_text()):
        assert process.poll() is None and time.monotonic() < deadline, text[-2000:]
        time.sleep(0.3)
    address = re.search(r"^ +(http://\S+/)\s*$", text, re.MULTILINE).group(1)
    assert opened.read_text().strip() == address, "the browser is opened at the address that is printed"
    return process, text


def keep(terminal: int, log: Path) -> None:
    """Writes down what a terminal shows, for as long as somebody writes there."""
    with log.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(os.read(terminal, 1 << 16).replace(b"\r\n", b"\n"))
            except OSError:
                return


def signs_the_last_turns(browser: Browser, line: str) -> None:
    address, people = re.search(r"Ký: (\S+) – chọn (.*?)\. ", line).groups()
    assert address.endswith("/ky"), address
    for name, pin in re.findall(r"([^,(]+?) \((\d+)\)", people.replace("rồi ", "")):
        card = "Trường THCS Hoa Phượng" if name.strip() == "con dấu" else name.strip()
        assert "còn lại" not in signs_all(browser, card, pin), card


def burns_a_disc(browser: Browser, line: str, password: str) -> None:
    account, folder = re.search(r"đăng nhập (\S+), trang Lưu trữ, .* nằm trong (\S+)\.", line).groups()
    browser.sign_in(account, "van-phong", password)
    browser.go("/luu-tru")
    browser.press(browser.link("Ghi rồi đọc lại"))
    browser.press("section[aria-label*='Ổ ghi đĩa'] a")
    browser.evaluate("document.querySelector('main form input[type=checkbox]').click()")
    browser.press("form[action^='/luu-tru/ghi/'] button")
    text = browser.until("RÚT ĐƯỢC RỒI", MINUTES)
    assert "đã đọc lại khớp" in text, text
    assert any(file.stat().st_size > 1_000_000 for file in Path(folder).rglob("*") if file.is_file()), folder
    browser.sign_out()


def changes_one_byte(browser: Browser, line: str, folder: Path) -> None:
    documents, address = re.search(r"lớn nhất trong (\S+) .* thả vào (\S+?)\.?$", line).groups()
    content = bytearray(max(Path(documents).glob("*.pdf")).read_bytes())
    copy = folder.parent / f"{folder.name}-ban-chep.pdf"
    for changes, verdict in ((False, "1/1 hồ sơ hợp lệ"), (True, "0/1 hồ sơ hợp lệ, 1 không hợp lệ")):
        if changes:
            content[len(content) // 2] ^= 1
        copy.write_bytes(content)
        browser.go(address.removeprefix(browser.address))
        browser.choose("#chon-tep", [copy])
        browser.press("form[action='/kiem-tra'] button")
        browser.until(verdict)
    copy.unlink()


def main() -> int:
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    process, text = printed(program, folder)
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", text).group()
        password = re.search(r"mật khẩu / password: (\S+)", text).group(1)
        tries = {number: line for number, line in re.findall(r"^  ([123])\. (.*)$", text, re.MULTILINE)}
        with Browser() as opened:
            browser = opened.at(address, None)
            signs_the_last_turns(browser, tries["1"])
            print("ok  1: the last turns are signed", flush=True)
            burns_a_disc(browser, tries["2"], password)
            print("ok  2: a disc is burned and read back", flush=True)
            changes_one_byte(browser, tries["3"], folder)
            print("ok  3: a changed copy is refused", flush=True)
            browser.told()
            wrong = browser.wrong
    finally:
        process.terminate()
        process.wait(30)
    for one in wrong:
        print(f"BAD {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
