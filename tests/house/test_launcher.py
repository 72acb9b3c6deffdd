"""The front door: what a newcomer meets before anything is installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def panah(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "panah", *arguments],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_newcomer_who_types_nothing_reads_one_screen():
    done = panah()
    assert done.returncode == 0
    assert "./panah COMMAND --help" in done.stdout
    assert len(done.stdout.splitlines()) <= 40
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_a_slip_of_the_finger_gets_a_sentence_and_no_traceback():
    done = panah("dmeo")
    assert done.returncode == 2
    assert done.stderr == "Panah has no command “dmeo”. ./panah alone lists what there is.\n"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A clone without its .venv."""
    (tmp_path / "src" / "panah").mkdir(parents=True)
    for name in ("panah", "requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def without_python(clone: Path) -> str:
    """Return the launcher as it runs where Python is too old: nothing it asks answers well."""
    return (clone / "panah").read_text().replace("(3, 12), (3, 14)", "(9, 0), (9, 9)")


def test_where_python_is_too_old_one_sentence_says_what_to_install(elsewhere: Path):
    (elsewhere / "panah").write_text(without_python(elsewhere))
    done = subprocess.run(
        [sys.executable, "panah", "django"],
        cwd=elsewhere,
        env={"PATH": "/nonexistent", "HOME": str(elsewhere)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "install python3 and python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (elsewhere / ".venv").exists()


def test_a_newer_python_is_found_behind_one_that_is_too_old_and_stands_first_on_the_path(tmp_path: Path):
    for name in ("python3", "python"):
        (tmp_path / name).write_text(
            "#!/bin/sh\nexit 1\n"
        )  # what an old one answers to the launcher's question
        (tmp_path / name).chmod(0o755)
    newer = Path(getattr(sys, "_base_executable", sys.executable)).resolve().parent
    ask = (
        "import sys, importlib.util as u; from importlib.machinery import SourceFileLoader as Load;"
        f"spec = u.spec_from_loader('launcher', Load('launcher', {str(ROOT / 'panah')!r}));"
        "launcher = u.module_from_spec(spec); spec.loader.exec_module(launcher);"
        f"sys.executable = {str(tmp_path / 'python3')!r};"
        "print(launcher.find_python())"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", ask],
        env={"PATH": f"{tmp_path}{os.pathsep}{newer}{os.pathsep}/usr/bin{os.pathsep}/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = done.stdout.strip()
    asked = subprocess.run(
        [found, "-c", "import sys; print(sys.version_info >= (3, 12))"], capture_output=True, check=True
    )
    assert asked.stdout.strip() == b"True"
    assert Path(found).parent != tmp_path


def test_a_lost_network_leaves_no_half_made_folder_in_the_place_of_a_whole_one(elsewhere: Path):
    (elsewhere / ".venv").mkdir()
    (elsewhere / ".venv" / "kept").write_text("of before")
    (elsewhere / "requirements.lock").write_text("nowhere==1 --hash=sha256:" + "0" * 64)
    done = subprocess.run(
        [sys.executable, "panah", "django"],
        cwd=elsewhere,
        env={"PATH": os.environ["PATH"], "HOME": str(elsewhere), "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "nothing that was here has changed" in done.stderr
    assert (elsewhere / ".venv" / "kept").read_text() == "of before"


def test_what_a_node_compiled_once_is_kept_also_where_the_machine_asks_python_to_keep_nothing():
    ask = (
        "import importlib.util as u; from importlib.machinery import SourceFileLoader as Load;"
        f"spec = u.spec_from_loader('launcher', Load('launcher', {str(ROOT / 'panah')!r}));"
        "launcher = u.module_from_spec(spec); spec.loader.exec_module(launcher);"
        f"launcher.become([{sys.executable!r}, '-c', 'import sys; print(sys.dont_write_bytecode)'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
