"""Forms: nothing typed is lost, nothing is remembered by the browser, four answers stay four."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.template import engines
from django.utils import timezone, translation

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import PartialDate
from panah.ground.kit.fields import clock_time
from panah.ground.kit.forms import (
    AnswerField,
    CheckboxChoices,
    ChoiceLabel,
    DateField,
    DateTimeField,
    Form,
    PartialDateField,
    RadioChoices,
    TimeField,
)
from panah.ground.kit.jinja import engine


class Arrival(Form):
    name = forms.CharField(label="Name")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    born = PartialDateField(label="Born", past=True, required=False)
    on = DateField(label="Day", required=False)
    meet = DateTimeField(label="Meeting", future=True, required=False)
    at = TimeField(label="Time", required=False)
    safe = AnswerField(label="Can the person speak?", safe=True)
    ring = forms.ChoiceField(
        label="Ring there?",
        choices=[("yes", "safe"), ("no", "not safe"), ("unknown", "not known")],
        initial="unknown",
        required=False,
    )
    how = forms.ChoiceField(
        label="How",
        choices=[("air", ChoiceLabel("By air", "Alarm after landing")), ("road", "By road")],
        widget=RadioChoices(keys="ab"),
    )
    needs = forms.MultipleChoiceField(
        label="Needs", choices=[("bed", "Bed")], widget=CheckboxChoices, required=False
    )
    sure = forms.BooleanField(label="Read aloud", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(form, name):
    return engine().from_string("{{ field(form[name]) }}").render({"form": form, "name": name})


def summary(form):
    return engine().from_string("{{ errors(form) }}").render({"form": form})


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"), timezone.override(UTC):
        yield


def test_nothing_is_wrong_with_a_form_that_nobody_has_sent():
    assert not Arrival().summary
    assert "errors" not in summary(Arrival())


def test_the_browser_remembers_no_name_and_sends_no_word_to_a_spelling_service():
    for name in ("name", "note"):
        assert 'autocomplete="off"' in drawn(Arrival(), name)
        assert 'spellcheck="false"' in drawn(Arrival(), name)


def test_an_error_is_said_on_top_and_at_the_field_in_the_same_words():
    form = Arrival({"name": "", "how": "air"})
    assert not form.is_valid()
    assert '<a href="#id_name">“Name” needs an answer.</a>' in summary(form)
    field = drawn(form, "name")
    assert '<span class="why" id="id_name_error">“Name” needs an answer.</span>' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_name_error"' in field


def test_a_sentence_that_has_to_be_ticked_is_not_called_a_question():
    class Costs(Form):
        read = forms.BooleanField(label="I have read what it costs")

    form = Costs({})
    assert not form.is_valid()
    assert "“I have read what it costs”: tick this to go on." in summary(form)
    assert "needs an answer" not in summary(form)


def test_the_summary_says_how_many_and_follows_the_order_of_the_fields():
    form = Arrival({"name": "", "born_day": "31", "born_month": "2", "born_year": "2020"})
    assert form.summary.title == "3 answers need another look"
    assert [one.href for one in form.summary] == ["#id_name", "#id_born_day", "#id_how_0"]


def test_the_summary_says_of_which_field_a_sentence_is_about():
    form = Arrival({"name": "Ann", "at": "late", "how": "road"})
    said = "Write the time as hours and minutes, for example 14:30."
    assert f'<a href="#id_at">“Time”. {said}</a>' in summary(form)
    assert f">{said}</span>" in drawn(form, "at")


class Office(Form):
    website = forms.URLField(label="Website", required=False)
    mail = forms.EmailField(label="E-mail", required=False)


def test_an_address_that_is_none_is_said_of_its_field_with_an_example():
    said = [one.line for one in Office({"website": "our page", "mail": "our office"}).summary]
    assert said == [
        "“Website”: write the whole address, for example https://example.org.",
        "“E-mail”: write the whole address, for example office@example.org.",
    ]


def test_russian_counts_errors_in_three_forms():
    with translation.override("ru"):
        form = Arrival({})
        assert form.summary.title == "Проверьте 2 ответа"


class Counted(Form):
    code = forms.CharField(label="Code, 100%", max_length=4)
    number = forms.IntegerField(label="People", min_value=1, max_value=30)


def test_too_long_too_many_and_too_few_are_said_of_the_field_in_our_own_words():
    said = [one.text for one in Counted({"code": "ABCDE", "number": "31"}).summary]
    assert said == [
        "“Code, 100%” has room for 4 characters; 5 were typed. Shorten it: it is all still here.",
        "“People” is 30 or less.",
    ]
    with translation.override("ru"):
        said = [one.text for one in Counted({"code": "ABCDE", "number": "0"}).summary]
        assert said == [
            "«Code, 100%»: помещается знаков: 4, введено: 5. Сократите текст: всё введённое ещё здесь.",
            "«People»: 1 или больше.",
        ]


def test_what_was_typed_comes_back_with_an_error():
    form = Arrival(
        {
            "name": "",
            "born_day": "31",
            "born_month": "2",
            "born_year": "2020",
            "how": "road",
            "safe": "unknown",
        }
    )
    form.is_valid()
    assert 'value="31"' in drawn(form, "born")
    assert 'value="road" id="id_how_1"' in drawn(form, "how").replace(' aria-invalid="true"', "")
    assert 'value="unknown" data-key="u" checked' in drawn(form, "safe")


def test_an_answer_that_nobody_gave_is_not_asked():
    form = Arrival({"name": "A", "how": "air"})
    assert form.is_valid()
    assert form.cleaned_data["safe"] == "none"
    assert 'value="none" data-key="0" checked' in drawn(Arrival(), "safe")


def test_an_answer_out_of_the_four_is_an_error():
    form = Arrival({"name": "A", "how": "air", "safe": "perhaps"})
    assert "safe" in form.errors
    assert 'class="ask wrong"' in drawn(form, "safe")


@pytest.mark.parametrize("sent", [{"ring": "forged"}, {"ring": ""}, {}])
@pytest.mark.parametrize("kept", ["no", "unknown"])
def test_an_answer_that_was_lost_or_forged_comes_back_as_it_was_kept_never_as_the_first_of_the_list(
    sent, kept
):
    form = Arrival({"how": "air", **sent}, initial={"ring": kept})
    assert not form.is_valid()
    page = drawn(form, "ring")
    assert f'value="{kept}" selected' in page
    assert page.count(" selected") == 1


def test_four_answers_out_of_the_four_come_back_as_they_were_kept():
    form = Arrival({"name": "A", "how": "air", "safe": "perhaps"}, initial={"safe": "no"})
    assert 'value="no" data-key="n" checked' in drawn(form, "safe")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"year": "1998"}, PartialDate(1998)),
        ({"year": "1998", "month": "3"}, PartialDate(1998, 3)),
        ({"year": "1998", "month": "03", "day": "07"}, PartialDate(1998, 3, 7)),
        ({}, None),
    ],
)
def test_a_date_is_taken_as_far_as_it_is_known(typed, kept):
    form = Arrival({"name": "A", "how": "air", **{f"born_{part}": text for part, text in typed.items()}})
    assert form.is_valid()
    assert form.cleaned_data["born"] == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"year": "98"}, "“Born”: write the year with four digits."),
        ({"day": "7", "month": "3"}, "“Born”: write the year with four digits."),
        ({"year": "1998", "day": "7"}, "“Born”: a day needs its month too."),
        ({"year": "1998", "month": "2", "day": "30"}, "“Born”: there is no such day."),
        ({"year": "nine"}, "“Born”: write the date in numbers."),
        ({"year": "٢٠٢٠"}, "“Born”: write the date in numbers."),
        ({"year": "2999"}, "“Born” must not lie in the future."),
    ],
)
def test_a_wrong_date_says_what_is_wrong(typed, why):
    form = Arrival({"name": "A", "how": "air", **{f"born_{part}": text for part, text in typed.items()}})
    assert form.errors["born"] == [why]


def test_a_whole_day_needs_all_three():
    assert Arrival({"on_year": "2026"}).errors["on"] == ["Write the day, the month and the year."]
    form = Arrival({"name": "A", "how": "air", "on_day": "24", "on_month": "11", "on_year": "2026"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 11, 24)


def test_a_meeting_is_read_in_the_hour_of_the_society():
    sent = {
        "name": "A",
        "how": "air",
        "meet_day": "24",
        "meet_month": "11",
        "meet_year": "2099",
        "meet_time": "930",
    }
    with timezone.override("Asia/Almaty"):
        form = Arrival(sent)
        assert form.is_valid()
    assert form.cleaned_data["meet"] == datetime(2099, 11, 24, 4, 30, tzinfo=UTC)
    assert Arrival({**sent, "meet_time": "later"}).errors["meet"] == [
        "Write the time as hours and minutes, for example 14:30."
    ]
    assert Arrival({**sent, "meet_year": "2001"}).errors["meet"] == ["“Meeting” must not lie in the past."]
    assert Arrival({"meet_time": "9:30"}).errors["meet"] == ["Write the day, the month and the year."]


def test_a_known_time_stands_in_its_inputs():
    with timezone.override("Asia/Almaty"):
        form = Arrival(
            initial={"meet": datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "born": "1998-03", "at": time(9, 5)}
        )
        assert 'name="meet_time" value="14:00"' in drawn(form, "meet")
        assert 'name="born_month" value="3"' in drawn(form, "born")
        assert 'value="09:05"' in drawn(form, "at")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("24:00", None),
        ("soon", None),
        ("", None),
        ("٩", None),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed, meant):
    assert clock_time(typed) == meant


def test_choices_can_be_chosen_by_letter_and_explain_themselves():
    field = drawn(Arrival(), "how")
    assert 'data-key="a"' in field
    assert "<small>Alarm after landing</small>" in field
    assert "data-keys" in field
    assert 'type="checkbox"' in drawn(Arrival(), "needs")


def test_a_refusal_stands_on_top_and_the_form_keeps_everything():
    form = Arrival({"name": "Tulip", "how": "air"})
    assert form.is_valid()
    form.refuse(
        Refusal("This person still has a bed.", next_step="End the shelter stay first.", code="still")
    )
    assert "<b>This person still has a bed.</b> End the shelter stay first." in summary(form)
    assert form.summary.title == "1 answer needs another look"
    assert 'value="Tulip"' in drawn(form, "name")


def test_what_someone_typed_cannot_become_a_part_of_the_page():
    form = Arrival({"name": '"><script>x</script>', "how": "<b>"})
    form.is_valid()
    assert "<script>" not in drawn(form, "name")
    assert "<b>" not in summary(form)


def test_a_hidden_answer_that_was_changed_sends_her_back_to_the_page_and_names_no_field():
    form = Arrival({"name": "A", "how": "air", "version": "x"})
    form.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
    assert not form.is_valid()
    assert [(one.text, one.href) for one in form.summary] == [
        ("What this page sends along by itself was changed. Open the page again.", "")
    ]


def test_a_hidden_field_has_no_label():
    assert drawn(Arrival(), "secret").strip() == '<input type="hidden" name="secret" id="id_secret">'


def test_a_form_drawn_whole_has_every_field_once():
    html = str(Arrival())
    for name in Arrival.base_fields:
        assert (
            html.count(f'id="id_{name}"')
            + html.count(f'id="id_{name}_day"')
            + html.count(f'id="id_{name}_0"')
            >= 1
        )
    assert engines["panah"] is engine()


class OneWord(Form):
    word = forms.CharField(label="Word")


def test_a_form_that_was_sent_well_is_worked_off_once_and_keeps_what_came_of_it():
    form = OneWord({"word": "tulip"})
    assert form.submit(lambda *, word, number: word * number, number=2)
    assert form.result == "tuliptulip"


@pytest.mark.parametrize("sent", [None, {}, {"word": " "}])
def test_a_form_that_was_not_sent_or_lacks_something_does_nothing(sent):
    done = []
    assert not OneWord(sent).submit(lambda *, word: done.append(word))
    assert done == []


def test_what_is_refused_stands_on_top_of_the_form_with_everything_that_was_typed():
    def refuse(*, word):
        raise Refusal("This person still has a bed.", next_step="End the stay first.", code="still-sheltered")

    form = OneWord({"word": "tulip"})
    assert not form.submit(refuse)
    assert [line.text for line in form.summary] == ["This person still has a bed."]
    assert form["word"].value() == "tulip"
