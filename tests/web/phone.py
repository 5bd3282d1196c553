"""A teacher with a phone: fingers instead of a mouse, and everything they cost counted."""

import time

from browser import VIEWS, Browser

WIDTH, HEIGHT = 360, 740


class Phone:
    """The browser held as a phone. What leads to a page waits for it."""

    def __init__(self, browser: Browser):
        self.browser = browser
        self.taps, self.swipes, self.typed, self.begun = 0, 0, 0, time.monotonic()

    def __enter__(self) -> "Phone":
        self.browser.look("light", WIDTH, HEIGHT)
        self.browser.call("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=2, mobile=True)
        self.browser.call("Emulation.setTouchEmulationEnabled", enabled=True)
        return self

    def __exit__(self, *_) -> None:
        self.browser.call("Emulation.setTouchEmulationEnabled", enabled=False)
        self.browser.look(*VIEWS[0])

    def place(self, selector: str) -> dict:
        """Where it is on the screen, and whether a finger would meet it there."""
        return self.browser.evaluate(
            f"(() => {{ const one = document.querySelector({selector!r}), box = one.getBoundingClientRect();"
            " const x = box.x + box.width / 2, y = box.y + box.height / 2, met = document.elementFromPoint(x, y);"
            " return {x, y, width: box.width, height: box.height, met: !!met && (one.contains(met) || met.contains(one))}; })()"
        )

    def swipe(self, down: bool) -> None:
        """Most of a screen at once, as a thumb does."""
        self.swipes += 1
        distance = HEIGHT * 2 // 3
        self.browser.evaluate(f"window.scrollBy(0, {distance if down else -distance})")

    def find(self, selector: str) -> dict:
        for _ in range(100):
            place = self.place(selector)
            if place["met"] and 0 <= place["y"] < HEIGHT:
                return place
            self.swipe(place["y"] >= HEIGHT / 2)
        raise AssertionError(f"{self.browser.here()}: {selector} cannot be brought onto the screen")

    def tap(self, selector: str) -> None:
        place = self.find(selector)
        assert place["width"] >= 44 and place["height"] >= 44, f"{selector} is too small for a finger: {place}"
        self.taps += 1
        at = {"x": place["x"], "y": place["y"]}
        self.browser.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[at])
        self.browser.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def follow(self, selector: str) -> None:
        """A tap that leads to another page."""
        self.browser.told()
        self.browser.events = []
        self.tap(selector)
        self.browser.loaded()

    def write(self, selector: str, text: str) -> None:
        self.tap(selector)
        self.typed += len(text)
        self.browser.call("Input.insertText", text=text)

    def reads_down(self) -> None:
        """Looks at the whole page, from its head to its foot."""
        self.browser.evaluate("window.scrollTo(0, 0)")
        while self.browser.evaluate("window.innerHeight + window.scrollY + 2 < document.documentElement.scrollHeight"):
            self.swipe(True)

    def cost(self) -> str:
        seconds = time.monotonic() - self.begun
        return f"{self.taps} taps, {self.swipes} swipes, {self.typed} characters, {seconds:.0f} s of a person who reads in no time"
