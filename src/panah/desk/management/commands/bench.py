"""Measure the node against its floors, in a folder of its own that is removed afterwards."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from panah.desk.bench import all_benches
from panah.desk.bench.exchange import databases
from panah.desk.bench.exchange.databases import GIVEN


class Command(BaseCommand):
    """`./panah bench [NAME …] [--quick] [--seed N]`"""

    requires_system_checks = ()

    help = "Measures Panah: each figure beside its floor in the same run, one JSON object a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="*", help="which benches; without a name, all")
        parser.add_argument("--quick", action="store_true", help="smaller, each under a minute")
        parser.add_argument(
            "--seed", type=int, default=0, help="of `exchange`: the same faults in the same order"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = all_benches()
        wanted = options["name"] or list(known)
        unknown = [name for name in wanted if name not in known]
        if unknown:
            sys.stderr.write(f"There is no bench “{unknown[0]}”. There are: {', '.join(known)}.\n")
            raise SystemExit(2)
        if os.environ.get("PANAH_BENCH") != "1":
            raise SystemExit(
                max(_alone(name, quick=options["quick"], seed=options["seed"]) for name in wanted)
            )
        _run(wanted[0], quick=options["quick"])


def _alone(name: str, *, quick: bool, seed: int = 0) -> int:
    """Run one bench as a process of its own, in a folder of its own."""
    import subprocess

    home = Path(tempfile.mkdtemp(prefix="panah-bench-"))
    env = {k: v for k, v in os.environ.items() if not k.startswith("PANAH_")}
    env |= {"PANAH_BENCH": "1", "PANAH_HOME": str(home), "PANAH_PRACTICE": "1", "PANAH_BENCH_SEED": str(seed)}
    # The benches of the wire and of pages make databases of their own beside the one that is named; others take none.
    given = {ours: os.environ[name] for name, ours in GIVEN.items() if name in os.environ}
    try:
        (home / "copy").mkdir()
        from panah.vault.actions import make_host_file

        make_host_file(home / "host.json")
        command = [sys.executable, "-m", "panah", "bench", name, *(["--quick"] if quick else [])]
        with databases.for_nodes(("pages",), given if name == "pages" else {}) as own:
            return subprocess.call(command, env=env | given | own["pages"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(name: str, *, quick: bool) -> None:
    for figure in all_benches()[name](quick):
        print(json.dumps(figure.line()), flush=True)  # noqa: T201  the output of the command
