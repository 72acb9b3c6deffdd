"""A hundred made-up people who called a society in four evenings; seven of ten sleep in one of its houses.

Everything happens through the actions that pages use, in the order of the clock, with several colleagues at work at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from panah.ground.foundation import tenancy
from panah.ground.vault import actions as vault
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Line
from panah.people.shelter import actions as shelter
from panah.people.shelter import queries as shelter_queries
from panah.people.shelter.models import Place
from panah.people.shelter.queries.board import free_beds
from panah.programmes.volunteers import actions as volunteers
from tests.conftest import LINE_NORTH, World
from tests.guard.other_ways import CALL, OtherWays, way_of

PEOPLE, EVENINGS = 100, 4
HOLDERS = ("amina", "cholpon", "saule")
HOUSES = {"House 1": ["women", "mothers"], "House 2": ["men", "fathers"], "House 3": ["girls", "teen_boys"]}
SHEET = {"called": "Practice Person Tulip", "language": "uz", "needs": "", "said": "yes", "told": ["free"]}


@dataclass
class Person:
    """What was told of a person, and what the test knows besides."""

    number: int
    age: str
    who: str
    language: str
    branch: str
    evening: date
    holder: str
    called_at: datetime
    case: UUID | None = None
    stay: UUID | None = None


class Society:
    """The society while it works: what is to happen when, and what came of it."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random = world, random.Random(seed)  # noqa: S311  made-up people
        self.people: list[Person] = []
        self._to_do: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.line = Line.objects.create(
            pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Line 1",
            numbers=["0 000 000 00 01"], made_at=world.at, takes_chats=True, languages=["uz", "ru", "ky"],
        )  # fmt: skip
        self.others = OtherWays(world, self.line)
        self.places = [self._house(name, groups) for name, groups in HOUSES.items()]

    def _house(self, name: str, groups: list[str]) -> Place:
        place = shelter.make_place(
            keys=self.world.keys("gulnar"), at=self.world.at, runners=[self.world.staff["gulnar"]],
            typed={"name": name, "region": "XA-1", "kind": "house", "admits": groups, "languages": ["ru"]},
            way=dict.fromkeys(("address", "phone", "how", "rules", "late"), "x"),
        )  # fmt: skip
        for room in ("Room 1", "Room 2", "Room 3"):
            shelter.add_room(
                keys=self.world.keys("gulnar"), place=place, name=room, admits=[], at=self.world.at,
                beds=[chr(97 + n) for n in range(12)],
            )  # fmt: skip
        return place

    def at(self, when: datetime, what: Callable[[datetime], None]) -> None:
        self._to_do.append((when, len(self._to_do), what))

    def minutes(self, least: float, most: float) -> timedelta:
        return timedelta(minutes=self.random.uniform(least, most))

    def work(self) -> None:
        """Do everything in the order of the clock; what is done may put more on the list."""
        while self._to_do:
            self._to_do.sort(key=lambda one: one[:2])
            when, _turn, what = self._to_do.pop(0)
            what(when)

    def evenings(self) -> None:
        for number in range(PEOPLE):
            evening = self.world.at.replace(hour=12, minute=0) + timedelta(days=number % EVENINGS)
            called_at = evening + self.minutes(0, 300)
            age = self.random.choice(["adult", "adult", "child"])
            groups = {"adult": ["women", "mothers", "men"], "child": ["girls", "teen_boys"]}
            person = Person(
                number, age, self.random.choice(groups[age]), self.random.choice(["uz", "ru", "ky"]),
                self.random.choice(["arna", "besh"]), evening.date(), self.random.choice(HOLDERS), called_at,
            )  # fmt: skip
            self.people.append(person)
            if number < EVENINGS:
                for hour in range(15):
                    self.at(evening + timedelta(hours=hour), self._node_works)
            self.at(called_at, lambda at, person=person: self._calls(person, at))
        self.work()

    def _calls(self, person: Person, at: datetime) -> None:
        if way_of(person) != CALL:
            self.others.writes(person, at)
            self.at(at + self.minutes(4, 40), lambda at: self._opens(person, at))
            return
        elena = self.world.staff["elena"]
        keys = self.world.keys("elena")
        contact = hotline.begin_contact(keys=keys, line=self.line, channel="phone", by=elena, at=at)
        del contact
        self.at(at + self.minutes(4, 40), lambda at: self._opens(person, at))

    def _opens(self, person: Person, at: datetime) -> None:
        person.case = self._opened(person, at)
        if self.random.random() < 0.7:
            self.at(at + self.minutes(3, 60), lambda at: self._asks(person, at))
        for _more in range(self.random.randrange(3)):
            self.at(at + self.minutes(5, 90), lambda at: self._notes(person, at))
        if self.random.random() < 0.3:
            self.at(at + self.minutes(2, 20), lambda at: self._counted(person, at))
        self.at(at + self.minutes(600, 2000), lambda at: self._looks(person, at))

        if person.number % 10 == 3:
            self.at(at + self.minutes(5, 90), lambda at: self.others.is_spoken_of(person, at))
        if person.number % 10 == 4:
            self.at(at + self.minutes(5, 90), lambda at: self.others.volunteer(person.number, at))

    def _opened(self, person: Person, at: datetime) -> UUID:
        if way_of(person) != CALL:
            return self.others.becomes_case(person, at)
        staff = self.world.staff[person.holder]
        case = cases.open_case(
            keys=self.world.keys(person.holder), by=staff, at=at, language=person.language, age_group=person.age,
            branch=self.world.branches[person.branch], note="Practice words of a first evening",
            identity={"names": [{"text": f"Practice Person {person.number}", "kind": "called"}]},
        )  # fmt: skip
        return case.pk

    def case(self, person: Person) -> Any:
        return Case.objects.select_related("owner", "branch", "society").get(pk=person.case)

    def _notes(self, person: Person, at: datetime) -> None:
        keys = self.world.keys(person.holder)
        cases.add_note(keys=keys, case=self.case(person), text="Practice words", at=at)

    def _looks(self, person: Person, at: datetime) -> None:
        keys = self.world.keys(person.holder)
        cases.review_risk(keys=keys, case=self.case(person), level="high", why="x", at=at)

    def _counted(self, person: Person, at: datetime) -> None:
        keys, staff = self.world.keys(person.holder), self.world.staff[person.holder]
        subject = consent_subject(self.case(person).number, to=staff, keys=keys)
        answer = {
            "purpose": "statistics",
            "said": "yes",
            "receiver": "",
            "fields": [],
            "seven": {},
            "until": "",
        }
        consent.write_answer(keys=keys, subject=subject, answer=answer, at=at)

    def _asks(self, person: Person, at: datetime) -> None:
        place = next(one for one in self.places if person.who in one.admits)
        first = shelter_queries.tonight(at)
        stay = shelter.ask(
            keys=self.world.keys(person.holder), place=place, case=self.case(person), at=at, from_day=first,
            to_day=first + timedelta(days=self.random.randrange(9, 14)),
            sheet=SHEET | {"who": person.who, "age": person.age},
        )  # fmt: skip
        person.stay = stay.pk
        self.at(at + self.minutes(3, 40), lambda at: self._given(person, at))

    def look(self, person: Person) -> Any:
        gulnar = self.world.staff["gulnar"]
        return shelter_queries.stay_or_404(person.stay, to=gulnar, keys=self.world.keys("gulnar"))

    def _given(self, person: Person, at: datetime) -> None:
        opened = self.look(person)
        row = opened.row
        bed = free_beds(row.place, from_day=row.from_day, to_day=row.to_day, at=at, who=person.who)[0]
        shelter.give_bed(keys=self.world.keys("gulnar"), opened=opened, bed=bed, at=at)
        self.at(at + self.minutes(30, 200), lambda at: self._arrives(person, at))

    def _arrives(self, person: Person, at: datetime) -> None:
        shelter.arrive(keys=self.world.keys("gulnar"), opened=self.look(person), at=at)

    # ---- the last evening: what once moved a case and its stay together ------------------------

    def last_evening(self) -> None:
        """Eight cases with a bed go to another colleague, who opens them; four of others end, and three people are forgotten."""
        evening = self.world.at.replace(hour=12, minute=0) + timedelta(days=EVENINGS + 2)
        sheltered = self.random.sample([one for one in self.people if one.stay], 12)
        for person in sheltered[:4]:
            self.at(evening + self.minutes(0, 60), lambda at, person=person: self._leaves(person, at))
            self.at(evening + self.minutes(61, 240), lambda at, person=person: self._forgets(person, at))
        for person in sheltered[4:]:
            self.at(evening + self.minutes(0, 120), lambda at, person=person: self._hands_over(person, at))
        for number, person in enumerate(sheltered[4:8]):
            self.at(
                evening + self.minutes(0, 240), lambda at, person=person: self.others.is_spoken_of(person, at)
            )
            self.at(evening + self.minutes(0, 240), lambda at, n=200 + number: self.others.volunteer(n, at))
        for one, other in (sheltered[4:6], sheltered[6:8]):
            self.at(evening + self.minutes(125, 240), lambda at, a=one, b=other: self.others.links(a, b, at))
        self.at(evening + self.minutes(241, 260), lambda at: self.others.undoes(sheltered[6], at))
        self.at(
            evening + self.minutes(125, 240), lambda at: self.others.are_a_household(*sheltered[8:10], at)
        )
        alike = [one for one in sheltered if way_of(one) == CALL and one not in sheltered[:4]][-2:]
        self.at(evening + self.minutes(125, 240), lambda at: self.others.are_one(*alike, at))
        for hours in range(22, 30):
            self.at(evening + timedelta(hours=hours / 2), self.others.comes_in)
        for person in self.random.sample([one for one in self.people if not one.stay], 3):
            self.at(evening + self.minutes(0, 240), lambda at, person=person: self._forgets(person, at))
        for minutes in range(0, 15 * 60, 20):
            self.at(evening + timedelta(minutes=minutes), self._node_works)
        self.work()

    def _node_works(self, at: datetime) -> None:
        """What the node does by itself later."""
        with tenancy.tenant_context(self.world.societies["north"].pk):
            cases.move_files_along(at=at)
            shelter.forget_waiting(at=at)
            vault.write_journal_by_day(at=at)
            vault.shuffle_facts(at=at)
            vault.mix_rows(at=at)
            volunteers.end_lines_of_rung(at=at)

    def _leaves(self, person: Person, at: datetime) -> None:
        opened = self.look(person)
        shelter.leave(keys=self.world.keys("gulnar"), opened=opened, to="family", how="planned", at=at)

    def _hands_over(self, person: Person, at: datetime) -> None:
        to = self.random.choice([one for one in HOLDERS if one != person.holder])
        case, keys = self.case(person), self.world.keys(person.holder)
        cases.hand_over(keys=keys, case=case, to=self.world.staff[to], note="x", at=at)
        person.holder = to
        self.at(at + self.minutes(5, 120), lambda at: self._reads(person, at))

    def _reads(self, person: Person, at: datetime) -> None:
        self._notes(person, at)

    def _forgets(self, person: Person, at: datetime) -> None:
        vault.erase(keys=self.world.keys("bakyt"), file=self.case(person).file_id, at=at)


def keep_log(alias: str) -> None:
    """From here on the write-ahead log of a database keeps all that is written: the thief's best hour."""
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
