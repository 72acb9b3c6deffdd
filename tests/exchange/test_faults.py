"""Two real nodes while everything goes wrong: 200 messages, every fault at least once; and what lies where afterwards.

The run itself is the bench's (``./panah bench exchange``, docs/speed.md), in a process of its own. What is read here are
its figures, both nodes' folders, what passed on the wire, and files as they are carried.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks import databases
from benchmarks.exchange import clock, fault_injection, forgery
from benchmarks.exchange.fault_injection import Happened
from benchmarks.exchange.verdict import figures, of_both
from panah.ground.vault.sealed_body import STEP
from tests.dump_scan import plant, scan
from tests.node_process import ROOT

NUMBER, SEED = 200, 24
NEEDLES = (
    "Гульзира Тестова",
    "Zulfiya Probatova",
    "Oʻgʻiloy Namunaqizi",
    "+000 55 1234567",
    "нужна тихая комната",
)
# Two nodes are made first: half of it on a quiet machine.
PATIENCE = 600


@dataclass
class Run:
    """What a run printed, by case, and the folder where everything of it lies."""

    figures: dict[str, dict[str, Any]]
    folder: Path

    def wire(self, way: str = "*") -> Iterator[bytes]:
        """Yield what passed in one direction, request and answer by turns, as who stood there has kept it."""
        for file in sorted(self.folder.glob(f"wire-of-{way}/passed")):
            raw = file.read_bytes()
            while raw:
                size = int.from_bytes(raw[:4], "big")
                yield raw[4 : 4 + size]
                raw = raw[4 + size :]

    def bundles(self) -> Iterator[bytes]:
        for passed in self.wire():
            head, _gap, body = passed.partition(b"\r\n\r\n")
            if head.startswith(b"POST /exchange/v1/envelopes"):
                yield body


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    folder = tmp_path_factory.mktemp("faults")
    told = {
        "home": str(folder / "home"), "number": NUMBER, "times": 1, "seconds": 300, "seed": SEED,
        "needles": NEEDLES, "keep": str(folder / "kept"),
    }  # fmt: skip
    env = {k: v for k, v in os.environ.items() if not k.startswith("PANAH_")}
    # On PostgreSQL each node gets a database of its own beside the tests'.
    env |= {ours: os.environ[name] for name, ours in databases.GIVEN.items() if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exchange.runner", json.dumps(told)],
        env=env | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=ROOT,
    )  # fmt: skip
    said = "".join(p.read_text()[-2000:] for p in (folder / "kept").rglob("*.log"))
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}\n{said}"
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Run({line["case"]: line for line in lines}, folder / "kept")


def test_every_fault_was_done_and_survived(run):
    done = {case: line for case, line in run.figures.items() if line["unit"] == "survived"}
    assert set(fault_injection.CARDS) < set(done)
    for what in ("web of", "worker of", "sender of", "disk of", "clock of"):
        assert sum(case.startswith(what) for case in done) >= 2, f"{what} both nodes"
    assert [case for case, line in done.items() if line["value"] != line["floor"] or not line["value"]] == []


def test_each_message_had_exactly_one_effect_and_is_settled(run):
    whole = run.figures["messages with exactly one effect"]
    assert whole["value"] == whole["floor"] >= NUMBER
    for case in ("lost", "two effects", "without a settled receipt", "noted otherwise than done"):
        assert run.figures[case]["value"] == 0
    opened = run.figures["messages about a person that opened"]
    assert opened["value"] == opened["floor"] > NUMBER / 2
    waits = run.figures["arrivals that wait to be opened"]
    assert waits["value"] == waits["floor"] > NUMBER / 2


def test_what_a_third_node_signed_was_tried_and_never_taken(run):
    assert run.figures["envelopes forged under an id of their own"]["value"] > 0
    assert run.figures["forged and taken"]["value"] == 0


def test_no_name_lies_in_a_database_a_log_a_file_or_on_the_wire(run):
    places = [p for p in run.folder.rglob("*") if p.is_file()]
    names = {p.name for p in places}
    assert {"shred.sqlite3", "rows-of-north", "rows-of-south", "north.log", "south.log"} <= names
    assert {"carried-by-north", "carried-by-south", "passed"} <= names
    # The rows are there to be searched: each message that was sent stands in them.
    rows = b"".join((run.folder / f"rows-of-{name}").read_bytes() for name in ("north", "south"))
    assert rows.count(b"referral-offered") > NUMBER
    assert scan(places, NEEDLES) == []


def test_the_search_finds_what_is_planted(run, tmp_path):
    # Amid real bytes of the run: at the end of a log, of a captured stream, of a carried file.
    real = (run.folder / "carried-by-north").read_bytes()
    for needle in NEEDLES:
        for how, file in plant(tmp_path / needle, needle).items():
            file.write_bytes(real[:5000] + file.read_bytes() + real[5000:9000])
            assert any(found.needle == needle for found in scan([file], [needle])), how
    (tmp_path / "folded").write_bytes(gzip.compress(real[:4000] + NEEDLES[0].encode()))
    assert scan([tmp_path / "folded"], NEEDLES)


def test_what_was_kept_of_the_wire_is_what_went_over_it(run):
    """Otherwise nothing would be found there because nothing is there: each message passed, by its id."""
    went = {one for bundle in run.bundles() for one in forgery.ids(bundle)}
    assert len(went) >= run.figures["messages with exactly one effect"]["value"]
    sniffed = list(run.folder.glob("wire-of-*/sniffed/*"))
    if not sniffed:
        pytest.skip(
            "Packets cannot be read here (not root, or not Linux): what stood in the middle has kept them."
        )
    seen = b"".join(p.read_bytes() for p in sniffed)
    # A packet may be cut anywhere: nearly every id stands whole in some stream.
    assert sum(one.encode() in seen for one in went) > 0.9 * len(went)


def test_bodies_show_nothing_but_a_number_of_steps(run):
    sizes = set().union(*(forgery.body_sizes(bundle) for bundle in run.bundles()))
    assert len(sizes) > 2, "long and short messages were sent"
    assert forgery.off_the_steps(sizes) == set()
    assert all((size - 1137) % STEP == 0 for size in sizes), "each is sealed to both kinds of key at once"


def test_a_header_holds_what_the_protocol_names_and_no_more(run):
    sent = [one for bundle in run.bundles() for one in forgery.parts(bundle)]
    assert sent, "control: something was sent"
    for one in sent:
        header = json.loads(forgery.taken_apart(one)[0])
        assert set(header) == {
            "id", "kind", "from", "to", "conversation", "urgency", "created", "expires", "key",
        }  # fmt: skip
        assert set(header["from"]) == set(header["to"]) == {"society", "node"}


# -- the counting itself -----------------------------------------------------------------------


def side(sent=(), effects=(), came=None, state="delivered"):
    counted = {one: effects.count(one) for one in effects}
    rows = [[one, "taken"] for one in (dict.fromkeys(effects) if came is None else came)]
    return {
        "sent": [[one, state, "taken"] for one in sent], "came": rows, "effects": counted,
        "opened": len(rows), "personal": len(rows),
    }  # fmt: skip


def test_a_run_without_a_fault_is_counted_as_whole():
    verdict = of_both({"north": side(["a", "b"]), "south": side(["c"], effects=["a", "b"])} | {})
    assert (verdict.sent, verdict.lost, verdict.kept) == (3, {"c"}, False)
    verdict = of_both({"north": side(["a", "b"], effects=["c"]), "south": side(["c"], effects=["a", "b"])})
    assert verdict.kept
    assert not verdict.bad


@pytest.mark.parametrize(
    ("south", "wrong"),
    [
        (side(effects=["a"]), "lost"),
        (side(effects=["a", "b", "b"]), "twice"),
        (side(effects=["a", "b", "x"]), "forged"),
        (side(effects=["a", "b"], came=["a", "b", "x"]), "forged"),
        (side(effects=["a", "b"], came=["a"]), "noted_otherwise"),
    ],
)
def test_what_went_wrong_is_seen(south, wrong):
    verdict = of_both({"north": side(["a", "b"]), "south": south})
    assert getattr(verdict, wrong)
    assert not verdict.kept


def test_a_message_that_is_there_but_not_settled_is_seen():
    verdict = of_both({"north": side(["a"], state="stuck"), "south": side(effects=["a"])})
    assert verdict.unsettled == {"a": "stuck taken"}
    assert not verdict.kept


def test_a_second_arrival_of_one_message_is_seen():
    twice = side(effects=["a"]) | {"arrivals": 2}
    assert not of_both({"north": side(["a"]), "south": twice}).kept
    assert of_both({"north": side(["a"]), "south": twice | {"arrivals": 1}}).kept


def test_a_fault_is_survived_only_if_the_messages_it_met_are_well():
    verdict = of_both({"north": side(["a", "b"]), "south": side(effects=["a"])})
    told = [Happened("cut", ["a"]), Happened("flipped", ["a", "b"]), Happened("killed")]
    lines = {f.case: f for f in figures(verdict, told, refused=0)}
    assert [(lines[c].value, lines[c].floor) for c in ("cut", "flipped", "killed")] == [
        (1, 1),
        (0, 1),
        (0, 1),
    ]


def test_a_size_between_the_steps_is_seen():
    assert forgery.off_the_steps({0, 1137 + STEP, 49 + 2 * STEP}) == set()
    assert forgery.off_the_steps({1137 + STEP + 1, 500}) == {1137 + STEP + 1, 500}


def test_a_clock_can_be_moved_and_run_fast_on_a_bench_alone(tmp_path, monkeypatch):
    file = tmp_path / "clock"
    clock.write(file, shown=1_000.0, speed=0.0)
    assert clock.read(str(file)) == 1_000.0
    monkeypatch.delenv(clock.FILE, raising=False)
    from django.utils import timezone

    before = timezone.now
    clock.begin()
    assert timezone.now is before
    said = (clock.FILE, "benchmarks.exchange import clock")
    users = [p for p in (ROOT / "src").rglob("*.py") if any(one in p.read_text() for one in said)]
    assert users == []
