"""The peers: pac-synth 0.0.8 and MST of smartnoise-synth, in an environment of their own that pip makes when asked for.

It stands in the user's cache, outside the project, and no lock names it. What they need of smartnoise-synth is taken
without its other half (opacus, torch), which MST does not use. Where it cannot be installed, or a peer does not end in
time, one line on standard error says so and the bench goes on without it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.release.people import EPSILON, delta, errors
from panah.programmes.release.counting import by_column

NAMES = ("pac-synth 0.0.8", "MST of smartnoise-synth")
FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "panah-bench-release-peers"
WITHOUT_WHAT_THEY_NEED = ("pac-synth==0.0.8", "smartnoise-synth==1.0.8")
WHAT_MST_NEEDS = (
    "mbi>=1.1,<2", "disjoint-set>=0.9,<0.10", "pandas<3", "scipy", "Faker>=17", "setuptools",
    "smartnoise-sql>=1.0.10",
)  # fmt: skip
INSTALL_SECONDS, RUN_SECONDS = 600, 900
_SCRIPT = Path(__file__).with_name("peer_script.py")


def environment() -> str | None:
    """Return the Python of the peers' environment, made when it is not there; nothing when that fails."""
    python = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready = FOLDER / "ready"
    if not ready.exists():
        pip = [str(python), "-m", "pip", "-q", "--disable-pip-version-check", "install"]
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
            for command in ([*pip, "--no-deps", *WITHOUT_WHAT_THEY_NEED], [*pip, *WHAT_MST_NEEDS]):
                subprocess.run(command, check=True, timeout=INSTALL_SECONDS, stdout=sys.stderr)
        except (subprocess.SubprocessError, OSError) as problem:
            _say(f"The peers could not be installed: {type(problem).__name__}.")
            return None
        ready.touch()
    return str(python)


def run(python: str, name: str, folder: Path, ours: dict[str, float]) -> dict[str, float] | None:
    """Let one peer do the people in the folder; return its times and errors, or nothing when it does not end."""
    people = np.load(folder / "people.npy")
    wanted = {"peer": name, "epsilon": EPSILON, "delta": delta(len(people))}
    command = [python, str(_SCRIPT), str(folder), json.dumps(wanted)]
    env = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
    try:
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env, timeout=RUN_SECONDS)
    except subprocess.TimeoutExpired:
        _say(f"{name} had not ended after {RUN_SECONDS} seconds at {len(people):,} rows.")
        return None
    except subprocess.CalledProcessError:
        _say(f"{name} failed at {len(people):,} rows.")
        return None
    found: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    found["everything, CPU s; floor"] = ours["everything, CPU s"]
    return found | errors(by_column(people), by_column(np.load(folder / "theirs.npy")))


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
