"""What a judge found: one entry per thing checked."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Findings:
    passed: int = 0
    failures: list[str] = field(default_factory=list)

    def expect(self, holds: bool, where: object, what: str) -> bool:
        if holds:
            self.passed += 1
        else:
            self.failures.append(f"{where}: {what}")
        return holds

    def equal(self, found: object, expected: object, where: object, what: str) -> bool:
        return self.expect(found == expected, where, f"{what}: found {found!r}, expected {expected!r}")

    def run(self, command: list[object], where: object, status: int = 0, cwd: Path | None = None) -> str:
        """Runs a program that must end with `status`; returns all that it said."""
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace", cwd=cwd)
        said = done.stdout + done.stderr
        tail = " | ".join(said.strip().splitlines()[-4:])
        self.expect(done.returncode == status, where, f"{command[0]} ended with {done.returncode}, expected {status}: {tail}")
        return said
