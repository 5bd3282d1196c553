"""Signed documents for the stamped paper copy: recorded first, then one file for the printer with a code on every page."""

import re
import subprocess
import urllib.request

from browser import Browser
from demo import PASSWORD, Demo


def fetched(browser: Browser, path: str) -> bytes:
    """A file as this browser would get it."""
    cookies = browser.call("Network.getCookies", urls=[browser.address])["cookies"]
    request = urllib.request.Request(browser.address + path)
    request.add_header("Cookie", "; ".join(f"{one['name']}={one['value']}" for one in cookies))
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def said_by(program: str, *arguments: str, file: bytes) -> str:
    return subprocess.run([program, *arguments], input=file, capture_output=True, timeout=60).stdout.decode()


def prints(demo: Demo) -> list[dict]:
    return [entry for entry in demo.register() if entry["kind"] == "dossier.printed"]


def names_people_and_subjects(text: str) -> None:
    """Documents are called as people call them; nobody has to know a code."""
    for name in ("Sổ điểm giáo viên 6A1 Toán", "Học bạ Nguyễn Hoàng Thiên Ân (HS0001)"):
        assert name in text, f"{name} in: {text}"


def office_prints(browser: Browser, demo: Demo) -> None:
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/tra-cuu?ten=an")
    browser.evaluate("document.querySelector('input[name=ho_so]').click()")
    before = len(prints(demo))
    browser.press("form[action='/tra-cuu/in'] button")
    assert "web.reason_missing" in browser.text() and len(prints(demo)) == before, "nothing is printed for no purpose"
    browser.go("/tra-cuu")
    browser.choose_option("#lop", "2025-2026/6A1")
    browser.press("form:has(#lop) button")
    text = browser.text()
    assert "Lớp 6A1" in text and "Sổ điểm lớp 6A1" in text, text
    names_people_and_subjects(text)
    chosen = browser.evaluate("[...document.querySelectorAll('input[name=ho_so]:checked')].map(box => box.value)")
    assert len(chosen) > 2, "a whole class is chosen at first"
    # The class's own documents first, then its pupils as the class book lists them.
    kinds = [one.split("_")[2] for one in chosen]
    assert kinds == sorted(kinds, key=lambda kind: kind == "hoc-ba"), kinds
    browser.inspect("tra-cuu-lop")
    browser.fill("#muc-dich", "Lưu bản giấy đóng dấu của lớp 6A1")
    browser.press("form[action='/tra-cuu/in'] button")
    text = browser.text()
    entry = int(browser.here().rsplit("/", 1)[1])
    recorded = prints(demo)[-1]
    assert recorded["seq"] == entry and [one["dossier"] for one in recorded["body"]["printed"]] == chosen, recorded
    assert f"IN-{entry}-1/{len(chosen)}" in text and "Lưu bản giấy" in text, text
    names_people_and_subjects(text)
    browser.inspect("ban-in")
    copy = fetched(browser, f"/tra-cuu/in/{entry}/ban-in.pdf")
    pages = said_by("pdftotext", "-layout", "-", "-", file=copy).rstrip("\f").split("\f")
    codes = [re.search(rf"IN-{entry}-(\d+)/{len(chosen)} · trang (\d+)/(\d+)", page) for page in pages]
    assert all(codes), "every page has its code"
    assert sorted({int(code.group(1)) for code in codes}) == list(range(1, len(chosen) + 1))
    assert all("không mang chữ ký số" in page for page in pages)
    assert b"/ByteRange" not in copy and b"/AcroForm" not in copy, "nothing of a signature is in it"
    (demo.folder.parent / f"{demo.folder.name}-ban-in.pdf").write_bytes(copy)
    browser.sign_out()
