"""Judges of deposits and media: bagit.py, the BagIt profiles, sha256sum and sha512sum, OpenSSL for every detached
signature and the timestamp, xorriso for the image. The statements are recomputed from the files."""

import base64
import hashlib
import json
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import bagit
import bagit_profile
from demo_folder import DemoFolder, sha256
from findings import Findings

DOCS = Path(__file__).resolve().parents[2] / "docs"
PROFILE = DOCS / "bagit-profile.json"
MEDIUM_PROFILE = DOCS / "bagit-profile-medium.json"


def profile_of(path: Path) -> bagit_profile.Profile:
    stated = json.loads(path.read_text())
    return bagit_profile.Profile(stated["BagIt-Profile-Info"]["BagIt-Profile-Identifier"], profile=stated)


@contextmanager
def extracted(image: Path, tree: str, found: Findings):
    """The files of an image as one of its trees shows them."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out"
        found.run(
            ["xorriso", "-abort_on", "WARNING", "-read_fs", tree, "-osirrox", "on", "-indev", f"stdio:{image}",
             "-extract", "/", out],
            f"{image} ({tree})",
        )
        subprocess.run(["chmod", "-R", "u+w", scratch], check=True)
        yield out


def bags(folders: list[DemoFolder]) -> Findings:
    """BagIt 1.0: complete, fixed, and of the published profile; the manifests also by coreutils."""
    found = Findings()
    for deposit in (deposit for folder in folders for deposit in folder.deposits):
        bag(deposit, profile_of(PROFILE), found)
    return found


def bag(folder: Path, profile: bagit_profile.Profile, found: Findings) -> None:
    made = None
    try:
        made = bagit.Bag(str(folder))
        made.validate(fast=False)
        found.expect(True, folder, "bagit.py")
    except bagit.BagError as error:
        found.expect(False, folder, f"bagit.py: {error}")
    if made is not None:
        valid = profile.validate(made)
        found.expect(bool(valid), folder, f"bagit-profile: {profile.report}")
    for algorithm in ("sha256", "sha512"):
        for manifest in (f"manifest-{algorithm}.txt", f"tagmanifest-{algorithm}.txt"):
            found.run([f"{algorithm}sum", "--check", "--strict", "--quiet", manifest], folder / manifest, cwd=folder)
    listed = {line.split("  ", 1)[1] for line in (folder / "manifest-sha256.txt").read_text().splitlines()}
    payload = {str(path.relative_to(folder)) for path in (folder / "data").rglob("*") if path.is_file()}
    found.equal(listed, payload, folder, "files under data/ and lines of the manifest")
    names = [path.name for path in folder.rglob("*")]
    found.expect(all(name.isascii() and len(name) <= 64 for name in names), folder, "names are short and ASCII")


def signatures(folders: list[DemoFolder]) -> Findings:
    """Detached CMS by OpenSSL, each by the certificate that commissioning named; the timestamp over the seal."""
    found = Findings()
    for folder in folders:
        for deposit in folder.deposits:
            lines = (deposit / "niem-phong/so-theo-doi.jsonl").read_bytes().splitlines()
            events = [json.loads(line) for line in lines]
            commissioned = next((event["body"] for event in events if event["kind"] == "commissioned"), {})
            people = {"HieuTruong": commissioned.get("principal"), "ConDau": commissioned.get("stamp")}
            signed = [
                (f"data/nhan-su/{name}.json", f"data/nhan-su/{name}.json.{who}.p7s", who)
                for name in ("roster", "plans")
                for who in people
            ] + [(f"niem-phong/{name}.txt", f"niem-phong/{name}.txt.p7s", "ConDau") for name in ("checkpoint", "niem-phong")]
            for content, signature, who in signed:
                detached(folder, deposit / content, deposit / signature, people[who], found)
            timestamp(folder, deposit, found)
        for medium in sorted((folder.path / "kho/vat-mang").iterdir()):
            stamp = next(json.loads(line)["body"]["stamp"] for line in (medium / "niem-phong/so-theo-doi.jsonl").open())
            for name in ("checkpoint", "niem-phong"):
                detached(folder, medium / f"niem-phong/{name}.txt", medium / f"niem-phong/{name}.txt.p7s", stamp, found)
            timestamp(folder, medium, found)
        signed = [event["body"] for event in folder.events if event["kind"] == "checkpoint.signed"]
        for sitting in signed:
            text, signature = (folder.path / f"kho/diem-chot/{sitting[name]}" for name in ("checkpoint", "signature"))
            text, signature = text.with_suffix(".txt"), signature.with_suffix(".p7s")
            found.equal(sha256(text.read_bytes()), sitting["checkpoint"], text, "digest in the register")
            found.equal(text.read_text().splitlines()[1], str(sitting["size"]), text, "entries that it covers")
            detached(folder, text, signature, sitting["certificate"], found)
        # The first folder is the demo: many people sat there.
        found.expect(folder is not folders[0] or len(signed) > 10, folder.path, f"{len(signed)} sittings signed a checkpoint")
    return found


def timestamp(folder: DemoFolder, sealed: Path, found: Findings) -> None:
    seal = sealed / "niem-phong/niem-phong.txt.p7s"
    found.run(
        ["openssl", "ts", "-verify", "-in", f"{seal}.tsr", "-data", seal, "-CAfile", folder.pki / "root.crt.pem",
         "-untrusted", folder.pki / "issuing.crt.pem"],
        f"{seal}.tsr",
    )


def detached(folder: DemoFolder, content: Path, signature: Path, expected: str | None, found: Findings) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        signer = Path(scratch) / "signer.pem"
        command = ["openssl", "cms", "-verify", "-inform", "DER", "-binary", "-cades", "-purpose", "any", "-in", signature,
                   "-content", content, "-CAfile", folder.pki / "root.crt.pem", "-certfile", folder.pki / "issuing.crt.pem",
                   "-signer", signer, "-out", "/dev/null"]
        found.run(command, signature)
        if signer.is_file():
            der = base64.b64decode("".join(line for line in signer.read_text().splitlines() if "-----" not in line))
            found.equal(sha256(der), expected, signature, "certificate of the signer")


def statements(folders: list[DemoFolder]) -> Findings:
    """Seal, checkpoint and register say what the files are, recomputed here from RFC 6962 and the agreed forms."""
    found = Findings()
    for deposit in (deposit for folder in folders for deposit in folder.deposits):
        seal = deposit / "niem-phong"
        register = (seal / "so-theo-doi.jsonl").read_bytes()
        found.expect(register.endswith(b"\n"), seal, "the register ends with a line end")
        lines = register.split(b"\n")[:-1]
        previous = "0" * 64
        for number, line in enumerate(lines):
            event = json.loads(line)
            found.equal((event["seq"], event["previous"]), (number, previous), f"{seal} entry {number}", "chain")
            canonical = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            found.expect(canonical == line, f"{seal} entry {number}", "is canonical JSON")
            previous = sha256(line)
        school = deposit.name.split("_")[0]
        root = base64.b64encode(merkle_root(lines)).decode()
        checkpoint = f"niemphong/{school}\n{len(lines)}\n{root}\n"
        found.equal((seal / "checkpoint.txt").read_text(), checkpoint, seal / "checkpoint.txt", "checkpoint")

        tag = {algorithm: (deposit / f"tagmanifest-{algorithm}.txt").read_bytes() for algorithm in ("sha256", "sha512")}
        stated = (seal / "niem-phong.txt").read_text()
        record = seal / "bien-ban.pdf"
        # The stamp seals a snapshot alone.
        record_digest = hashlib.sha512(record.read_bytes()).hexdigest() if record.exists() else "none"
        found.equal(record.exists(), not info(deposit)["Deposit-Kind"].startswith("thoi-diem-"), seal, "a record")
        previous_seal = next((line for line in stated.splitlines() if line.startswith("previous-seal: ")), "")
        expected = "\n".join([
            "niemphong-seal/1",
            f"deposit: {deposit.name}",
            f"tagmanifest-sha256: {hashlib.sha256(tag['sha256']).hexdigest()}",
            f"tagmanifest-sha512: {hashlib.sha512(tag['sha512']).hexdigest()}",
            f"bien-ban-sha512: {record_digest}",
            f"roster-sha256: {sha256((deposit / 'data/nhan-su/roster.json').read_bytes())}",
            f"plans-sha256: {sha256((deposit / 'data/nhan-su/plans.json').read_bytes())}",
            previous_seal, "", checkpoint,
        ])
        found.equal(stated, expected, seal / "niem-phong.txt", "seal statement")
        closed = {event["body"]["sha256"] for event in map(json.loads, lines) if event["kind"] == "dossier.closed"}
        for path in sorted((deposit / "data/ho-so").glob("*.pdf")):
            found.expect(sha256(path.read_bytes()) in closed, path, "the register closed exactly these bytes")
        signed = [
            (event["body"]["dossier"], event["body"]["box"])
            for event in map(json.loads, lines)
            if event["kind"] == "dossier.signed"
        ]
        found.equal(len(signed), len(set(signed)), seal, "no field has two published revisions in the register")
        planned(deposit, [json.loads(line) for line in lines], found)
    return found


def info(deposit: Path) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in (deposit / "bag-info.txt").read_text().splitlines())


def planned(deposit: Path, events: list[dict], found: Findings) -> None:
    """The bag holds what the register planned under its number, with every word named before and a description of
    each document that agrees with file and register."""
    said = info(deposit)
    plan = events[int(said["Register-Number"])]
    body = plan["body"]
    found.equal((plan["kind"], body["deposit"]), ("deposit.planned", deposit.name), deposit, "entry of the register number")
    found.equal((body["deposit_kind"], body["complete"]), (said["Deposit-Kind"], said["Completeness"] == "hoan-tat"), deposit, "kind")
    documents = {path.stem for path in (deposit / "data/ho-so").glob("*.pdf")}
    found.equal(documents, set(body["dossiers"]), deposit, "documents")
    exports = {path.name for path in (deposit / "data/ban-goc").iterdir()}
    found.expect(set(body.get("exports", [])) <= exports, deposit, "exports that were planned")
    named = {event["body"]["record"] for event in events[: plan["seq"]] if "record" in event["body"]}
    words = {sha256(path.read_bytes()): path.stem for path in (deposit / "data/ly-do").glob("*.json")}
    found.equal(set(words), named, deposit, "words that the register names")
    found.expect(all(digest.startswith(stem) for digest, stem in words.items()), deposit, "words are named by their digest")
    signed: dict[str, list] = {}
    for event in events:
        if event["kind"] == "dossier.signed":
            signature = (event["body"]["box"], event["body"]["certificate"], event["time"])
            signed.setdefault(event["body"]["dossier"], []).append(signature)
    for document in documents:
        told = json.loads((deposit / f"data/mo-ta/{document}.json").read_bytes())
        pdf = (deposit / f"data/ho-so/{document}.pdf").read_bytes()
        found.equal((told["sha256"], told["bytes"]), (sha256(pdf), len(pdf)), deposit / "data/mo-ta" / document, "file")
        signatures = [(one["box"], one["certificate"], one["recorded"]) for one in told["signatures"]]
        found.equal(signatures, signed.get(document, []), deposit / "data/mo-ta" / document, "signatures in the register")


def merkle_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + merkle_root(leaves[:split]) + merkle_root(leaves[split:])).digest()


def medium_statement(folder: DemoFolder, medium: Path, found: Findings) -> None:
    """Register, checkpoint and seal statement of a medium, recomputed."""
    seal = medium / "niem-phong"
    lines = (seal / "so-theo-doi.jsonl").read_bytes().split(b"\n")[:-1]
    events = [json.loads(line) for line in lines]
    last, school = events[-1], medium.name.split("_")[0]
    found.equal(last["kind"], "medium.planned", seal, "last entry of the register on a medium")
    own = next((one for one in last["body"]["set"] if one["medium"] == medium.name), None)
    found.expect(own is not None, seal, "the last entry plans this medium")
    sealed = {event["body"]["deposit"]: event["body"]["seal"] for event in events if event["kind"] == "deposit.sealed"}
    for deposit in own["deposits"] if own else []:
        older = (folder.path / "kho/luu-tru" / deposit / "niem-phong/so-theo-doi.jsonl").read_bytes().split(b"\n")[:-1]
        found.expect(lines[: len(older)] == older, seal, f"the register continues the one in {deposit}")
        statement = (folder.path / "kho/luu-tru" / deposit / "niem-phong/niem-phong.txt").read_bytes()
        found.equal(sealed.get(deposit), sha256(statement), seal, f"seal of {deposit} in the register")
    root = base64.b64encode(merkle_root(lines)).decode()
    checkpoint = f"niemphong/{school}\n{len(lines)}\n{root}\n"
    found.equal((seal / "checkpoint.txt").read_text(), checkpoint, seal / "checkpoint.txt", "checkpoint")
    stated = (seal / "niem-phong.txt").read_text()
    expected = "\n".join([
        "niemphong-medium/1",
        f"medium: {medium.name}",
        f"tagmanifest-sha256: {hashlib.sha256((medium / 'tagmanifest-sha256.txt').read_bytes()).hexdigest()}",
        f"tagmanifest-sha512: {hashlib.sha512((medium / 'tagmanifest-sha512.txt').read_bytes()).hexdigest()}",
        *(f"deposit: {deposit} {sealed.get(deposit)}" for deposit in (own["deposits"] if own else [])),
        next((line for line in stated.splitlines() if line.startswith("previous-medium: ")), ""), "", checkpoint,
    ])
    found.equal(stated, expected, seal / "niem-phong.txt", "statement of the medium")


def images(folders: list[DemoFolder]) -> Findings:
    """An image holds a sealed medium with its deposits byte for byte, readable by Rock Ridge and by Joliet."""
    found = Findings()
    for folder in folders:
        for image in folder.images:
            medium_statement(folder, folder.path / "kho/vat-mang" / image.stem, found)
            found.equal(image.stat().st_size % 32768, 0, image, "bytes beyond a multiple of 32 KiB")
            expected = {name: path.read_bytes() for name, path in folder.on_image(image).items()}
            for tree in ("any", "norock"):
                with extracted(image, tree, found) as out:
                    read = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
                    if tree == "any":
                        bag(out, profile_of(MEDIUM_PROFILE), found)
                found.expect(read == expected, image, f"differs from the store ({tree}): {differences(read, expected)}")
    return found


def differences(read: dict[str, bytes], expected: dict[str, bytes]) -> str:
    missing, foreign = sorted(expected.keys() - read.keys()), sorted(read.keys() - expected.keys())
    changed = sorted(name for name in read.keys() & expected.keys() if read[name] != expected[name])
    return f"missing {missing[:3]}, foreign {foreign[:3]}, changed {changed[:3]}"
