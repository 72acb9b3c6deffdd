"""Every address × one of each class of people × GET and POST: the answer that the table in ``addresses.py`` says.

Whoever gets *none* for a thing of somebody else reads letter for letter what a thing that does not exist would answer,
and her request writes nothing. With ``./panah test --everybody`` every colleague asks at every address.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

import pytest

from tests.guard.addresses import ADDRESSES, EVERYONE, ROUTES, STAFF, STRANGER
from tests.guard.classes import EVERYBODY_ASKS, class_of, one_of, who_asks
from tests.guard.house import Asked, House

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
# A supervisor asks the one; the other is a picture, the same for whoever asks, that is made to go round.
MAY_BE_KEPT = ("health", "public:check-picture")
FROM_THE_SIGN_IN = "/vault/sign-in"


def is_as_said(asked: Asked, answer: str) -> bool:
    if answer in ("off", "door"):
        at_the_door = asked.to.startswith(FROM_THE_SIGN_IN)
        return asked.status == 302 and asked.to.startswith("/") and at_the_door == (answer == "door")
    return asked.status in ANSWERS[answer]


def words_of(asked: Asked) -> str:
    """What a page says, without tokens, and without where it would lead back to."""
    return re.sub(r"[A-Za-z0-9_-]{32,}", "TOKEN", asked.body.decode())


def is_kept_nowhere(asked: Asked) -> bool:
    head = asked.response.headers
    return (
        "no-store" in head.get("Cache-Control", "")
        and head.get("X-Content-Type-Options") == "nosniff"
        and head.get("Referrer-Policy") in ("no-referrer", "strict-origin", "same-origin")
        and head.get("X-Frame-Options") == "DENY"
        and "unsafe" not in head["Content-Security-Policy"]
        and "default-src" in head["Content-Security-Policy"]
    )


def test_every_address_is_in_the_table():
    assert set(ADDRESSES) == set(ROUTES)
    for name, address in ADDRESSES.items():
        assert len(address.things) == ROUTES[name].count("<"), name


# Whose complaints and threats, which nobody else meets anywhere: whom they concern above all (a colleague whom one
# concerns is among those who read on).
PAST = {
    "zarina alone": (),
    "nurlan alone": (),
    "malika alone": (),
    "saule alone": ("zarina",),
}  # she reads threats too
LISTS = ("complaints:list", "safety:start")
READERS = ("zarina", "nurlan", "malika", "saule")


@dataclass
class Crawl:
    """What everybody who asks was answered, asked once for all tests of this file."""

    house: House
    met: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: {whose: set() for whose in PAST})
    found: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def nothing(self) -> dict[str, str]:
        return {who: words_of(self.house.ask(who, "GET", "/nothing/here/")) for who in EVERYONE}

    @cached_property
    def marks(self) -> dict[str, set[str]]:
        kinds = ("matter", "left", "item", "threat", "look")
        of = self.house.of
        return {whose: {of[whose][kind] for kind in kinds if kind in of[whose]} for whose in PAST}

    def wrong_for(self, who: str) -> list[str]:
        """Ask as one person wherever it is her turn; returns what was not as the table says."""
        if who not in self.found:
            self.found[who] = [
                wrong
                for name, address in ADDRESSES.items()
                for method in address.answers
                if who in who_asks(address, method) or (name in LISTS and who in READERS)
                for wrong in self.ask(who, name, method)
            ]
        return self.found[who]

    def ask(self, who: str, name: str, method: str) -> list[str]:
        answer = ADDRESSES[name].answers[method][who]
        asked = self.house.ask(who, method, ADDRESSES[name].path(self.house.own))
        text = asked.body.decode(errors="replace")
        for whose, marks in self.marks.items():
            if any(mark in text for mark in marks):
                self.met[whose].add((who, name))
        said, wrong = f"{name} {method}: {asked.status} {asked.to}", []
        if not is_as_said(asked, answer):
            wrong.append(f"{said}, not {answer}")
        if (answer in ("none", "never") or who == STRANGER) and asked.wrote:
            wrong.append(f"{said} wrote {asked.wrote}")
        if name not in MAY_BE_KEPT and not is_kept_nowhere(asked):
            wrong.append(f"{said} may be kept or framed")
        if answer == "none" and words_of(asked) != self.nothing[who]:
            wrong.append(f"{said} is not what nothing answers")
        return wrong


@pytest.fixture(scope="module")
def crawl(house):
    return Crawl(house)


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_gets_the_answer_that_the_table_says(crawl, who):
    assert not crawl.wrong_for(who), "\n".join(crawl.wrong_for(who))


def test_no_page_of_anybody_else_tells_that_there_is_a_complaint_or_a_threat(crawl):
    for who in STAFF:
        crawl.wrong_for(who)
    for whose, too in PAST.items():
        assert {who for who, _ in crawl.met[whose]} == {whose.partition(" ")[0], *too}, crawl.met[whose]
        assert set(LISTS) & {name for _, name in crawl.met[whose]}, "control: the reader meets it on the list"


def test_no_door_and_no_class_of_people_is_left_out_where_not_everybody_asks():
    turns = dict.fromkeys(EVERYONE, 0)
    for name, address in ADDRESSES.items():
        for method, answers in address.answers.items():
            asking = set(who_asks(address, method, everybody=False, walls_alone=False))
            assert {class_of(one, answers[one]) for one in asking} == {
                class_of(one, answer) for one, answer in answers.items()
            }, name
            assert STRANGER in asking and asking & {"daler", "rustam", "malika"}, name
            if set(answers.values()) != {"never"} and answers["daler"] != "never":
                assert asking & {"daler"} and asking & {"rustam", "malika"}, name
            assert set(who_asks(address, method, everybody=True)) == set(EVERYONE)
            for who in asking:
                turns[who] += 1
    assert min(turns.values()) > 30, (
        f"control: everybody's turn comes, also of those of whom there are many: {turns}"
    )


def test_where_a_database_decides_alone_both_societies_ask_for_everything_that_it_is_asked_for():
    asked_for = 0
    for name, address in ADDRESSES.items():
        for method, answers in address.answers.items():
            asking = set(who_asks(address, method, everybody=False, walls_alone=True))
            decided = {one for one, answer in answers.items() if answer not in ("door", "never")}
            for society in ("north", "south"):
                of_it = {one for one in decided - {STRANGER} if class_of(one, "page")[0] == society}
                assert {answers[one] for one in of_it} == {answers[one] for one in of_it & asking}, name
            asked_for += len(asking)
            assert asking <= decided, name
    assert asked_for > 3_000, "control: the walls are asked about, everywhere"


@pytest.mark.parametrize("who", ["amina", "bakyt", "elena"])
def test_what_does_not_exist_answers_the_same_to_those_who_could_open_it(house, who):
    nothing = words_of(house.ask(who, "GET", "/nothing/here/"))
    for name, address in ADDRESSES.items():
        for method, answers in address.answers.items():
            could = [one for one in ("amina", "bakyt", "elena") if answers[one] not in ("never", "refused")]
            if not address.of_a_thing or address.open or who not in could:
                continue
            if who != one_of(could, address, method) and not EVERYBODY_ASKS:
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
        "join", "own", "knowledge", "certificate", "verify_public", "public:papers", "public:paper",
        "exchange:card-shown", "exchange:envelopes", "sign_in:stop-by-mail",
        "public:check", "public:check-card", "public:check-picture", "public:check-text",
        "public:first", "public:numbers", "public:places", "public:about",
        "public:talk",
        "public:write", "public:answer",
    }  # fmt: skip
