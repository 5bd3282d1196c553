"""Judges of what people read: pdftotext gives back every name and mark; attached files are the originals; the
export follows its published schema."""

import json
import re
import subprocess
import unicodedata
from pathlib import Path

import jsonschema
from demo_folder import DemoFolder, Dossier, attachments, sha256
from findings import Findings

SCHEMA = Path(__file__).resolve().parents[2] / "docs/schema/niemphong-export-1.schema.json"
LEVELS = {"D": "Đ", "CD": "CĐ"}
TOKEN = re.compile(r"(?<![\w,])(?:\d{1,2},\d|C?Đ)(?![\w,])")


def printed(value: object) -> str:
    """A mark in tenths with the Vietnamese comma, a level by its letter."""
    return LEVELS[value] if isinstance(value, str) else f"{value // 10},{value % 10}"


def results(row: dict) -> dict:
    (_, results), = row["results"].items()
    return results


def term(term: dict) -> list[str]:
    return [printed(value) for value in [*term["tx"], term["gk"], term["ck"], term["result"]]]


def text_of(pdf: Path, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True)
    return done.stdout.decode()


def contains(tokens: list[str], wanted: list[str]) -> bool:
    return any(tokens[at : at + len(wanted)] == wanted for at in range(len(tokens) - len(wanted) + 1))


def marks_in(text: str) -> list[list[str]]:
    """The marks and levels of each line of a text laid out as on the page."""
    return [TOKEN.findall(line) for line in text.splitlines()]


def names(text: str, expected: list[str], where: object, found: Findings) -> None:
    flowing = " ".join(text.split())
    for name in expected:
        found.expect(unicodedata.is_normalized("NFC", name) and name in flowing, where, f"the name {name} comes back")


def class_book(dossier: Dossier, export: dict, found: Findings) -> None:
    names(text_of(dossier.final), [pupil["name"] for pupil in export["pupils"]], dossier.final, found)
    lines = marks_in(text_of(dossier.final, "-layout"))
    for pupil in export["pupils"]:
        for subject, row in pupil["subjects"].items():
            marks = results(row)
            rows = [term(marks["hk1"])]
            if marks.get("hk2"):
                rows.append(term(marks["hk2"]) + [printed(marks["year"])])
            for wanted in rows:
                found.expect(
                    any(contains(line, wanted) for line in lines), dossier.final, f"marks of {pupil['id']} in {subject} come back: {wanted}"
                )


def transcript(dossier: Dossier, export: dict, found: Findings) -> None:
    pupil = next(pupil for pupil in export["pupils"] if pupil["id"] == dossier.owner)
    names(text_of(dossier.final), [pupil["name"]], dossier.final, found)
    lines = marks_in(text_of(dossier.final, "-layout"))
    for subject, row in pupil["subjects"].items():
        marks = results(row)
        wanted = [printed(marks["hk1"]["result"])]
        if marks.get("hk2"):
            wanted += [printed(marks["hk2"]["result"]), printed(marks["year"])]
        found.expect(any(contains(line, wanted) for line in lines), dossier.final, f"results in {subject} come back: {wanted}")
    others = [other["name"] for other in export["pupils"] if other["name"] != pupil["name"]]
    everything = " ".join(text_of(dossier.final).split()) + json.dumps(
        {name: data.decode() for name, data in attachments(dossier.final).items()}, ensure_ascii=False
    )
    for other in others:
        found.expect(other not in everything, dossier.final, "a pupil's own document carries that pupil's data only")


def text(folders: list[DemoFolder]) -> Findings:
    found = Findings()
    for folder in folders:
        for export in folder.exports.values():
            start = f"{export['year']}_{export['period']}"
            for dossier in folder.dossiers:
                if dossier.id == f"{start}_so-diem_{export['class']}":
                    class_book(dossier, export, found)
                elif dossier.kind == "hoc-ba" and dossier.owner in {pupil["id"] for pupil in export["pupils"]}:
                    transcript(dossier, export, found)
    return found


def attached(folders: list[DemoFolder]) -> Findings:
    """What is attached to a document is what the deposit holds, byte for byte."""
    found = Findings()
    for folder in folders:
        for deposit in folder.deposits:
            staff = {name: sha256((deposit / f"data/nhan-su/{name}.json").read_bytes()) for name in ("roster", "plans")}
            gradebooks = {sha256(path.read_bytes()) for path in (deposit / "data/du-lieu").iterdir()}
            for dossier in folder.dossiers:
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
                elif dossier.kind == "quyet-dinh-khoa":
                    listed = {export["sha256"] for export in body["exports"]}
                    found.expect(listed <= folder.exports.keys(), dossier.final, "every export listed was acknowledged")
                else:
                    found.equal(body["deposit"], deposit.name, dossier.final, "deposit named by the sealing record")
                    for algorithm in ("sha256", "sha512"):
                        found.run(
                            ["bash", "-c", f"echo '{body[f'tagmanifest_{algorithm}']}  tagmanifest-{algorithm}.txt' | {algorithm}sum --check --quiet"],
                            dossier.final, cwd=deposit,
                        )
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
