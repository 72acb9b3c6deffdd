"""Whom somebody can ring: by the country where she is and the language she speaks, and nothing that is not so."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from panah.ground.accounts import actions as accounts
from panah.ground.directory.models import HotlineNumber, Organization, Service, ServiceTerm
from panah.ground.directory.queries import Search
from panah.ground.foundation import dialled_numbers
from panah.ground.network.models import RuleLine, Society
from panah.people.public.help_presenters import lines_said
from panah.people.public.promises import promises
from panah.people.public.queries import numbers_for, places

# Tuesday 24 November 2026: 14:00 in Almaty, 12:00 in Istanbul. And after midnight in Almaty, before it in Istanbul.
AFTERNOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
NORTH, SOUTH = "Line of Practice Society North", "Line of Practice Society South"


def text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def asked(stranger, **query):
    answer = stranger.get(reverse("public:numbers"), {"in": "en", **query})
    assert answer.status_code == 200
    return answer.text


def said(country, speaks, at, language="en"):
    with translation.override(language):
        found = numbers_for(country, speaks, at=at)
        return {one.name: one for one in lines_said(found, found.lines, at=at)}


def on_duty(world, who, at):
    accounts.put_on_duty(
        staff=world.staff[who],
        what="calls",
        starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(hours=5),
        at=at,
    )


def test_a_tajik_cleaner_in_istanbul_sees_what_to_dial_there_and_a_line_that_speaks_tajik(register, stranger):
    page = asked(stranger, country="TR", speaks="tg")
    assert page.index('href="tel:112"') < page.index(SOUTH)
    assert 'href="tel:+00000000019"' in page
    assert "It is in another country: Practice Country South. The call may cost money." in text(page)
    assert NORTH in page and page.index(SOUTH) < page.index(NORTH), (
        "ours all the same, after who speaks her language"
    )
    assert "Practice line for children" not in page, "a line for children of another country"


def test_the_line_for_children_comes_before_all_others(register, stranger):
    page = asked(stranger, country="XA", speaks="ru")
    assert page.index("tel:0000112") < page.index("Are you under 18?") < page.index(NORTH)
    page = asked(stranger, country="XA", speaks="tg")
    assert page.index(NORTH) < page.index(SOUTH), (
        "free where she is, before a call abroad that may cost money"
    )


def test_a_number_that_did_not_work_is_not_shown_and_an_old_one_is_marked(register, stranger):
    page = asked(stranger, country="XA", speaks="ru")
    assert "Practice migration line" not in page and "are left out" not in page
    violence = page[page.index("Practice line on violence at home") :]
    assert "It may not answer." in text(violence[: violence.index("</li>")])
    assert "Elena" not in page and "Amina" not in page, "who tried it is told to nobody"


def test_where_the_rule_sheet_says_so_numbers_that_nobody_tried_lately_are_left_out(register, stranger, at):
    RuleLine.objects.create(
        iso2="XA",
        key="unverified_numbers",
        value={"unverified": "left_out"},
        valid_from=at.date(),
        entered_at=at,
    )
    page = asked(stranger, country="XA", speaks="ru")
    assert "Practice line on violence at home" not in page and NORTH in page
    assert "Numbers that nobody has tried lately are left out." in page


def test_nobody_on_duty_means_no_promise_that_somebody_answers_now(register, world):
    line = said("XA", "kk", AFTERNOON)[NORTH]
    assert (line.state, line.tone) == ("Nobody is at this telephone now.", "soon")
    on_duty(world, "elena", AFTERNOON)
    line = said("XA", "kk", AFTERNOON)[NORTH]
    assert (line.state, line.tone) == ("Open now, until 22:00.", "good")


def test_hours_are_told_by_the_clock_of_where_she_is(register, world):
    on_duty(world, "elena", AFTERNOON)
    assert said("TR", "kk", AFTERNOON)[NORTH].state == "Open now, until 20:00."
    assert "These hours are by the clock of Istanbul." in said("TR", "kk", AFTERNOON)[NORTH].facts
    assert said("XA", "kk", NIGHT)[NORTH].state == "Closed now. It opens today at 08:00."
    assert said("TR", "kk", NIGHT)[NORTH].state == "Closed now. It opens tomorrow at 06:00."
    # The hours say open until 22:00, whoever is on duty after that.
    on_duty(world, "elena", NIGHT)
    assert said("XA", "kk", NIGHT)[NORTH].tone == "soon"


def test_a_number_that_was_changed_past_panah_is_not_told(register, stranger):
    HotlineNumber.objects.filter(reference="north-line").update(number="+0 000 000 66 66")
    page = asked(stranger, country="XA", speaks="ru")
    assert NORTH not in page and "6666" not in page and "66 66" not in page


def test_whoever_rings_is_told_first_whom_we_must_tell(register, stranger, at):
    page = text(asked(stranger, country="XA", speaks="ru"))
    assert "Nobody has checked yet what the law here makes us tell." in page, (
        "one exception was checked by nobody"
    )
    north = Society.objects.get(slug="practice-north")
    RuleLine.objects.create(
        iso2="XA", society=north, key="exception_order", value={"decides": "two_and_lawyer"}, text_en="Only on paper.",
        valid_from=at.date(), entered_at=at, checked_on=at.date(), checked_by="Practice Lawyer Maple",
    )  # fmt: skip
    page = text(asked(stranger, country="XA", speaks="ru"))
    assert "What you say stays with us, except:" in page and "Only on paper." in page
    with translation.override("ru"):
        assert "отдел защиты детей" in " ".join(promises(north, on=at.date()).exceptions)
    with translation.override("tr"):
        told = promises(north, on=at.date()).exceptions
    assert "Only on paper." not in told, "what stands in the sheet in English is said by a sentence of ours"
    assert promises(north, on=at.date()).answer_days == 3


def test_the_risk_of_an_embassy_is_named_before_its_number(register, stranger):
    south = Society.objects.get(slug="practice-south")
    embassy = Organization.objects.create(
        society=south, iso2="XA", kind="Consulate", name_en="Practice Embassy", name_ru=""
    )
    row = Service.objects.create(
        organization=embassy, society=south, iso2="XA", name_en="Travel papers", time_zone="Asia/Almaty"
    )
    row.phones.create(number="0 000 000 00 77")
    dialled_numbers.keep([row])
    page = asked(stranger, country="XA", speaks="uz")
    risk = page.index("An embassy belongs to the state of your home")
    assert risk < page.index("Practice Embassy")
    assert "An embassy belongs to the state of your home" in asked(stranger, country="TR", speaks="uz")


def test_in_a_country_that_is_in_no_list_she_sees_what_can_be_rung_from_abroad(register, stranger):
    page = asked(stranger, country="other", speaks="uz")
    assert "We know no emergency number there that somebody has checked." in page
    assert NORTH in page and "Practice migration line" not in page


def checked(iso2, key, value, at, *, society=None):
    RuleLine.objects.create(
        iso2=iso2, society=society, key=key, value=value, valid_from=at.date(), entered_at=at, checked_on=at.date(),
        checked_by="Practice Lawyer Maple",
    )  # fmt: skip


def test_in_cambodia_who_is_locked_in_asks_no_guard_and_is_led_to_write(register, stranger):
    page = asked(stranger, country="KH", speaks="ru")
    danger = page[page.index('class="danger') :].partition("</section>")[0]
    assert "We know no emergency number there that somebody has checked." in danger
    assert "If you are locked in, ask nobody who works there." in danger
    assert "in a shop" not in page and "near you to call" not in page
    way = re.search(r'class="btn"\s+href="([^"]+)"', danger)
    assert way and 'name="about"' in stranger.get(html.unescape(way[1])).text, (
        "the questions, past any choice"
    )
    assert "If you are locked in, ask nobody who works there." in asked(
        stranger, country="TR", speaks="ru"
    ), "a number that nobody has checked is no other"
    assert "If you are locked in" not in asked(stranger, country="XA", speaks="ru"), "a checked number"


def test_that_we_call_nobody_without_a_yes_is_promised_with_the_exceptions_of_a_checked_sheet(
    register, stranger, at
):
    page = text(asked(stranger, country="KH", speaks="ru"))
    assert "We call nobody there without your yes, except:" not in page
    assert "But nobody has checked yet what the law makes us tell." in page
    north = Society.objects.get(slug="practice-north")
    checked("XA", "exception_order", {"decides": "two_and_lawyer"}, at, society=north)
    page = text(asked(stranger, country="KH", speaks="ru"))
    told = page.partition("We call nobody there without your yes, except:")[2].partition(
        "Somebody to talk to"
    )[0]
    assert "When a life is in danger" in told and "If a court orders it in writing" in told


def test_that_nobody_is_reported_is_said_where_both_sheets_say_so_and_nowhere_else(register, stranger, at):
    said_so, key = "You will not be reported for what you were made to do.", "duty_made_to_do"
    north = Society.objects.get(slug="practice-north")

    def says():
        return (
            said_so in asked(stranger, country="KH", speaks="ru")
            and said_so
            in stranger.get(
                reverse("public:write"), {"in": "en", "country": "KH", "society": "practice-north"}
            ).content.decode()
        )

    assert not says()
    checked("KH", key, {"duty": "no"}, at)
    assert not says(), "the law of the society that reads it"
    checked("XA", key, {"duty": "no"}, at, society=north)
    assert says()
    assert said_so not in asked(stranger, country="other", speaks="ru"), "a country that nobody knows"
    checked("XA", "duty_crime", {"duty": "yes"}, at, society=north)
    assert not says(), "a duty to report grave crimes takes it back"
    RuleLine.objects.filter(key="duty_crime", society=north).update(value={"duty": "no"})
    assert says()
    RuleLine.objects.filter(key=key, iso2="KH").update(checked_on=None, checked_by="")
    assert not says(), "what nobody has checked is no promise"


@pytest.mark.parametrize(
    "query", [{}, {"country": ""}, {"country": "Q1"}, {"country": "XA", "speaks": "<script>"}]
)
def test_whatever_stands_in_the_address_she_is_asked_where_she_is(register, stranger, query):
    page = asked(stranger, **query)
    assert 'name="country"' in page and "<script>" not in page


def test_what_a_colleague_sees_is_the_same_and_her_session_is_not_touched(register, world, stranger):
    amina = world.client("amina")
    address = f"{reverse('public:numbers')}?in=en&country=TR&speaks=tg"
    answer = amina.get(address)
    assert answer.text == stranger.get(address).text
    assert not answer.cookies


def test_a_page_costs_as_many_questions_for_forty_numbers_as_for_a_few(register, stranger):
    address = f"{reverse('public:numbers')}?in=en&country=XA&speaks=ru"
    stranger.get(address)
    with CaptureQueriesContext(connection) as few:
        stranger.get(address)
    pattern = HotlineNumber.objects.get(reference="north-violence-line")
    for n in range(40):
        pattern.pk, pattern.reference, pattern.name_en, pattern._state.adding = (
            None,
            f"more-{n}",
            f"Line {n}",
            True,
        )
        pattern.pk = HotlineNumber._meta.pk.get_default()
        pattern.save()
    with CaptureQueriesContext(connection) as many:
        stranger.get(address)
    assert len(many) == len(few) <= 25


def test_no_page_tells_where_a_bed_is(register, stranger):
    beds = Service.objects.get(reference="north-juniper-women")
    Service.objects.filter(pk=beds.pk).update(address="9 Planted Lane")
    talk = Service.objects.create(
        organization=beds.organization, society=beds.society, iso2="XA", name_en="Practice talks",
        time_zone="Asia/Almaty", address="9 Planted Lane, second floor",
    )  # fmt: skip
    clinic = Service.objects.get(reference="north-clinic-urgent")
    Service.objects.filter(pk=clinic.pk).update(address="3 Open Street")
    talk.phones.create(number="0 000 000 00 78")
    ServiceTerm.objects.create(service=talk, kind="need", term="psychological")
    dialled_numbers.keep([talk])
    pages = [
        stranger.get(reverse("public:places"), {"in": "en", "place": place, "need": need}).text
        for place in ("XA", "XA-1", "XA-2")
        for need in ("", "shelter", "psychological")
    ]
    assert any("3 Open Street" in page for page in pages), "the address of a clinic is of use"
    assert any("Practice talks" in page for page in pages) and any("Beds for women" in page for page in pages)
    assert not any("Planted" in page for page in pages)


def test_the_list_of_beds_is_the_same_from_wherever_one_looks(register):
    lists = {
        tuple(one.name for one in places(Search(need="shelter", iso2="XA", region=region), at=AFTERNOON).beds)
        for region in ("", "XA-1", "XA-2", "XA-3")
    }
    assert len(lists) == 1


def test_a_long_list_says_how_many_more_there_are(register, stranger):
    pattern = Service.objects.get(reference="north-clinic-urgent")
    rows = []
    for n in range(40):
        row = Service.objects.create(
            organization=pattern.organization, society=pattern.society, iso2="XA", name_en=f"Practice ward {n}",
            time_zone="Asia/Almaty",
        )  # fmt: skip
        row.phones.create(number=f"0 000 000 01 {n:02}")
        rows.append(row)
    dialled_numbers.keep(rows)
    page = text(stranger.get(reverse("public:places"), {"in": "en", "place": "XA"}).text)
    assert "There are more:" in page


def test_nothing_typed_into_these_pages_is_offered_again_by_the_browser(register, stranger):
    for name in ("first", "numbers", "places"):
        page = stranger.get(reverse(f"public:{name}")).text
        assert all('autocomplete="off"' in form for form in re.findall(r"<form[^>]*>", page))
