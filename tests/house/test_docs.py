"""Docs that lag are worse than none: what they name must be there."""

import importlib.machinery
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from tests.house.doc_pages import ROOT, by_page
from tests.node_process import Node

COMMAND = re.compile(r"\./panah (?P<command>[a-z]+)(?P<rest>[^`\n#|]*)")
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
# A picture of the handbook: who looks at which page of a practice node.
PAGE_OF_THE_NODE = re.compile(r"[a-z]+:/")


def launcher() -> ModuleType:
    """Load ./panah, which has no ending, as a module."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(ROOT / "panah"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


LAUNCHER = launcher()
KNOWN = LAUNCHER.commands()


@cache
def help_of(command: str, part: str = "") -> str:
    """Return what `./panah COMMAND [PART] --help` prints, by the Python these tests run under."""
    words = [*([part] if part else []), "--help"]
    if ours := LAUNCHER.OUR_OWN.get(command):
        done = subprocess.run(
            [sys.executable, "-m", ours[1], *words],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
    else:
        with tempfile.TemporaryDirectory() as home:
            done = Node(Path(home)).panah(command, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def named_commands(page: Path) -> list[tuple[str, str]]:
    return [(m["command"], m["rest"]) for m in COMMAND.finditer(page.read_text())]


@by_page
def test_every_command_a_page_names_is_there_and_explains_itself(page: Path):
    for command, _ in named_commands(page):
        assert command in KNOWN, f"./panah {command}"
        assert command == "django" or len(help_of(command)) > 40


@by_page
def test_every_option_a_page_names_is_in_the_help_of_its_command(page: Path):
    for command, rest in named_commands(page):
        if command == "django":
            continue
        word = (rest.split() or [""])[0]
        part = word if re.search(rf"[{{,]{re.escape(word)}[,}}]", help_of(command)) else ""
        for option in re.findall(r"(?<!\S)--[a-z][a-z-]+", rest):
            assert option == "--help" or option in help_of(command, part), f"./panah {command} {option}"


@by_page
def test_every_link_inside_the_project_leads_somewhere(page: Path):
    for match in LINK.finditer(page.read_text()):
        target = unquote(match["target"].split("#")[0])
        if "handbook" in page.parts and PAGE_OF_THE_NODE.match(target):
            continue  # tests/practice/test_handbook.py opens it
        if target and "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target


def test_the_readme_names_the_two_commands_that_are_the_whole_setup():
    named = {command for command, _ in named_commands(ROOT / "README.md")}
    assert {"demo", "test"} <= named


@pytest.mark.parametrize("command", sorted(KNOWN))
def test_every_command_says_in_one_line_what_it_does(command: str):
    assert 10 < len(KNOWN[command]) < 90
