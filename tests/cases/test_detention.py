"""Somebody who is held: Amina writes where, the hours run, she visits; the consul is told nothing without a yes."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import Part
from panah.ground.work.models import DueItem
from panah.ground.work.queries import items_of, with_sentences
from panah.people.cases import actions as cases
from panah.people.cases import rules
from panah.people.cases.models import Case
from panah.people.cases.queries import detention
from panah.people.consent import actions as consent
from panah.people.consent import subjects
from panah.people.consent.words import SEVEN
from tests.cases.case_pages import at, opened
from tests.cases.hours_of_detention import hours_known, moment
from tests.cases.other_colleagues import OTHERS
from tests.cases.typed_days import day

PLACE = "Cell 3, station by the bazaar"


@pytest.fixture
def case(world):
    return opened(world)


@pytest.fixture
def amina_s(world):
    return world.client("amina")


def is_held(amina_s, case, *, since=None, **more):
    given = {"kind": "police", "place": PLACE, "country": "KZ", "before": "judge", "lawyer": "no"}
    since = since or timezone.now() - timedelta(hours=10)
    return amina_s.post(at("detention_change", case), {**given, **moment("since", since), **more})


def test_the_hours_of_the_country_are_counted_and_stand_on_the_list_before_they_run_out(world, amina_s, case):
    hours_known()
    since = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=10)
    assert is_held(amina_s, case, since=since).status_code == 302
    page = amina_s.get(at("detention", case)).text
    assert PLACE in page and "10 hours" in page and "brought before a judge" in page
    items = {one.item.due_at: one.say for one in with_sentences(items_of(case.pk), keys=world.keys("amina"))}
    until = since + timedelta(hours=48)
    assert "Deadline: detention" in items[until]
    assert "run out" in items[until - timedelta(hours=12)]
    assert any("ask for a visit and for a lawyer" in say for say in items.values())


def test_where_nobody_knows_the_hours_no_number_is_made_up(amina_s, case):
    is_held(amina_s, case)
    page = amina_s.get(at("detention", case)).text
    assert "Ask a lawyer or the bar of that country" in page
    assert not items_of(case.pk, purpose="deadline")
    until = timezone.now() + timedelta(hours=5)
    is_held(amina_s, case, **moment("until", until))
    [clock] = items_of(case.pk, purpose="deadline")
    assert abs(clock.due_at - until) < timedelta(minutes=1)
    assert len(items_of(case.pk, purpose="visit")) == 1, "changed, not begun again"


def strip(page):
    """The facts on top of a case, as text."""
    top = page[page.index('<dl class="strip">') :]
    return " ".join(re.sub(r"<[^>]+>", " ", top[: top.index("</dl>")]).split())


def test_the_first_page_of_a_case_says_that_the_person_is_held(amina_s, case):
    assert "Held" not in strip(amina_s.get(at("case", case)).text)
    is_held(amina_s, case)
    assert "Held a police cell by law until: not known" in strip(amina_s.get(at("case", case)).text)
    is_held(amina_s, case, **moment("until", timezone.now() + timedelta(hours=5)))
    assert re.search(
        r"Held a police cell by law until [^:]*\d\d:\d\d", strip(amina_s.get(at("case", case)).text)
    )
    amina_s.post(at("detention_end", case), {"how": "released", **moment("ended_at", timezone.now())})
    assert "Held" not in strip(amina_s.get(at("case", case)).text)


def test_amina_asks_is_refused_asks_again_and_visits(world, amina_s, case):
    is_held(amina_s, case)
    refused = {"state": "refused", "visitor": "Amina", **moment("when", timezone.now())}
    answer = amina_s.post(at("detention_visit", case), refused)
    assert answer.status_code == 422 and "asks again" in answer.text
    again = timezone.now() + timedelta(days=1)
    assert (
        amina_s.post(at("detention_visit", case), {**refused, **moment("following", again)}).status_code
        == 302
    )
    [item] = items_of(case.pk, purpose="visit")
    assert abs(item.due_at - again) < timedelta(minutes=1) and item.kind == "meet"
    took = {"state": "took_place", "visitor": "Amina and a doctor", "seen": "A bruise on the left arm"}
    amina_s.post(at("detention_visit", case), {**took, **moment("when", timezone.now())})
    page = amina_s.get(at("detention", case)).text
    assert "Amina and a doctor" in page and "A bruise on the left arm" in page and "Refused" in page
    assert not items_of(case.pk, purpose="visit")


def test_the_consul_is_told_only_with_a_written_yes_after_the_risk(world, amina_s, case):
    is_held(amina_s, case)
    page = amina_s.get(at("detention_consulate", case)).text
    assert "family at home" in page, "the risk is on the page"
    told = {"wish": "yes", **day("told_on", timezone.localdate())}
    answer = amina_s.post(at("detention_consulate", case), told)
    assert answer.status_code == 422 and "only when the person agreed" in answer.text
    keys, today = world.keys("amina"), timezone.localdate()
    subject = subjects.load(case.number, to=world.staff["amina"], keys=keys)

    def says(said, name):
        consent.write_answer(
            keys=keys,
            subject=subject,
            at=timezone.now(),
            answer={
                "purpose": "partner",
                "said": said,
                "receiver": "other",
                "receiver_name": name,
                "fields": ["names"],
                "seven": dict.fromkeys(SEVEN, "yes"),
                "way": "spoken_face",
                "language": "uz",
                "interpreter": "none",
                "guardian": "representative",
                "until": (today + timedelta(days=30)).isoformat(),
            },
        )

    says("yes", "Lawyers’ bureau")
    assert amina_s.post(at("detention_consulate", case), told).status_code == 422, "a yes to somebody else"
    says("yes", "Consulate of Practice Land")
    assert amina_s.post(at("detention_consulate", case), told).status_code == 302
    assert "He was told on" in amina_s.get(at("detention", case)).text
    says("no", "Consulate of Practice Land")
    assert amina_s.post(at("detention_consulate", case), told).status_code == 422, "taken back since"
    for sent in (told | {"wish": "no"}, {"wish": "no"}):
        assert amina_s.post(at("detention_consulate", case), sent).status_code == 302, "she changed her mind"
        assert "He was told on" in amina_s.get(at("detention", case)).text, "and he was told all the same"


def test_a_yes_of_a_child_alone_does_not_count_for_the_consul_though_the_table_says_adult(world, amina_s):
    case = opened(world, age_group="child")
    is_held(amina_s, case)
    keys, today = world.keys("amina"), timezone.localdate()
    answer = {
        "purpose": "partner",
        "said": "yes",
        "receiver": "other",
        "receiver_name": "Consulate of Practice Land",
        "fields": ["names"],
        "seven": dict.fromkeys(SEVEN, "yes"),
        "way": "spoken_face",
        "language": "uz",
        "interpreter": "none",
        "guardian": "none_found",
        "until": (today + timedelta(days=30)).isoformat(),
    }
    subject = subjects.load(case.number, to=world.staff["amina"], keys=keys)
    consent.write_answer(keys=keys, subject=subject, at=timezone.now(), answer=answer)
    Case.objects.filter(pk=case.pk).update(age_group="adult")
    told = {"wish": "yes", **day("told_on", today)}
    assert amina_s.post(at("detention_consulate", case), told).status_code == 422


def test_nothing_in_plain_says_that_somebody_is_held(world, amina_s, case):
    hours_known()
    is_held(amina_s, case)
    assert items_of(case.pk, purpose="visit") and items_of(case.pk, purpose="deadline"), "control"
    plain = [str(list(DueItem.objects.values())), str(list(Entry.objects.values_list("event", flat=True)))]
    for text in (*plain, at("detention", case)):
        assert not any(word in text.lower() for word in ("detention", "detain", "police", "held", "cell"))
    assert PLACE.encode() not in b"".join(bytes(one) for one in Part.objects.values_list("sealed", flat=True))


def test_held_now_lists_only_what_the_reader_can_open(world, amina_s, case):
    other = opened(world)
    is_held(amina_s, other, **moment("until", timezone.now() + timedelta(hours=2)))
    is_held(amina_s, case)
    page = amina_s.get(reverse("cases:held_now")).text
    assert page.index(other.number) < page.index(case.number), "whose hours run out stands first"
    assert PLACE not in page
    assert case.number in page, "control"
    for who in OTHERS:
        assert case.number not in world.client(who).get(reverse("cases:held_now")).text, who
    assert world.client("cholpon").get(at("detention", case)).status_code == 404


def test_the_list_says_when_older_cases_were_left_unread(world, amina_s, case, monkeypatch):
    older = cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now() - timedelta(days=3)
    )
    is_held(amina_s, older)
    is_held(amina_s, case)
    address = reverse("cases:held_now")
    assert "in an older one" not in amina_s.get(address).text
    monkeypatch.setattr(detention, "MOST_READ", 1)
    page = amina_s.get(address).text
    assert case.number in page and older.number not in page
    assert "Only the 1 case that was opened last was read." in page


def test_a_case_of_somebody_held_is_not_closed_and_an_end_takes_everything_off_the_list(world, amina_s, case):
    hours_known()
    is_held(amina_s, case)
    keys = world.keys("amina")
    with pytest.raises(Refusal) as refused:
        cases.ask_closing(keys=keys, case=case, reason="wish", text="", at=timezone.now())
    assert "the person is held" in refused.value.sentence
    ended = {"how": "released", **moment("ended_at", timezone.now())}
    assert amina_s.post(at("detention_end", case), ended).status_code == 302
    assert not items_of(case.pk, purpose="visit") and not items_of(case.pk, purpose="deadline")
    [clock] = vault_queries.read_all(keys=keys, file=case.file_id, part="clock")
    assert clock.value["ended"] == "kept"
    page = amina_s.get(at("detention", case)).text
    assert PLACE in page and "Let go" in page
    # Held again: the first time stays to be read.
    is_held(amina_s, case, place="Remand prison north")
    page = amina_s.get(at("detention", case)).text
    assert PLACE in page and "Remand prison north" in page


def test_a_clock_that_was_ended_on_the_page_of_dates_is_not_wound_up_again_by_a_change(world, amina_s, case):
    hours_known()
    since = timezone.now() - timedelta(hours=10)
    is_held(amina_s, case, since=since)
    keys = world.keys("amina")
    [clock] = vault_queries.read_all(keys=keys, file=case.file_id, part="clock")
    cases.end_clock(keys=keys, case=case, ref=clock.ref, how="kept", at=timezone.now())
    is_held(amina_s, case, since=since, lawyer="yes")
    assert not items_of(case.pk, purpose="deadline")


def test_the_warning_comes_in_the_last_quarter_and_never_in_the_past():
    now = timezone.now()
    hours = lambda count: timedelta(hours=count)  # noqa: E731
    warned = lambda since, until: rules.detention_warning(since=since, until=until, at=now)  # noqa: E731
    assert warned(now, now + hours(48)) == now + hours(36)
    assert warned(now, now + hours(12)) == now + hours(6)
    assert warned(now, now + hours(24 * 60)) == now + hours(24 * 57)
    assert warned(now - hours(47), now + hours(1)) == now
