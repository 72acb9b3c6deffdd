"""A figure from the page where it is entered to the sentence that may be said: entered, replaced, withdrawn, cleared."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from panah.ground.foundation.errors import Refusal
from panah.ground.work.models import DueItem
from panah.programmes.figures import actions as figures
from panah.programmes.figures import queries as figures_queries
from panah.programmes.figures.models import Figure, PublicSentence

ASKED = {
    "quote": "In 2025 the office identified fewer than five people.",
    "as_printed": "<5",
    "kind": "number",
    "measure": "identified",
    "unit": "person",
    "country": "XA",
    "data_year": "2025",
}


def at(name, *parts):
    return reverse(f"figures:{name}", args=parts)


@pytest.fixture
def invented(settings):
    """Countries of practice are offered only there."""
    settings.PANAH_PRACTICE = True


def test_nurlan_enters_a_small_number_and_the_page_says_the_range_and_the_words(world, source, invented):
    nurlan = world.client("nurlan")
    answer = nurlan.post(at("enter"), {**ASKED, "source": source.number})
    row = Figure.objects.get()
    assert answer.url == at("figure", row.number)
    # This office shows its noughts: fewer than five are one to four.
    assert (row.low, row.high, row.flags) == (1, 4, ["censored"])
    page = world.client("elena").get(answer.url).text
    assert "1 to 4" in page and "fewer than five people" in page and row.number in page
    assert "hidden as a small number" in page and "Practice Office" in page


def test_what_cannot_be_read_as_a_number_is_said_and_nothing_typed_is_lost(world, source, invented):
    typed = {**ASKED, "source": source.number, "as_printed": "200.000", "who": "volunteers in all branches"}
    answer = world.client("nurlan").post(at("enter"), typed)
    assert answer.status_code == 422 and "may divide thousands" in answer.text
    assert "volunteers in all branches" in answer.text and not Figure.objects.exists()
    by_hand = {**typed, "low": "200000"}
    assert world.client("nurlan").post(at("enter"), by_hand).status_code == 302
    assert (Figure.objects.get().low, Figure.objects.get().high) == (200000, 200000)


def test_a_form_sent_twice_enters_one_figure(world, source, invented):
    nurlan = world.client("nurlan")
    once = {**ASKED, "source": source.number, "once": "00000000-0000-4000-8000-00000000c0de"}
    first, second = (nurlan.post(at("enter"), once) for _twice in range(2))
    assert first.url == second.url and Figure.objects.count() == 1


def test_whoever_does_not_keep_the_register_reads_it_and_enters_nothing(world, entered):
    row = entered()
    amina = world.client("amina")
    assert amina.get(at("figure", row.number)).status_code == 200
    assert at("correct", row.number) not in amina.get(at("figure", row.number)).text
    for name in ("correct", "withdraw", "break", "tension", "rate"):
        assert amina.post(at(name, row.number), {"reason": "x"}).status_code == 404
    with pytest.raises(Refusal) as refused:
        figures.withdraw(figure=row, reason="x", by=world.staff["amina"], at=world.at)
    assert refused.value.status == 403


def test_another_society_has_a_register_of_its_own(world, entered):
    row = entered()
    daler = world.client("daler")
    assert daler.get(at("figure", row.number)).status_code == 404
    assert row.number not in daler.get(at("list")).text
    assert row.number not in daler.get(at("table")).text


def test_a_correction_is_a_figure_of_its_own_and_both_pages_tell_the_whole_history(world, entered, invented):
    row = entered(120)
    nurlan = world.client("nurlan")
    form = nurlan.get(at("correct", row.number)).text
    assert 'value="120"' in form
    typed = {**ASKED, "as_printed": "132", "quote": "so", "reason": "The yearbook was printed anew."}
    answer = nurlan.post(at("correct", row.number), typed)
    newer = Figure.objects.get(supersedes=row)
    assert answer.url == at("figure", newer.number)
    row.refresh_from_db()
    assert (row.state, row.low, newer.low) == ("superseded", 120, 132)
    old, new = (nurlan.get(at("figure", one.number)).text for one in (row, newer))
    assert "The yearbook was printed anew." in old and newer.number in old
    assert "History" in new and row.number in new
    assert nurlan.get(at("correct", row.number)).status_code == 404, "what was replaced is not replaced again"
    listed = nurlan.get(at("list")).text
    assert newer.number in listed and row.number not in listed
    assert row.number in nurlan.get(at("list"), {"state": "superseded"}).text


def test_two_who_replace_the_same_figure_make_one_successor(world, entered):
    row, by = entered(120), world.staff["nurlan"]
    claim = figures.Claim(measure="identified", as_printed="1", low=row.low, high=row.high, quote="so")
    figures.correct(figure=row, claim=claim, reason="first", by=by, at=world.at)
    with pytest.raises(Refusal) as refused:
        figures.correct(figure=row, claim=claim, reason="second", by=by, at=world.at)
    assert refused.value.code == "stands-no-more" and Figure.objects.filter(supersedes=row).count() == 1


@pytest.mark.parametrize(
    ("what", "word"), [("withdrawn", "Withdrawn by its publisher"), ("mistaken", "Entered here by mistake")]
)
def test_a_publisher_that_takes_back_and_our_own_mistake_are_told_apart(world, entered, what, word):
    row = entered()
    nurlan = world.client("nurlan")
    assert nurlan.post(at("withdraw", row.number), {"what": what, "reason": ""}).status_code == 422
    nurlan.post(at("withdraw", row.number), {"what": what, "reason": "A letter of the office."})
    page = nurlan.get(at("figure", row.number)).text
    assert word in page and "A letter of the office." in page and "120" in page


def test_a_break_is_marked_and_the_number_stays(world, entered):
    row = entered()
    world.client("nurlan").post(at("break", row.number), {"reason": "A new law counts children apart."})
    page = world.client("amina").get(at("figure", row.number)).text
    assert "A new law counts children apart." in page and "120" in page
    row.refresh_from_db()
    assert row.state == "stands"


def test_where_a_series_breaks_it_breaks_for_the_number_that_replaces_it_too(world, entered):
    row, by = entered(120), world.staff["nurlan"]
    figures.mark_break(figure=row, reason="A new law", by=by, at=world.at)
    row.refresh_from_db()
    claim = figures.Claim(measure="identified", as_printed="1", low=row.low, high=row.high, quote="so")
    newer = figures.correct(figure=row, claim=claim, reason="printed anew", by=by, at=world.at)
    newer.refresh_from_db()
    assert newer.break_reason == "A new law" and newer.break_by == by


def test_nothing_in_the_database_lets_a_figure_say_nonsense(world, entered):
    row = entered()
    for wrong in ({"low": 5, "high": 4}, {"state": "withdrawn"}, {"kind": "rate"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Figure.objects.filter(pk=row.pk).update(**wrong)


def test_of_its_own_work_a_society_writes_no_small_number_and_says_out_of_how_many(world):
    by = world.staff["nurlan"]
    own = figures.add_source(publisher="x", title="x", kind="own", by=by, at=world.at)
    claim = {"measure": "screened", "as_printed": "3", "place": "row 4"}

    def refused(**said):
        with pytest.raises(Refusal) as error:
            figures.enter(claim=figures.Claim(**{**claim, **said}), source=own, by=by, at=world.at)
        return error.value.code

    assert refused(low=3, high=3) == "of-how-many"
    assert refused(low=3, high=3, denominator_text="of 40 who came") == "small-and-own"
    hidden = figures.Claim(**claim, low=0, high=4, denominator_text="of 40 who came")
    assert figures.enter(claim=hidden, source=own, by=by, at=world.at).number


def test_the_csv_has_the_rows_of_the_list_and_no_formula(world, entered):
    row = entered(120, publisher='=HYPERLINK("http://example.org")', who="+1")
    entered(7, data_year=2019)
    nurlan = world.client("nurlan")
    asked = {"from": "2020", "country": "XA"}
    text = nurlan.get(at("table"), asked).content.decode("utf-8-sig")
    [line] = list(csv.DictReader(io.StringIO(text)))
    assert line["number"] == row.number in nurlan.get(at("list"), asked).text
    assert (line["low"], line["publisher"][:2], line["who"]) == ("120.0000", "'=", "'+1")


def test_several_societies_together_are_never_shown_without_the_warning(world, entered):
    row = entered(measure="assisted", joint=True)
    amina = world.client("amina")
    assert "Not deduplicated across societies" in amina.get(at("figure", row.number)).text
    assert "not deduplicated" in amina.get(at("list")).text
    assert "Not deduplicated across societies" in amina.get(at("table")).text
    assert "Not deduplicated" in amina.get(at("figure", row.number)).text.split("To cite")[1]
    asked = {"country": "XA", "measure": "assisted"}
    assert "not deduplicated" in amina.get(at("beside"), asked).text
    assert "Not deduplicated" in amina.get(at("chart", "XA", "assisted")).text
    assert "Not deduplicated" in amina.get(at("chart_csv", "XA", "assisted")).text
    entered(measure="assisted", joint=True, origin="XA", destination="XB")
    assert "Not deduplicated" in amina.get(at("corridors")).text
    by = world.staff["bakyt"]
    one = figures.write_sentence(country="XA", figure=row, by=by, at=world.at, **SAID)
    figures.decide_on_sentence(sentence=one, state="cleared", by=world.staff["saule"], at=world.at)
    for who in ("elena", "daler"):
        assert "not deduplicated" in world.client(who).get(at("sentences_sheet", "xa")).text


def test_a_file_is_kept_byte_by_byte_and_saved_under_a_name_that_tells_nothing(world, source):
    from django.core.files.base import ContentFile

    by, body = world.staff["nurlan"], bytes(range(256)) * 5000
    file = ContentFile(body, name="secret plan.csv")
    row = figures.keep_file(source=source, file=file, media_type="text/csv", by=by, at=world.at)
    again = figures.keep_file(source=source, file=file, media_type="text/csv", by=by, at=world.at)
    assert again.pk == row.pk and row.pieces.count() == 2
    answer = world.client("amina").get(at("file", row.pk))
    assert answer.content == body
    assert (
        "secret" not in answer["Content-Disposition"] and answer["Content-Type"] == "application/octet-stream"
    )
    assert row.sha256 in world.client("amina").get(at("source", source.number)).text


# ---- what may be said -------------------------------------------------------------------------

SAID = {
    "value": "120 people",
    "sentence_en": "The office found 120 people in 2025; nobody knows how many there are.",
    "sentence_ru": "В 2025 году ведомство выявило 120 человек; сколько их всего, никто не знает.",
    "source_said": "Practice Office, yearbook",
    "not_en": "Do not say that there are 120.",
    "not_ru": "Не говорите, что их 120.",
}


def test_a_sentence_is_said_once_a_second_person_has_cleared_it(world, entered):
    row = entered()
    bakyt, saule = world.client("bakyt"), world.client("saule")
    answer = bakyt.post(at("write_sentence", "xa"), {**SAID, "figure": row.number})
    one = PublicSentence.objects.get()
    assert answer.url == at("sentence", one.pk) and one.figure == row
    assert DueItem.objects.filter(subject=one.pk).exists()
    page = bakyt.get(at("sentences", "xa")).text
    assert "Not to be said yet" in page and "120 people" not in bakyt.get(at("sentences_sheet", "xa")).text
    assert bakyt.post(at("sentence", one.pk), {"state": "cleared"}).status_code == 404, (
        "nobody clears her own"
    )
    assert saule.post(at("sentence", one.pk), {"state": "refused"}).status_code == 422, "without a reason"
    saule.post(at("sentence", one.pk), {"state": "cleared"})
    sheet = world.client("elena").get(at("sentences_sheet", "xa")).text
    for part in SAID.values():
        assert part in sheet
    # The south reads what the north has cleared, and nothing else of it.
    assert SAID["sentence_en"] in world.client("daler").get(at("sentences", "xa")).text
    assert world.client("daler").get(at("sentence", one.pk)).status_code == 404
    assert world.client("daler").get(at("figure", row.number)).status_code == 404


def test_whoever_wrote_it_clears_it_by_no_way(world, entered):
    bakyt = world.staff["bakyt"]
    one = figures.write_sentence(country="XA", figure=entered(), by=bakyt, at=world.at, **SAID)
    with pytest.raises(Refusal) as refused:
        figures.decide_on_sentence(sentence=one, state="cleared", by=bakyt, at=world.at)
    assert refused.value.code == "second-person"
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicSentence.objects.filter(pk=one.pk).update(
            state="cleared", decided_by=bakyt, decided_on=world.at.date()
        )


def test_another_country_is_its_own_societys_to_say(world, entered):
    assert world.client("bakyt").get(at("write_sentence", "xb")).status_code == 404
    with pytest.raises(Refusal) as refused:
        figures.write_sentence(country="XB", figure=None, by=world.staff["bakyt"], at=world.at, **SAID)
    assert refused.value.code == "another-society"
    assert world.client("bakyt").get(at("sentences", "nowhere")).status_code == 404


def test_a_sentence_whose_figure_was_replaced_is_not_said_any_more(world, entered):
    row, by = entered(), world.staff["nurlan"]
    one = figures.write_sentence(country="XA", figure=row, by=by, at=world.at, **SAID)
    figures.decide_on_sentence(sentence=one, state="cleared", by=world.staff["saule"], at=world.at)
    assert SAID["value"] in world.client("amina").get(at("sentences_sheet", "xa")).text
    figures.withdraw(figure=row, reason="A letter of the office.", by=by, at=world.at)
    assert "do not say it" in world.client("amina").get(at("sentences", "xa")).text
    assert SAID["value"] not in world.client("amina").get(at("sentences_sheet", "xa")).text


def test_one_person_is_enough_to_take_a_sentence_back(world, entered):
    one = figures.write_sentence(country="XA", figure=entered(), by=world.staff["bakyt"], at=world.at, **SAID)
    world.client("nurlan").post(at("end_sentence", one.pk))
    assert SAID["value"] not in world.client("bakyt").get(at("sentences", "xa")).text
    assert not DueItem.objects.filter(subject=one.pk, done_at=None).exists()


def test_the_version_of_the_register_changes_with_every_change(world, entered):
    by = world.staff["nurlan"]
    seen = [figures_queries.version(to=by)]
    row = entered()
    seen.append(figures_queries.version(to=by))
    figures.mark_break(figure=row, reason="x", by=by, at=world.at)
    seen.append(figures_queries.version(to=by))
    figures.withdraw(figure=row, reason="x", by=by, at=world.at)
    seen.append(figures_queries.version(to=by))
    assert len(set(seen)) == 4 and figures_queries.version(to=by) == seen[-1]
