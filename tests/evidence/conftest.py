"""Facts cards as they lie in the shred store, without the cases that they came from."""

import re
from uuid import uuid4

import pytest

from panah.ground.vault.actions import cards
from panah.programmes.evidence.actions import sign_columns
from panah.programmes.release.domain import shipped
from tests.rows_again import STORY, once, rows_written

COLUMN = "\n[[column]]\n"
# How many rows a test has written once the columns are signed.
SIGNED = []


def few_countries(*only, declared_on=None):
    """A file of columns as a society may cut it: six countries instead of a hundred take a tenth of the time.

    ``only``: these columns alone.
    """
    head, *columns = shipped().decode().split(COLUMN)
    countries = 'countries = ["KAZ", "KGZ", "RUS", "TJK", "TUR", "UZB"]'
    head = re.sub(r"countries = \[.*?\]", countries, head, flags=re.DOTALL)
    if declared_on:
        head = re.sub("declared_on = .*", f"declared_on = {declared_on}", head)
    return COLUMN.join([head, *(one for one in columns if not only or one.split('"')[1] in only)])


def card(country="KZ", *, year=2025, of="case", control=(), status="", **said):
    codes = {"pan_CountriesOfExploitation": [country] if country else [], "prs_Gender": ["Masculine"]}
    codes |= {"vic_TypeOfExploitation": ["ForcedLabour"], "vic_MethodsOfControl": list(control)}
    codes |= {"vic_TraffickingStatus": [status]} if status else {}
    return {"of": of, "month": f"{year}-03", "age": "adult", "codes": codes, **said}


def write_cards(world, values, *, holder="nurlan", ids=None):
    """Compacted, as a holder of the key leaves them; returns their ids."""
    keys = world.keys(holder)
    entries = [(one, value) for one, value in zip(ids or [uuid4() for _ in values], values, strict=True)]
    cards._write_segment(keys.holds("F"), keys.staff.society_id, "facts", entries)
    return [one for one, _ in entries]


@pytest.fixture(autouse=True)
def signed_columns(request):
    """Both societies signed the file of columns that Panah brings."""
    if "world" in request.fixturenames:
        world = request.getfixturevalue("world")

        def sign():
            for who in ("bakyt", "rustam"):
                sign_columns(keys=world.keys(who), at=world.at)

        # What was made before is part of what it is made over.
        is_paired = "paired" in request.fixturenames and request.getfixturevalue("paired") is not None
        once((STORY, "signed columns", world.at, is_paired), sign)
        SIGNED[:] = [rows_written()]


def as_the_first(world, what, make):
    """What a test begins with is made once for a file of tests; later in a test it is made anew."""
    if [rows_written()] != SIGNED:
        return make()
    return once((STORY, what, world.at, *SIGNED), make)


@pytest.fixture
def thirty(world):
    """North in 2025: twenty people in Kazakhstan, seven in Turkey, three in Russia, whom nobody may know apart."""
    values = [card("KZ", assisted="yes", screened="yes") for _ in range(20)]
    values += [card("TR", assisted="yes") for _ in range(7)]
    values += [card("RU", assisted="yes", shelter="yes") for _ in range(3)]
    return write_cards(world, values)
