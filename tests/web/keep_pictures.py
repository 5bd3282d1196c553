"""Keeps chosen pictures that both browser walks made in docs/pictures, small enough for a manual.

usage: keep_pictures.py WALK NEW_SCHOOL   (the folders that walk.py and new_school.py got as PICTURES)
"""

import sys
from pathlib import Path

from PIL import Image

KEPT = Path(__file__).resolve().parents[2] / "docs/pictures"
WIDTH, TALLEST, COLOURS = 900, 1000, 24
PHONE_WIDTH = 360
CHOSEN = ((1, "luu-tru", "trang-luu-tru"), (1, "ghi-chon", "trang-ghi-vat-mang"), (1, "pin", "trang-ky"), (2, "chuan-bi", "trang-chuan-bi-nam-hoc"))


def main() -> int:
    for argument, page, name in CHOSEN:
        for scheme in ("light", "dark"):
            picture = Image.open(Path(sys.argv[argument]) / f"{page}-{scheme}-1280.png").convert("RGB")
            # The top of a long page is enough to recognise it.
            picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
            small = picture.resize((WIDTH, picture.height * WIDTH // picture.width), Image.Resampling.LANCZOS)
            small.quantize(COLOURS, dither=Image.Dither.NONE).save(KEPT / f"{name}-{scheme}.png", optimize=True)
    phone = Image.open(Path(sys.argv[2]) / "dien-thoai-phan-1.png").convert("RGB")
    small = phone.resize((PHONE_WIDTH, phone.height * PHONE_WIDTH // phone.width), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(KEPT / "trang-soat-dien-thoai.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
