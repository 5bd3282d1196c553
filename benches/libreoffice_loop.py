"""Converts one document some times with LibreOffice and prints wall clock, processor time, pages and peak memory of all.

libreoffice_loop.py FOLDER class_book|transcript COUNT

FOLDER holds book.json. The documents are flat ODT with the tables of the Typst templates, exported as PDF/A-3b with
tags and PDF/UA-1: LibreOffice has no level A. All are converted by one process; what that process takes for a single
document is measured first and taken off, so that its start costs it nothing.
"""

import json
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.sax.saxutils import escape

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
<style:style style:name="tall" style:family="table-row"><style:table-row-properties style:min-row-height="38pt"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:padding="1.7pt"/></style:style>
<style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin-left="22mm" fo:margin-right="15mm" fo:margin-top="19mm" fo:margin-bottom="17mm"/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="a4"/></office:master-styles>
<office:body><office:text>
"""
TAIL = "</office:text></office:body></office:document>\n"


def shown(mark):
    if mark is None:
        return ""
    if isinstance(mark, str):
        return "Đ" if mark == "D" else "CĐ"
    return f"{mark // 10},{mark % 10}"


def results(row):
    return {} if isinstance(row["results"], str) else next(iter(row["results"].values()))


def line(cells, tall=False):
    style = ' table:style-name="tall"' if tall else ""
    inside = "".join(
        f'<table:table-cell table:style-name="cell" office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row{style}>{inside}</table:table-row>"


def table(name, header, rows, tall=False):
    body = "".join(line(row, tall) for row in rows)
    return (
        f'<table:table table:name="{escape(name)}"><table:table-column table:number-columns-repeated="{len(header)}"/>'
        f"<table:table-header-rows>{line(header)}</table:table-header-rows>{body}</table:table>"
    )


def heading(text, page):
    style = ' text:style-name="page"' if page else ""
    return f'<text:h{style} text:outline-level="1">{escape(text)}</text:h>'


def class_book(book, _):
    parts = []
    for term, said in (("hk1", "HỌC KÌ I"), ("hk2", "HỌC KÌ II")):
        for subject in book["subjects"]:
            rows = []
            for index, pupil in enumerate(book["pupils"]):
                of = results(pupil["subjects"][subject["id"]])
                marks = of.get(term, {})
                tx = (marks.get("tx", []) + [None] * 4)[:4]
                cells = [shown(mark) for mark in tx + [marks.get(key) for key in ("gk", "ck", "result")]]
                year = [shown(of.get(key)) for key in ("year", "retest")] if term == "hk2" else ["", ""]
                rows.append([str(index + 1), pupil["name"], *cells, *year, ""])
            parts.append(heading(f"MÔN {subject['name'].upper()} – {said}", bool(parts)))
            header = "Số TT,Họ và tên học sinh,1,2,3,4,ĐĐGgk,ĐĐGck,ĐTBmhk,ĐTBmcn,Đánh giá lại,Ghi chú".split(",")
            parts.append(table(f"{subject['id']} {term}", header, rows))
    return "".join(parts)


def transcript(book, index):
    pupil, parts = book["pupils"][index % len(book["pupils"])], []
    for year in range(4):
        parts.append(heading("KẾT QUẢ HỌC TẬP", year > 0))
        parts.append(f"<text:p>Họ và tên: {escape(pupil['name'])} – Lớp {book['class']} – Năm học {book['year']}</text:p>")
        rows = []
        for subject in book["subjects"]:
            row = pupil["subjects"][subject["id"]]
            of = results(row)
            term = [shown(of.get(name, {}).get("result")) for name in ("hk1", "hk2")]
            rest = [shown(of.get(name)) for name in ("year", "retest")]
            rows.append([subject["name"], *term, *rest, row.get("remark") or "", ""])
        parts.append(table(f"a{year}", "Môn học,HKI,HKII,CN,Sau đánh giá lại,Nhận xét,Chữ kí".split(","), rows, tall=True))
        parts.append(heading("KẾT QUẢ RÈN LUYỆN VÀ HỌC TẬP", True))
        terms = [["Học kì I", "Tốt", "Khá"] + [""] * 3, ["Học kì II", "Tốt", "Khá"] + [""] * 3, ["Cả năm", "Tốt", "Khá", "2", "", ""]]
        header = "Học kì,Rèn luyện,Học tập,Tổng số buổi nghỉ,Rèn luyện lại,Học tập lại".split(",")
        parts.append(table(f"b{year}", header, terms))
        parts.append(f"<text:p>Nhận xét: {escape(pupil.get('remark') or '')}</text:p>")
    return "".join(parts)


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
    folder, kind, count = Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3])
    if shutil.which("soffice") is None:
        sys.exit("soffice is not installed")
    book = json.loads((folder / "book.json").read_text())
    write = {"class_book": class_book, "transcript": transcript}[kind]
    files = []
    for index in range(count + 1):
        file = folder / f"{kind}{index}.fodt"
        file.write_text(HEAD + write(book, index) + TAIL)
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
