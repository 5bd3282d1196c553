"""Signed files given out of the archive: an order before a witness, an entry of the register, a record for both sides."""

import hashlib

from browser import Browser
from demo import PASSWORD, Demo
from printing import fetched, said_by

TRANSCRIPT = "2025-2026_ca-nam_hoc-ba_HS0001"


def office_gives_an_extract(browser: Browser, demo: Demo) -> None:
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/tra-cuu?ma=HS0001")
    browser.evaluate(f"document.querySelector('input[name=ho_so][value=\"{TRANSCRIPT}\"]').click()")
    browser.fill("#muc-dich", "Chuyển trường")
    browser.press("button[formaction='/tra-cuu/trich-xuat']")
    assert browser.evaluate("document.querySelector('#trich-xuat-muc-dich').value") == "Chuyển trường"
    browser.inspect("trich-xuat-lenh")
    if browser.has("#ban-sao option[value='']"):
        browser.choose_option("#ban-sao", browser.evaluate("document.querySelector('#ban-sao').options[1].value"))
    browser.fill("#trich-xuat-lenh", "Hiệu trưởng, lệnh số 16 ngày 02/12")
    browser.fill("#trich-xuat-nhan", "Trường THCS <b>Sao Mai</b>")
    browser.choose_option("#trich-xuat-chung-kien", "NV07")
    browser.press("form[action='/tra-cuu/trich-xuat'] button")
    text = browser.text()
    given = browser.here()
    entry = int(given.rsplit("/", 1)[1])
    recorded = next(one for one in demo.register() if one["seq"] == entry)
    assert recorded["kind"] == "medium.handed-over" and recorded["body"]["people"][1] == "NV07", recorded
    assert "Sao Mai" not in str(recorded) and "Trường THCS <b>Sao Mai</b>" in text and "lệnh số 16" in text, text
    browser.inspect("trich-xuat")
    links = browser.evaluate("[...document.querySelectorAll('main a')].map(one => one.getAttribute('href'))")
    file = fetched(browser, next(one for one in links if one.endswith(".pdf?tai=1")))
    assert hashlib.sha256(file).hexdigest() in text, "the file is the one that the order names"
    paper = fetched(browser, next(one for one in links if one.endswith("_giao-nhan")))
    record = said_by("pdftotext", "-layout", "-", "-", file=paper)
    assert TRANSCRIPT in record.replace("\n", "").replace(" ", "") and "Sao Mai" in record, record
    browser.go("/tra-cuu")
    assert browser.has(f"main a[href='{given}']"), "it is found again"
    browser.sign_out()
