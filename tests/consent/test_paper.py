"""Consent on paper: a sheet in her language, typed in with its own day and author, and a copy for her own hand."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.network.models import RuleLine
from panah.people.consent import actions as consent
from panah.people.consent import queries, subjects
from panah.people.consent.words import SEVEN
from tests.consent.changed_subject import about

SHEET = reverse("consent:sheet")


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def numbers(page):
    """The numbers before the questions of a page, in their order."""
    return [int(one) for one in re.findall(r">\s*(\d{1,2})\. [^<]", page)]


def paper(on, **marked):
    how = {"language": "ky", "way": "spoken_face", "interpreter": "none", "guardian": "not_needed"}
    how["understood"] = "they write it down"
    return {**day("paper_on", on), "paper_by": "Elena, volunteer", **how, **marked}


@pytest.fixture
def type_in(world, subject):
    address = reverse("consent:type_in", args=[subject.number])

    def send(on, **marked):
        return world.client("amina").post(address, paper(on, **marked))

    return send


def said(world, subject):
    return queries.latest(keys=world.keys("amina"), file=subject.file)


@pytest.mark.parametrize("tag", ["kk", "ky", "uz", "tg", "tk"])
def test_the_sheet_reads_aloud_in_the_languages_of_the_region_and_says_what_nobody_checked(world, tag):
    now = timezone.now()
    line = {"value": 60, "text_en": "Made up", "valid_from": timezone.localdate(), "entered_at": now}
    RuleLine.objects.create(iso2=world.societies["north"].iso2, key="retention_case", **line)
    page = world.client("elena").get(SHEET, {"aloud": tag}).text
    assert f'lang="{tag}"' in page and "Nobody who speaks this language from childhood" in page
    assert "Say this too, through an interpreter" in page
    article = page[page.index("<article") :]
    assert "Practice Society" not in article and "traffick" not in article.lower()


def test_the_sheet_has_the_numbers_of_the_page_on_which_it_is_typed_in(world, subject):
    sheet = numbers(world.client("amina").get(SHEET).text)
    page = numbers(world.client("amina").get(reverse("consent:type_in", args=[subject.number])).text)
    assert sheet == page == list(range(1, len(sheet) + 1))
    assert len(sheet) > 15


def test_what_elena_wrote_on_paper_keeps_its_day_and_its_author(world, subject, type_in):
    on = timezone.localdate() - timedelta(days=3)
    fields = {"name_partner": "A made-up clinic", "fields_partner": ["needs", "language"]}
    answer = type_in(on, said_talk="yes", said_statistics="no", said_partner="yes", **fields)
    assert answer.status_code == 302
    kept = {one.consent.purpose: one for one in said(world, subject)}
    assert set(kept) == {"talk", "statistics", "partner"}, "what was not asked is no answer"
    assert kept["partner"].kept["paper"] == {"on": on.isoformat(), "by": "Elena, volunteer"}
    assert kept["partner"].kept["given_at"].startswith(f"{on.isoformat()}T00:00"), (
        "what else was said that day is later"
    )
    assert kept["partner"].consent.fields == {"needs", "language"}
    page = world.client("amina").get(reverse("consent:answers", args=[subject.number])).text
    assert "Taken on paper:" in page and "by Elena, volunteer" in page
    assert Entry.objects.filter(event="consent:answer:typed-in").exists()


def test_a_paper_never_overrules_what_the_person_said_after_it(world, subject, type_in):
    answer = {
        "purpose": "statistics",
        "said": "no",
        "receiver": "",
        "fields": [],
        "seven": dict.fromkeys(SEVEN, "yes"),
        "until": "",
    }
    consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=timezone.now())
    before = timezone.localdate() - timedelta(days=1)
    # Of a paper of the same day nobody knows whether it came first.
    for on in (before, timezone.localdate()):
        refused = type_in(on, said_talk="yes", said_statistics="yes")
        assert refused.status_code == 422 and "answered again" in refused.text
    assert "Elena, volunteer" in refused.text, "nothing typed is lost"
    assert [one.consent.said for one in said(world, subject)] == ["no"], "all or nothing"
    assert type_in(before, said_talk="yes").status_code == 302


def test_a_yes_to_an_embassy_counts_only_with_its_risk_read_aloud(world, subject, type_in):
    embassy = {"said_partner": "yes", "name_partner": "Embassy of Practice Land", "fields_partner": ["names"]}
    today = timezone.localdate()
    assert type_in(today, **embassy).status_code == 422
    assert not said(world, subject)
    assert type_in(today, **embassy, risk_partner="on").status_code == 302


def test_an_empty_paper_and_a_paper_from_tomorrow_are_sent_back(type_in):
    assert "Mark at least one answer" in type_in(timezone.localdate()).text
    assert type_in(timezone.localdate() + timedelta(days=1), said_talk="yes").status_code == 422


def test_her_copy_is_warned_of_and_says_nothing_that_tells_who_she_is_or_who_helps(world, subject, type_in):
    type_in(timezone.localdate(), said_talk="yes", said_statistics="no")
    amina, address = world.client("amina"), reverse("consent:copy", args=[subject.number])
    assert "This paper can be found" in amina.get(address).text
    assert amina.post(address, {"language": "ru"}).status_code == 422
    assert not Entry.objects.filter(event="consent:answer:printed").exists()
    page = amina.post(address, {"language": "ky", "asked": "on"}).text
    article = page[page.index("<article") :]
    assert "☑" in article and "☒" in article and "сүйлөшүүгө" in article
    for telling in (subject.number, "Practice Society", "Red Crescent", "traffick", "Amina"):
        assert telling not in article
    assert Entry.objects.filter(event="consent:answer:printed").exists()
    assert world.client("cholpon").get(address).status_code == 404


def test_for_a_child_the_paper_offers_the_same_guardians_as_the_screen(world, subject):
    amina = world.client("amina")
    with about(subject, age_group="child") as home:
        page = amina.get(f"{home}paper/").text
        assert 'value="none_found" selected' in page and 'value="not_needed"' not in page
        answer = amina.post(f"{home}paper/", paper(timezone.localdate(), said_talk="yes"))
        assert answer.status_code == 422 and not said(world, subject)
        with subjects.INVOLVED.temporarily("test", lambda *, keys, file: file == subject.file):
            page = amina.get(f"{home}paper/").text
            assert 'value="may_be_involved" selected' in page and 'value="agrees"' not in page
    assert "not needed, an adult" in amina.get(SHEET).text, "the sheet is for everybody"


def test_one_answer_is_for_one_receiver_and_what_was_typed_stays(world, subject, type_in):
    receiver = f"society:{world.societies['south'].slug}"
    both = {"said_cross_border": "yes", "receiver_cross_border": receiver, "fields_cross_border": ["needs"]}
    refused = type_in(timezone.localdate(), **both, name_cross_border="A made-up clinic")
    assert refused.status_code == 422 and "not both" in refused.text and not said(world, subject)
    assert "A made-up clinic" in refused.text and f'value="{receiver}" selected' in refused.text
    assert type_in(timezone.localdate(), **both).status_code == 302


def test_what_stands_beside_an_answer_that_was_not_marked_is_not_dropped(world, subject, type_in):
    refused = type_in(timezone.localdate(), said_talk="yes", name_partner="A made-up clinic")
    assert refused.status_code == 422 and "A made-up clinic" in refused.text
    assert "Mark the answer" in refused.text and not said(world, subject)


def test_a_paper_agreed_for_longer_than_a_year_is_said_to_be_too_long(world, subject, type_in):
    later = timezone.localdate() + timedelta(days=800)
    refused = type_in(timezone.localdate(), said_talk="yes", **day("until", later))
    assert refused.status_code == 422 and "one year at most" in refused.text and not said(world, subject)


@pytest.mark.parametrize("tag", ["en", "ru", "kk", "ky", "uz", "tg", "tk"])
def test_the_risk_of_an_authority_is_said_to_the_person_or_through_an_interpreter(world, tag):
    page = world.client("elena").get(SHEET, {"aloud": tag}).text
    if tag == "ru":
        assert "«Посольство или консульство – это ваше государство" in page
    else:
        assert "“An embassy or consulate belongs to your state" in page
    assert ("read this aloud before the answer" in page) == (tag in ("en", "ru"))
    assert ("in English: say it through an interpreter" in page) == (tag not in ("en", "ru"))
