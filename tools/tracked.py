"""What may never be committed: addresses of registries, paths of a machine, secrets, leftovers."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Written so that this file does not find itself.
NEVER = {
    "the address of a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org"
    ),
    "a path of somebody's machine": re.compile(
        r"(?<![\w.])/(?:home/\w|Users/\w|root/|work/\w|farm/|opt/wheels)"
    ),
    "a private key": re.compile(r"BEGIN (?:RSA |EC |OPENSSH |)PRIVATE [K]EY"),
    "a mark of unfinished work": re.compile(r"\b(?:TOD[O]|FIXM[E]|NotImplemented[E]rror|coming [s]oon)\b"),
    "the end of a quarrel between branches": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}
NOT_KEPT = {
    "uv.lock": "it records registry addresses; requirements.lock is kept",
    "utils.py": "name the file after what it does",
    "signals.py": "signals hide the path; call the action",
}
# What others wrote is kept as it came.
VENDORED = "/vendor/"


def files() -> list[Path]:
    """Return every file git keeps or is about to keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(command, cwd=ROOT, text=True).split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def in_text(path: Path) -> Iterator[str]:
    """Yield a complaint for each forbidden thing in this file; pictures and fonts have none."""
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        return
    for what, pattern in NEVER.items():
        if found := pattern.search(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path.relative_to(ROOT)}:{line}: {what}"


def complaints() -> list[str]:
    """Return one line for each thing that must not be committed."""
    wrong = []
    for path in files():
        name = path.relative_to(ROOT)
        if path.name in NOT_KEPT:
            wrong.append(f"{name}: {NOT_KEPT[path.name]}")
        if path.name == ".env" or path.suffix in {".pem", ".key", ".sqlite3"}:
            wrong.append(f"{name}: secrets and databases stay outside")
        if VENDORED not in f"/{name}":
            wrong += in_text(path)
    return wrong
