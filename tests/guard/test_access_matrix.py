"""Every address × every colleague, a stranger too × GET and POST: the answer that the table in ``addresses.py`` says.

Whoever gets *none* for a thing of somebody else reads letter for letter what a thing that does not exist would answer,
and her request writes nothing.
"""

import re

import pytest

from tests.guard.addresses import ADDRESSES, EVERYONE, ROUTES, STRANGER
from tests.guard.house import Asked

ANSWERS = {
    "page": (200,),
    "again": (200, 422),
    "kept": (204,),
    "refused": (403, 409),
    "over": (410,),
    "none": (404,),
    "never": (405,),
    "unfit": (415,),
}
FROM_THE_SIGN_IN = "/vault/sign-in"


def is_as_said(asked: Asked, answer: str) -> bool:
    if answer in ("off", "door"):
        at_the_door = asked.to.startswith(FROM_THE_SIGN_IN)
        return asked.status == 302 and asked.to.startswith("/") and at_the_door == (answer == "door")
    return asked.status in ANSWERS[answer]


def words_of(asked: Asked) -> str:
    """What a page says, without tokens, and without where it would lead back to."""
    return re.sub(r"[A-Za-z0-9_-]{32,}", "TOKEN", asked.response.content.decode())


def is_kept_nowhere(asked: Asked) -> bool:
    head = asked.response.headers
    return (
        "no-store" in head.get("Cache-Control", "")
        and head.get("X-Content-Type-Options") == "nosniff"
        and head.get("Referrer-Policy") in ("no-referrer", "same-origin")
        and head.get("X-Frame-Options") == "DENY"
        and "unsafe" not in head["Content-Security-Policy"]
        and "default-src" in head["Content-Security-Policy"]
    )


def test_every_address_is_in_the_table():
    assert set(ADDRESSES) == set(ROUTES)
    for name, address in ADDRESSES.items():
        assert len(address.things) == ROUTES[name].count("<"), name


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_gets_the_answer_that_the_table_says(house, who):
    wrong, nothing = [], words_of(house.ask(who, "GET", "/nothing/here/"))
    for name, address in ADDRESSES.items():
        for method, answers in address.answers.items():
            asked, answer = house.ask(who, method, address.path(house.own)), answers[who]
            said = f"{name} {method}: {asked.status} {asked.to}"
            if not is_as_said(asked, answer):
                wrong.append(f"{said}, not {answer}")
            if (answer in ("none", "never") or who == STRANGER) and asked.wrote:
                wrong.append(f"{said} wrote {asked.wrote}")
            if name != "health" and not is_kept_nowhere(asked):
                wrong.append(f"{said} may be kept or framed")
            if answer == "none" and words_of(asked) != nothing:
                wrong.append(f"{said} is not what nothing answers")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["amina", "bakyt", "elena"])
def test_what_does_not_exist_answers_the_same_to_those_who_could_open_it(house, who):
    nothing = words_of(house.ask(who, "GET", "/nothing/here/"))
    for name, address in ADDRESSES.items():
        for method, answers in address.answers.items():
            if not address.of_a_thing or address.open or answers[who] in ("never", "refused"):
                continue
            asked = house.ask(who, method, address.path({}))
            assert asked.status == 404, (name, method)
            assert words_of(asked) == nothing, (name, method)
            assert not asked.wrote, (name, method)


def test_a_stranger_may_only_come_in_and_read_what_is_for_her():
    """The control of the table itself: nobody opens an address to strangers by a slip of the pen."""
    let_in = {n for n, a in ADDRESSES.items() if "door" not in {a.answers[m][STRANGER] for m in a.answers}}
    assert let_in == {
        "health", "sign_in:sign-in", "sign_in:forgotten", "sign_in:cannot", "sign_in:invitation", "kit:language", "once",
        "exchange:card-shown", "exchange:envelopes", "sign_in:stop-by-mail",
    }  # fmt: skip
