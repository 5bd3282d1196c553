"""The demo at work, and people who stand at its reader."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from browser import Browser
from tokens import Tokens

PASSWORD = "hoa-phuong-mau"
START_SECONDS = 600


class Demo:
    """`niemphong demo` at work; its address and PINs are read from what it prints, as a newcomer reads them."""

    def __init__(self, program: Path, folder: Path, *more: str):
        self.folder = folder
        self.tokens = Tokens(program, folder.parent / f"{folder.name}-token")
        self.log = (folder.parent / f"{folder.name}.log").open("w+")
        command = [program, "demo", "--dir", folder, "--port", "0", "--module", self.tokens.module, *more]
        # The most talkative log: a PIN is in no line of it either.
        environment = os.environ | self.tokens.environment | {"NIEMPHONG_LOG": "trace"}
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, env=environment)

    def __enter__(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            printed = Path(self.log.name).read_text()
            if "Ctrl+C" in printed:
                self.address = re.search(r"http://127\.0\.0\.1:\d+", printed).group()
                pins = re.search(r"Mã PIN mẫu / sample PINs: (.*)", printed).group(1)
                self.pins = dict(pair.rsplit(" ", 1) for pair in pins.split(", "))
                return self
            time.sleep(0.3)
        raise AssertionError(f"the demo did not begin: {Path(self.log.name).read_text()[-2000:]}")

    def register(self) -> list[dict]:
        """Every entry, read beside the program at work."""
        with closing(sqlite3.connect(f"file:{self.folder}/so-theo-doi.sqlite?mode=ro", uri=True)) as book:
            return [json.loads(line) for (line,) in book.execute("SELECT line FROM entry ORDER BY seq")]

    @contextmanager
    def held(self, worker: str) -> Iterator[None]:
        """A worker of the program stands still, as one does whose device takes its time."""
        own = [pid for pid in self.workers() if worker.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")]
        assert own, f"no worker {worker}"
        for pid in own:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in own:
                os.kill(pid, signal.SIGCONT)

    def workers(self) -> list[int]:
        """The processes that the program has started and not yet ended."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def at_reader(browser: Browser, name: str, seconds: int = 15) -> str:
    """The path of whoever plugged in, as the link of their card leads to it, once something waits for them."""
    browser.go("/ky")
    cards = "[...document.querySelectorAll('section.card')]"
    link = f"{cards}.find(card => card.getAttribute('aria-label') === {name!r})?.querySelector('a.button')?.getAttribute('href')"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = browser.evaluate(link)
        if found:
            return found
        # Somebody who plugs in has the page load again by itself; documents that are made do not.
        time.sleep(0.3)
        browser.go("/ky")
    raise AssertionError(f"nothing waits for {name}: {browser.text()[:1500]}")


def types_pin(browser: Browser, pin: str) -> None:
    # A page at a reader loads itself again when a token's state changes.
    browser.until_there("#pin")
    browser.fill("#pin", pin)
    browser.press("form[enctype='text/plain'] button")


def signs_all(browser: Browser, name: str, pin: str) -> str:
    browser.go(at_reader(browser, name))
    types_pin(browser, pin)
    text = browser.until("bắt đầu lúc")
    assert "RÚT ĐƯỢC RỒI" in text, text
    return text
