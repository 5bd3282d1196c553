"""Judges of what people read: pdftotext gives back every name and mark; attached files are the originals; the
export follows its published schema."""

import json
import subprocess
import unicodedata
from pathlib import Path

import jsonschema
from demo_folder import DemoFolder, Dossier, attachments, sha256
from findings import Findings

SCHEMA = Path(__file__).resolve().parents[2] / "docs/schema/niemphong-export-1.schema.json"
LEVELS = {"D": "Đ", "CD": "CĐ"}


def printed(value: object) -> str:
    """A mark in tenths with the Vietnamese comma, a level by its letter."""
    return LEVELS[value] if isinstance(value, str) else f"{value // 10},{value % 10}"


def results(row: dict) -> dict | None:
    """Marks or levels; none for a pupil who is excused from the subject."""
    if row["results"] == "exempt":
        return None
    (_, results), = row["results"].items()
    return results


def values(*some: object) -> list[str]:
    """What is there, as printed: a missing value is an empty cell."""
    return [printed(value) for value in some if value is not None]


def term(term: dict) -> list[str]:
    return values(*term.get("tx", []), term.get("gk"), term.get("ck"), term.get("result"))


def text_of(pdf: Path) -> str:
    """The words of a PDF in the order of its content, whatever the line breaks."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True)
    return " ".join(done.stdout.decode().split())


def class_book(dossier: Dossier, export: dict, found: Findings) -> None:
    """Each row of each sheet, a sheet for each subject and term: number, name and every mark of the term, in the
    second term also the result of the year, in this order and with nothing between."""
    text = text_of(dossier.final)
    for number, pupil in enumerate(export["pupils"], start=1):
        found.expect(unicodedata.is_normalized("NFC", pupil["name"]), dossier.final, f"the name {pupil['name']} is NFC")
        for subject, row in pupil["subjects"].items():
            marks = results(row)
            if marks is None:
                sheets = [["Miễn học"]]
            else:
                sheets = [term(marks.get("hk1", {}))]
                if marks.get("hk2"):
                    sheets.append(term(marks["hk2"]) + values(marks.get("year"), marks.get("retest")))
            for wanted in sheets:
                line = " ".join([str(number), pupil["name"], *wanted])
                found.expect(line in text, dossier.final, f"the row of {subject} comes back: {line}")


def transcript(dossier: Dossier, export: dict, found: Findings) -> None:
    """The pupil's name, each subject with its results, and nothing of any other pupil."""
    text = text_of(dossier.final)
    pupil = next(pupil for pupil in export["pupils"] if pupil["id"] == dossier.owner)
    found.expect(pupil["name"] in text, dossier.final, f"the name {pupil['name']} comes back")
    for subject in export["subjects"]:
        marks = results(pupil["subjects"][subject["id"]])
        wanted = []
        if marks is not None:
            wanted = values(marks.get("hk1", {}).get("result"))
            if marks.get("hk2"):
                wanted += values(marks["hk2"].get("result"), marks.get("year"), marks.get("retest"))
        line = " ".join([subject["name"], *wanted])
        found.expect(line in text, dossier.final, f"the results come back: {line}")
    attached = json.dumps({name: data.decode() for name, data in attachments(dossier.final).items()}, ensure_ascii=False)
    for other in export["pupils"]:
        if other["name"] != pupil["name"]:
            found.expect(other["name"] not in text + attached, dossier.final, "a pupil's own document carries that pupil's data only")


def text(folders: list[DemoFolder]) -> Findings:
    found = Findings()
    for folder in folders:
        for dossier in folder.of_kind("so-diem") + folder.of_kind("hoc-ba"):
            export = folder.exports.get(dossier.export)
            found.expect(export is not None, dossier.final, "its export was acknowledged")
            if export is not None:
                (class_book if dossier.kind == "so-diem" else transcript)(dossier, export, found)
    return found


def attached(folders: list[DemoFolder]) -> Findings:
    """What is attached to a document is what the deposit holds, byte for byte."""
    found = Findings()
    for folder in folders:
        for deposit in folder.deposits:
            staff = {name: sha256((deposit / f"data/nhan-su/{name}.json").read_bytes()) for name in ("roster", "plans")}
            gradebooks = {sha256(path.read_bytes()) for path in (deposit / "data/du-lieu").iterdir()}
            number = deposit.name.split("_")[-1]
            inside = {path.stem for path in (deposit / "data/ho-so").iterdir()}
            inside |= {dossier.id for dossier in folder.of_kind("bien-ban-niem-phong") if dossier.owner == number}
            for dossier in (dossier for dossier in folder.dossiers if dossier.id in inside):
                files = attachments(dossier.final)
                found.equal(files, dossier.attachments, dossier.final, "attachments of base and last revision")
                found.equal(dossier.plan["dossier"], dossier.id, dossier.final, "dossier named by the plan")
                found.equal({key: dossier.plan[key] for key in staff}, staff, dossier.final, "roster and plans named by the plan")
                body = json.loads(files["du-lieu.json"])
                if dossier.kind == "so-diem":
                    found.expect(sha256(files["du-lieu.json"]) in gradebooks, dossier.final, "du-lieu.json is in the deposit")
                    found.expect(sha256(files["ban-goc.json"]) in folder.exports, dossier.final, "ban-goc.json is an acknowledged export")
                elif dossier.kind == "hoc-ba":
                    export = folder.exports.get(body["export"], {"pupils": []})
                    pupils = [pupil for pupil in export["pupils"] if pupil["id"] == dossier.owner]
                    found.equal([body["pupil"]], pupils, dossier.final, "the pupil's data are those of the export")
                elif dossier.kind in ("quyet-dinh-khoa", "quyet-dinh-mo"):
                    listed = {export["sha256"] for export in body["exports"]}
                    found.expect(listed <= folder.exports.keys(), dossier.final, "every export listed was acknowledged")
                elif dossier.kind in ("phieu-de-nghi-sua", "bien-ban-sua-chua"):
                    found.expect({body["before"], body["after"]} <= folder.exports.keys(), dossier.final, "both exports were acknowledged")
                elif dossier.kind == "tong-hop-sua-chua":
                    records = [case["record"] for case in body["cases"] if "record" in case]
                    made = [record.id for record in folder.of_kind("bien-ban-sua-chua")]
                    found.equal(sorted(records), sorted(made), dossier.final, "every record is summed up")
                elif dossier.kind == "bien-ban-niem-phong":
                    found.equal(body["deposit"], deposit.name, dossier.final, "deposit named by the sealing record")
                    for algorithm in ("sha256", "sha512"):
                        found.run(
                            ["bash", "-c", f"echo '{body[f'tagmanifest_{algorithm}']}  tagmanifest-{algorithm}.txt' | {algorithm}sum --check --quiet"],
                            dossier.final, cwd=deposit,
                        )
                else:
                    found.equal(body["format"], "niemphong-class-document/1", dossier.final, "form of the embedded data")
                    found.expect(body["export"] in folder.exports, dossier.final, "its export was acknowledged")
    return found


def schema(folders: list[DemoFolder]) -> Findings:
    """The published schema accepts what was taken, and refuses what lacks a required key."""
    found = Findings()
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    for folder in folders:
        for digest, export in folder.exports.items():
            wrong = [error.message for error in validator.iter_errors(export)]
            found.equal(wrong, [], f"export {digest}", "errors by the schema")
            for key in ("format", "school", "pupils"):
                crippled = {name: value for name, value in export.items() if name != key}
                found.expect(not validator.is_valid(crippled), SCHEMA, f"refuses an export without {key}")
    return found
