"""A pupil who leaves in mid-year: one order on a page, the signatures at the reader, and what the pupil takes along."""

import time

from browser import Browser
from demo import Demo, signs_all
from printing import fetched, said_by

BOARD, PRINCIPAL = "BAN-QUAN-TRI", "HIEU-TRUONG"


def a_pupil_leaves_and_takes_the_transcript_along(browser: Browser, demo: Demo, password: str, people: dict[str, str], name: str) -> None:
    """`people`: names by the labels of their tokens. The class stays open; this pupil's part alone is locked and signed."""
    browser.sign_in("hieu-truong", "hieu-truong", password)
    browser.go("/khoa-so")
    rows = "[...document.querySelectorAll('tbody tr')]"
    browser.go(browser.evaluate(f"{rows}.find(row => row.innerText.includes({name!r})).querySelector('a').getAttribute('href')"))
    export = browser.here()
    browser.fill("form[action$='/bo-qua'] textarea", "Học sinh chuyển trường, giáo viên đã đối chiếu trực tiếp.")
    browser.press("form[action$='/bo-qua'] button")
    browser.go(f"{export}/chuyen-di")
    assert not browser.has("main form"), "the principal signs; ban quản trị proposes"

    # An administrator's session knows pupils by their codes alone.
    browser.sign_in("quan-tri", "quan-tri", password)
    browser.go(export)
    browser.press(browser.link("Học sinh chuyển đi giữa năm"))
    options = browser.evaluate("[...document.querySelectorAll('#hoc-sinh option')].map(one => one.innerText)")
    assert len(options) == 41 and not any(" " in code for code in options[1:]), options
    pupil = next(code for code in options if code.endswith("001"))
    browser.inspect("chuyen-di")
    browser.choose_option("#hoc-sinh", pupil)
    browser.fill("#so", "CD-01")
    browser.press("form[action$='/chuyen-di'] button")
    text = browser.text()
    assert pupil in text and "được lập khi quyết định đủ chữ ký" in text and "chưa có" in text, text
    browser.call("Network.clearBrowserCookies")
    for label in (BOARD, PRINCIPAL):
        signs_all(browser, people[label], demo.pins[label])

    signed: dict[str, int] = {}
    browser.sign_in("hieu-truong", "hieu-truong", password)
    deadline = time.monotonic() + 300
    while True:
        browser.go(f"{export}/chuyen-di")
        if browser.has(f"section[aria-label={pupil}] dd div a"):
            break
        assert time.monotonic() < deadline, (browser.text(), signed)
        for label in who_may_sign(browser, people):
            signs_all(browser, people[label], demo.pins[label])
            signed[label] = signed.get(label, 0) + 1
        time.sleep(0.3)
    browser.inspect("chuyen-di-xong")
    text = browser.text()
    assert f"({pupil})" in text and "năm học 2025-2026" in text, text
    hands_everything_over(browser, demo, pupil)
    browser.go("/khoa-so")
    text = browser.text()
    assert "chỉ phần của 1 học sinh chuyển đi" in text, text
    assert signed["CON-DAU"] == 1 and signed[PRINCIPAL] == 1, f"nobody signs more than this pupil's transcript: {signed}"


def hands_everything_over(browser: Browser, demo: Demo, pupil: str) -> None:
    """To whom, when and what stands in the register without a name, on a record for both to sign, and in the history."""
    card = f"section[aria-label={pupil}]"
    browser.fill(f"{card} [name=nguoi_nhan]", "Trần Thị <b>Phụ Huynh</b>")
    browser.choose_option(f"{card} [name=la]", "family")
    browser.choose_option(f"{card} [name=bang]", "files")
    browser.press(f"{card} form button")
    text = browser.text()
    assert "Trần Thị <b>Phụ Huynh</b>" in text and "cha, mẹ hoặc người giám hộ" in text, text
    browser.inspect("chuyen-di-da-giao")
    given = [entry for entry in demo.register() if entry["kind"] == "leaver.handed-over"]
    assert len(given) == 1 and pupil in str(given) and "Trần Thị" not in str(given), given
    paper = browser.evaluate("document.querySelector(\"a[href^='/bien-ban-giao/']\").getAttribute('href')")
    record = said_by("pdftotext", "-layout", "-", "-", file=fetched(browser, paper))
    assert "BIÊN BẢN" in record and "Phụ Huynh" in record and pupil in record, record
    browser.go(f"/ho-so/{given[0]['body']['given'][-1]['dossier']}")
    assert "Giao cho học sinh chuyển đi" in browser.text() and browser.has(f"main a[href='{paper}']"), browser.text()
    browser.inspect("ho-so-da-giao")


def who_may_sign(browser: Browser, people: dict[str, str]) -> list[str]:
    """Labels of the tokens at the reader for which something waits."""
    browser.go("/ky")
    cards = "[...document.querySelectorAll('section.card')].filter(card => card.querySelector('a.button'))"
    waiting = browser.evaluate(f"{cards}.map(card => card.getAttribute('aria-label'))")
    return [label for label, name in people.items() if name in waiting]
