"""pyHanko over a list of files, without any anchor: is what was signed intact, and every later change explained.

Reads paths from stdin, one per line. Answers one line per file: path, `accepts` or `refuses`. Accepted is a file
of which every signature and document timestamp is intact and valid, covers its whole revision, and is followed by
changes only that the difference policy of pyHanko and the certification allow.
"""

import logging
import sys

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

COVERED = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


def accepts(path: str) -> bool:
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        people, stamps = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures
        statuses = [validate_pdf_signature(one, nobody, nobody) for one in people]
        statuses += [validate_pdf_timestamp(one, nobody) for one in stamps]
    return bool(statuses) and all(
        one.intact
        and one.valid
        and one.coverage in COVERED
        and one.modification_level != ModificationLevel.OTHER
        and getattr(one, "docmdp_ok", True) is not False
        for one in statuses
    )


def main() -> None:
    logging.disable(logging.CRITICAL)
    for path in sys.stdin.read().splitlines():
        try:
            said = "accepts" if accepts(path) else "refuses"
        except Exception:  # a file that cannot be judged is not accepted, the others are still judged
            said = "refuses"
        print(path, said, sep="\t", flush=True)


main()
