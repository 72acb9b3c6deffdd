"""Every step of every table (`panah.ground.kit.steps`), tried with the rows of two societies at work."""

import contextlib
import sys
from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from panah.ground.audit.models import Entry
from panah.ground.kit.steps import Step, StepTable
from panah.ground.work.models import DueItem
from panah.programmes.prevention import rules
from tests.conftest import CAST
from tests.guard.addresses import ADDRESSES
from tests.guard.forms import page_of
from tests.guard.house import House
from tests.guard.journey import filled_as_meant

# Their rooms are loaded with the addresses that stand above.
TABLES = [
    table
    for name, module in sorted(sys.modules.items())
    if name.startswith("panah.") and name.endswith(".steps")
    for table in vars(module).values()
    if isinstance(table, StepTable)
]
STEPS = {f"{table.app}:{step.name}": (table, step) for table in TABLES for step in table.steps}
FROM_A_STATE = [name for name, (table, step) in STEPS.items() if step.fits or table.fits]


def day(name, year):
    return {f"{name}_day": "20", f"{name}_month": "11", f"{name}_year": str(year)}


# What cannot be guessed from the form alone.
TYPED: dict[str, dict[str, str]] = {
    "cooperation:change_corridor": {"origin": "XA", "destination": "XB"},
    "cooperation:change_point": {"phone": "+99890000000", "line": "", "email": "office@example.org"},
    "cooperation:decide": day("due_on", 2099),
    "diplomacy:add_step": day("due_on", 2027),
    "diplomacy:carry_over": day("begins_on", 2031) | day("ends_on", 2033),
    "prevention:change": {"begins": "10:00"},
    "prevention:end_campaign": {"state": "called_off", "currency": "KGS"},
}
A_DAY = date(2026, 11, 20)
# What the tables of the database want to know of a row that has left its first state.
SIGNED = {
    "practice": {"published_by": "saule", "published_on": A_DAY, "reviewed_on": A_DAY, "reviewer": "south"},
    "commitment": {"signed_by": "saule", "signed_on": A_DAY},
    "policy": {"adopted_on": A_DAY, "decision": "Practice"},
    "session": {"counted_on": A_DAY},
    "dialogue": {"closed_on": A_DAY, "keep_until": date(2099, 1, 1)},
}
# How a row without states leaves the one that a step needs.
GONE_ON = {"point": {"ended": True}, "row": {"ended_on": A_DAY}, "told": {"verdict": "good"}}
# What the house's row lacks for a step: the sentence that whoever takes it reads.
NOT_YET = {"diplomacy:end": "Nobody has said yet how far it is."}
# Questions that are asked without a word in the journal.
QUIET = {"volunteers:ask_to_vet"}
# What a row needs beside its state.
NEEDS = {
    "volunteers:move_answer": lambda house: ("moving_to", house.world.branches["sora"]),
    "prevention:publish": lambda _house: ("stigma", dict.fromkeys(rules.STIGMA, "no")),
}


def path_of(house, name):
    return ADDRESSES[name].path(house.own)


def named(path):
    """What names the row in an address: the part before the step's own."""
    return path.rstrip("/").split("/")[-2]


def row_of(house, name, who):
    """The row of the house that the address is about, as a colleague sees it; None: she sees none."""
    table, _step = STEPS[name]
    with contextlib.suppress(Http404):
        return table.find(named(path_of(house, name)), to=house.world.staff[who])
    return None


def takers(house, name):
    """Who may take a step, with the row."""
    table, step = STEPS[name]
    rows = ((who, row_of(house, name, who)) for who in CAST)
    return [
        (who, row)
        for who, row in rows
        if row is not None and table.may_take(step, row, to=house.world.staff[who])
    ]


def ways(house, table, row):
    """The states of a row, each with what the database wants to know of a row in it."""
    if not hasattr(row, "state"):
        return [GONE_ON.get(table.row_name, {})]
    people = house.world.staff | house.world.societies
    signed = {name: people.get(value, value) for name, value in SIGNED.get(table.row_name, {}).items()}
    first, *others = [value for value, _label in row._meta.get_field("state").choices]
    empty = {name: "" if isinstance(value, str) else None for name, value in signed.items()}
    return [empty | {"state": first}, *(signed | {"state": one} for one in others)]


def stands(house, name, row, *, fits):
    """Bring a row into a state that the step fits, or does not; False where no state of it does."""
    table, step = STEPS[name]
    if fits and name in NEEDS:
        setattr(row, *NEEDS[name](house))
        row.save()
    if table.does_fit(step, row) == fits:
        return True
    for way in ways(house, table, row):
        for field, value in way.items():
            setattr(row, field, value)
        with contextlib.suppress(IntegrityError), transaction.atomic():
            row.save()
            if table.does_fit(step, row) == fits:
                return True
    return False


@dataclass
class Try:
    """A step that somebody may take who had no hand in the row, and its form as she fills it in."""

    house: House
    who: str
    table: StepTable
    step: Step
    row: Model
    path: str
    data: dict

    def send(self):
        return self.house.client(self.who).post(self.path, self.data)

    def journal(self):
        return Entry.objects.filter(who=self.house.world.staff[self.who].pk).count()


def tried(house, name):
    table, step = STEPS[name]
    path = path_of(house, name)
    for who, row in takers(house, name):
        if not stands(house, name, row, fits=True):
            continue
        if step.second and not step.second(row, house.world.staff[who]).may:
            continue
        one = Try(house, who, table, step, row, path, {})
        if step.form:
            shown = house.client(who).get(path)
            assert shown.status_code == 200, f"{who} is asked what {name} needs"
            form = next(each for each in page_of(shown, path).forms if each.action in ("", path))
            there = {
                each.name: each.value for each in form.fields.values() if each.is_text and each.value.strip()
            }
            one.data = filled_as_meant(house, form) | there | TYPED.get(name, {})
        return one
    raise AssertionError(f"nobody of the house can take {name}: give it a row that fits")


def test_tables_of_several_rooms_are_tried():
    assert len({table.app for table in TABLES}) >= 3 and len(STEPS) >= 40


@pytest.mark.parametrize("name", STEPS)
def test_a_step_does_something_and_the_journal_has_it(house, name):
    with house.undone():
        one = tried(house, name)
        before = one.journal()
        answer = one.send()
        assert answer.status_code == 302, f"{one.data} was refused: {page_of(answer).wrong}"
        if name in NOT_YET:
            assert NOT_YET[name] in house.browser.get(answer["Location"]).content.decode()
        else:
            assert one.journal() > before or name in QUIET


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_is_pressed_twice_is_taken_once_or_says_what_it_met(house, name):
    with house.undone():
        one = tried(house, name)
        makes = getattr(one.step.form, "makes", None)
        one.send()
        made = makes.objects.count() if makes else 0
        assert one.send().status_code in (302, 404, 422)
        assert not makes or makes.objects.count() == made, "what was sent twice is there once"


@pytest.mark.parametrize("name", FROM_A_STATE)
def test_a_step_that_does_not_fit_any_more_is_not_offered_and_changes_nothing(house, name):
    with house.undone():
        one = tried(house, name)
        staff = house.world.staff[one.who]
        assert stands(house, name, one.row, fits=False), "there is a state that it does not fit"
        assert one.path not in [each.href for each in one.table.offered(one.row, to=staff).values()]
        if one.step.form:
            assert house.client(one.who).get(one.path).status_code == 302, "she is shown how it stands now"
        before = one.journal()
        one.send()
        assert one.journal() == before, "whatever page was open"


def going_on(house, name, row):
    """What changes in a row that a colleague takes to a state which the step does not fit; it is not changed yet."""
    rows = type(row).objects.filter(pk=row.pk)
    before = rows.values().get()
    with transaction.atomic():
        assert stands(house, name, rows.get(), fits=False)
        after = rows.values().get()
        transaction.set_rollback(True)
    return {field: value for field, value in after.items() if value != before[field]}


@contextlib.contextmanager
def quicker(row, change):
    """A colleague whose press is written between the moment in which a request finds a row and its transaction.

    Yields what the request then reads of the row.
    """
    rows, table = type(row).objects.filter(pk=row.pk), row._meta.db_table
    read, came = [], []

    def listen(execute, sql, params, many, context):
        reads = sql.startswith("SELECT") and f'FROM "{table}"' in sql
        if sql.startswith("SAVEPOINT") and read and not came:
            # Said before it is written: what it reads and writes itself is no press of anybody else.
            came.append(row)
            rows.update(**change)
            read.clear()
        elif reads:
            read.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield read
    assert came, "the row is found, then a transaction begins"


@pytest.mark.parametrize("name", FROM_A_STATE)
def test_a_step_is_judged_again_by_the_row_that_it_holds(house, name):
    """Of two presses in the same second one is taken, the other says what it met."""
    with house.undone():
        one = tried(house, name)
        change = going_on(house, name, one.row)
        before, due = one.journal(), DueItem.objects.count()
        with quicker(one.row, change) as read:
            assert one.send().status_code in (302, 422)
        assert (one.journal(), DueItem.objects.count()) == (before, due)
        assert connection.vendor != "postgresql" or not one.step.held or "FOR UPDATE" in read[0]


@pytest.mark.parametrize("name", [name for name, (_table, step) in STEPS.items() if step.second])
def test_whoever_had_a_hand_in_a_row_signs_no_step_of_it(house, name):
    with house.undone():
        one = tried(house, name)
        hands = [
            who for who, row in takers(house, name) if not one.step.second(row, house.world.staff[who]).may
        ]
        assert hands, "somebody who may had a hand in it"
        for who in hands:
            mine = replace(one, who=who)
            offers = {
                each.href: each for each in one.table.offered(one.row, to=house.world.staff[who]).values()
            }
            assert offers[one.path].refusal, "she reads who can"
            before = mine.journal()
            mine.send()
            assert mine.journal() == before


@pytest.mark.parametrize("who", CAST)
def test_the_page_of_a_row_has_a_button_for_each_step_that_is_open_and_for_no_other(house, who):
    """A step that a page forgets is found by nobody; a button that leads to nothing is worse."""
    staff, wrong = house.world.staff[who], []
    for table in TABLES:
        names = [f"{table.app}:{step.name}" for step in table.steps]
        row = row_of(house, names[0], who)
        if row is None:
            continue
        asked = house.ask(who, "GET", table.page(row))
        if asked.status != 200:
            wrong.append((table.page(row), asked.status))
        page = page_of(asked.response)
        links = {has.get("href", "").partition("?")[0] for tag, has in page.tags if tag == "a"}
        there = links | {form.action for form in page.forms}
        own = {reverse(name, args=[getattr(row, table.named_by)]) for name in names}
        open_now = {one.href for one in table.offered(row, to=staff).values() if not one.refusal}
        if there & own != open_now:
            wrong.append((table.page(row), there & own ^ open_now))
    assert not wrong
