"""Whatever is typed gets a clear sentence and breaks nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.network.forms import CheckForm, RuleForm
from panah.ground.network.queries import rule_text
from panah.ground.network.words import RuleKey, RuleKind

FIELDS = [
    "number",
    "number_any",
    "number_police",
    "decides",
    "duty",
    "doubt",
    "within_hours",
    "to_en",
    "text_en",
    "text_ru",
    "source",
    "checked_by",
    "valid_from_day",
    "valid_from_month",
    "valid_from_year",
    "checked_on_day",
    "checked_on_month",
    "checked_on_year",
]
typed = st.dictionaries(
    st.sampled_from(FIELDS),
    st.text(max_size=40) | st.sampled_from(["0", "31", "2", "2026", "-5", "1e9", "\x00"]),
)


@given(key=st.sampled_from(list(RuleKey)), data=typed)
def test_any_rule_form_answers_with_a_value_or_with_sentences(key, data):
    form = RuleForm(data, key=key, now=None)
    if form.is_valid():
        rule_text.said(form.kind, form.value())
    else:
        assert all(str(line.text).endswith(".") for line in form.summary)


CHECKED = {
    "checked_by": "A lawyer",
    "checked_on_day": "15",
    "checked_on_month": "1",
    "checked_on_year": "2026",
}


@given(st.sets(st.sampled_from(sorted(CHECKED))), typed)
def test_a_check_is_whole_or_says_what_is_missing(left_out, data):
    form = CheckForm({name: text for name, text in CHECKED.items() if name not in left_out})
    lacks = {"checked_by" if name == "checked_by" else "checked_on" for name in left_out}
    assert set(form.errors) == lacks
    if not lacks:
        assert form.cleaned_data["checked_by"] == "A lawyer"
        assert form.cleaned_data["checked_on"] == date(2026, 1, 15)
    assert all(str(line.text).endswith(".") for line in CheckForm(data).summary)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (RuleKind.MONTHS, 18, "18 months"),
        (RuleKind.MONTHS, 12, "1 year"),
        (RuleKind.DAYS, 1, "1 day"),
        (RuleKind.AGE, None, "not known yet"),
        (RuleKind.TEXT, None, ""),
        (RuleKind.DUTY, {"duty": "no"}, "there is no duty"),
    ],
)
def test_a_value_is_said_as_people_say_it(kind, value, said):
    assert rule_text.said(kind, value) == said


def test_elena_looks_a_society_up_on_the_page(elenas):
    assert "Red Crescent Society of Uzbekistan" in elenas.get("/network/societies/").text
    found = elenas.get("/network/societies/?q=DTJ001").text
    assert "Tajikistan" in found
    assert "Uzbekistan" not in found
    assert "No society fits" in elenas.get("/network/societies/?q=Atlantis").text
