"""pyHanko over a list of files, each asked for a level of EN 319 142-1 by the algorithm of EN 319 102-1 that the level is for.

Reads jobs from stdin, one per line: path, folder of the PKI, level. Answers one line per signature: path, level, field,
PASS or FAIL, details. Nothing is fetched.

    B-B    basic validation (5.3); the lists of the folder serve
    B-T    validation with time (5.5), which wants a timestamp over the signature; the lists of the folder serve
    B-LT   with long-term data (5.6): only the root is known, the rest must stand in the file
    B-LTA  the same, and a timestamp over the document must be among what proves when it was there
"""

import asyncio
import logging
import sys
from pathlib import Path

from asn1crypto import crl, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import ades_basic_validation, ades_lta_validation, ades_with_time_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

REQUIRED = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED


def certificate(path: Path) -> x509.Certificate:
    data = path.read_bytes()
    return x509.Certificate.load(pem.unarmor(data)[2] if pem.detect(data) else data)


def specification(pki: Path, with_folder: bool) -> SignatureValidationSpec:
    others = [path for path in pki.glob("*.crt.pem") if path.name != "root.crt.pem"] if with_folder else []
    lists = pki.glob("*.crl") if with_folder else []
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build([certificate(pki / "root.crt.pem")]),
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(REQUIRED, REQUIRED)),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(
            known_crls=[CRLContainer(crl.CertificateList.load(path.read_bytes())) for path in lists],
            known_certs=[certificate(path) for path in others],
        ),
    )


async def ask(embedded, pki: Path, level: str):
    if level in ("B-B", "B-T"):
        validate = ades_basic_validation if level == "B-B" else ades_with_time_validation
        return await validate(embedded.signed_data, specification(pki, True), raw_digest=embedded.compute_digest())
    return await ades_lta_validation(embedded, PdfSignatureValidationSpec(specification(pki, False)))


def judge(path: str, pki: Path, level: str) -> None:
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        for embedded in reader.embedded_regular_signatures:
            embedded.compute_integrity_info()
            found = asyncio.run(ask(embedded, pki, level))
            wrong = [] if found.ades_subindic == AdESPassed.OK else [f"{found.ades_subindic}: {found.failure_msg}"]
            if level == "B-LTA" and found.oldest_evidence_record_timestamp is None:
                wrong.append("no document timestamp proves anything")
            answer(path, level, embedded.field_name, wrong)


def answer(path: str, level: str, field: str, wrong: list[str]) -> None:
    details = " ".join("; ".join(wrong).split())
    print(path, level, field, "FAIL" if wrong else "PASS", details, sep="\t", flush=True)


def main() -> None:
    # What it warns of is what it is asked for, and told by the verdict.
    logging.disable(logging.WARNING)
    for line in sys.stdin:
        path, pki, level = line.rstrip("\n").split("\t")
        try:
            judge(path, Path(pki), level)
        except Exception as error:  # a file that cannot be judged is a verdict, the others are still judged
            answer(path, level, "file", [f"{type(error).__name__}: {error}"])


main()
