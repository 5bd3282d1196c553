"""Copies of a medium beside the drive of the server: filled by hand, handed over, lost, replaced; each an entry."""

from pathlib import Path

from browser import Browser
from demo import PASSWORD, Demo
from printing import fetched

MEDIUM = "HOAPHUONG_VM_0001"


def last(demo: Demo, kind: str) -> dict:
    found = [entry["body"] for entry in demo.register() if entry["kind"] == kind]
    assert found, f"no {kind} in the register"
    return found[-1]


def fills(stick: Path, lines: list[str]) -> None:
    """Copies the files as the list says, as a person at another computer does."""
    for line in lines:
        _, name, place = line.split("  ", 2)
        target = stick / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(Path(place).read_bytes())


def begins(browser: Browser, device: str) -> None:
    browser.go(f"/luu-tru/bang-tay/{MEDIUM}")
    browser.fill("#thiet-bi", device)
    browser.press(f"form[action='/luu-tru/bang-tay/{MEDIUM}'] button")


def reads_back(browser: Browser, copy: str, stick: Path) -> None:
    browser.go(f"/luu-tru/bang-tay/{MEDIUM}")
    for field, value in (("ban_sao", copy), ("thu_muc", stick)):
        browser.evaluate(f"document.querySelector('[name={field}][value=\"{value}\"]').click()")
    browser.press("form[action$='/doc-lai'] button", 120)


def does(browser: Browser, copy: str, code: str, fields: dict[str, str]) -> None:
    browser.go(f"/luu-tru/ban-sao/{copy}")
    form = f"form:has(input[value={code}])"
    browser.evaluate(f"{{ const more = document.querySelector({form!r}).closest('details'); if (more) more.open = true; }}")
    for field, value in fields.items():
        browser.fill(f"#{code}-{field}", value)
    if browser.has(f"#{code}-chung-kien"):
        browser.choose_option(f"#{code}-chung-kien", "NV07")
    if browser.has("#thay-bang option[value='']"):
        browser.choose_option("#thay-bang", browser.evaluate("document.querySelector('#thay-bang').options[1].value"))
    browser.press(f"{form} button")


def copies_by_hand_handed_over_lost_and_replaced(browser: Browser, demo: Demo) -> None:
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go(f"/luu-tru/bang-tay/{MEDIUM}")
    browser.inspect("bang-tay")
    lines = fetched(browser, f"/luu-tru/bang-tay/{MEDIUM}/danh-sach.txt").decode().splitlines()
    begins(browser, "USB Kingston số 0417")
    good = last(demo, "medium.writing")["copy"]
    assert "Chưa thấy USB" in browser.text(), "nothing is mounted yet"
    sticks = demo.folder / "thiet-bi/gan"
    fills(sticks / "USB-1", lines)
    browser.go(f"/luu-tru/bang-tay/{MEDIUM}")
    browser.inspect("bang-tay-doc-lai")
    reads_back(browser, good, sticks / "USB-1")
    assert browser.here() == f"/luu-tru/ban-sao/{good}" and "đã đọc lại và khớp" in browser.text(), browser.text()
    assert last(demo, "medium.verified")["copy"] == good
    browser.inspect("ban-sao-viec")
    # One byte is another: the copy is spoiled, in words and in the register.
    begins(browser, "USB Kingston số 0418")
    bad = last(demo, "medium.writing")["copy"]
    fills(sticks / "USB-2", lines)
    changed = next((sticks / "USB-2").rglob("*.pdf"))
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    reads_back(browser, bad, sticks / "USB-2")
    assert "medium.differs" in browser.text() and last(demo, "medium.spoiled")["copy"] == bad, browser.text()
    # Nothing leaves without an order; its paper can be printed at once.
    order = {"lenh": "Hiệu trưởng, lệnh số 15 ngày 02/12", "muc-dich": "Thanh tra", "nhan": "Phòng <b>VHXH</b>", "gi": "Cả bản sao"}
    does(browser, good, "ban-giao", order)
    assert last(demo, "medium.handed-over")["copy"] == good
    assert browser.has(f"main a[href*='/luu-tru/ban-sao/{good}/'][href*='giao-nhan']"), browser.text()
    # What is spoiled is replaced by what is not, and stays where it is.
    does(browser, bad, "thay", {"loi": "Bản chép bị sai một tệp"})
    assert f"đã được thay bằng" in browser.text(), browser.text()
    assert last(demo, "medium.migrated")["copy"] == bad
    does(browser, good, "that-lac", {"loi": "Văn phòng đã tìm ở tủ số 2"})
    assert "không tìm thấy" in browser.text() and last(demo, "medium.lost")["copy"] == good, browser.text()
    assert not browser.has("main a[href*='/doc-lai/']"), "what nobody finds is put into no reader"
    browser.inspect("ban-sao-that-lac")
    browser.go(f"/luu-tru/bang-tay/{MEDIUM}")
    assert good not in browser.evaluate("document.querySelector('[aria-labelledby=doc-lai]').innerText"), browser.text()
    browser.sign_out()
