"""The tool that plants small mistakes: what it plants, and that each is found again by its name."""

import pytest

from tools.mutants import reasons
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
    assert all(len(reason) > 20 for reason in reasons().values())
