"""Two nodes on one machine, as ``./panah demo --pair`` starts them: paired, and what one sends arrives at the other."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from panah.practice import nodes, two_nodes

ROOT = Path(__file__).parents[2]
PATIENCE = 500  # seconds, for a machine on which others work too
FOLDERS = ("practice-destination", "practice-origin")


def two_free_ports():
    """The first of two neighbouring ports that nothing listens on."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise AssertionError("no two ports in a row are free")


def until(ready, running=None):
    """Look every second whether it is so, for as long as the process lives; returns what was found."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := ready():
            return found
        assert running is None or running.poll() is None, "the demo ended by itself"
        time.sleep(1)  # another process works meanwhile: there is nothing of ours to wait upon
    raise AssertionError("it did not come to that")


def healthy(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return json.load(answer)["status"] == "ok"
    except (OSError, urllib.error.URLError):
        return False


def rows(base, folder, question):
    with closing(sqlite3.connect(base / folder / "panah.sqlite3", timeout=20)) as database:
        return database.execute(question).fetchall()


@contextmanager
def demo(base, port):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PANAH_", "DJANGO_"))}
    env |= {"PANAH_PRACTICE_HOME": str(base / "practice"), "PYTHONPATH": str(ROOT / "src")}
    with (base / "said").open("ab") as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "panah", "demo", "--pair", "--port", str(port)],
            env=env, cwd=ROOT, stdout=said, stderr=said,
        )  # fmt: skip
        try:
            yield running
        finally:
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 0, (base / "said").read_text()


@pytest.mark.enable_socket
def test_two_nodes_are_paired_and_write_to_each_other(tmp_path):
    port = two_free_ports()
    with demo(tmp_path, port) as running:
        until(lambda: healthy(port) and healthy(port + 1), running)
        for folder in FOLDERS:
            # Each worker sends the head of its journal as it starts: it went over HTTP, from process to process.
            until(lambda here=folder: rows(tmp_path, here, "SELECT * FROM exchange_witnessedhead"), running)
        assert [rows(tmp_path, one, "SELECT state FROM exchange_peer") for one in FOLDERS] == [
            [("paired",)]
        ] * 2
        hosted = "SELECT slug FROM network_society WHERE hosted"
        assert [rows(tmp_path, one, hosted) for one in FOLDERS] == [
            [("practice-north",)],
            [("practice-south",)],
        ]
    said = (tmp_path / "said").read_text()
    assert f"http://localhost:{port}" in said and f"http://localhost:{port + 1}" in said
    assert "bakyt" in said and "rustam" in said
    assert not healthy(port) and not healthy(port + 1), "one Ctrl-C stops both"

    kept = (tmp_path / FOLDERS[0] / nodes.KEPT).read_text()
    with demo(tmp_path, port) as running:
        until(lambda: healthy(port) and healthy(port + 1), running)
    assert (tmp_path / FOLDERS[0] / nodes.KEPT).read_text() == kept, "starting again keeps what is there"
    assert rows(tmp_path, FOLDERS[0], "SELECT state FROM exchange_peer") == [("paired",)]


def test_starting_over_throws_the_folder_away_and_nothing_else_does(tmp_path, capsys):
    home = tmp_path / "practice-origin"
    nodes.begin(home, fresh=False)
    nodes.keep(home, {"people": {}})
    host = (home / "host.json").read_text()
    nodes.begin(home, fresh=False)
    assert (home / "host.json").read_text() == host
    nodes.begin(home, fresh=True)
    assert (home / "host.json").read_text() != host
    assert not (home / nodes.KEPT).exists()
    nodes.begin(home, fresh=False)
    assert "interrupted" in capsys.readouterr().err


def test_a_node_that_cannot_be_made_ready_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(two_nodes.sys, "executable", "/bin/false")
    one = two_nodes.Running(two_nodes.SIDES[0], tmp_path, 1)
    with pytest.raises(two_nodes.Refusal, match="practice-not-ready"):
        one.act("ready")


def test_neither_node_hears_of_the_settings_of_a_real_one(tmp_path, monkeypatch):
    monkeypatch.setenv("PANAH_DATABASE_URL", "postgres://real")
    for side, port in zip(two_nodes.SIDES, (7001, 7002), strict=True):
        env = two_nodes.Running(side, tmp_path / side.folder, port).env
        assert "PANAH_DATABASE_URL" not in env
        assert env["PANAH_COOKIE"] == f"panah_{port}", "cookies of one node are not the other's"
