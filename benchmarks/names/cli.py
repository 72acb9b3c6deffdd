"""`./panah bench name-methods`: the comparison of names measured against other methods. Starts without Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from panah.ground.names.cli import count, speak_utf8
from panah.ground.names.scoring import BadFile


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./panah bench name-methods", description="Measure against other methods and print a table."
    )
    parser.add_argument("--data", metavar="FOLDER", type=Path, help="folder of reference name data")
    parser.add_argument("--part", choices=("train", "test"), default="test", help="which part of the split")
    parser.add_argument("--people", type=count, default=2_000, help="people to build (default 2000)")
    parser.add_argument(
        "--search", metavar="N", type=count, help="measure the search among N invented people instead"
    )
    parser.add_argument(
        "--only", metavar="METHOD", nargs="+", help="only these methods, as the table names them"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Print the table; 0 when done, 2 when what was given cannot be used."""
    try:
        asked = _parser().parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    speak_utf8()
    try:
        _measure(asked)
    except BadFile as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    return 0


def _measure(asked: argparse.Namespace) -> None:
    # They invent thousands of people when they are loaded.
    if asked.search:
        from benchmarks.names.search import measure_search

        print(json.dumps(measure_search(asked.search)))
        return
    from benchmarks.names.baselines import METHODS
    from benchmarks.names.table import table

    wanted = asked.only or METHODS
    unknown = [name for name in wanted if name not in METHODS]
    if unknown:
        raise BadFile(f"There is no method {unknown[0]}; the methods are {', '.join(METHODS)}.")
    for line in table(asked.data, part=asked.part, people=asked.people, as_json=asked.json, wanted=wanted):
        print(line, flush=True)
