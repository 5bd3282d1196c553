"""Headless Chromium, spoken to over two pipes (Chrome DevTools Protocol): no driver and no package of Python."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

ANSWER_SECONDS = 60


class Gone(RuntimeError):
    """The browser itself broke down: no verdict on what it was showing."""


class Chromium:
    """One browser with one page at a time; use it in a `with`."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="niemphong-chromium-")
        self.said = tempfile.TemporaryFile()
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        # The protocol wants descriptors 3 and 4. A shell puts them there: code of Python between fork and exec can
        # deadlock where other threads run. The browser's own sandbox needs a user namespace that a container may
        # lack; the pages are ours.
        command = [
            "bash", "-c", f'exec "$@" 3<&{to_browser} 4>&{from_browser}', "bash", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
            f"--user-data-dir={self.profile}", "--remote-debugging-pipe", "about:blank",
        ]
        self.process = subprocess.Popen(
            command, pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=self.said,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.rest, self.events, self.session = 0, b"", [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Inspector"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        return self

    def __exit__(self, *_):
        os.close(self.write_end)
        os.close(self.read_end)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.said.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def gone(self, why: str) -> Gone:
        self.said.seek(0)
        told = self.said.read().decode(errors="replace").strip().splitlines()[-4:]
        return Gone(f"Chromium {why}; ended with {self.process.poll()}; it said: {' | '.join(told)}")

    def receive(self, deadline: float) -> dict:
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.read_end], [], [], max(0, deadline - time.monotonic()))
            piece = os.read(self.read_end, 1 << 20) if ready else b""
            if not piece:
                raise self.gone("closed its pipe" if ready else f"gave no answer in {ANSWER_SECONDS} s")
            self.rest += piece
        data, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(data)
        if message.get("method") in ("Inspector.targetCrashed", "Target.targetCrashed"):
            raise self.gone("lost its page")
        return message

    def call(self, method: str, **parameters) -> dict:
        self.number += 1
        order = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            order["sessionId"] = self.session
        data = json.dumps(order).encode() + b"\0"
        while data:
            try:
                data = data[os.write(self.write_end, data):]
            except BrokenPipeError as error:
                raise self.gone("closed its pipe") from error
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            message = self.receive(deadline)
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def open(self, page: Path, scheme: str, width: int) -> None:
        """Loads a page as seen with this colour scheme and width, and waits until it is there."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events = []
        # Of this very loading: the page before may tell of its own end late.
        loading = self.call("Page.navigate", url=page.as_uri())["loaderId"]
        deadline = time.monotonic() + ANSWER_SECONDS
        while not any(self.has_loaded(event, loading) for event in self.events):
            self.events.append(self.receive(deadline))

    @staticmethod
    def has_loaded(event: dict, loading: str) -> bool:
        told = event.get("params", {})
        return event.get("method") == "Page.lifecycleEvent" and (told["name"], told["loaderId"]) == ("load", loading)

    def evaluate(self, script: str):
        """The value of `script`, a promise awaited. The policy of the page does not bind the inspector's tools."""
        done = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in done:
            raise RuntimeError(str(done["exceptionDetails"])[:600])
        return done["result"].get("value")

    def choose(self, selector: str, paths: list[Path]) -> None:
        """Files or a folder for an `<input type=file>`, as if a person had chosen them."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def complaints(self) -> list[str]:
        """What the console has got since the page was opened: errors, warnings, refusals of the policy."""
        told = []
        for event in self.events:
            parameters = event.get("params", {})
            if event.get("method") == "Log.entryAdded":
                told.append(parameters["entry"]["text"])
            elif event.get("method") == "Runtime.exceptionThrown":
                told.append(str(parameters["exceptionDetails"].get("text")))
            elif event.get("method") == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
                told.append(str(parameters["args"]))
        return told

    def requests(self) -> list[str]:
        """Addresses that were asked for since the page was opened."""
        asked = [event["params"]["request"]["url"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith("data:")]

    def picture(self, path: Path) -> None:
        """The whole page as PNG, to be looked at by a person."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16_000), "scale": 1}
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(shot["data"]))

    def printed(self, path: Path) -> None:
        """The page as it prints."""
        done = self.call("Page.printToPDF", printBackground=False, preferCSSPageSize=True)
        path.write_bytes(base64.b64decode(done["data"]))
