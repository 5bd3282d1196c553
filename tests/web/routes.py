"""Every page of the router, and which of them the walks looked at (`every_page.py` puts the walks together)."""

import json
import re
from pathlib import Path

ROUTER = Path(__file__).resolve().parents[2] / "src/web/router.rs"

#: What a GET leads to where it is no page of ours.
NO_PAGES = {
    "/ho-so/{id}/{file}": "a signed document, in the viewer of the browser",
    "/chung-thu-trang/ca.crt": "a download",
    "/ky/cam/{version}": "events",
    "/ky/lan/{number}/tien-do": "events",
    "/khoa-so/{export}/bao-cao.pdf": "a paper for the printer",
    "/luu-tru/so-theo-doi.pdf": "a paper for the printer",
    "/luu-tru/lan-ghi/{number}/tien-do": "events",
    "/luu-tru/ban-sao/{copy}/{paper}": "a paper for the printer",
    "/luu-tru/bang-tay/{medium}/danh-sach.txt": "a download",
    "/tra-cuu/in/{entry}/ban-in.pdf": "a paper for the printer",
    "/kiem-tra/{key}/bien-ban": "a page that stands for itself, judged as `verify --html` writes it (tests/judges/of_pages.py)",
    "/bien-ban-giao/{entry}": "a paper for the printer",
    "/van-ban/{act}/{file}": "a download",
    "/van-ban/nam-hoc/{year}/{file}": "a download",
    "/nam-hoc/tep/{file}": "a download",
    "/tinh/trang.css": "loaded by pages",
    "/tinh/tien-do.js": "loaded by pages",
}
#: Pages that follow what goes on by itself. No other one has a script, so that it works in a browser that runs none.
FOLLOWING = {"/ky", "/ky/lan/{number}", "/dien-tap", "/luu-tru/lan-ghi/{number}"}


def gets() -> list[str]:
    """The paths of everything that is only looked at, those first whose parts are fixed."""
    rows = ROUTER.read_text().split(".route(")[1:]
    listed = [row.split('"')[1] for row in rows if re.search(r"\bget\(", row)]
    assert len(listed) > 40, f"the router is written otherwise: {listed}"
    return sorted(listed, key=lambda route: [part.startswith("{") for part in route.split("/")])


def route_of(path: str) -> str | None:
    """What the router finds for a path."""
    here = path.split("/")

    def leads(route: str) -> bool:
        parts = route.split("/")
        return len(parts) == len(here) and all(part == own or part.startswith("{") and own for part, own in zip(parts, here))

    return next(filter(leads, GETS), None)


GETS = gets()


class Visited:
    """Routes that one walk came to."""

    def __init__(self):
        self.inspected: set[str] = set()
        self.with_script: set[str] = set()
        self.in_a_browser_without: set[str] = set()

    def comes(self, path: str, scripts: list[str], scripts_run: bool) -> None:
        route = route_of(path)
        if route and scripts:
            self.with_script.add(route)
            if not scripts_run:
                self.in_a_browser_without.add(route)

    def looks_at(self, path: str) -> None:
        self.inspected |= {route for route in [route_of(path)] if route}

    def keep(self, file: Path) -> None:
        file.write_text(json.dumps({name: sorted(routes) for name, routes in vars(self).items()}, indent=1))

    def add(self, file: Path) -> None:
        for name, routes in json.loads(file.read_text()).items():
            getattr(self, name).update(routes)


def kept_beside(folder: Path) -> Path:
    """Where a walk leaves what it came to: beside the data folder, which is the program's own."""
    return folder.parent / f"{folder.name}-da-xem.json"
