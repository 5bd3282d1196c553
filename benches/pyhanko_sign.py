"""A small file of strangers, signed by pyHanko: certified by the first, approved by three more.

usage: pyhanko_sign.py FOLDER OUTPUT SIZE_BYTES

The folder holds root.crt, issuing.crt (DER) and the keys of the four signers. The page is as plain as a page can
be; a picture that nothing can make smaller fills the file up to the size.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNERS = ("GVBM_TOAN", "GVCN", "HieuTruong", "ConDau")
# Of one signature, in octets; each takes two digits.
RESERVED = 3000


def unsigned(filler_bytes: int) -> BytesIO:
    writer = PdfFileWriter(stream_xrefs=False)
    font = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Font"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
            generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
        }
    )
    side = 100
    picture = generic.StreamObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Image"),
            generic.pdf_name("/Width"): generic.NumberObject(side),
            generic.pdf_name("/Height"): generic.NumberObject(filler_bytes // side),
            generic.pdf_name("/ColorSpace"): generic.pdf_name("/DeviceGray"),
            generic.pdf_name("/BitsPerComponent"): generic.NumberObject(8),
        },
        stream_data=os.urandom(filler_bytes // side * side),
    )
    text = b"BT /F1 14 Tf 72 760 Td (Transcript of a stranger) Tj ET q 200 0 0 200 72 500 cm /Im1 Do Q"
    resources = generic.DictionaryObject(
        {
            generic.pdf_name("/Font"): generic.DictionaryObject({generic.pdf_name("/F1"): writer.add_object(font)}),
            generic.pdf_name("/XObject"): generic.DictionaryObject(
                {generic.pdf_name("/Im1"): writer.add_object(picture)}
            ),
        }
    )
    contents = writer.add_object(generic.StreamObject(stream_data=text))
    writer.insert_page(PageObject(contents=contents, media_box=(0, 0, 595, 842), resources=resources))
    out = BytesIO()
    writer.write(out)
    return out


def with_fields(file: BytesIO) -> BytesIO:
    """A certified document takes no new fields: the boxes are there before the first signature."""
    writer = IncrementalPdfFileWriter(file)
    for index, name in enumerate(SIGNERS):
        left = 40 + 130 * index
        box = (left, 60, left + 120, 120)
        fields.append_signature_field(writer, fields.SigFieldSpec(sig_field_name=name, box=box))
    out = BytesIO()
    writer.write(out)
    return out


def main() -> None:
    folder, output, size_bytes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    certificate = lambda name: x509.Certificate.load((folder / name).read_bytes())  # noqa: E731
    registry = SimpleCertificateStore()
    registry.register(certificate("issuing.crt"))

    def signed(filler_bytes: int) -> bytes:
        file = with_fields(unsigned(filler_bytes))
        for index, name in enumerate(SIGNERS):
            _, _, key = pem.unarmor((folder / f"{name}.key").read_bytes())
            signer = signers.SimpleSigner(
                signing_cert=certificate(f"{name}.crt"),
                signing_key=keys.PrivateKeyInfo.load(key),
                cert_registry=registry,
            )
            metadata = signers.PdfSignatureMetadata(
                field_name=name,
                md_algorithm="sha256",
                subfilter=fields.SigSeedSubFilter.PADES,
                certify=index == 0,
                docmdp_permissions=fields.MDPPerm.FILL_FORMS,
            )
            signer = signers.PdfSigner(metadata, signer)
            file = signer.sign_pdf(IncrementalPdfFileWriter(file), bytes_reserved=2 * RESERVED)
        return file.getvalue()

    output.write_bytes(signed(size_bytes - len(signed(0))))


main()
