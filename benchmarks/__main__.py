"""Measure Panah: `./panah bench [NAME …] [--quick] [--seed N] [--rows N,N]`.

Each bench runs as a process of its own, in a folder of its own that is removed afterwards, and prints one JSON object
a line: a figure beside its floor in the same run. `./panah bench name-methods --help`: names against other methods.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import databases
from benchmarks.databases import GIVEN
from benchmarks.registry import NAMES, all_benches

ROOT = Path(__file__).parents[1]
# Set in the process that measures, which the one at the keyboard starts.
MEASURES = "PANAH_BENCH"
HOST_FILE = """
import os, pathlib, django
django.setup()
from panah.ground.vault.actions import make_host_file
make_host_file(pathlib.Path(os.environ["PANAH_HOME"], "host.json"))
"""
# A table with options of its own, of no node.
NAME_METHODS = "name-methods"


def main(arguments: Sequence[str]) -> int:
    """Run the benches that are named, all without a name; returns the exit code."""
    if arguments[:1] == [NAME_METHODS]:
        from benchmarks.names import cli

        return cli.main(arguments[1:])
    asked = _parser().parse_args(arguments)
    unknown = [name for name in asked.name if name not in NAMES]
    if unknown:
        sys.stderr.write(f"There is no bench “{unknown[0]}”. There are: {', '.join(NAMES)}.\n")
        return 2
    if os.environ.get(MEASURES) == "1":
        _run(asked.name[0], quick=asked.quick)
        return 0
    wanted = {"PANAH_BENCH_SEED": str(asked.seed), "PANAH_BENCH_ROWS": asked.rows or ""}
    wanted |= {
        "PANAH_BENCH_PART": asked.part,
        "PANAH_BENCH_KEPT": asked.kept,
        "PANAH_BENCH_JOURNEYS": asked.journeys,
    }
    return max(_alone(name, quick=asked.quick, wanted=wanted) for name in asked.name or NAMES)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./panah bench",
        description="Measures Panah: each figure beside its floor in the same run, one JSON object a line.",
        epilog="./panah bench name-methods --help: the comparison of names against other methods.",
    )
    known = ",".join((*NAMES, NAME_METHODS))
    parser.add_argument("name", nargs="*", metavar=f"{{{known}}}", help="which benches; without a name, all")
    parser.add_argument("--quick", action="store_true", help="smaller, each under a minute")
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        help="of `exchange`: the same faults in the same order; of `release`: the same people",
    )
    parser.add_argument(
        "--rows",
        type=_sizes,
        metavar="N,N",
        help="of `volunteers`, `library` and `release`: how many rows, one size after the other (20000,200000)",
    )
    parser.add_argument(
        "--part", type=_part, default="1/1", metavar="I/N", help="of `columns`: one part of its changes"
    )
    parser.add_argument(
        "--kept", default="", metavar="FILE", help="of `columns`: what was tried already, to go on with"
    )
    parser.add_argument(
        "--journeys", default="", metavar="NAME,NAME", help="of `columns`: these alone (complaint,chat)"
    )
    return parser


def _part(text: str) -> str:
    part, _slash, of = text.partition("/")
    if not (part.isdecimal() and of.isdecimal() and 1 <= int(part) <= int(of)):
        raise argparse.ArgumentTypeError(f"“{text}” is not a part: 2/4")
    return text


def _sizes(text: str) -> str:
    if not all(one.isdecimal() and int(one) > 0 for one in text.split(",")):
        raise argparse.ArgumentTypeError(f"“{text}” is not a list of whole numbers: 20000,200000")
    return text


def _alone(name: str, *, quick: bool, wanted: Mapping[str, str] | None = None) -> int:
    """Run one bench as a process of its own, in a folder of its own."""
    home = Path(tempfile.mkdtemp(prefix="panah-bench-"))
    env = {k: v for k, v in os.environ.items() if not k.startswith("PANAH_")}
    env |= {
        MEASURES: "1",
        "DJANGO_SETTINGS_MODULE": "panah.config.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "PANAH_HOME": str(home),
        "PANAH_PRACTICE": "1",
        # The tables of a bench are made and filled by who owns them.
        "PANAH_DATABASE_AS": "owner",
        **(wanted or {}),
    }
    # The benches of the wire and of pages make databases of their own beside the one that is named; others take none.
    given = {ours: os.environ[name] for name, ours in GIVEN.items() if name in os.environ}
    try:
        (home / "copy").mkdir()
        # Before the process that measures reads its settings: they take their secret from it.
        subprocess.run([sys.executable, "-c", HOST_FILE], env=env, cwd=ROOT, check=True)
        command = [sys.executable, "-m", "benchmarks", name, *(["--quick"] if quick else [])]
        with databases.for_nodes(("pages",), given if name in ("pages", "volunteers") else {}) as own:
            return subprocess.call(command, env=env | given | own["pages"], cwd=ROOT)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(name: str, *, quick: bool) -> None:
    import django

    django.setup()
    for figure in all_benches()[name](quick):
        print(json.dumps(figure.line()), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
