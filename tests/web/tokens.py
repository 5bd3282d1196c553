"""The tokens of the demo behind a module that misbehaves on order (tests/pkcs11-fault): they are pulled out, slow, or guarded."""

import json
import shutil
from pathlib import Path

SOFTHSM = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so")


class Tokens:
    """Orders to the module, in a folder that it reads before every call."""

    def __init__(self, program: Path, folder: Path):
        places = [folder / "libpkcs11_fault.so" for folder in (program.parent, program.parent / "deps")]
        self.module = next((place for place in places if place.is_file()), None)
        assert self.module, f"none of {places} is built: cargo build -p niemphong-pkcs11-fault"
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        real = next(place for place in SOFTHSM if Path(place).is_file())
        self.environment = {"PKCS11_FAULT_MODULE": real, "PKCS11_FAULT_FOLDER": str(folder)}

    def order(self, *faults: dict) -> None:
        """From now on these, and no others."""
        for fault in faults:
            if "removed" in fault:
                with (self.folder / "removals").open("a") as removals:
                    removals.write(fault["removed"]["label"] + "\n")
        (self.folder / "fired").unlink(missing_ok=True)
        written = self.folder / "orders.neu"
        written.write_text(json.dumps(faults))
        written.rename(self.folder / "orders.json")

    def calls(self, function: str) -> int:
        calls = self.folder / "calls"
        return calls.read_text().splitlines().count(function) if calls.exists() else 0


def pulled(label: str) -> dict:
    return {"removed": {"label": label}}


def slow(milliseconds: int, function: str = "C_Sign") -> dict:
    return {"slow": {"function": function, "wait_ms": milliseconds}}


def pin_pad(label: str, pin: str) -> dict:
    """The token has a PIN pad, at which a person types this."""
    return {"pin-pad": {"label": label, "pin": pin}}
