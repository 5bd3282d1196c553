"""pyHanko over a list of files, in one process: prints seconds and processor seconds of one document.

usage: pyhanko_loop.py FOLDER FILE...

The folder holds root.crt, issuing.crt, root.crl and issuing.crl in DER. Chain and revocation are checked from
them, nothing is fetched, and changes after each signature are analysed. A new context for each document, as for
documents of strangers.
"""

import sys
import time
from pathlib import Path

from asn1crypto import crl, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def judge(path: str, roots: list, others: list, crls: list) -> None:
    context = ValidationContext(
        trust_roots=roots, other_certs=others, crls=crls, allow_fetching=False, revocation_mode="hard-fail"
    )
    with open(path, "rb") as file:
        signatures = PdfFileReader(file).embedded_regular_signatures
        if len(signatures) != 4:
            sys.exit(f"{path}: {len(signatures)} signatures")
        for embedded in signatures:
            status = validate_pdf_signature(embedded, signer_validation_context=context)
            if not status.bottom_line:
                sys.exit(f"{path}: {status.summary()}")


def main() -> None:
    folder, *files = sys.argv[1:]
    read = lambda name: Path(folder, name).read_bytes()  # noqa: E731
    roots = [x509.Certificate.load(read("root.crt"))]
    others = [x509.Certificate.load(read("issuing.crt"))]
    crls = [crl.CertificateList.load(read(name)) for name in ("root.crl", "issuing.crl")]
    judge(files[0], roots, others, crls)
    begun, cpu = time.perf_counter(), time.process_time()
    for path in files:
        judge(path, roots, others, crls)
    print((time.perf_counter() - begun) / len(files), (time.process_time() - cpu) / len(files))


main()
