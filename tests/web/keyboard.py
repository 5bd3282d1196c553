"""A person who cannot use a mouse: Tab, Enter, Space, arrows and letters, and the focus is always to be seen."""

import time

from browser import Browser

KEYS = {"Tab": (9, None), "Enter": (13, "\r"), " ": (32, " "), "ArrowDown": (40, None)}
# Nobody looks for a thing on a page with more keys than this.
PATIENCE = 60


class Keyboard:
    """The only way to the pages."""

    def __init__(self, browser: Browser):
        self.browser, self.pressed = browser, 0

    def key(self, name: str, shift: bool = False) -> None:
        self.pressed += 1
        number, text = KEYS[name]
        event = {"key": name, "code": "Space" if name == " " else name, "windowsVirtualKeyCode": number, "modifiers": 8 if shift else 0}
        self.browser.call("Input.dispatchKeyEvent", type="rawKeyDown", **event)
        if text:
            self.browser.call("Input.dispatchKeyEvent", type="char", text=text, **event)
        self.browser.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def skips_to_content(self) -> None:
        """The first stop of every page leads past its menu."""
        self.key("Tab")
        assert self.has_focus("a.skip"), f"{self.browser.here()}: the first stop is no way to the content"
        self.key("Enter")

    def has_focus(self, selector: str) -> bool:
        return self.browser.evaluate(f"document.activeElement.matches({selector!r})")

    def gets_focus(self, selector: str, seconds: int = 5) -> bool:
        """A browser gives the focus that a page asks for with its first painting, which may come after its load."""
        deadline = time.monotonic() + seconds
        while not self.has_focus(selector) and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.has_focus(selector)

    def to(self, selector: str, back: bool = False) -> None:
        """Tab until it has the focus, which is on the screen and drawn around."""
        for _ in range(PATIENCE):
            self.key("Tab", shift=back)
            if self.has_focus(selector):
                break
        else:
            raise AssertionError(f"{self.browser.here()}: {selector} is not reached with {PATIENCE} tabs")
        seen = self.browser.evaluate(
            "(() => { const one = document.activeElement, box = one.getBoundingClientRect(), drawn = getComputedStyle(one);"
            " return box.bottom > 0 && box.top < innerHeight && drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2; })()"
        )
        assert seen, f"{self.browser.here()}: the focus on {selector} cannot be seen"

    def back_to(self, selector: str) -> None:
        self.to(selector, back=True)

    def to_link(self, words: str) -> None:
        self.to(self.browser.link(words))

    def follow(self, seconds: int = 60) -> None:
        """Enter, and the page that it leads to."""
        self.browser.told()
        self.browser.events = []
        self.key("Enter")
        self.browser.loaded(seconds)

    def write(self, text: str) -> None:
        self.pressed += len(text)
        self.browser.call("Input.insertText", text=text)
