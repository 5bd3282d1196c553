"""Sets our documents once more with LibreOffice and prints wall clock, processor time, pages and peak memory of all.

libreoffice_loop.py FOLDER COUNT

FOLDER holds ours, own-0.pdf and so on: flat ODT with all that stands on their sheets is exported as PDF/A-3b with tags
and PDF/UA-1, LibreOffice has no level A. All are converted by one process; what that process takes for a single
document is measured first and taken off, so that its start costs it nothing.
"""

import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.sax.saxutils import escape

from sheets import columns, read

FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Sổ</dc:title></office:meta>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="Liberation Serif"
 fo:font-size="10.5pt" fo:language="vi" fo:country="VN"/></style:default-style></office:styles>
<office:automatic-styles>
<style:style style:name="page" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:padding="1.7pt"/></style:style>
<style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin-left="22mm" fo:margin-right="15mm" fo:margin-top="19mm" fo:margin-bottom="17mm"/></style:page-layout>
<style:style style:name="table" style:family="table"><style:table-properties style:width="173mm" table:align="left"/></style:style>
@widths@
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="a4"/></office:master-styles>
<office:body><office:text>
"""
WIDTHS, WIDTH_MM = "@widths@", 173
TAIL = "</office:text></office:body></office:document>\n"


def table(name, head, body):
    """Rows with cells that go over others: those that are covered have to be named."""
    weights = columns(head, body)
    widths = "".join(
        f'<style:style style:name="{name}.{at}" style:family="table-column"><style:table-column-properties'
        f' style:column-width="{WIDTH_MM * weight / sum(weights):.2f}mm"/></style:style>'
        for at, weight in enumerate(weights)
    )
    covered, rows = {}, []
    for number, row in enumerate([*head, *body]):
        waiting, cells, at = list(row), [], 0
        while at < len(weights):
            if (number, at) in covered or not waiting:
                cells.append("<table:covered-table-cell/>" if (number, at) in covered else "<table:table-cell/>")
                at += 1
                continue
            words, span = waiting.pop(0)
            over = [(number + down, at + right) for down in range(span["RowSpan"]) for right in range(span["ColSpan"])]
            covered.update(dict.fromkeys(over))
            del covered[number, at]
            cells.append(
                f'<table:table-cell table:style-name="cell" table:number-columns-spanned="{span["ColSpan"]}"'
                f' table:number-rows-spanned="{span["RowSpan"]}" office:value-type="string">'
                f"<text:p>{escape(''.join(words))}</text:p></table:table-cell>"
            )
            at += 1
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    named = "".join(f'<table:table-column table:style-name="{name}.{at}"/>' for at in range(len(weights)))
    heads = f"<table:table-header-rows>{''.join(rows[: len(head)])}</table:table-header-rows>" if head else ""
    return widths, f'<table:table table:name="{name}" table:style-name="table">{named}{heads}{"".join(rows[len(head) :])}</table:table>'


def flat_odt(sections):
    styles, parts = [], []
    for section in sections:
        fresh = bool(parts)
        for block in section:
            style = ' text:style-name="page"' if fresh else ""
            if block[0] == "table":
                if fresh:
                    parts.append(f"<text:p{style}/>")
                widths, rows = table(f"t{len(styles)}", block[1], block[2])
                styles.append(widths)
                parts.append(rows)
            elif block[0] == "h":
                parts.append(f'<text:h{style} text:outline-level="{block[1]}">{escape("".join(block[2]))}</text:h>')
            else:
                parts.append(f"<text:p{style}>{escape(''.join(block[1]))}</text:p>")
            fresh = False
    return HEAD.replace(WIDTHS, "".join(styles)) + "".join(parts) + TAIL


def convert(folder, files):
    """Wall clock and processor time of one process that converts `files`."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", FILTER, "--outdir", str(folder / "pdf"), *map(str, files)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - begun, cpu


def main():
    folder, count = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    if shutil.which("soffice") is None:
        sys.exit("soffice is not installed")
    files = []
    for index in range(count + 1):
        file = folder / f"own-{index}.fodt"
        file.write_text(flat_odt(read(folder / f"own-{index % count}.pdf")))
        files.append(file)
    convert(folder, files[:1])  # makes its profile
    alone, alone_cpu = convert(folder, files[:1])
    wall, cpu = convert(folder, files)
    pdfs = [(folder / "pdf" / f"{file.stem}.pdf").read_bytes() for file in files[1:]]
    pages = sum(len(re.findall(rb"/Type\s*/Page[^s]", pdf)) for pdf in pdfs)
    if any(b"StructTreeRoot" not in pdf or b"OutputIntent" not in pdf for pdf in pdfs):
        sys.exit("its files have no tags or no output intent")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(wall - alone, cpu - alone_cpu, pages, peak)


main()
