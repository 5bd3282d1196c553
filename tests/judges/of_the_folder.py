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
CORRECTIONS = {"phieu-de-nghi-sua", "bien-ban-sua-chua", "tong-hop-sua-chua"}


def expected_documents(folder: DemoFolder, export: dict) -> list[str]:
    """What is made of an export that is in force, by the plans of its year; teachers here share their books."""
    start = f"{export['year']}_{export['period']}"
    owners = {
        "hoc-ba": [pupil["id"] for pupil in export["pupils"]],
        "so-diem-gv": [f"{export['class']}_{subject['id']}" for subject in export["subjects"]],
    }
    kinds = folder.planned_kinds - DECISIONS - CORRECTIONS
    return [f"{start}_{kind}_{owner}" for kind in sorted(kinds) for owner in owners.get(kind, [export["class"]])]


def completeness(folder: DemoFolder, found: Findings) -> None:
    """
    A lock decision for every export that was acknowledged, but for snapshots; of every export that is in force
    the documents that the plans of the year name.
    """
    found.expect(len(folder.exports) > 0, folder.path, "at least one export was acknowledged")
    ids = {dossier.id for dossier in folder.dossiers}
    locked, opened = folder.listed("quyet-dinh-khoa"), folder.listed("quyet-dinh-mo")
    locked |= {correction["after"] for correction in folder.corrections}
    found.equal(len(opened), 1, folder.path, "one export was opened again")
    for digest, export in folder.exports.items():
        snapshot = export["period"].startswith("thoi-diem-")
        found.equal(digest in locked, not snapshot, folder.path, f"export {digest} is listed by a lock decision")
    classes = sorted(export["class"] for export in folder.exports_in_force.values())
    found.equal(classes, ["6A1", "6A2"], folder.path, "one export of each class is in force")
    kinds = {"so-diem", "hoc-ba", "so-diem-gv", "bang-tong-hop", "danh-sach-xet-duyet", "so-dang-bo"} | DECISIONS | CORRECTIONS
    found.equal(sorted(kinds - folder.planned_kinds), [], folder.path, "kinds that no plan names")
    signatures = max(len(dossier.boxes) for dossier in folder.of_kind("so-diem"))
    found.equal(signatures, 16, folder.path, "signatures of the class book that most people sign")
    for export in folder.exports_in_force.values():
        for id in expected_documents(folder, export):
            found.expect(id in ids, folder.path, f"dossier {id} exists")
    expected = {id for export in folder.exports_in_force.values() for id in expected_documents(folder, export)}
    expected |= {f"{id}_v2" for correction in folder.corrections for id in correction["corrects"]}
    made = {dossier.id for dossier in folder.dossiers if dossier.kind not in DECISIONS | CORRECTIONS}
    found.equal(sorted(made), sorted(expected), folder.path, "the documents are those that the plans name")
    found.equal(len(folder.deposits), 2, folder.path, "the deposit of the year and that of its correction")
    corrected(folder, found)
    media = sorted(path.name for path in (folder.path / "kho/vat-mang").iterdir())
    found.equal([path.stem for path in folder.images], media, folder.path, "one image of each medium")
    on_media = {name.split("/")[1] for image in folder.images for name in folder.on_image(image) if name.startswith("data/")}
    found.equal(on_media, {path.name for path in folder.deposits}, folder.path, "every deposit is on a medium")
    finals = {dossier.id: sha256(dossier.final.read_bytes()) for dossier in folder.dossiers}
    held = set()
    for deposit in folder.deposits:
        number = deposit.name.split("_")[-1]
        record = [d.id for d in folder.of_kind("bien-ban-niem-phong") if d.owner == number]
        inside = {path.stem: path for path in (deposit / "data/ho-so").iterdir()}
        inside |= {id: deposit / "niem-phong/bien-ban.pdf" for id in record}
        held |= set(inside)
        for id, path in inside.items():
            found.equal(sha256(path.read_bytes()), finals.get(id), path, "is the closed revision of its dossier")
    found.equal(held, set(finals), folder.path, "every dossier lies in a deposit")
    for digest in locked:
        originals = [path for deposit in folder.deposits for path in (deposit / "data/ban-goc").glob(f"{digest}*")]
        found.expect(len(originals) > 0, folder.path, f"export {digest} lies in a deposit")
        for path in originals:
            found.equal(sha256(path.read_bytes()), digest, path, "bytes of the export")


def corrected(folder: DemoFolder, found: Findings) -> None:
    """A corrected version names the version before it by its closed file, and prints old and new values."""
    by_id = {dossier.id: dossier for dossier in folder.dossiers}
    found.equal(len(folder.corrections), 1, folder.path, "one correction")
    for correction in folder.corrections:
        found.expect(len(correction["changes"]) > 0, folder.path, "values that were changed")
        for id in correction["corrects"]:
            version = by_id[f"{id}_v2"]
            named = json.loads(version.attachments["sua-chua.json"])
            found.equal(named["corrects"], id, version.final, "the version before")
            found.equal(named["sha256"], sha256(by_id[id].final.read_bytes()), version.final, "its closed file")
            found.equal(version.export, correction["after"], version.final, "made of the corrected export")
            found.expect("sua-chua.json" not in by_id[id].attachments, by_id[id].final, "a first version corrects nothing")


def judge(folder: DemoFolder) -> Findings:
    found = Findings()
    published_revisions(folder, found)
    completeness(folder, found)
    return found
