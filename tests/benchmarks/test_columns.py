"""The walk over the columns that decide finds a hole that was planted, and leaves what is kept beside the database."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.columns.changes import Change
from benchmarks.columns.runner import Reason, settled
from benchmarks.columns.walk import LISTED, OPEN, Verdict

HOLE = "tests.benchmarks.planted_hole.HOLE"


@pytest.fixture
def walked(tmp_path):
    """Walks the planted journey as `./panah bench` does; returns how it ended, its lines, and what it keeps."""
    kept = tmp_path / "tried.jsonl"
    env = {
        k: v for k, v in os.environ.items() if not k.startswith("PANAH_") and k != "DJANGO_SETTINGS_MODULE"
    }

    def walk(*more):
        command = [
            sys.executable,
            "-m",
            "benchmarks",
            "columns",
            "--journeys",
            HOLE,
            "--kept",
            str(kept),
            *more,
        ]
        made = subprocess.run(command, capture_output=True, text=True, env=env, timeout=600)
        assert made.stdout, made.stderr
        return made, [json.loads(line) for line in made.stdout.splitlines()], kept.read_text()

    return walk


def test_a_column_that_somebody_believes_is_found_and_one_that_is_kept_beside_is_not(walked):
    made, lines, kept = walked()
    opened = [line["case"] for line in lines if "OPEN: " in line["case"]]
    assert made.returncode == 1 and "nobody notices" in made.stderr
    assert "planted, OPEN: cases_case.owner_id, his: reads: + timur, reads: - amina" in opened
    assert not [one for one in opened if "accounts_roleheld" in one], "who leads is kept beside the database"
    counts = {line["case"]: line["value"] for line in lines}
    assert counts["planted, read"] >= 3 and counts["planted, harmless"] + counts["planted, refused"] > 0
    assert walked()[2] == kept, "what was tried is not tried again"


def test_each_part_tries_what_is_its_own_and_all_parts_together_try_everything(walked):
    alone = [walked("--part", f"{part}/2")[2].count('"verdict"') for part in (1, 2)]
    assert 0 < alone[0] < alone[1]
    assert walked()[2].count('"verdict"') == alone[1]


def test_what_is_listed_is_not_open_and_what_gains_needs_a_reason_of_its_own():
    lost = Verdict(Change(0, "vault_part", "sealed", "null"), OPEN, "reads: - amina")
    won = Verdict(Change(0, "vault_part", "sealed", "other"), OPEN, "reads: + timur")
    losses = Reason(["vault_part.*"], "losses", "x")
    assert settled("chat", lost, [losses]).verdict == LISTED
    assert settled("chat", won, [losses]).verdict == OPEN
    assert settled("chat", won, [Reason(["vault_part.*"], "all", "x")]).verdict == LISTED
    assert (
        settled("chat", lost, [Reason(["vault_part.*"], "losses", "x", journeys=("report",))]).verdict == OPEN
    )
