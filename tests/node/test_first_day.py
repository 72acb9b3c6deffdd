"""The first day of a node: two links, and every slip that somebody makes who does this once in her life."""

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.node_process import ROOT, Node, own_postgres

LINK = re.compile(r"^  (\w+): (\S+)/vault/invitation/(\S+)$", re.M)


@pytest.fixture
def nowhere(tmp_path):
    """A machine on which nothing is yet."""
    (tmp_path / "home").mkdir()
    with own_postgres() as addresses:
        yield Node(tmp_path / "home", addresses)


@pytest.fixture
def node(nowhere):
    """A machine on which an ``init`` was broken off after its first step: the tables are there, and empty."""
    nowhere.act("migrate")
    return nowhere


def begin(node, *names, **more):
    words = [word for name, value in more.items() for word in (f"--{name}", value)]
    return node.panah("init", "--society", "kyrgyzstan", "--focal-points", *names, *words)


def links(done):
    return {name: (address, token) for name, address, token in LINK.findall(done.stdout)}


def test_two_links_are_printed_once_and_names_that_cannot_be_leave_no_half_made_society(nowhere):
    node = nowhere
    for wrong in (("aigul", "бермет"), ("aigul", "aigul")):
        refused = begin(node, *wrong)
        assert refused.returncode == 1
        assert not links(refused)
    done = begin(node, "aigul", "bermet", address="https://panah.example")
    assert done.returncode == 0, done.stderr
    assert set(links(done)) == {"aigul", "bermet"}
    assert {address for address, _token in links(done).values()} == {"https://panah.example"}
    assert "PANAH_HOSTS=panah.example" in done.stdout
    assert "PANAH_HTTPS=1" in done.stdout
    node.more |= {"PANAH_HOSTS": "panah.example", "PANAH_HTTPS": "1"}
    again = node.panah("init", "--address", "https://panah.example")
    assert set(links(again)) == {"aigul", "bermet"}
    assert "PANAH_" not in again.stdout, "what is set already is not asked for"


def test_lost_links_are_made_anew_for_who_has_not_come_and_the_old_ones_end(node):
    first = links(begin(node, "aigul", "bermet"))
    node.act("join_by", first["aigul"][1], "aigul")
    again = node.panah("init")
    assert again.returncode == 0, again.stderr
    assert set(links(again)) == {"bermet"}, "Aigul has her key already"
    token = links(again)["bermet"][1]
    assert token != first["bermet"][1]
    assert not node.act("link_is_good", first["bermet"][1])
    assert node.act("link_is_good", token)
    node.act("join_by", token, "bermet")
    last = node.panah("init")
    assert not links(last)
    assert "Both focal points have come in" in last.stdout


def test_at_the_keyboard_a_name_that_cannot_be_is_asked_for_again(node):
    said = at_the_keyboard(node, ["", "kyrgyzstan", "Айгуль", "aigul", "aigul", "bermet"])
    assert "small Latin letters" in said
    assert "already signs in with this name" in said
    assert re.findall(r"  (\w+): http://localhost:8000/vault/invitation/", said) == ["aigul", "bermet"]


def test_where_no_node_is_every_command_says_so_in_a_sentence(nowhere):
    node, folder = nowhere, nowhere.home.parent
    for command in (
        ("backup", str(folder / "x")),
        ("journal", "head"),
        ("recover", "aigul"),
        ("exchange", "heads"),
    ):
        done = Node(folder / "elsewhere", node.more).panah(*command)
        assert done.returncode == 1, command
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        assert "A new node is made by ./panah init" in done.stderr
    assert not (folder / "x").exists()


def at_the_keyboard(node, answers):
    """Run init at a terminal of its own and answer each question in turn; returns everything it said."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "panah", "init"],
        env=node.env, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    said, asked = b"", 0
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
        # A question ends with a colon and a space, at the end of what was said so far.
        if said.endswith(b": ") and answers:
            os.write(ours, f"{answers.pop(0)}\n".encode())
            asked += 1
    os.close(ours)
    assert started.wait() == 0, said.decode()
    return said.decode()
