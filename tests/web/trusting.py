"""`niemphong serve` with the pages on the school's network: the guide that says how a computer comes to trust them, on the
screen and as the paper that lies beside a computer which has no mail and no stick."""

import hashlib
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import Browser
from printing import fetched

START_SECONDS = 60


@contextmanager
def served(program: Path, folder: Path) -> Iterator[str]:
    """A school that has nothing yet and a network; the address of its pages on this computer."""
    for name in ("hop-thu", "du-lieu"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        network = free.getsockname()[1]
    configuration, log = folder / "niemphong.toml", folder / "log"
    configuration.write_text(
        f'version = 1\n[folders]\ndata = "{folder}/du-lieu"\ninbox = "{folder}/hop-thu"\n'
        f'[pages]\nport = 0\nnetwork = "127.0.0.1:{network}"\nnames = ["niemphong.truong.lan"]\n'
    )
    environment = os.environ | {"NIEMPHONG_LOG": "info", "NO_COLOR": "1"}
    process = subprocess.Popen([program, "serve", "--config", configuration], stdout=log.open("w"), stderr=subprocess.STDOUT, env=environment)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (told := re.search(r"pages=\D*(127\.0\.0\.1:\d+)", log.read_text())):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()[-2000:]
            time.sleep(0.1)
        yield f"http://{told.group(1)}"
    finally:
        process.terminate()
        process.wait(30)


def a_computer_comes_to_trust_the_pages(browser: Browser, program: Path, folder: Path, password: str) -> None:
    with served(program, folder) as browser.address:
        browser.call("Network.clearBrowserCookies")
        browser.go("/khoi-dau")
        browser.fill("#ten", "quan-tri")
        browser.fill("#mat-khau", password)
        browser.press("form[action='/khoi-dau'] button")
        browser.go("/chung-thu-trang")
        browser.inspect("chung-thu-mang")
        fingerprint = browser.evaluate("[...document.querySelectorAll('main code')].map(one => one.innerText.trim()).find(one => /^[0-9a-f]{64}$/.test(one))")
        in_groups = browser.evaluate("[...document.querySelectorAll('main code')].map(one => one.innerText.trim()).find(one => /^[0-9A-F:]{95}$/.test(one))")
        authority = fetched(browser, "/chung-thu-trang/ca.crt")
        # Compared by eye with what sha256sum and certutil print, letter by letter, and with what a browser shows.
        file = folder / "niemphong-ca.crt"
        file.write_bytes(authority)
        printed = subprocess.run(["sha256sum", file], capture_output=True, check=True).stdout.decode().split()[0]
        assert fingerprint == printed == hashlib.sha256(authority).hexdigest(), (fingerprint, printed)
        assert in_groups and in_groups.replace(":", "").lower() == fingerprint, in_groups
        sheets, paper = browser.on_paper()
        words = " ".join(paper.split())
        assert sheets == 1, f"a guide of one sheet: {sheets}"
        # What is compared letter by letter stands there whole, and nothing that only a screen can do.
        assert fingerprint in re.sub(r"\s", "", paper), words
        for step in ("niemphong-ca.crt", "certutil -hashfile", "Windows:", "Firefox:", "Điện thoại Android:", "iPhone, iPad:", "Cài đặt tin cậy chứng nhận", "Đóng và mở lại trình duyệt"):
            assert step in words, f"{step} in: {words}"
        assert "niemphong.truong.lan" in words, f"where the file is to be had: {words}"
        for of_the_screen in ("Thoát", "Đăng nhập", "Trợ giúp", "Báo sự cố", "Chỉ tiếng Việt"):
            assert of_the_screen not in words, f"{of_the_screen} stays on the screen: {words}"
        browser.told()
