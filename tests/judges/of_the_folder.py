"""Judges the demo folder itself: complete, consistent, nothing published twice."""

import json
import re

from demo_folder import DemoFolder, sha256
from findings import Findings


def published_revisions(folder: DemoFolder, found: Findings) -> None:
    """Each revision extends the one before by one signature, or by DSS and timestamp; no field is signed twice."""
    for dossier in folder.dossiers:
        names = [path.name for path in dossier.paths]
        found.equal(names, [f"{n:02}.pdf" for n in range(len(names))], dossier.id, "revisions are numbered without gap")
        found.expect(len(names) > len(dossier.boxes), dossier.id, "there is a revision for every box")
        before = b""
        for revision in dossier.revisions:
            data = revision.path.read_bytes()
            added = data[len(before) :]
            signatures = len(re.findall(rb"/ByteRange\s*\[", added))
            box = 1 <= revision.number <= len(dossier.boxes)
            found.expect(data.startswith(before), revision.path, "keeps every byte of the revision before")
            found.expect(data.endswith(b"%%EOF\n"), revision.path, "ends with %%EOF and a line end")
            if revision.number == 0:
                found.equal(signatures, 0, revision.path, "signatures in the base")
            elif box:
                found.equal(signatures, 1, revision.path, "signatures added by this revision")
            else:
                found.expect(signatures <= 1, revision.path, "at most the document timestamp is added")
            before = data


DECISIONS = {"quyet-dinh-khoa", "quyet-dinh-mo", "bien-ban-niem-phong"}


def expected_documents(folder: DemoFolder, export: dict) -> list[str]:
    """What is made of an export that is in force, by the plans of its year; teachers here share their books."""
    start = f"{export['year']}_{export['period']}"
    owners = {
        "hoc-ba": [pupil["id"] for pupil in export["pupils"]],
        "so-diem-gv": [f"{export['class']}_{subject['id']}" for subject in export["subjects"]],
    }
    kinds = folder.planned_kinds - DECISIONS
    return [f"{start}_{kind}_{owner}" for kind in sorted(kinds) for owner in owners.get(kind, [export["class"]])]


def completeness(folder: DemoFolder, found: Findings) -> None:
    """
    A lock decision for every export that was acknowledged, but for snapshots; of every export that is in force
    the documents that the plans of the year name.
    """
    found.expect(len(folder.exports) > 0, folder.path, "at least one export was acknowledged")
    ids = {dossier.id for dossier in folder.dossiers}
    locked, opened = folder.listed("quyet-dinh-khoa"), folder.listed("quyet-dinh-mo")
    found.equal(len(opened), 1, folder.path, "one export was opened again")
    for digest, export in folder.exports.items():
        snapshot = export["period"].startswith("thoi-diem-")
        found.equal(digest in locked, not snapshot, folder.path, f"export {digest} is listed by a lock decision")
    classes = sorted(export["class"] for export in folder.exports_in_force.values())
    found.equal(classes, ["6A1", "6A2"], folder.path, "one export of each class is in force")
    kinds = {"so-diem", "hoc-ba", "so-diem-gv", "bang-tong-hop", "danh-sach-xet-duyet", "so-dang-bo"} | DECISIONS
    found.equal(sorted(kinds - folder.planned_kinds), [], folder.path, "kinds that no plan names")
    signatures = max(len(dossier.boxes) for dossier in folder.of_kind("so-diem"))
    found.equal(signatures, 16, folder.path, "signatures of the class book that most people sign")
    for export in folder.exports_in_force.values():
        for id in expected_documents(folder, export):
            found.expect(id in ids, folder.path, f"dossier {id} exists")
    expected = {id for export in folder.exports_in_force.values() for id in expected_documents(folder, export)}
    made = {dossier.id for dossier in folder.dossiers if dossier.kind not in DECISIONS}
    found.equal(sorted(made), sorted(expected), folder.path, "the documents are those that the plans name")
    found.equal(len(folder.deposits), 1, folder.path, "one deposit")
    media = sorted(path.name for path in (folder.path / "kho/vat-mang").iterdir())
    found.equal([path.stem for path in folder.images], media, folder.path, "one image of each medium")
    on_media = {name.split("/")[1] for image in folder.images for name in folder.on_image(image) if name.startswith("data/")}
    found.equal(on_media, {path.name for path in folder.deposits}, folder.path, "every deposit is on a medium")
    for deposit in folder.deposits:
        for dossier in folder.dossiers:
            inside = deposit / ("niem-phong/bien-ban.pdf" if dossier.kind == "bien-ban-niem-phong" else f"data/ho-so/{dossier.id}.pdf")
            same = inside.is_file() and sha256(inside.read_bytes()) == sha256(dossier.final.read_bytes())
            found.expect(same, inside, "is the closed revision of its dossier")
        found.equal(
            len(list((deposit / "data/ho-so").iterdir())),
            sum(dossier.kind != "bien-ban-niem-phong" for dossier in folder.dossiers),
            deposit, "files under data/ho-so",
        )
        for digest in locked:
            originals = [path for path in (deposit / "data/ban-goc").glob(f"{digest}*") if sha256(path.read_bytes()) == digest]
            found.equal(len(originals), 1, deposit, f"files with the bytes of export {digest}")


def judge(folder: DemoFolder) -> Findings:
    found = Findings()
    published_revisions(folder, found)
    completeness(folder, found)
    return found
