"""The bill of materials names what the lock pins, no more and no less."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version

from tools import sbom
from tools.locks import BASE, ROOT


def written(tmp_path) -> dict:
    assert sbom.main(["--output", str(tmp_path / "bom.json")]) == 0
    return json.loads((tmp_path / "bom.json").read_text())


def test_every_package_of_the_lock_is_on_the_bill_with_all_its_hashes(tmp_path):
    lock = (ROOT / BASE).read_text()
    parts = written(tmp_path)["components"]
    assert [part["name"] for part in parts] == re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", lock, re.M)
    assert sum(len(part["hashes"]) for part in parts) == lock.count("--hash=sha256:")
    assert all(part["hashes"] for part in parts)


def test_the_versions_are_those_that_run_here(tmp_path):
    parts = {part["name"]: part for part in written(tmp_path)["components"]}
    for name in ("django", "jinja2", "cryptography", "pynacl"):
        assert parts[name]["version"] == version(name)
        assert parts[name]["purl"] == f"pkg:pypi/{name}@{version(name)}"


def test_a_bill_can_be_compared_with_yesterdays(tmp_path):
    elsewhere = subprocess.run(
        [sys.executable, "-m", "tools.sbom"],
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Bishkek"}, cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(elsewhere.stdout) == written(tmp_path)


def test_a_package_that_not_every_machine_needs_says_where():
    lock = (
        "one==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:"
        + "a" * 64
        + "\ntwo==2.0 \\\n    --hash=sha256:"
        + "b" * 64
    )
    one, two = sbom.components(lock)
    assert one["properties"] == [{"name": "panah:needed-where", "value": "sys_platform == 'win32'"}]
    assert one["hashes"] == [{"alg": "SHA-256", "content": "a" * 64}]
    assert "properties" not in two
