"""pyHanko over a list of files, each asked for a level of EN 319 142-1 by the algorithms of EN 319 102-1.

Reads jobs from stdin, one per line: path, folder of the PKI, level. Answers one line per signature: path, level, field,
PASS or FAIL, details. Nothing is fetched.

    B-B    basic validation (5.3); the lists of the folder serve
    B-T    validation with time (5.5), which wants a timestamp over the signature; the lists of the folder serve
    B-LT   the same, and only the root is known: all the rest must stand in the file
    B-LTA  the same, and a timestamp over the document that passes by the algorithm for timestamps (5.4)
    closed what a dossier is closed to: as B-LTA, but with one timestamp over the document in the place of one over
           each signature, so that the basic validation is asked; only the root is known

The algorithm for long-term data (5.6) is not asked: that of pyHanko 0.38 wants what no timestamp covers to be known
before the moment for which it judges, and takes it as known from the later one at which it looks.
"""

import asyncio
import logging
import sys
from pathlib import Path

from asn1crypto import crl, ocsp, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import ades_basic_validation, ades_timestamp_validation, ades_with_time_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

REQUIRED = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED


def certificate(path: Path) -> x509.Certificate:
    data = path.read_bytes()
    return x509.Certificate.load(pem.unarmor(data)[2] if pem.detect(data) else data)


def in_folder(pki: Path) -> LocalKnowledge:
    return LocalKnowledge(
        known_crls=[CRLContainer(crl.CertificateList.load(path.read_bytes())) for path in pki.glob("*.crl")],
        known_certs=[certificate(path) for path in pki.glob("*.crt.pem") if path.name != "root.crt.pem"],
    )


def in_file(reader: PdfFileReader) -> LocalKnowledge:
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return LocalKnowledge()
    answers = [ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps]
    return LocalKnowledge(
        known_ocsps=[container for one in answers for container in OCSPContainer.load_multi(one)],
        known_crls=[CRLContainer(crl.CertificateList.load(one.get_object().data)) for one in store.crls],
        known_certs=list(store.load_certs()),
    )


def specification(pki: Path, known: LocalKnowledge) -> SignatureValidationSpec:
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build([certificate(pki / "root.crt.pem")]),
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(REQUIRED, REQUIRED)),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=known,
    )


async def ask(reader: PdfFileReader, embedded, pki: Path, level: str) -> list[str]:
    """What stands against the level."""
    known = in_folder(pki) if level in ("B-B", "B-T") else in_file(reader)
    validate = ades_basic_validation if level in ("B-B", "closed") else ades_with_time_validation
    results = [await validate(embedded.signed_data, specification(pki, known), raw_digest=embedded.compute_digest())]
    if level in ("B-LTA", "closed"):
        later = [one for one in reader.embedded_timestamp_signatures if one.signed_revision > embedded.signed_revision]
        if not later:
            return ["no document timestamp"]
        for one in later:
            results.append(await ades_timestamp_validation(one.signed_data, specification(pki, known), lambda _, digest=one.compute_digest(): digest))
    return [f"{one.ades_subindic}: {one.failure_msg}" for one in results if one.ades_subindic != AdESPassed.OK]


def judge(path: str, pki: Path, level: str) -> None:
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        for embedded in reader.embedded_regular_signatures:
            embedded.compute_integrity_info()
            wrong = asyncio.run(ask(reader, embedded, pki, level))
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
