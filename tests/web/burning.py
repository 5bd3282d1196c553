"""A sealed medium onto a disc, a disk and a stick, each read back and put under a paper seal; read again, and stopped; one
that was changed; and the next medium, which the stamp seals."""

import os
import re

from browser import Browser
from demo import PASSWORD, Demo, types_pin
from scripts_off import runs_none, scripts_off

MEDIUM = "HOAPHUONG_VM_0001"
#: More than any reader reads before somebody has looked at the page.
LARGE_FILE_BYTES = 64 << 30


def office_burns(browser: Browser, demo: Demo) -> None:
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    for number, device in ((1, "Ổ ghi đĩa mẫu"), (2, "Ổ cứng rời mẫu"), (3, "USB mẫu")):
        if number < 3:
            browser.go("/luu-tru")
            browser.press(browser.link("Ghi rồi đọc lại"))
        else:
            # The regulation wants two; a third copy may be made all the same.
            browser.go(f"/luu-tru/ghi/{MEDIUM}")
        browser.inspect("ghi-chon")
        browser.press(f"section[aria-label*='{device}'] a")
        browser.inspect("ghi-xac-nhan")
        browser.evaluate("document.querySelector('main form input[type=checkbox]').click()")
        browser.press("form[action^='/luu-tru/ghi/'] button")
        if number == 1:
            it_is_followed(browser, demo)
        text = browser.until("RÚT ĐƯỢC RỒI", 180)
        assert "đã đọc lại khớp" in text, text
        browser.inspect("ghi-xong")
        browser.press(browser.link("Giấy tờ và dán niêm phong"))
        browser.fill("#dan-so", f"T-000{number}")
        browser.fill("#dan-loi", "Tủ hồ sơ số 2, phòng văn thư")
        browser.choose_option("#dan-chung-kien", "NV07")
        browser.press("form:has(#dan-so) button")
        assert "Mở niêm phong" in browser.text(), browser.text()
        browser.inspect("ban-sao")
    assert (demo.folder / "thiet-bi/mau-usb-1/niem-phong/niem-phong.txt").exists(), "what a stick holds lies in the folder"
    # It is known from now on: another one is offered beside it.
    browser.go(f"/luu-tru/ghi/{MEDIUM}")
    sticks = browser.evaluate("[...document.querySelectorAll(\"section[aria-label*='USB mẫu']\")].map(one => one.innerText)")
    assert len(sticks) == 2 and "MAU-USB-1" in sticks[0] and "medium.device_known" in sticks[0] and "Chọn" in sticks[1], sticks
    browser.go("/luu-tru")
    assert "đã lưu trữ" in browser.text(), browser.text()
    browser.go("/?lop=6A1")
    assert "đã lưu trữ" in browser.evaluate("document.querySelector('main table tbody').innerText"), browser.text()
    a_copy_is_read_again_and_stopped(browser, demo)
    a_changed_copy_differs(browser, demo)
    the_next_medium_is_sealed(browser, demo)
    browser.sign_out()


def it_is_followed(browser: Browser, demo: Demo) -> None:
    """The page of a disc that is being written: looked at while the drive stands still, then without scripts to its end."""
    browser.until("Đang ghi", 30)
    with demo.held("sample-media"):
        browser.inspect("ghi-dang-ghi")
        assert "Đừng rút thiết bị" in browser.text(), "every view was of the page that waits"
    with scripts_off(browser):
        browser.go(browser.here())
        browser.read()
        assert runs_none(browser) and "Đừng rút thiết bị" in browser.text(), browser.text()
        browser.until("RÚT ĐƯỢC RỒI", 180)


def a_copy_is_read_again_and_stopped(browser: Browser, demo: Demo) -> None:
    """Somebody has put a large film onto the stick; reading takes long, is looked at meanwhile, and stopped."""
    film = demo.folder / "thiet-bi/mau-usb-1/0-phim.mp4"
    film.touch()
    os.truncate(film, LARGE_FILE_BYTES)
    copy = f"{MEDIUM}-3"
    browser.go(f"/luu-tru/ban-sao/{copy}")
    browser.press(browser.link("Đọc lại bản sao này"))
    browser.inspect("doc-lai")
    browser.press("section:has(p code) form[action^='/luu-tru/doc-lai/'] button")
    browser.until("Đang đọc lại", 30)
    with demo.held("sample-media"):
        browser.inspect("doc-lai-dang-doc")
        text = browser.text()
        assert "Đừng rút thiết bị" in text, "every view was of the page that waits"
        assert re.search(r"\d+% \([\d,]+ (MB|GB) / 68,7 GB\)", text), f"of what lies on the stick, the film too: {text}"
        assert "0 B/giây" not in text, text
        running = browser.here()
        browser.go(f"/luu-tru/doc-lai/{copy}")
        assert browser.has(f"main a[href='{running}']"), "who comes to read is led to what is being read"
        browser.inspect("doc-lai-trong-luc-doc")
        browser.go(running)
    browser.press("main form button.danger")
    text = browser.until("Đã dừng đọc lại theo yêu cầu", 30)
    assert "không được tính là đã lưu trữ" not in text and not browser.has(".notice.bad"), text
    browser.inspect("doc-lai-da-dung")
    film.unlink()


def a_changed_copy_differs(browser: Browser, demo: Demo) -> None:
    browser.go("/luu-tru")
    changed = next((demo.folder / "thiet-bi/o-cung/lan-1").rglob("*.pdf"))
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    browser.press(browser.link(f"giấy tờ và niêm phong của {MEDIUM}-2"))
    browser.press(browser.link("Đọc lại bản sao này"))
    browser.press("form[action^='/luu-tru/doc-lai/'] button")
    browser.until("medium.differs", 180)
    browser.inspect("doc-lai-khac")


def the_next_medium_is_sealed(browser: Browser, demo: Demo) -> None:
    """What was sealed since lies on no medium yet."""
    browser.go("/luu-tru")
    browser.press("form[action='/luu-tru/vat-mang'] button")
    assert "chờ niêm phong" in browser.text(), browser.text()
    browser.press(browser.link("Niêm phong bằng con dấu"))
    browser.inspect("niem-phong-vat-mang")
    types_pin(browser, demo.pins["CON-DAU"])
    assert browser.here() == "/luu-tru" and "chờ niêm phong" not in browser.text(), browser.text()
    assert "HOAPHUONG_VM_0002" in browser.text(), browser.text()
