"""Whoever asks what is kept about her hears of every field: it is told, told when she asks for it, or withheld with a reason."""

from __future__ import annotations

import ast
import importlib
import itertools
from pathlib import Path

import pytest
from django.db.models import TextChoices
from django.forms import CharField
from django.utils import timezone, translation

from panah.ground.kit.forms import Form
from panah.ground.vault import actions as vault
from panah.ground.work.told_parts import MORE, SHEETS, HandedIn, HowTold, PlainRow, colleague
from panah.people.cases import actions as cases
from panah.people.cases import told as cases_told
from panah.people.cases.forms import (
    dates,
    detention,
    documents,
    episodes,
    identification,
    links,
    opening,
    plan,
    safety,
)
from panah.people.cases.words import CasePart, terms
from panah.people.complaints.queries.subject_access_report import UNDECLARED
from panah.people.consent.forms import AskForm
from panah.people.hotline import told as hotline_told
from panah.people.hotline.forms import CallForm, EmergencyForm
from panah.people.referrals import told as referrals_told
from panah.people.screening import told as screening_told
from panah.people.shelter import told as shelter_told
from panah.people.shelter.forms import stays as stay_forms
from panah.rooms import room_of
from tests.complaints.answers import read

SRC = Path(__file__).parents[2] / "src" / "panah"
# What a value looks like whose fields are named by its data: all of them are told.
BY_DATA = {
    cases_told.coded_answers: lambda mark: {"prs_Gender": {"answer": "yes", "values": [mark]}},
    screening_told.asked_questions: lambda mark: {"control.papers": mark},
    hotline_told.answered_on_line: lambda mark: {"back_hours": [[1, mark, "tab", "who", "when"]]},
    referrals_told.codes_sent: lambda mark: {"prs_Gender": [mark]},
}
NAMES = list(SHEETS.names())


class Filled:
    """A value in which every declared field holds something that is found again, and what must be said of it."""

    def __init__(self, staff, marks):
        self.staff, self.marks = staff, marks
        self.told, self.asked, self.withheld, self.reasons = [], [], [], set()

    def of(self, sheet):
        if sheet.whole is not None:
            mark = self.mark()
            self.leave_out(sheet.whole, mark)
            return {"anything": mark}
        if sheet.rows is not None:
            return self.by_data(sheet.rows)
        return self.fields(sheet.fields)

    def mark(self):
        return f"Marked{next(self.marks)}x"

    def by_data(self, rows):
        mark = self.mark()
        self.told.append(mark)
        return BY_DATA[rows](mark)

    def fields(self, fields):
        return {name: self.value(one) for name, one in fields.items()}

    def value(self, one):
        if one.rows is not None:
            return self.by_data(one.rows)
        if one.inside:
            return [self.fields(one.inside)]
        if one.telling == HowTold.TOLD and isinstance(one.words, type) and issubclass(one.words, TextChoices):
            choice = next(iter(one.words))
            self.told.append(str(choice.label))
            return choice.value
        if one.words is colleague:
            self.told.append(self.staff.name)
            return str(self.staff.pk)
        mark = self.mark()
        if one.telling == HowTold.TOLD:
            self.told.append(str(one.words(mark)) if callable(one.words) else mark)
        else:
            self.leave_out(one, mark)
        return mark

    def leave_out(self, one, mark):
        assert str(one.why), "What is not told says why."
        (self.asked if one.telling == HowTold.WHEN_ASKED else self.withheld).append(mark)
        self.reasons.add(str(one.why))


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz"
    )


def left_silent(filled, at_first, when_asked):
    """What is wrong in the answer: a field that is not told, or is, or is left out without its reason."""
    return [
        *(one for one in filled.told for text in (at_first, when_asked) if one not in text),
        *(f"not to be told: {one}" for one in filled.withheld if one in at_first + when_asked),
        *(f"told unasked: {one}" for one in filled.asked if one in at_first),
        *(f"not told when asked: {one}" for one in filled.asked if one not in when_asked),
        *(f"no reason: {why}" for why in filled.reasons if why not in at_first),
        *([UNDECLARED.why] if str(UNDECLARED.why) in at_first else []),
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_field_that_is_filled_is_told_or_left_out_with_its_reason(world, case, language):
    amina, marks, wrong = world.staff["amina"], itertools.count(100), {}
    amina.language = language
    amina.save(update_fields=["language"])
    client = world.client("amina")
    for name in NAMES:
        with translation.override(language):
            filled = Filled(amina, marks)
            given = HandedIn(name, [PlainRow(filled.of(SHEETS[name]), timezone.now())])
            with MORE.temporarily("the test", lambda asking, keys, given=given: [given]):
                found = left_silent(filled, read(client, case), read(client, case, more="on"))
        if found:
            wrong[name] = found
    assert wrong == {}


def test_what_lies_in_the_file_of_a_case_is_read_from_it(world, case):
    filled = Filled(world.staff["amina"], itertools.count(100))
    parts = {
        name.partition(":")[2]: filled.of(sheet)
        for name, sheet in SHEETS.items()
        if name.startswith("case:") and not sheet.handed_in
    }
    assert len(parts) > 20
    for part, value in parts.items():
        vault.write(keys=world.keys("amina"), file=case.file_id, part=part, value=value, at=timezone.now())
    client = world.client("amina")
    assert left_silent(filled, read(client, case), read(client, case, more="on")) == []


def test_a_field_that_nobody_declared_is_not_told_and_not_passed_over_in_silence(world, case):
    value = {"reach": "By day", "new_question": "Practice secret"}
    vault.write(
        keys=world.keys("amina"), file=case.file_id, part=CasePart.SAFETY, value=value, at=timezone.now()
    )
    text = read(world.client("amina"), case, more="on")
    assert "By day" in text and "Practice secret" not in text and str(UNDECLARED.why) in text


# -- nothing is written that nobody declared ----------------------------------------------------

# Files that are about no person who is helped, or about many; each with why nothing of it is read at her case.
IN_NO_FILE_OF_HERS = {
    "family_links": "somebody who seeks a relative asks: whether she hears is decided at her case",
    "complaints": "complaints have readers of their own, who tell",
    "diplomacy": "dialogues with authorities are about nobody's case",
    "safety": "threats against colleagues, interpreters",
    "volunteers": "about volunteers, who have a page of their own",
}
# Parts of files in which no one person's words lie, or whose name is made while it is written.
OF_NOBODY = {
    *(str(part) for part in cases_told.IN_OTHER_FILES),
    *(str(part) for part in shelter_told.OF_THE_HOUSE),
}
# What a programme was told is handed in; what an authority asks is decided about at her case.
IN_FILES_OF_THEIR_OWN = {
    ("referrals", "told"), ("referrals", "answer"),
    ("hotline", "asked"), ("hotline", "decision"), ("hotline", "answer"),
}  # fmt: skip
WRITES = {"write", "add"}


def written():
    """Every (room, part) that is written somewhere in the source, as far as its name stands there."""
    for path in sorted(SRC.rglob("*.py")):
        room = room_of(".".join(("panah", *path.relative_to(SRC).parts)))
        if room in ("vault", "practice") or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            named = {one.arg: one.value for one in node.keywords}
            if node.func.attr in WRITES and {"keys", "file", "part", "value"} <= named.keys():
                yield room, path, named["part"]


def name_of(path, part):
    """The name of a part, where it is a constant; None where it is put together or handed in."""
    module = importlib.import_module(".".join(("panah", *path.relative_to(SRC).with_suffix("").parts)))
    try:
        return str(eval(ast.unparse(part), vars(module).copy()))  # noqa: S307  our own source
    except NameError:
        return None


def test_every_part_that_a_room_writes_is_declared():
    declared = {name.partition(":")[2] for name in NAMES}
    found = {(room, name_of(path, part)) for room, path, part in written()}
    assert len(found) > 40, "The search has lost what it looks for."
    missing = {
        (room, part)
        for room, part in found
        if part and part not in declared | OF_NOBODY and room not in IN_NO_FILE_OF_HERS
    }
    assert missing <= IN_FILES_OF_THEIR_OWN
    assert set(IN_NO_FILE_OF_HERS) <= {room for room, _part in found}


def test_every_part_of_a_case_is_told_or_left_out_with_a_reason():
    declared = {name.partition(":")[2] for name in NAMES if name.startswith("case:")}
    assert set(map(str, CasePart)) <= declared | set(map(str, cases_told.IN_OTHER_FILES))


# -- every field of every form is declared -----------------------------------------------------

OF_NO_PAGE = {"seen", "version", "tab", "based_on"}
FORMS = {
    ("case", CasePart.EPISODE): [episodes.EpisodeForm],
    ("case", CasePart.NEED): [plan.NeedForm],
    ("case", CasePart.PLAN): [plan.PlanForm],
    ("case", CasePart.SERVICE): [plan.ServiceForm],
    ("case", CasePart.RISK): [safety.RiskForm],
    ("case", CasePart.SAFETY): [safety.SafetyForm],
    ("case", CasePart.MEANS): [dates.MeansForm],
    ("case", CasePart.CONFERENCE): [links.ConferenceForm],
    ("case", CasePart.DETENTION): [detention.HeldForm],
    ("case", CasePart.DOCUMENT): [documents.DescribeForm],
    ("case", CasePart.CHILD, "age"): [identification.AgeForm],
    ("case", CasePart.CHILD, "note"): [identification.NoteTonightForm],
    ("case", CasePart.CHILD, "assessment"): [identification.AssessmentForm],
    ("case", CasePart.CHILD, "determination"): [identification.DeterminationForm],
    ("case", CasePart.CHILD, "guardian"): [identification.GuardianForm],
    ("case", CasePart.DETENTION, "visits"): [detention.VisitForm],
    ("case", "consent"): [AskForm],
    ("stay", "sheet"): [stay_forms.AskForm],
    ("stay", "step"): [stay_forms.LeaveForm, stay_forms.MissForm],
}
# What a page asks under another name than that under which it is kept, and what it asks for the row alone.
KEPT_AS = {"whence": "from", "receiver_other": "receiver_name", "fields_agreed": "fields"}
OF_THE_ROW = {"from_day", "to_day"}


@pytest.mark.parametrize("place", FORMS, ids=lambda place: ".".join(map(str, place)))
def test_what_a_page_asks_is_declared(place):
    about, part, *more = place
    fields = SHEETS[f"{about}:{part}"].fields
    for name in more:
        fields = fields[name].inside
    for form in FORMS[place]:
        asked = {KEPT_AS.get(name, name) for name in form.base_fields} - OF_NO_PAGE - OF_THE_ROW
        assert asked - set(fields) == set()


def test_what_identifies_is_declared_line_by_line():
    fields = SHEETS["case:identity"].fields
    for row, parts in opening.ROWS.items():
        assert set(parts) <= set(fields[opening.KEPT_AS[row]].inside)
    assert set(terms.Area.values) == set(SHEETS["case:reintegration"].fields["areas"].inside)


def test_what_is_asked_on_a_call_is_told_as_it_was_asked(world):
    asked = {*CallForm.base_fields, *EmergencyForm.base_fields} - set(CallForm.aside) - {"called", "phone"}
    with translation.override("en"):
        said = {name: [[1, "yes", "tab", "who", "when"]] for name in asked}
        rows = [*hotline_told.answered_on_line(said), *hotline_told.written_on_line(said)]
        assert len(rows) == len(asked) and asked > hotline_told.BY_COLLEAGUES


def test_no_door_tells_where_the_house_is():
    assert not any(part in name for name in NAMES for part in (":way", ":incident"))


# -- what a colleague wrote is read before it is told ------------------------------------------------


# Days, numbers and names from a list, although some page has room for words under the same name.
FACTS = {"number", "until", "when", "currency", "people", "receiver_name", "by_whom"}
FACT = {
    "case:need by", "contact:given name", "case:call.given name", "case:asked_there whom", "case:asked_there phone_tail",
    "case:stay place", "stay:stay place", "case:step safety", "stay:step safety",
}  # fmt: skip
# Two people read it and decided that it is told.
DECIDED_BY_TWO = {"case:asked_after who", "case:asked_after what"}


def typed_names():
    """The name of every field of a page of people's rooms into which a colleague types in words of her own."""
    for path in sorted(SRC.glob("people/*/forms/*.py")) + sorted(SRC.glob("people/*/forms.py")):
        module = importlib.import_module(".".join(("panah", *path.relative_to(SRC).with_suffix("").parts)))
        for form in vars(module).values():
            if isinstance(form, type) and issubclass(form, Form):
                yield from (n for n, one in form.base_fields.items() if isinstance(one, CharField))


def leaves(fields):
    for name, one in fields.items():
        if one.inside:
            yield from ((f"{name}.{rest}", leaf) for rest, leaf in leaves(one.inside))
        else:
            yield name, one


def test_what_is_typed_in_words_is_told_unread_only_where_it_is_declared_as_the_persons_own():
    typed = {KEPT_AS.get(name, name) for name in typed_names()}
    assert len(typed) > 100
    unread = [
        f"{sheet} {name}"
        for sheet in NAMES
        for name, one in leaves(SHEETS[sheet].fields)
        if one.telling == HowTold.TOLD and one.words is None and not one.rows and not one.own
        if name.rpartition(".")[2] in typed - FACTS
    ]
    assert set(unread) == FACT | DECIDED_BY_TWO
