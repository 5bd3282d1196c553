"""A browser in front of the pages: what a person does there, and what must never be seen."""

import base64
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "judges"))

from chromium import ANSWER_SECONDS, Chromium, Gone  # noqa: E402
from beside import LOOK as BESIDE  # noqa: E402
from covered import LOOK as COVERED  # noqa: E402
from english import LOOK as VIETNAMESE_ALONE, left_in  # noqa: E402
from pins import pins_in  # noqa: E402
from routes import Visited  # noqa: E402
from tabbing import BEGIN as TAB_BEGIN, END as TAB_END, PAST_FRAME as TAB_PAST_FRAME, STANDING as TABS_STANDING  # noqa: E402
from targets import LOOK as TARGETS  # noqa: E402
from unchosen import LOOK as UNCHOSEN  # noqa: E402

AXE = (HERE.parents[1] / "vendor/axe/axe.min.js").read_text()
#: A page comes within a second; after this long it was another one that came.
ASKED_AGAIN_SECONDS = 15
#: So often somebody goes on who has not come to everything.
TABS_AGAIN = 12
DIGEST = re.compile("[0-9a-f]{64}")
VIETNAMESE_TEXT = """(() => {
    const main = document.querySelector('main');
    if (!main || !document.styleSheets.length) return null;
    const style = document.styleSheets[0];
    const rule = style.insertRule('.en { display: none !important }', style.cssRules.length);
    const text = main.innerText;
    style.deleteRule(rule);
    return text;
})()"""
#: The smallest screen of an office is 768 high, and its browser takes a part of it.
VIEWS = [("light", 1280, 900), ("dark", 1280, 900), ("light", 360, 740), ("dark", 1024, 640), ("light", 1024, 768)]
#: What axe asks once for a wide page and once for a phone's, and what colours and room alone decide, in every view.
WHOLE = [VIEWS[0], VIEWS[2]]
OF_EACH_VIEW = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]


def navigated_by(event: dict) -> str | None:
    """The loader of the page that has come, where the event says that one has."""
    return event["params"]["frame"]["loaderId"] if event.get("method") == "Page.frameNavigated" else None


class Browser(Chromium):
    """One browser at one address of the pages."""

    def at(self, address: str, pictures: Path | None) -> "Browser":
        self.address, self.pictures, self.seen, self.wrong, self.vietnamese_alone = address, pictures, set(), [], set()
        self.secrets: list[str] = []
        self.visited, self.scripts_run = Visited(), True
        self.call("DOM.enable")
        self.look(*VIEWS[0])
        return self

    def look(self, scheme: str, width: int, height: int) -> None:
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def loaded(self, seconds: int = ANSWER_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive(deadline))

    def go(self, path: str) -> None:
        """Waits for the page asked for: the one that is left may load itself again and come in its place, so it
        is asked for again."""
        self.told()
        deadline = time.monotonic() + ANSWER_SECONDS
        while not self.comes(path, min(deadline, time.monotonic() + ASKED_AGAIN_SECONDS)):
            assert time.monotonic() < deadline, f"{path} does not come"
        self.loaded()

    def comes(self, path: str, deadline: float) -> bool:
        self.events = []
        loader = self.call("Page.navigate", url=self.address + path)["loaderId"]
        while not any(navigated_by(event) == loader for event in self.events):
            try:
                self.events.append(self.receive(deadline))
            except RuntimeError:
                return False
        arrived = [navigated_by(event) for event in self.events].index(loader)
        del self.events[:arrived]
        return True

    def told(self) -> None:
        """The console says nothing, on any page: neither an error nor a refusal of the policy."""
        # A page that refuses says so with its status, and the browser repeats it.
        # Who types before the first painting has chosen the field already.
        known = ("the server responded with a status of", "Autofocus processing was blocked")
        said = [text for text in self.complaints() if not any(one in text for one in known)]
        self.wrong += [f"{self.here()}: {text}" for text in said]
        self.read()

    def read(self) -> None:
        """What the page says in Vietnamese alone is wrong, once for each thing said. Which page it was is kept."""
        try:
            page, alone = DIGEST.sub("…", self.here()), set(self.evaluate(VIETNAMESE_ALONE)) - self.vietnamese_alone
            self.visited.comes(self.here(), self.evaluate("[...document.scripts].map(one => one.src)"), self.scripts_run)
        except RuntimeError:
            # The page has just loaded itself again; the one that comes says the same.
            return
        self.vietnamese_alone |= alone
        self.wrong += [f"{page}: no English: {words}" for words in sorted(alone)]

    def english_left(self) -> list[str]:
        """What the page says in English to who shows Vietnamese alone."""
        cookies = self.call("Network.getCookies", urls=[self.address])["cookies"]
        request = urllib.request.Request(self.address + self.evaluate("location.pathname + location.search"))
        request.add_header("Cookie", "; ".join([f"{one['name']}={one['value']}" for one in cookies] + ["__Host-tieng=vi"]))
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
                return left_in(answer.read().decode())
        except urllib.error.HTTPError as refused:
            return left_in(refused.read().decode())

    def here(self) -> str:
        return self.evaluate("location.pathname")

    def text(self) -> str:
        """What the page says in Vietnamese, as who shows Vietnamese alone reads it, once it stands: one at a reader loads
        itself again when a token's state changes."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while (text := self.evaluate(VIETNAMESE_TEXT)) is None:
            assert time.monotonic() < deadline, f"{self.here()} has no content"
            time.sleep(0.05)
        return text

    def has(self, selector: str) -> bool:
        return self.evaluate(f"!!document.querySelector({selector!r})")

    def fill(self, selector: str, value: str) -> None:
        """Types with the keyboard, as a person without a mouse does."""
        self.evaluate(f"document.querySelector({selector!r}).focus()")
        self.evaluate(f"document.querySelector({selector!r}).select?.()")
        self.call("Input.insertText", text=value)

    def choose(self, selector: str, paths: list[Path]) -> None:
        super().choose(selector, paths)
        # A folder is read after the answer.
        deadline = time.monotonic() + ANSWER_SECONDS
        while not self.evaluate(f"document.querySelector({selector!r}).files.length"):
            assert time.monotonic() < deadline, f"nothing was chosen at {selector}"
            time.sleep(0.05)

    def choose_option(self, selector: str, value: str) -> None:
        self.evaluate(f"document.querySelector({selector!r}).value = {value!r}")

    def press(self, selector: str, seconds: int = ANSWER_SECONDS) -> None:
        """Goes to a link or button and presses Enter; waits for the page that follows."""
        self.told()
        self.events = []
        self.evaluate(f"document.querySelector({selector!r}).focus()")
        for kind in ("rawKeyDown", "char", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13)
        self.loaded(seconds)

    def link(self, words: str) -> str:
        """A selector of the first link whose text begins with these words."""
        mark = f"[...document.querySelectorAll('main a')].find(a => a.innerText.trim().startsWith({words!r}))"
        found = self.evaluate(f"(() => {{ const a = {mark}; if (a) a.dataset.chon = '1'; return !!a; }})()")
        if not found:
            raise AssertionError(f"{self.here()}: no link {words!r} in: {self.text()[:500]}")
        return "[data-chon='1']"

    def until(self, words: str, seconds: int = 60) -> str:
        """Waits until the page says these words, through every page that follows by itself."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                text = self.text()
                if words in text:
                    return text
            except (RuntimeError, TypeError):
                pass
            time.sleep(0.2)
        raise AssertionError(f"{self.here()} never said {words!r} but: {self.text()[:800]}")

    def until_there(self, selector: str, seconds: int = 15) -> None:
        """Waits for something on the page, through every page that follows by itself."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self.has(selector):
                    return
            except RuntimeError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"{self.here()}: no {selector}: {self.text()[:800]}")

    def sign_in(self, name: str, role: str, password: str) -> None:
        self.call("Network.clearBrowserCookies")
        self.go("/dang-nhap")
        self.fill("#ten", name)
        self.fill("#mat-khau", password)
        self.choose_option("#vai-tro", role)
        self.press("form[action='/dang-nhap'] button")

    def sign_out(self) -> None:
        self.press(".who button")

    def violations(self, rules: list[str] | None = None, again: int = 2) -> list[str]:
        """What axe finds by these rules, or by all that it has. A page at a reader loads itself again when a token's
        state changes: then once more."""
        only = f", runOnly: {{type: 'rule', values: {rules!r}}}" if rules else ""
        try:
            if not self.evaluate("!!window.axe"):
                self.evaluate(AXE)
            return self.evaluate(
                f"axe.run(document, {{resultTypes: ['violations']{only}}}).then(r => r.violations.map("
                "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))"
            )
        except RuntimeError as gone:
            # Between both orders it may have been loaded again too, and knows nothing of axe any more.
            if not again or not any(words in str(gone) for words in ("navigated", "axe is not defined")):
                raise
            self.until("")
            return self.violations(rules, again - 1)

    def found_by(self, look: str) -> list[str]:
        """What a look at the page finds once it stands: one at a reader loads itself again."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            try:
                if (found := self.evaluate(look)) is not None:
                    return found
            except RuntimeError as gone:
                if "navigated" not in str(gone):
                    raise
            self.until("")
        raise AssertionError(f"{self.here()} does not stand still")

    def picture(self, path: Path) -> None:
        try:
            super().picture(path)
        except RuntimeError:
            # It was loading itself again.
            self.until("")
            super().picture(path)

    def snap(self, name: str) -> None:
        """What is to be seen at this moment, as the screen shows it."""
        if self.pictures:
            shot = self.call("Page.captureScreenshot", format="png")
            (self.pictures / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))

    def overhang(self) -> int:
        """How much wider the page is than the screen, once it stands: one at a reader loads itself again."""
        wide = "(() => { const page = document.documentElement; return page ? page.scrollWidth - page.clientWidth : null; })()"
        while (found := self.evaluate(wide)) is None:
            self.until("")
        return found

    def tab(self, times: int) -> None:
        key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        for _ in range(times):
            self.call("Input.dispatchKeyEvent", type="rawKeyDown", **key)
        self.call("Input.dispatchKeyEvent", type="keyUp", **key)

    def tabbed(self, again: int = 2) -> list[str]:
        """What who has a keyboard alone does not come to. A page at a reader loads itself again: then once more."""
        try:
            self.evaluate(TAB_BEGIN)
            # What a browser stops at besides, and the parts of a day, cost more than one each.
            for _ in range(TABS_AGAIN):
                standing = self.evaluate(TABS_STANDING)
                if not standing["missing"]:
                    break
                if standing["within"]:
                    self.evaluate(TAB_PAST_FRAME)
                else:
                    self.tab(standing["missing"])
            return self.evaluate(TAB_END) + self.skips()
        except (RuntimeError, TypeError) as gone:
            if not again or isinstance(gone, Gone):
                raise
            self.until("")
            return self.tabbed(again - 1)

    def skips(self) -> list[str]:
        """Where the first link of the page leads, and back again as if nobody had followed it."""
        self.evaluate("window.niemphongBefore = document.activeElement; document.querySelector('a.skip').focus()")
        for kind in ("rawKeyDown", "char", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13)
        led = self.evaluate(
            "(() => { const led = document.activeElement === document.querySelector('main'), before = window.niemphongBefore, page = document.body;"
            " history.replaceState(null, '', location.pathname + location.search); if (before === page) page.tabIndex = -1;"
            " before.focus({preventScroll: true}); if (before === page) { page.blur(); page.removeAttribute('tabindex'); }"
            " scrollTo(0, 0); return led; })()"
        )
        return [] if led else ["the way past the menu does not lead to the content"]

    def on_paper(self) -> tuple[int, str]:
        """How many sheets the page takes when it is printed, and what they say."""
        paper = base64.b64decode(self.call("Page.printToPDF")["data"])
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, stdout=subprocess.PIPE, check=True).stdout.decode()
        return text.count("\f"), text

    def inspect(self, name: str) -> None:
        """The page as it stands: no violation of WCAG, light and dark, wide and narrow, and all of it with the keyboard
        alone; a picture of each view."""
        if name in self.seen:
            return
        self.seen.add(name)
        if self.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 200:
            self.visited.looks_at(self.here())
        self.wrong += [f"{name}: {one}" for one in self.tabbed()]
        kept = pins_in(self.evaluate("document.documentElement.outerHTML"), self.secrets)
        self.wrong += [f"{name}: the PIN {pin} stands in the page" for pin in kept]
        self.wrong += [f"{name}: {one}" for one in self.found_by(UNCHOSEN)]
        self.wrong += [f"{name}: among Vietnamese alone: {one}" for one in self.english_left()]
        for scheme, width, height in VIEWS:
            self.look(scheme, width, height)
            rules = None if (scheme, width, height) in WHOLE else OF_EACH_VIEW
            wrong = self.violations(rules) + self.found_by(COVERED)
            if width < 400:
                wrong += [f"{one} cannot be seen" for one in self.found_by(BESIDE)]
            if scheme == "light" and width < 1100:
                wrong += self.found_by(TARGETS)
            self.wrong += [f"{name} ({scheme}, {width}): {one}" for one in wrong]
            wide = self.overhang()
            if wide > 0:
                self.wrong.append(f"{name} ({scheme}, {width}): {wide} pixels wider than the screen")
            if self.pictures:
                self.picture(self.pictures / f"{name}-{scheme}-{width}.png")
        self.look(*VIEWS[0])
