"""What the demo left in its folder, and what every judge may expect of it.

    DIR/kho/ho-so/<dossier id>/00.pdf 01.pdf ...   signing base and every published revision, last = closed
    DIR/kho/luu-tru/<deposit id>/                  sealed bag
    DIR/kho/vat-mang/<medium id>/                  what a sealed medium holds beside its deposits
    DIR/kho/anh-dia/<medium id>.iso                its image
    DIR/pki/*.crt.pem *.crl                        root.crt.pem is the only anchor
    DIR/hop-thu/da-nhan/*.json                     exports that were acknowledged
"""

import hashlib
import json
import sqlite3
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

TIMESTAMP_FIELD = "DauThoiGian"
PLAN = "ke-hoach-ky.json"
#: Beside the folder of a run that was killed: the dossiers that it had in hand then, one a line.
IN_HAND = ".in-hand"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def attachments(pdf: Path) -> dict[str, bytes]:
    """Every embedded file of a PDF by its name, as poppler reads it."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["pdfdetach", "-saveall", "-o", scratch, str(pdf)], check=True, capture_output=True)
        return {path.name: path.read_bytes() for path in Path(scratch).iterdir()}


@dataclass(frozen=True)
class Revision:
    """One published PDF with what a judge must find in it."""

    path: Path
    dossier: str
    number: int
    turns: dict[str, int]  # every box of the plan with its turn
    signatures: int
    timestamps: int
    last: bool


@dataclass
class Dossier:
    id: str
    paths: list[Path]

    @property
    def kind(self) -> str:
        return self.id.split("_")[2]

    @property
    def owner(self) -> str:
        return self.id.split("_")[3]

    @property
    def export(self) -> str | None:
        """SHA-256 of the export that a document of a class was made of."""
        if "ban-goc.json" in self.attachments:
            return sha256(self.attachments["ban-goc.json"])
        return json.loads(self.attachments["du-lieu.json"]).get("export")

    @property
    def final(self) -> Path:
        return self.paths[-1]

    @cached_property
    def attachments(self) -> dict[str, bytes]:
        return attachments(self.paths[0])

    @cached_property
    def plan(self) -> dict:
        return json.loads(self.attachments[PLAN])

    @cached_property
    def turns(self) -> list[list[str]]:
        return [[box["name"] for box in turn["boxes"]] for turn in self.plan["turns"]]

    @property
    def boxes(self) -> list[str]:
        return [box for turn in self.turns for box in turn]

    @property
    def timestamped(self) -> bool:
        """The sealing record is stamped by the seal's own timestamp, never by one inside."""
        return self.kind != "bien-ban-niem-phong"

    @property
    def revisions(self) -> list[Revision]:
        boxes = len(self.boxes)
        turns = {box: turn for turn, boxes_of_turn in enumerate(self.turns) for box in boxes_of_turn}
        last = len(self.paths) - 1
        return [
            Revision(
                path=path,
                dossier=self.id,
                number=number,
                turns=turns,
                signatures=min(number, boxes),
                timestamps=1 if self.timestamped and number == last else 0,
                last=number == last,
            )
            for number, path in enumerate(self.paths)
        ]


@dataclass
class DemoFolder:
    path: Path
    dossiers: list[Dossier] = field(init=False)

    def __post_init__(self) -> None:
        folders = sorted(path for path in (self.path / "kho/ho-so").iterdir() if path.is_dir())
        self.dossiers = [Dossier(path.name, sorted(path.glob("[0-9]*.pdf"))) for path in folders]

    @property
    def pki(self) -> Path:
        return self.path / "pki"

    @property
    def deposits(self) -> list[Path]:
        return sorted(path for path in (self.path / "kho/luu-tru").iterdir() if path.is_dir())

    @cached_property
    def events(self) -> list[dict]:
        """Every entry of the school's register."""
        register = sqlite3.connect(f"file:{self.path / 'so-theo-doi.sqlite'}?mode=ro", uri=True)
        return [json.loads(line) for (line,) in register.execute("SELECT line FROM entry ORDER BY seq")]

    @property
    def images(self) -> list[Path]:
        return sorted((self.path / "kho/anh-dia").glob("*.iso"))

    def on_image(self, image: Path) -> dict[str, Path]:
        """What must be on the image of a medium: its own files in the root, its deposits below data/."""
        medium = self.path / "kho/vat-mang" / image.stem
        stated = (medium / "niem-phong/niem-phong.txt").read_text().splitlines()
        deposits = [line.split(" ")[1] for line in stated if line.startswith("deposit: ")]
        places = [(medium, "")] + [(self.path / "kho/luu-tru" / name, f"data/{name}/") for name in deposits]
        return {
            f"{above}{path.relative_to(folder)}": path
            for folder, above in places
            for path in folder.rglob("*")
            if path.is_file()
        }

    @cached_property
    def exports(self) -> dict[str, dict]:
        """Acknowledged exports by the SHA-256 of their bytes."""
        taken = [path.read_bytes() for path in sorted((self.path / "hop-thu/da-nhan").glob("*.json"))]
        return {sha256(data): json.loads(data) for data in taken}

    @cached_property
    def planned_kinds(self) -> set[str]:
        """Kinds of documents that the school keeps, by the plans in its deposits."""
        plans = [json.loads((deposit / "data/nhan-su/plans.json").read_bytes()) for deposit in self.deposits]
        return {template["kind"] for plan in plans for template in plan["templates"]}

    def listed(self, kind: str) -> set[str]:
        """Digests of the exports that the decisions of a kind list."""
        data = [json.loads(dossier.attachments["du-lieu.json"]) for dossier in self.of_kind(kind)]
        return {export["sha256"] for decision in data for export in decision["exports"]}

    @cached_property
    def corrections(self) -> list[dict]:
        """What the records of correction carry."""
        return [json.loads(dossier.attachments["du-lieu.json"]) for dossier in self.of_kind("bien-ban-sua-chua")]

    @cached_property
    def exports_in_force(self) -> dict[str, dict]:
        """Exports that are locked and were not opened again: documents were made from these, corrected since or not."""
        in_force = self.listed("quyet-dinh-khoa") - self.listed("quyet-dinh-mo")
        return {digest: export for digest, export in self.exports.items() if digest in in_force}

    @property
    def forms(self) -> list[Path]:
        """Every form of the school as `niemphong render` shows it, put there by scripts/run-demo."""
        return sorted((self.path / "bieu-mau").glob("*.pdf"))

    def of_kind(self, kind: str) -> list[Dossier]:
        return [dossier for dossier in self.dossiers if dossier.kind == kind]

    def chosen(self) -> list[Dossier]:
        """The class book that most people sign and one transcript, of which every judge sees every revision."""
        book = max(self.of_kind("so-diem"), key=lambda dossier: len(dossier.boxes))
        return [book, *self.of_kind("hoc-ba")[:1]]

    def states(self, with_base: bool) -> list[Revision]:
        """The revisions that a costly judge sees: all of the chosen files, of the others the last."""
        chosen = {dossier.id for dossier in self.chosen()}
        return [
            revision
            for dossier in self.dossiers
            for revision in dossier.revisions
            if dossier.id in chosen or revision.last or (with_base and revision.number == 0)
        ]

    def gone_on_with(self) -> list[Revision]:
        """What a costly judge sees of a run that was killed: how the dossiers end that were in hand then."""
        in_hand = self.path.with_suffix(IN_HAND).read_text().splitlines()
        return [dossier.revisions[-1] for dossier in self.dossiers if dossier.id in in_hand]
