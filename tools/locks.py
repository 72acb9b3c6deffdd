"""Write the locks from pyproject.toml: ./panah lock [--upgrade].

Each lock pins every package for every platform with its hashes and names no address. Pins that
are there stay unless --upgrade is given. A lock's first line carries a fingerprint of what
pyproject.toml asks for, so that a check can see offline that a lock lags.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
OLDEST_PYTHON = "3.12"
BASE = "requirements.lock"
LOCKS = {
    BASE: ["--extra", "postgres", "--extra", "programmes"],
    "requirements-dev.lock": ["--group", "dev", "--constraint", BASE],
    "requirements-bench.lock": ["--group", "bench", "--constraint", BASE],
}


def first_line() -> str:
    """Return the line a lock that does not lag begins with."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        asked["project"]["dependencies"],
        asked["project"]["optional-dependencies"],
        asked["dependency-groups"],
    ]
    fingerprint = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:16]
    return f"# Made by ./panah lock from pyproject.toml {fingerprint}"


def lagging() -> list[str]:
    """Return the locks that were made from another pyproject.toml than this one."""
    return [name for name in LOCKS if not (ROOT / name).read_text().startswith(first_line() + "\n")]


def write(name: str, *, uv: str, upgrade: bool) -> None:
    """Resolve one lock with uv and put the fingerprint on top."""
    command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST_PYTHON]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    command += ["--upgrade"] if upgrade else []
    command += [*LOCKS[name], "--output-file", name]
    command += ["pyproject.toml"] if name == BASE else []
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lock = ROOT / name
    lock.write_text(f"{first_line()}\n{lock.read_text()}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="./panah lock", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    upgrade = parser.parse_args().upgrade
    uv = shutil.which("uv")
    if uv is None:
        sys.stderr.write("Writing locks needs uv: install it (pip install uv) and try again.\n")
        return 1
    for name in LOCKS:
        write(name, uv=uv, upgrade=upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
