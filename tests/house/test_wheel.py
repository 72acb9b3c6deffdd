"""A node may run from a wheel: a package in some folder, without the project around it."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
WHERE = (
    "import django; django.setup(); from django.apps import apps; print(apps.get_app_config('vault').path)"
)


def test_a_package_without_the_project_around_it_finds_its_rooms(tmp_path):
    shutil.copytree(ROOT / "src/panah", tmp_path / "site/panah", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", WHERE],
        cwd=tmp_path,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("PANAH_")},
            "PYTHONPATH": str(tmp_path / "site"),
            "PANAH_HOME": str(tmp_path / "home"),
            "DJANGO_SETTINGS_MODULE": "panah.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "site/panah/ground/vault")


def test_the_wheel_takes_the_package_and_the_compiled_words():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert asked["targets"]["wheel"]["packages"] == ["src/panah"]
    assert asked["artifacts"] == ["src/panah/**/*.mo"]
