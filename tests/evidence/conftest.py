"""Facts cards as they lie in the shred store, without the cases that they came from."""

from uuid import uuid4

import pytest

from panah.evidence.actions import sign_columns
from panah.vault.actions import cards


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
        for who in ("bakyt", "rustam"):
            sign_columns(keys=world.keys(who), at=world.at)


@pytest.fixture
def thirty(world):
    """North in 2025: twenty people in Kazakhstan, seven in Turkey, three in Russia, whom nobody may know apart."""
    values = [card("KZ", assisted="yes", screened="yes") for _ in range(20)]
    values += [card("TR", assisted="yes") for _ in range(7)]
    values += [card("RU", assisted="yes", shelter="yes") for _ in range(3)]
    return write_cards(world, values)
