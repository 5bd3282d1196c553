"""A class whose first term comes late: soát trước on the phone, the lock, and its signatures, with everything that goes wrong."""

import json
import re
import time

from browser import Browser
from demo import PASSWORD, Demo, at_reader, signs_all, types_pin
from scripts_off import runs_none, scripts_off
from tokens import pulled, slow
from undecided import declines_then_signs_all_the_same

CLASS = "6A1"
FILE = "6A1_HK1_2025-2026.json"
MATHEMATICS, LITERATURE, HOMEROOM = "Phạm Hữu Nghiệp", "Vũ Ngọc Diễm Hằng", "Đặng Thị Ỷ Nhi"
NOTE = "Em thứ 2: ĐĐG cuối kì ở sổ là 8,0."


def first_term(demo: Demo) -> bytes:
    """What the school's program would have exported in January: the first term of the year that the demo has."""
    taken = demo.folder / "hop-thu/da-nhan/6A1_ca-nam_2025-2026.json"
    export = json.loads(taken.read_text())
    export |= {"period": "HK1", "exported": "2026-01-12T09:00:00+07:00", "lock": {"locked": True, "at": "2026-01-12T08:30:00+07:00"}}
    for pupil in export["pupils"]:
        for of_pupil in (pupil.get("conduct", {}), pupil.get("study", {})):
            of_pupil.pop("hk2", None)
            of_pupil.pop("year", None)
        pupil.pop("outcome", None)
        pupil.pop("honour", None)
        for row in pupil["subjects"].values():
            if isinstance(row["results"], dict):
                for terms in row["results"].values():
                    terms.pop("hk2", None)
                    terms.pop("year", None)
    return json.dumps(export, ensure_ascii=False, indent=1).encode()


def opens(browser: Browser, part: str) -> None:
    """A teacher opens one of their parts of the class."""
    browser.go("/soat")
    rows = "[...document.querySelectorAll('ul.parts a')].filter(row => row.innerText.includes('Học kỳ I'))"
    links = f"{rows}.map(row => row.getAttribute('href'))"
    link = browser.evaluate(f"{links}.find(path => path.endsWith('/{part}'))")
    assert link, f"{part} is not theirs: {browser.text()}"
    browser.go(link)
    browser.inspect(f"soat-{'chu-nhiem' if part == 'chu-nhiem' else 'mon'}")


def answer(browser: Browser, part: str, word: str, note: str = "") -> None:
    """And says Đúng or Có sai, and where."""
    opens(browser, part)
    if word == "sai":
        browser.evaluate("document.querySelector('form.answer summary').click()")
        browser.fill("#ghi-chu", note)
    browser.press(f"button[value={word}]")


def first_term_is_reviewed_and_locked(browser: Browser, demo: Demo) -> None:
    hidden = demo.folder / f"hop-thu/.{FILE}"
    hidden.write_bytes(first_term(demo))
    hidden.rename(demo.folder / "hop-thu" / FILE)
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    deadline = time.monotonic() + 60
    while "Học kỳ I" not in browser.text() and time.monotonic() < deadline:
        browser.go("/khoa-so")
        time.sleep(0.5)
    browser.inspect("khoa-so-cho")
    browser.go("/")
    assert "chờ soát" in browser.text(), browser.text()
    waits = "[...document.querySelectorAll('main td a')].find(a => a.innerText.includes('chờ soát'))"
    assert browser.evaluate(f"{waits}.pathname") == "/khoa-so", "data that wait are not in the list of documents"
    browser.inspect("tong-quan-cho-soat")
    browser.sign_out()

    browser.sign_in("gvcn", "giao-vien", PASSWORD)
    browser.go("/soat")
    browser.inspect("soat-danh-sach")
    opens(browser, "chu-nhiem")
    with scripts_off(browser):
        browser.sign_in("gvcn", "giao-vien", PASSWORD)
        answer(browser, "chu-nhiem", "dung")
        assert browser.here() == "/soat" and "Đã ghi: lớp 6A1, phần chủ nhiệm – đúng" in browser.text(), browser.text()
    browser.sign_out()
    browser.sign_in("gv-van", "giao-vien", PASSWORD)
    answer(browser, "VAN", "sai", NOTE)
    assert "Đã ghi: lớp 6A1, môn Ngữ văn – có sai" in browser.text() and NOTE in browser.text(), browser.text()
    # Back, as a phone's own button goes: the list is not the one that was left.
    entries = browser.call("Page.getNavigationHistory")["entries"]
    list_left = next(one for one in reversed(entries) if one["url"].endswith("/soat"))
    browser.call("Page.navigateToHistoryEntry", entryId=list_left["id"])
    browser.until("Ngữ văn: đã trả lời", 15)
    for part in ("ANH", "LSDL"):
        answer(browser, part, "dung")
    browser.sign_out()

    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    browser.go("/khoa-so")
    rows = "[...document.querySelectorAll('main a[href^=\"/khoa-so/\"]')]"
    browser.go(browser.evaluate(f"{rows}.find(one => one.closest('tr, li, section').innerText.includes('Học kỳ I')).pathname"))
    assert NOTE in browser.text() and "Ngữ văn" in browser.text(), browser.text()
    browser.inspect("khoa-so-ghi-chu")
    browser.sign_out()

    # Something is wrong: nobody can propose the lock, and the principal cannot do without the answer.
    propose(browser, "0005")
    assert "export." in browser.text() or "lock." in browser.text(), browser.text()
    assert "Mã lỗi" in browser.text(), browser.text()
    way = browser.evaluate("document.querySelector('main a.button').getAttribute('href')")
    assert way == "/khoa-so", f"the way back leads to where it was asked for: {way}"
    browser.inspect("khoa-so-tu-choi")
    browser.sign_out()
    browser.sign_in("gv-van", "giao-vien", PASSWORD)
    answer(browser, "VAN", "dung")
    browser.sign_out()

    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    browser.go("/khoa-so")
    rows = "[...document.querySelectorAll('tbody tr')]"
    browser.go(browser.evaluate(f"{rows}.find(row => row.innerText.includes('Học kỳ I')).querySelector('a').getAttribute('href')"))
    page = browser.here()
    browser.inspect("khoa-so-hieu-truong")
    if browser.has("form[action$='/chap-nhan']"):
        browser.fill("form[action$='/chap-nhan'] textarea", "Học sinh chuyển đến giữa kỳ.")
        browser.press("form[action$='/chap-nhan'] button")
        browser.go(page)
    browser.fill("form[action$='/bo-qua'] textarea", "Hai giáo viên đi tập huấn; tổ trưởng đã đối chiếu.")
    browser.press("form[action$='/bo-qua'] button")
    browser.sign_out()

    propose(browser, "0005")
    assert browser.here() == "/ho-so/2025-2026_ca-nam_quyet-dinh-khoa_0005", browser.text()
    browser.inspect("quyet-dinh")
    browser.sign_out()
    signs_all(browser, "Tạ Quỳnh Hưởng", demo.pins["BAN-QUAN-TRI"])
    signs_all(browser, "Nguyễn Trọng Khuyến", demo.pins["HIEU-TRUONG"])


def propose(browser: Browser, number: str) -> None:
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/khoa-so")
    browser.evaluate("document.querySelector('[aria-label^=\"Khóa lớp 6A1, Học kỳ I\"]').click()")
    browser.fill("#so", number)
    browser.press("form[action='/khoa-so/de-nghi'] button")


def first_term_is_signed(browser: Browser, demo: Demo) -> None:
    """Stopped, pulled, resumed; the wrong person; and ký thay."""
    browser.sign_in("ban-quan-tri", "quan-tri", PASSWORD)
    browser.go("/dot-ky")
    for box in (f"[name=lop][value='{CLASS}']", "[name=ky][value=HK1]"):
        browser.evaluate(f"document.querySelector({box!r}).click()")
    browser.press("form[action='/dot-ky'] button")
    assert "Học kỳ I" in browser.text(), browser.text()
    browser.sign_out()

    # A stranger's certificate in the address opens nobody's list.
    path = at_reader(browser, MATHEMATICS, 90)
    browser.go(path)
    assert "Hạn ký theo lịch năm học" not in browser.text(), f"the last day of the year is not that of a first term: {browser.text()}"
    browser.inspect("ky-han")
    browser.sign_in("gvcn", "giao-vien", PASSWORD)
    text = browser.text()
    assert re.search(r"Còn [1-9]\d* hồ sơ sẽ đến lượt thầy/cô sau khi người khác ký", text), f"and what comes later: {text}"
    browser.inspect("tong-quan-con-lai")
    browser.go(path)
    assert not browser.has("[name=ho_so]") and "HS0" not in browser.text(), "only who it is sees the list"
    browser.sign_out()

    # Stop: what is signed stays signed, the rest waits for a new PIN.
    # Slow enough that it still signs when the page was looked at in every view.
    demo.tokens.order(slow(1500))
    declines_then_signs_all_the_same(browser, demo, path, demo.pins["GVBM-TOAN"])
    assert "ĐỪNG RÚT" in browser.text(), browser.text()
    browser.until("chữ ký mỗi phút", 60)
    demo.tokens.order(slow(15_000))
    browser.inspect("dang-ky")
    assert "ĐỪNG RÚT" in browser.text(), "every view was of the page that goes on"
    demo.tokens.order(slow(1500))
    # What is read aloud and what the tab says: Vietnamese first, each language by its name.
    aloud = browser.evaluate("[...document.querySelectorAll('[aria-live=polite] span')].map(part => [part.lang, part.textContent])")
    assert aloud == [["", "ĐANG KÝ – ĐỪNG RÚT USB TOKEN"], ["en", "Signing, leave the token in"]], aloud
    tab = browser.evaluate("new Promise(told => { const look = () => /^\\d+% /.test(document.title) ? told(document.title) : setTimeout(look, 50); look(); })")
    assert tab.split("% – ")[1] == "ĐANG KÝ – ĐỪNG RÚT USB TOKEN / Signing, leave the token in", tab
    # Loaded again, or come to anew by somebody at the same screen: the same visit, as far as it is.
    visit = browser.here()
    for way in (visit, path):
        browser.go(way)
        assert browser.here() == visit and "ĐỪNG RÚT" in browser.text(), browser.text()
    browser.press("form[action$='/dung'] button")
    text = browser.until("bắt đầu lúc")
    assert "PHIÊN KÝ ĐÃ DỪNG – RÚT ĐƯỢC RỒI" in text and "signing.cancelled" in text, text
    assert not browser.has(".signing.over"), "what was stopped does not look like what is over"
    assert not browser.has(".notice.bad"), "who stops has done nothing wrong"
    browser.inspect("da-dung")
    ended_early_names_what_is_open(browser, text, "Phiên ký đã dừng")
    stopped = signatures(text)

    # Pulled out while it signs: a clear word, nothing half signed; the same token goes on after a new PIN.
    browser.go(path)
    types_pin(browser, demo.pins["GVBM-TOAN"])
    browser.until("chữ ký mỗi phút", 60)
    demo.tokens.order(slow(400), pulled("GVBM-TOAN"))
    text = browser.until("bắt đầu lúc")
    assert "token.gone" in text and "còn lại" in text and "ĐÃ DỪNG" in text, text
    ended_early_names_what_is_open(browser, text, "USB token bị rút ra")
    browser.inspect("bi-rut")
    pulled_at = signatures(text)
    browser.go("/ky")
    deadline = time.monotonic() + 10
    while MATHEMATICS in browser.text() and time.monotonic() < deadline:
        time.sleep(0.3)
    assert MATHEMATICS not in browser.text(), "a pulled token is seen by itself"
    logins = demo.tokens.calls("C_Login")
    demo.tokens.order()
    browser.until(MATHEMATICS, 10)
    assert demo.tokens.calls("C_Login") == logins, "nobody logs in for a person"
    text = signs_all(browser, MATHEMATICS, demo.pins["GVBM-TOAN"])
    assert stopped > 0 and pulled_at > 0 and counted(text) > 0, (stopped, pulled_at, text)

    # The colleague signs literature by the act; what else the absent teacher has stays with her.
    signs_without_scripts(browser, demo, LITERATURE, "GVBM-VAN")
    browser.sign_in("van-phong", "van-phong", PASSWORD)
    browser.go("/ho-so/2025-2026_HK1_hoc-ba_HS0001")
    signed_for = re.search(r"Ký ở ô GVBM chủ trì môn Ngữ văn.{0,200}", browser.text(), re.DOTALL).group()
    assert MATHEMATICS in signed_for and f"ký thay {LITERATURE}" in signed_for, signed_for
    browser.sign_out()


def ended_early_names_what_is_open(browser: Browser, text: str, why: str) -> None:
    # Where each document has one place of this person, documents alone are counted.
    if by_signature := re.search(r"(\d+)/(\d+) chữ ký đã ký, (\d+) chưa", text):
        signed, of, still = map(int, by_signature.groups())
        assert signed + still == of and still > 0, text
    count, reason = re.search(r"(\d+) hồ sơ chưa ký(?: xong)?: ([^\n]*)", text).groups()
    assert why in reason, text
    lists = "[...document.querySelectorAll('main ul')]"
    named = browser.evaluate(f"{lists}.at(-1).querySelectorAll('li').length")
    assert named == int(count), f"each by its name: {named} of {count}"
    in_part, open_at_all = (int(found.group(1)) if (found := re.search(words, text)) else 0 for words in (r"(\d+) hồ sơ đã ký một phần", r"(\d+) hồ sơ chưa ký[.,]"))
    assert in_part + open_at_all == named, f"each is counted once: {in_part} + {open_at_all}, {named} listed"


def signs_without_scripts(browser: Browser, demo: Demo, name: str, label: str) -> None:
    """Everything that waits, in a browser that runs no script: the page of the sitting loads itself again until it is over."""
    demo.tokens.order(slow(400))
    with scripts_off(browser):
        browser.go(at_reader(browser, name))
        types_pin(browser, demo.pins[label])
        browser.until("ĐỪNG RÚT", 30)
        browser.until_there("noscript > *")
        first = browser.evaluate("performance.timeOrigin")
        assert runs_none(browser), "the browser runs no script"
        browser.read()
        text = browser.until("bắt đầu lúc", 120)
        assert browser.evaluate("performance.timeOrigin") != first, "it was loaded again"
        assert "RÚT ĐƯỢC RỒI" in text and counted(text) > 1, text
    demo.tokens.order()


def signatures(text: str) -> int:
    """How many a sitting made that ended early: of documents with several places of one person, perhaps none is whole."""
    return int(re.search(r"(\d+)/\d+ chữ ký đã ký", text).group(1))


def counted(text: str) -> int:
    return int(re.search(r"đã ký (\d+) hồ sơ", text).group(1))
