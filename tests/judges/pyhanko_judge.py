"""pyHanko over a list of files.

Reads jobs from stdin, one per line: path, folder of the PKI, signatures, document timestamps. Answers one line
per signature and timestamp: path, field, PASS or FAIL, details. Nothing is fetched: while a dossier is open the
CRLs of the folder serve; once it is closed (it has its document timestamp) only what is embedded counts for signers.
"""

import sys
from pathlib import Path

from asn1crypto import crl, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

ALLOWED = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


def certificate(path: Path) -> x509.Certificate:
    data = path.read_bytes()
    return x509.Certificate.load(pem.unarmor(data)[2] if pem.detect(data) else data)


class Trust:
    def __init__(self, folder: Path) -> None:
        self.roots = [certificate(folder / "root.crt.pem")]
        self.others = [certificate(path) for path in folder.glob("*.crt.pem") if path.name != "root.crt.pem"]
        self.crls = [crl.CertificateList.load(path.read_bytes()) for path in folder.glob("*.crl")]

    def with_folder(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=self.roots, other_certs=self.others, crls=self.crls, allow_fetching=False, revocation_mode="hard-fail"
        )

    def with_embedded(self, reader: PdfFileReader) -> ValidationContext:
        store = DocumentSecurityStore.read_dss(reader)
        return store.as_validation_context(
            {"trust_roots": self.roots, "allow_fetching": False, "revocation_mode": "hard-fail"}
        )


def judge_signature(embedded, signers: ValidationContext, stamps: ValidationContext) -> list[str]:
    status = validate_pdf_signature(embedded, signer_validation_context=signers, ts_validation_context=stamps)
    changes = status.modification_level
    checks = {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "not revoked": not status.revoked,
        "DocMDP kept": bool(status.docmdp_ok),
        f"later changes allowed ({changes})": changes in ALLOWED,
        "bottom line": status.bottom_line,
    }
    wrong = [name for name, holds in checks.items() if not holds]
    return wrong + [f"{status.summary()}, trust problem {status.trust_problem_indic}"] if wrong else []


def judge_timestamp(embedded, stamps: ValidationContext) -> list[str]:
    status = validate_pdf_timestamp(embedded, validation_context=stamps)
    checks = {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        f"whole file ({status.coverage})": status.coverage.name == "ENTIRE_FILE",
    }
    return [name for name, holds in checks.items() if not holds]


def judge(path: str, trust: Trust, timestamps: int) -> None:
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        stamps = trust.with_folder()
        signers = trust.with_embedded(reader) if timestamps else trust.with_folder()
        for embedded in reader.embedded_regular_signatures:
            answer(path, embedded.field_name, judge_signature(embedded, signers, stamps))
        for embedded in reader.embedded_timestamp_signatures:
            answer(path, embedded.field_name, judge_timestamp(embedded, stamps))


def answer(path: str, field: str, wrong: list[str]) -> None:
    details = " ".join("; ".join(wrong).split())
    print(path, field, "FAIL" if wrong else "PASS", details, sep="\t", flush=True)


def main() -> None:
    trusts: dict[str, Trust] = {}
    for line in sys.stdin:
        path, pki, _, timestamps = line.rstrip("\n").split("\t")
        try:
            if pki not in trusts:
                trusts[pki] = Trust(Path(pki))
            judge(path, trusts[pki], int(timestamps))
        except Exception as error:  # a file that cannot be judged is a verdict, the others are still judged
            answer(path, "file", [f"{type(error).__name__}: {error}"])


main()
