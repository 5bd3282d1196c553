"""A new school from an empty data folder to ready, in headless Chromium with software tokens.

usage: new_school.py PROGRAM FOLDER [PICTURES]

`niemphong demo --new-school` gives tokens and an authority, nothing else. An administrator types and pastes what the
demo prints, as a school pastes its own tables; everybody rehearses; principal and stamp sign; the first export is taken.
"""

import copy
import json
import re
import sys
import time
from pathlib import Path

from browser import VIEWS, Browser
from leaving import a_pupil_leaves_and_takes_the_transcript_along
from phone import Phone
from routes import kept_beside
from trusting import a_computer_comes_to_trust_the_pages
from undecided import asked, silent_authority
from walk import Demo, port_is_free

PICTURES = Path(__file__).resolve().parents[2] / "src/demo/pictures"
PASSWORD = "một câu đủ dài để nhớ"
MORE_CLASSES = [f"6A{number}" for number in range(3, 11)]
#: As people count them: 6A10 comes last, wherever classes are listed or chosen.
IN_ORDER = ["6A1", "6A2", *MORE_CLASSES]
PUPILS = 40
NO_SCRIPT = "Nguyễn <img src=x onerror=alert(1)>"
OF_EIGHT_CLASSES = "Nguyễn Phước Mỹ Uyên"
SCHOOL = {
    "#t-ten": "Trường THCS Hoa Phượng",
    "#t-ma": "HOAPHUONG",
    "#t-cap": "UBND PHƯỜNG PHƯỢNG VĨ",
    "#t-noi": "Hải Phòng",
    "#t-nam": "2025-2026",
}


def printed(demo: Demo, head: str) -> str:
    """A table that the demo prints below a headline, up to the next empty line."""
    text = Path(demo.log.name).read_text()
    return re.search(rf"^{head}.*:\n((?:.+\n)+)", text, re.MULTILINE).group(1)


def paste(browser: Browser, area: str, text: str) -> None:
    browser.fill(area, text)
    browser.press(f"form:has({area}) button")


def the_first_administrator(browser: Browser, _: Demo) -> None:
    browser.go("/")
    assert browser.here() == "/khoi-dau"
    assert browser.has("p.sample"), "a sample school says so before it has a name"
    browser.inspect("khoi-dau")
    browser.fill("#ten", "quan-tri")
    browser.fill("#mat-khau", PASSWORD)
    browser.press("form[action='/khoi-dau'] button")
    browser.sign_in("quan-tri", "quan-tri", PASSWORD)


def school_people_and_plans(browser: Browser, demo: Demo) -> None:
    browser.go("/cau-hinh/nam-hoc")
    browser.inspect("truong-moi")
    for field, value in SCHOOL.items():
        browser.fill(field, value)
    browser.press("form[action$='/truong#truong'] button")
    head = browser.evaluate("document.querySelector('header').innerText")
    assert SCHOOL["#t-ten"] in head and "DỮ LIỆU MẪU" in head, f"the head names the school from here on: {head}"
    people, assignments = printed(demo, "Bảng người"), printed(demo, "Bảng phân công")
    # A slip of the pen is told with its line, and what was pasted is still there.
    paste(browser, "#bang-nguoi", people.replace("Con dấu\n", "Con gấu\n"))
    text = browser.text()
    assert "Con gấu" in text and "dòng cần sửa" in text, text
    place = "document.querySelector('.notice.bad').getBoundingClientRect()"
    assert browser.evaluate(f"{place}.top >= 0 && {place}.bottom <= innerHeight"), "what was wrong is on the screen at once"
    browser.inspect("nguoi-sai")
    paste(browser, "#bang-nguoi", people)
    paste(browser, "#bang-phan-cong", assignments.replace("6A2; GVCN", "6A2; GVCN; Không Ai Cả\n6A2; GVCN"))
    assert "không có trong bảng người" in browser.text()
    # Eight classes more, whose mathematics one teacher has.
    first = [line for line in assignments.splitlines() if line.startswith("6A1;")]
    first = [f"6A1; Toán; {OF_EIGHT_CLASSES}" if "; Toán;" in line else line for line in first]
    more = [line.replace("6A1;", f"{name};", 1) for name in reversed(MORE_CLASSES) for line in first]
    paste(browser, "#bang-phan-cong", assignments + "\n".join(more) + "\n")
    kept = browser.evaluate("document.querySelector('#bang-phan-cong').value").splitlines()
    taught = [line.split(";")[0] for line in kept if "; GVCN;" not in line]
    assert list(dict.fromkeys(taught)) == IN_ORDER and taught == sorted(taught, key=IN_ORDER.index), taught
    assert "chưa có phân công" not in browser.text()
    browser.evaluate("document.querySelector('input[value=so-dang-bo]').click()")
    browser.press("form[action$='/ke-hoach#ke-hoach'] button")
    assert not browser.evaluate("document.querySelector('input[value=so-dang-bo]').checked")
    browser.choose_option("#toi-la", "NV05")
    browser.press("form[action$='/toi-la'] button")
    assert "chưa diễn tập" in browser.text()
    browser.inspect("chuan-bi")


def pictures_and_regulation(browser: Browser, demo: Demo) -> None:
    """Head and stamp sign with pictures; the school's regulation is an entry before anybody signs."""
    browser.go("/cau-hinh/hinh")
    browser.inspect("hinh-chua-co")
    for person, width, name in (("NV07", "38", "chu-ky-hieu-truong"), ("CON-DAU", "36", "con-dau")):
        browser.choose_option("#nguoi", person)
        browser.fill("#rong", width)
        browser.choose("#tep", [PICTURES / f"{name}.png"])
        browser.press("form[enctype='multipart/form-data'] button")
        assert browser.here() == "/cau-hinh/hinh" and f"Trên giấy rộng {width} mm" in browser.text(), browser.text()
    browser.inspect("hinh")
    for width, file, code in (("5", PICTURES / "con-dau.png", "picture.size_on_paper"), ("36", PICTURES / "con-dau.svg", "picture.not_png")):
        browser.go("/cau-hinh/hinh")
        browser.choose_option("#nguoi", "CON-DAU")
        browser.evaluate(f"document.querySelector('#rong').min = '1'; document.querySelector('#rong').value = '{width}'")
        browser.choose("#tep", [file])
        browser.press("form[enctype='multipart/form-data'] button")
        assert code in browser.text(), browser.text()
    browser.go("/cau-hinh/nam-hoc")
    browser.press(browser.link("Đổi theo quy chế"))
    browser.evaluate("document.querySelectorAll('[name=loai]').forEach(box => { box.checked = box.value != 'disk'; })")
    browser.fill("#quy-che", "Quy chế kèm QĐ 251/2020, Điều 9")
    browser.press("form[action$='/luu-tru'] button")
    assert "đĩa quang, USB" in browser.text(), browser.text()


def authority_is_confirmed_by_two(browser: Browser, demo: Demo) -> None:
    # Nobody can sign with what nobody knows: the first rehearsal says so before the PIN is used.
    rehearse(browser, demo, "HIEU-TRUONG", "NV07")
    assert "chưa biết cơ quan" in browser.text()
    browser.inspect("dien-tap-ca-la")
    browser.go("/cau-hinh/ca")
    browser.choose("#tep", [demo.folder / "pki/issuing.crt.pem"])
    browser.press("form[action='/cau-hinh/ca'] button")
    browser.inspect("ca")
    field = "input[name=dau]"
    fingerprint = browser.evaluate("document.querySelector('section[data-ca]').dataset.ca")
    browser.fill(field, "00" * 32)
    browser.press("form[action$='/xac-nhan'] button")
    assert "enrolment.other_fingerprint" in browser.text()
    browser.go("/cau-hinh/ca")
    browser.fill(field, fingerprint)
    browser.press("form[action$='/xac-nhan'] button")
    assert "chưa được tin cậy" in browser.text(), "one is not enough"
    browser.go("/cau-hinh")
    browser.fill("#ten", "hieu-truong")
    browser.choose_option("#nguoi", "NV07")
    browser.evaluate("document.querySelector(\"form[action='/cau-hinh/tai-khoan'] input[value=hieu-truong]\").click()")
    browser.fill("#mat-khau-moi", PASSWORD)
    browser.press("form[action='/cau-hinh/tai-khoan'] button")
    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    def confirmed() -> None:
        browser.go("/cau-hinh/ca")
        browser.fill(field, fingerprint)
        browser.press("form[action$='/xac-nhan'] button")

    confirmed()
    assert "chưa được tin cậy" not in browser.text(), browser.text()
    # One of the two ends the trust; the very next rehearsal knows the authority no more, and two trust it again.
    browser.evaluate("document.querySelector('section[data-ca] details').open = true")
    browser.fill("textarea[name=ly_do]", "Đọc tin <b>khóa CA bị lộ</b>.")
    browser.press("form[action$='/thoi-tin-cay'] button")
    text = browser.text()
    assert "chưa được tin cậy" in text and "đã thôi tin cậy lúc" in text and "<b>khóa CA bị lộ</b>" in text, text
    browser.inspect("ca-thoi-tin-cay")
    browser.sign_in("quan-tri", "quan-tri", PASSWORD)
    rehearse(browser, demo, "HIEU-TRUONG", "NV07")
    assert "chưa biết cơ quan" in browser.text()
    confirmed()
    assert "chưa được tin cậy" in browser.text(), "one is not enough, also the second time"
    browser.sign_in("hieu-truong", "hieu-truong", PASSWORD)
    confirmed()
    assert "chưa được tin cậy" not in browser.text(), browser.text()
    browser.sign_in("quan-tri", "quan-tri", PASSWORD)


def rehearse(browser: Browser, demo: Demo, label: str, person: str) -> None:
    browser.go("/dien-tap")
    card = f"[...document.querySelectorAll('section.card')].find(card => card.innerText.includes(' {label} ('))"
    action = browser.evaluate(f"{card}.querySelector('form').getAttribute('action')")
    browser.go(f"{action}?nguoi={person}")
    browser.fill("#pin", demo.pins[label])
    browser.press("form[enctype='text/plain'] button", 60)
    assert browser.here() == "/dien-tap", browser.text()


def everybody_rehearses(browser: Browser, demo: Demo) -> None:
    people = [line.split("; ") for line in printed(demo, "Bảng người").splitlines()]
    labels = list(demo.pins)
    assert len(people) == len(labels)
    for (person, *_), label in zip(people, labels):
        rehearse(browser, demo, label, person)
        # Nobody's token is in force yet: the certificate itself names whoever rehearsed.
        offered = browser.has(f"form[action='/dien-tap/phieu/{person}']")
        assert offered == (label != "CON-DAU"), f"a slip for {person}: {browser.text()}"
    assert browser.text().count("đạt") >= len(people), browser.text()
    browser.inspect("dien-tap")


def administrator_confirms_and_never_signs(browser: Browser, _: Demo) -> None:
    browser.go("/nam-hoc")
    assert "web.admin_session" in browser.text()
    browser.go("/cau-hinh/nam-hoc")
    browser.inspect("du")
    browser.evaluate("document.querySelector(\"form[action$='/xac-nhan'] input\").click()")
    browser.press("form[action$='/xac-nhan'] button")
    assert "đã xác nhận" in browser.text(), browser.text()
    browser.sign_out()


def an_unconfirmed_binding_signs_nothing(browser: Browser, demo: Demo) -> None:
    """Somebody rehearses under a colleague's name: principal and stamp are not asked before that is put right."""
    rehearse(browser, demo, "GVBM-TIN", "NV11")
    assert not browser.has("form[action^='/dien-tap/phieu/']"), "a colleague's slip is not theirs to take"
    browser.go("/nam-hoc")
    assert "web.year_not_ready" in browser.text() and not browser.has("a[href^='/nam-hoc/']"), browser.text()
    rehearse(browser, demo, "GVBM-SU", "NV11")
    browser.go("/nam-hoc")
    assert "web.year_not_ready" not in browser.text(), "what the administrator confirmed stands again"


def principal_and_stamp_sign(browser: Browser, demo: Demo) -> None:
    browser.go("/nam-hoc")
    browser.inspect("mo-nam-hoc")
    text = browser.text()
    assert "Trên giấy rộng 36 mm" in text and "đĩa quang, USB" in text, text
    for who, label in (("Hiệu trưởng", "HIEU-TRUONG"), ("Con dấu", "CON-DAU")):
        browser.press(f"section[aria-label^='{who}'] a")
        browser.inspect("mo-nam-hoc-pin")
        assert "điểm chốt" in browser.text(), "the checkpoint is announced before the PIN"
        if label == "HIEU-TRUONG":
            here = browser.here()
            with silent_authority(demo):
                asked(browser, here, demo.pins[label])
                browser.inspect("mo-nam-hoc-chua-kiem-tra")
            browser.go(here)
        browser.fill("#pin", demo.pins[label])
        browser.press("form[enctype='text/plain'] button", 60)
        assert browser.here() == "/nam-hoc", browser.text()
    assert "Nhà trường sẵn sàng" in browser.text(), browser.text()
    browser.inspect("san-sang")
    browser.sign_in("quan-tri", "quan-tri", PASSWORD)
    browser.go("/cau-hinh/nam-hoc")
    assert "Nhà trường đã sẵn sàng" in browser.text()
    browser.press("form[action$='/sau'] button")
    assert "2026-2027" in browser.text() and "Nguyễn Trọng Khuyến" in browser.text()


def the_first_export_is_taken(browser: Browser, demo: Demo, export: Path) -> None:
    (demo.folder / "hop-thu" / export.name).write_bytes(export.read_bytes())
    deadline = time.monotonic() + 60
    while "6A1" not in browser.text() and time.monotonic() < deadline:
        browser.go("/khoa-so")
    assert "6A1" in browser.text(), browser.text()


def of_another_class(export: dict, name: str, number: int) -> dict:
    """The same marks for a class of the usual size."""
    other = copy.deepcopy(export) | {"class": name}
    known = other["pupils"]
    known[0] = known[0] | {"name": NO_SCRIPT}
    other["pupils"] = [copy.deepcopy(known[at % len(known)]) | {"id": f"HP{number}{at:03}"} for at in range(PUPILS)]
    return other


def a_teacher_reviews_eight_classes_on_a_phone(browser: Browser, demo: Demo, export: Path) -> None:
    """With a printed slip and nothing else: no account, no token, no mouse. Seven are right, in one something is wrong."""
    book = json.loads(export.read_text())
    for number, name in enumerate(MORE_CLASSES, 3):
        text = json.dumps(of_another_class(book, name, number), ensure_ascii=False)
        (demo.folder / "hop-thu" / f"{name}_ca-nam.json").write_text(text)
    deadline = time.monotonic() + 120
    while not all(name in browser.text() for name in MORE_CLASSES) and time.monotonic() < deadline:
        time.sleep(0.5)
        browser.go("/khoa-so")
    listed = browser.evaluate("[...document.querySelectorAll('main tbody tr')].map(row => row.querySelector('td:not(:has(input))').innerText)")
    assert listed == [name for name in IN_ORDER if name != "6A2"], listed
    browser.go("/")
    chosen_from = browser.evaluate("[...document.querySelectorAll('#lop option')].slice(1).map(one => one.innerText)")
    assert chosen_from == IN_ORDER, chosen_from
    rows = browser.evaluate("[...document.querySelectorAll('main tbody th')].map(row => row.innerText)")
    assert rows == listed, rows
    browser.go("/cau-hinh")
    form = "form[action='/cau-hinh/phieu']"
    person = f"[...document.querySelectorAll(\"{form} option\")].find(one => one.innerText.startsWith({OF_EIGHT_CLASSES!r})).value"
    browser.choose_option(f"{form} select", browser.evaluate(person))
    browser.press(f"{form} button")
    slip = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}-[A-Z2-9]{5}", browser.text()).group()
    browser.sign_out()
    browser.go("/dang-nhap")
    with Phone(browser) as phone:
        phone.write("#ma", slip.replace("-", "").lower())
        phone.follow("form[action='/dang-nhap/phieu'] button")
        assert browser.here() == "/soat" and "Còn 8 phần chưa trả lời" in browser.text(), browser.text()
        browser.snap("dien-thoai-soat")
        phone.follow("main ul.parts a")
        for number in range(1, 9):
            text = browser.text()
            assert f"Phần {number}/8" in text and "Toán" in text, text
            assert NO_SCRIPT in text and not browser.has("main img"), "the name of a pupil is shown as a name"
            browser.snap(f"dien-thoai-phan-{number}")
            # Both terms and the year of everybody, without a swipe to the side.
            overhang = browser.evaluate("(() => { const one = document.querySelector('.wide'); return one.scrollWidth - one.clientWidth; })()")
            assert overhang <= 0 and "HK2" in text and "Cả năm" in text, f"{overhang} pixels lie beside the screen"
            browser.evaluate("window.scrollTo(0, document.querySelector('main tbody').getBoundingClientRect().top + 200)")
            assert browser.evaluate("document.querySelector('main thead').getBoundingClientRect().top") == 0, "the heads stay in sight"
            browser.snap(f"dien-thoai-phan-{number}-giua")
            phone.reads_down()
            browser.snap(f"dien-thoai-phan-{number}-cuoi")
            if number == 8:
                phone.tap("form.answer summary")
            phone.follow(f"button[value={'sai' if number == 8 else 'dung'}]")
        assert browser.here() == "/soat" and "Thầy/cô đã trả lời hết 8 phần" in browser.text(), browser.text()
        assert browser.text().count("đúng") == 7 and "có sai" in browser.text(), browser.text()
        browser.snap("dien-thoai-xong")
        # Nothing is hidden on the way: a tap for each part, one more for the wrong one, and three to get in.
        assert phone.taps <= 8 + 1 + 3 and phone.swipes < 80, phone.cost()
        print(f"    eight classes: {phone.cost()}", flush=True)
    browser.inspect("soat-xong")


def everybody_walks(browser: Browser, demo: Demo) -> None:
    steps = (
        the_first_administrator,
        school_people_and_plans,
        pictures_and_regulation,
        authority_is_confirmed_by_two,
        everybody_rehearses,
        administrator_confirms_and_never_signs,
        an_unconfirmed_binding_signs_nothing,
        principal_and_stamp_sign,
    )
    begun = time.monotonic()
    for step in steps:
        step(browser, demo)
        print(f"ok  {step.__name__}  ({time.monotonic() - begun:.0f} s)", flush=True)
    export = Path(__file__).resolve().parents[1] / "fixtures/exports/6A1_ca-nam.json"
    the_first_export_is_taken(browser, demo, export)
    a_teacher_reviews_eight_classes_on_a_phone(browser, demo, export)
    print("ok  the_first_export_is_taken, a_teacher_reviews_eight_classes_on_a_phone", flush=True)
    names = [line.split("; ")[1] for line in printed(demo, "Bảng người").splitlines()]
    a_pupil_leaves_and_takes_the_transcript_along(browser, demo, PASSWORD, dict(zip(demo.pins, names)), MORE_CLASSES[0])
    print("ok  a_pupil_leaves_and_takes_the_transcript_along", flush=True)
    browser.told()


def main() -> int:
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    pictures = Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
    folder.mkdir(parents=True, exist_ok=True)
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with Demo(program, folder, "--new-school") as demo, Browser() as opened:
        browser = opened.at(demo.address, pictures)
        try:
            everybody_walks(browser, demo)
            a_computer_comes_to_trust_the_pages(browser, program, folder.parent / f"{folder.name}-mang", PASSWORD)
            print("ok  a_computer_comes_to_trust_the_pages", flush=True)
        finally:
            # What was seen until then is told as well, where a walk ends early.
            for one in browser.wrong:
                print(f"BAD {one}", flush=True)
        browser.visited.keep(kept_beside(folder))
        wrong, seen = len(browser.wrong), len(browser.seen)
    if not port_is_free(demo.address):
        wrong += 1
        print("BAD the pages are still there after SIGTERM")
    print(f"{seen} pages looked at in {len(VIEWS)} views, {wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
