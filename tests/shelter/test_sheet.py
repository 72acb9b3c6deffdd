"""A field of the stay is declared once: it is asked, shown, printed and told without another line."""

import pytest
from django.urls import reverse

from panah.ground.kit.forms import one_line
from panah.ground.work.sheets import fields_of, sheet_field
from panah.ground.work.told_parts import when_asked
from panah.people.shelter.forms import AnswerForm, AskForm, SheetForm
from panah.people.shelter.models import Stay
from panah.people.shelter.told import SHEETS
from panah.people.shelter.words import StayPart
from tests.complaints.answers import ask
from tests.shelter.conftest import a_case, typed

TOLD = SHEETS[StayPart.SHEET].fields
DOORS = ("aloud", "paper")


@pytest.fixture
def two_more(monkeypatch):
    """What a line more in each form does when the program is loaded: the form that inherits it and the answer have it."""
    for form, name, field in (
        (SheetForm, "quiet", sheet_field(when_asked("How you sleep"), one_line("Sleeps by"))),
        (AnswerForm, "asked_at", sheet_field(when_asked("When you were asked"), one_line("Asked at"))),
    ):
        for one in (form, AskForm):
            monkeypatch.setitem(one.base_fields, name, field)
        monkeypatch.setitem(TOLD, name, fields_of(AskForm)[name])


def test_a_new_field_of_the_stay_is_asked_shown_changed_told_and_printed(world, house, two_more):
    case, amina, gulnar = a_case(world), world.client("amina"), world.client("gulnar")
    door = reverse("shelter:ask", args=[case.number, house.pk])
    form = amina.get(door).text
    assert "Sleeps by" in form and "Asked at" in form
    amina.post(door, typed(quiet="Practice lamp", asked_at="Practice noon"))
    stay = Stay.objects.get()
    page = gulnar.get(reverse("shelter:stay", args=[stay.pk])).text
    for text in ("Sleeps by", "Practice lamp", "Asked at", "Practice noon"):
        assert text in page
    change = gulnar.post(reverse("shelter:sheet", args=[stay.pk])).text
    assert "Practice lamp" in change and "Asked at" not in change, "the answer was given once"
    kept = reverse("complaints:kept_of_stay", args=[stay.pk])
    for how in DOORS:
        unasked, asked = ask(gulnar, kept, how=how), ask(gulnar, kept, how=how, more="on")
        assert "How you sleep" in unasked and "Practice lamp" not in unasked
        assert "Practice lamp" in asked and "Practice noon" in asked


def test_a_field_without_a_decision_about_the_answer_to_the_person_is_refused():
    with pytest.raises(TypeError, match="told"):
        sheet_field(asked=one_line("Sleeps by"))
    nights = {"from_day", "to_day", "version"}
    assert set(AskForm.base_fields) - nights == set(fields_of(AskForm)), "and none is asked past the sheet"
    assert set(fields_of(AskForm)) < set(TOLD), "and each is in the answer"
