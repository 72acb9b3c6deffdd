"""The tool that plants small mistakes: what it plants, and that each is found again by its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from panah.rooms import folder_of
from tools.mutants import ROOT, deciding, drawn, reasons, rooms
from tools.mutating import mutants_of, planted

SOURCE = '''"""Who may come in."""

LIMIT = 3


def may_come(age, member, guests):
    """Say it."""
    if not member and age >= 18:
        return len([g for g in guests if g.known]) < LIMIT
    guests.clear()
    return greet(member, loud=True)
'''


@pytest.fixture
def found(tmp_path):
    path = tmp_path / "door.py"
    path.write_text(SOURCE)
    return {mutant.name: mutant for mutant in mutants_of(path, "door.py")}


@pytest.mark.parametrize(
    "mistake",
    [
        "LIMIT: 3 -> 4",
        "may_come: age >= 18 -> age > 18",
        "may_come: age >= 18 -> age < 18",
        "may_come: not member and age >= 18 -> age >= 18",
        "may_come: not member and age >= 18 -> not member or age >= 18",
        "may_come: not member -> member",
        "may_come: for g in guests if g.known -> for g in guests",
        "may_come: guests.clear() -> (nothing)",
        "may_come: greet(member, loud=True) -> greet(member)",
        "may_come: return greet(member, loud=True) -> return None",
    ],
)
def test_a_mistake_of_each_kind_is_planted(found, mistake):
    assert f"door.py {mistake}" in {" ".join(name.split()) for name in found}


def test_each_mistake_stands_alone_and_has_a_name_of_its_own(found):
    import ast

    sources = {ast.unparse(planted(mutant)) for mutant in found.values()}
    assert ast.unparse(ast.parse(SOURCE)) not in sources and len(sources) == len(found)
    assert not any("Say it" in name for name in found), "what is only read is left alone"


def test_whoever_names_a_mistake_that_nobody_can_notice_says_why():
    assert [mistake for mistake, reason in reasons().items() if len(reason) <= 20] == []


def where(name: str) -> Path:
    room, _slash, rest = name.partition("/")
    return folder_of(room) / rest


def test_every_mistake_that_is_named_can_still_be_planted():
    """A name that leads nowhere would hide that nobody looked again since the line was changed."""
    files = {mistake.split(" ")[0] for mistake in reasons()}
    there = {mutant.name for name in files for mutant in mutants_of(where(name), name)}
    assert set(reasons()) - there == set()


def test_a_sample_is_the_same_each_time_and_leaves_out_what_is_tried_whole():
    first = drawn("work", sample=300, seed=1)
    assert first and first == drawn("work", sample=300, seed=1) != drawn("work", sample=300, seed=2)
    assert {mutant.path for mutant in first}.isdisjoint(deciding("work"))
    assert drawn("consent", sample=300, seed=1) == [], "all of it is tried"
    assert "work" in rooms() and len(first) < 300, "other rooms have their part"


TRIED = """
import sys
from pathlib import Path
import os
import subprocess
import sys

import pytest
from tools.mutant_trials import Trials
from tools.mutating import mutants_of

door = Path(sys.argv[1]) / "src" / "door.py"

class Memory:
    def note(self, mutant, came, by, tried): print("CAME", came, mutant.name)
    def tried(self, mutant): return set()
    def mark(self, test): return ""
    def coverage(self, test): return None
    def keep_coverage(self, test, covered): pass

more = [Path(one) for one in sys.argv[2:]]
trials = Trials(mutants_of(door, "door.py"), Memory(), [door, *more])
sys.exit(pytest.main(["-q", "-s", "-p", "no:cacheprovider", sys.argv[1]], plugins=[trials]))
"""
DOOR = "def opens(age):\n    return age >= 18\n"
KNOCKS = "import door\n\n\ndef test_{0}():\n    assert door.opens({1}) is {2}\n"


def came(tmp_path, *knocks, door=DOOR, more=()):
    """Try the mistakes of a door with tests that knock at it, each in a file of its own: {mistake: what came}."""
    (tmp_path / "src").mkdir(exist_ok=True)
    (tmp_path / "src" / "door.py").write_text(door)
    for number, (age, opens) in enumerate(knocks):
        (tmp_path / f"test_{number}.py").write_text(KNOCKS.format(number, age, opens))
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), str(tmp_path / "src")])
    env = os.environ | {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(tmp_path), *(str(tmp_path / "src" / f"{one}.py") for one in more)],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line.split(" ", 2)[1:] for line in done.stdout.splitlines() if line.startswith("CAME")]
    return {name.partition(": ")[2]: how for how, name in told}


def test_a_mistake_that_many_tests_run_and_none_notices_survives(tmp_path):
    """The tool would flatter if a second test failed in a child only because it is the second."""
    found = came(tmp_path, (40, True), (41, True), (7, False))
    assert found["age >= 18 -> age > 18"] == found["18 -> 19"] == "survived"
    assert found["age >= 18 -> age < 18"] == found["return age >= 18 -> return None"] == "killed"


def test_a_mistake_that_only_the_last_of_many_tests_notices_is_noticed(tmp_path):
    found = came(tmp_path, (40, True), (7, False), (18, True))
    assert set(found.values()) == {"killed"}


def test_a_mistake_with_which_a_file_cannot_be_loaded_is_said_to_be_none_that_can_stand(tmp_path):
    door = (
        'from decimal import Decimal\nLEAST = Decimal("18")\n\n\ndef opens(age):\n    return age >= LEAST\n'
    )
    found = came(tmp_path, (40, True), (7, False), (18, True), door=door)
    assert found["'18' -> '18~'"] == "cannot" and found["age >= LEAST -> age > LEAST"] == "killed"


def test_a_constant_that_another_file_reads_is_tried_with_the_tests_of_that_file(tmp_path):
    door = "GROWN = 18\nLEFT = 21\n"
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "house.py").write_text(
        "import door\n\n\ndef opens(age):\n    return age >= door.GROWN\n"
    )
    (tmp_path / "test_house.py").write_text(KNOCKS.replace("door", "house").format("house", 18, True))
    found = came(tmp_path, door=door, more=("house",))
    assert found == {"18 -> 19": "killed", "21 -> 22": "survived"}


def test_a_mistake_in_a_lambda_that_was_made_before_is_planted_and_noticed(tmp_path):
    door = "def least(age):\n    return lambda one: one >= age\n\n\nopens = least(18)\n"
    found = came(tmp_path, (40, True), (7, False), (18, True), door=door)
    # That none was made at all cannot be tried any more: the one that is there was made before.
    assert {how for name, how in found.items() if "return" not in name} == {"killed"}


def test_a_mistake_is_planted_in_what_was_frozen_too(tmp_path):
    """tests/conftest.py freezes what is loaded: a tool that did not see it would plant nothing, and all would live."""
    freezes = "import gc\n\n\ndef pytest_collection_finish():\n    gc.freeze()\n"
    (tmp_path / "conftest.py").write_text(freezes)
    found = came(tmp_path, (40, True), (7, False), (18, True))
    assert set(found.values()) == {"killed"}
