"""Say what a node is made of: ./panah sbom [--output FILE].

A software bill of materials in CycloneDX 1.6 (JSON): every package that requirements.lock pins, with its version and
the hashes of the files that pip may take for it. The same lock gives the same bytes. Known weaknesses are looked up
with whatever reads CycloneDX, on a machine that has a line; this command asks nobody.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tools.locks import BASE, ROOT

PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?: *; *(?P<marker>[^\\\n]+))?",
    re.M,
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, Any]]:
    """Return the packages of a lock, in its order."""
    pins = list(PIN.finditer(lock))
    ends = [pin.start() for pin in pins[1:]] + [len(lock)]
    return [component(pin, lock[pin.end() : end]) for pin, end in zip(pins, ends, strict=True)]


def component(pin: re.Match[str], files: str) -> dict[str, Any]:
    name, version = pin["name"].lower().replace("_", "-"), pin["version"]
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(files)],
    }
    if pin["marker"]:
        made["properties"] = [{"name": "panah:needed-where", "value": pin["marker"].strip()}]
    return made


def bill(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """Return the whole bill for a lock and the ``[project]`` of pyproject.toml."""
    name, version = project["name"], project["version"]
    parts = components(lock)
    own = f"{name}@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, own + lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": name,
                "version": version,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="./panah sbom", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, help="write to this file instead of standard output")
    output = parser.parse_args(arguments).output
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = json.dumps(bill((ROOT / BASE).read_text(), project), indent=2) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
