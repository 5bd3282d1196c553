"""Keeps the pictures that both browser walks made: chosen ones in docs/pictures, small enough for a manual, and
every page, light and dark, smaller still in docs/pictures/pages with docs/screens.md, which shows them all.

usage: keep_pictures.py WALK NEW_SCHOOL   (the folders that walk.py and new_school.py got as PICTURES)
"""

import sys
from pathlib import Path

from PIL import Image

KEPT = Path(__file__).resolve().parents[2] / "docs/pictures"
WIDTH, TALLEST, COLOURS = 900, 1000, 24
PHONE_WIDTH = 360
EVERY = KEPT / "pages"
EVERY_WIDTH, EVERY_TALLEST, EVERY_QUALITY = 520, 1600, 45
SCREENS = KEPT.parent / "screens.md"
HEAD = """# Mọi trang / Every page

Mỗi trang mà hai cuộc đi thử bằng trình duyệt mở ra, sáng và tối, chụp cùng lúc với phép thử (`tests/web/keep_pictures.py`). Trường, người và số liệu đều bịa.
*Every page that the two browser walks open, light and dark, taken by the tests. School, people and figures are invented.*
"""
CHOSEN = ((1, "luu-tru", "trang-luu-tru"), (1, "ghi-chon", "trang-ghi-vat-mang"), (1, "pin", "trang-ky"), (2, "chuan-bi", "trang-chuan-bi-nam-hoc"))


def smaller(picture: Image.Image, width: int, tallest: int) -> Image.Image:
    # The top of a long page is enough to recognise it.
    picture = picture.crop((0, 0, picture.width, min(picture.height, tallest)))
    return picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)


def keep(picture: Image.Image, width: int, tallest: int, path: Path) -> None:
    smaller(picture, width, tallest).quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def keep_every_page() -> None:
    EVERY.mkdir(exist_ok=True)
    for old in EVERY.glob("*.webp"):
        old.unlink()
    rows = []
    for walk, title in ((1, "Một năm ở trường / A year at a school"), (2, "Trường mới / A new school")):
        rows.append(f"\n## {title}\n\n| | sáng / light | tối / dark |\n|---|---|---|")
        for light in sorted(Path(sys.argv[walk]).glob("*-light-1280.png")):
            page = light.name.removesuffix("-light-1280.png")
            cells = []
            for scheme in ("light", "dark"):
                name, taken = f"{walk}-{page}-{scheme}.webp", light.with_name(f"{page}-{scheme}-1280.png")
                if not taken.exists():
                    cells.append("")
                    continue
                picture = Image.open(taken).convert("RGB")
                smaller(picture, EVERY_WIDTH, EVERY_TALLEST).save(EVERY / name, quality=EVERY_QUALITY, method=6)
                cells.append(f"![{page}](pictures/pages/{name})")
            rows.append(f"| {page} | {cells[0]} | {cells[1]} |")
    SCREENS.write_text(HEAD + "\n".join(rows) + "\n")


def main() -> int:
    for argument, page, name in CHOSEN:
        for scheme in ("light", "dark"):
            picture = Image.open(Path(sys.argv[argument]) / f"{page}-{scheme}-1280.png").convert("RGB")
            keep(picture, WIDTH, TALLEST, KEPT / f"{name}-{scheme}.png")
    keep_every_page()
    phone = Image.open(Path(sys.argv[2]) / "dien-thoai-phan-1-giua.png").convert("RGB")
    keep(phone, PHONE_WIDTH, phone.height, KEPT / "trang-soat-dien-thoai.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
