"""A browser that runs no script of the pages: an old one, or one whose owner does not want any."""

from collections.abc import Iterator
from contextlib import contextmanager

from browser import Browser


@contextmanager
def scripts_off(browser: Browser) -> Iterator[None]:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.scripts_run = False
    try:
        yield
        browser.read()
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
        browser.scripts_run = True


def runs_none(browser: Browser) -> bool:
    """What stands on a page for such a browser is a part of it only there."""
    return browser.has("noscript > *")
