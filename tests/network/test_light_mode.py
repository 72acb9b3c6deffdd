"""A society that informs, refers and hears back: what is closed says why, what never closes stays open, two decide."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.approvals.models import Request
from panah.ground.audit.models import Entry
from panah.ground.directory import actions as directory
from panah.ground.network import actions as network
from panah.ground.network.capabilities import CAPABILITIES, NEVER_CLOSED, light
from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.hotline.models import Line
from panah.people.shelter.models import Stay
from tests.model.assessing import assessed
from tests.shelter.conftest import ask, make_house
from tests.two_people import make_focal_point

PAGE = "sign_in:working-mode"


def today():
    return timezone.localdate()


def text(answer):
    return " ".join(html.unescape(answer.text).split())


def parts(day, name="from_day"):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


ACCEPTED = {"receiver": "Childline", "accepted_by": "Lola"}


def asks(client, mode, day=None, *, leaves=(), accepted=True):
    given = {**ACCEPTED, **parts(today(), "accepted_on")} if accepted else {}
    return client.post(
        reverse(PAGE), {"mode": mode, "leaves": list(leaves), **parts(day or today()), **given}
    )


def agrees(client, do="agree"):
    return client.post(reverse("sign_in:decide-working-mode"), {"do": do})


def decide_light(world, *, day=None):
    asks(world.client("bakyt"), "light", day)
    agrees(world.client("saule"))
    for name, staff in world.staff.items():
        world.staff[name] = Staff.objects.get(pk=staff.pk)
    return Society.objects.get(pk=world.societies["north"].pk)


def a_case(world, at=None):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=at or timezone.now(), age_group="unknown"
    )


@pytest.fixture
def case(world):
    """A case that Amina opens in light mode."""
    decide_light(world)
    return a_case(world)


def test_two_focal_points_decide_and_everybody_is_told(world):
    bakyt, saule = world.client("bakyt"), world.client("saule")
    assert asks(bakyt, "light").status_code == 302
    society = Society.objects.get(pk=world.societies["north"].pk)
    assert society.closed == [] and "Agree" not in text(bakyt.get(reverse(PAGE)))
    assert "Bakyt asks for light mode" in text(saule.get(reverse(PAGE)))
    assert DueItem.objects.filter(owner=world.staff["saule"], done_at=None).exists()
    agrees(saule)
    society.refresh_from_db()
    assert society.closed == light() and society.closed_decided_by == "Bakyt, Saule"
    assert Entry.objects.filter(event="network:capabilities:closed", society=society.pk).count() == 1
    for who in ("amina", "elena", "nurlan"):
        assert "informs, refers and hears back" in text(world.client(who).get(reverse("desk:home")))
    assert "informs, refers" not in text(world.client("daler").get(reverse("desk:home")))


def test_one_focal_point_alone_decides_nothing(world):
    bakyt = world.client("bakyt")
    asks(bakyt, "light")
    assert agrees(bakyt).status_code == 409
    assert Society.objects.get(pk=world.societies["north"].pk).closed == []
    assert "This was asked for already" in text(asks(bakyt, "light"))


def test_the_second_focal_point_stops_it(world):
    asks(world.client("bakyt"), "light")
    agrees(world.client("saule"), "stop")
    assert Society.objects.get(pk=world.societies["north"].pk).closed == []
    assert "Ask the second focal point" in text(world.client("saule").get(reverse(PAGE)))


def test_whoever_was_not_told_is_not_said_to_have_stopped_it(world):
    asks(world.client("bakyt"), "light")
    make_focal_point(world, "amina", at=timezone.now())
    amina = world.client("amina")
    page = text(amina.get(reverse(PAGE)))
    assert "Bakyt asks for light mode" in page and "Stop it" not in page
    assert "Stop it" in text(world.client("saule").get(reverse(PAGE))), "control"
    assert agrees(amina, "stop").status_code == 404
    assert Request.objects.get(act="network:working-mode").state == "waiting"


def test_a_caseworker_finds_no_such_page(world):
    for answer in (world.client("amina").get(reverse(PAGE)), agrees(world.client("amina"))):
        assert answer.status_code == 404


def test_the_request_leads_to_its_own_page_and_not_to_one_about_a_key(world):
    asks(world.client("bakyt"), "light")
    row, saule = Request.objects.get(act="network:working-mode"), world.client("saule")
    assert saule.get(reverse("sign_in:approval", args=[row.pk]))["Location"] == reverse(PAGE)
    assert saule.post(reverse("sign_in:approve", args=[row.pk]), {"passphrase": "x"}).status_code == 404


@pytest.mark.parametrize("day", [-1, None])
def test_what_cannot_be_decided_is_said_with_everything_still_there(world, day):
    wanted = ("light", today() - timedelta(days=1)) if day else ("full", today())
    answer = asks(world.client("bakyt"), *wanted)
    assert answer.status_code == 422
    assert ("The day must not lie in the past" if day else "works like this on that day anyway") in text(
        answer
    )


def test_a_closed_page_says_why_what_to_do_instead_and_who_does_it(world, paired, case):
    answer = world.client("amina").get(reverse("cases:plan", args=[case.number]))
    page = text(answer)
    assert answer.status_code == 403
    assert "informs, refers and hears back" in page and "Open a case only to refer" in page
    assert "Practice Society South" in page.split("Who does this instead")[1]


def test_who_does_it_instead_can_be_telephoned_from_the_closed_page(world, paired, case):
    directory.load_reference_data(at=timezone.now(), practice=True)
    answer = world.client("gulnar").get(reverse("shelter:places"))
    assert answer.status_code == 403
    lines = answer.text.split("Who does this instead")[1].split("</section>")[0].split("<li>")[1:]
    assert len(lines) > 1
    for line in lines:
        assert re.search(r'href="tel:\+?[0-9]+"', line), line


def test_nothing_is_written_by_a_form_of_a_closed_page(world, case):
    amina = world.client("amina")
    answer = amina.post(reverse("cases:need", args=[case.number]), {"type": "health", "do": "x"})
    assert answer.status_code == 403
    assert not Entry.objects.filter(event__startswith="cases:need").exists()


def test_menu_and_tabs_lead_to_no_closed_page(world, case):
    amina = world.client("amina")
    page = text(amina.get(reverse("cases:case", args=[case.number])))
    tabs = page.split('aria-label="Parts of the case"')[1].split("</nav>")[0]
    assert "Story" not in tabs and reverse("cases:plan", args=[case.number]) not in tabs
    assert reverse("consent:answers", args=[case.number]) in tabs
    for who in ("amina", "gulnar", "bakyt"):
        assert f'href="{reverse("shelter:places")}"' not in world.client(who).get(reverse("desk:home")).text


def test_every_tab_that_is_left_opens(world, case):
    amina = world.client("amina")
    page = amina.get(reverse("cases:case", args=[case.number])).text
    found = {
        one.split('"')[0]
        for nav in page.split('<nav class="tabs"')[1:]
        for one in nav.split("</nav>")[0].split('href="')[1:]
    }
    assert found
    for address in found:
        assert amina.get(address).status_code == 200, address


def test_the_first_page_of_a_case_tells_and_offers_only_what_is_open(world, case):
    amina = world.client("amina")
    page = amina.get(reverse("cases:case", args=[case.number])).text
    strip = page[page.index('<dl class="strip">') : page.index("</dl>")]
    assert re.findall(r"<dt>([^<]+)</dt>", strip) == ["Risk", "Next due", "Who works on it"]
    for address in set(re.findall(rf'href="(/cases/{case.number}/[^"#]*)', page)):
        assert amina.get(address).status_code != 403, address


def test_a_case_from_before_light_mode_keeps_its_stage_and_its_plan_on_top(world):
    old = a_case(world, timezone.now() - timedelta(days=3))
    decide_light(world)
    page = world.client("amina").get(reverse("cases:case", args=[old.number])).text
    assert "<dt>Stage</dt>" in page and "<dt>Plan</dt>" in page


def test_emergency_a_partners_bed_and_the_note_for_a_child_never_close(world, case):
    amina, elena = world.client("amina"), world.client("elena")
    for client, address in (
        (amina, reverse("cases:danger", args=[case.number])),
        (amina, reverse("cases:safety", args=[case.number])),
        (amina, reverse("cases:best_interests", args=[case.number, "note"])),
        (amina, reverse("referrals:find", args=[case.number])),
        (amina, reverse("directory:services") + "?need=shelter"),
        (elena, reverse("hotline:calls")),
        (elena, reverse("hotline:aid")),
    ):
        assert client.get(address).status_code == 200, address


def test_what_rooms_can_close_and_what_never_closes_are_addresses_that_exist_and_do_not_meet():
    def names(patterns, space=""):
        for one in patterns:
            if isinstance(one, URLPattern):
                yield f"{space}{one.name}"
            else:
                yield from names(one.url_patterns, f"{one.namespace}:" if one.namespace else space)

    there = set(names(get_resolver().url_patterns))
    closable = {view for one in CAPABILITIES for view in one.views}
    always = {view for views in NEVER_CLOSED for view in views}
    assert closable <= there and always <= there
    assert not closable & always
    must_stay = {
        "hotline:emergency",
        "hotline:alarm",
        "cases:danger",
        "cases:best_interests",
        "referrals:find",
    }
    assert must_stay <= always


def test_an_open_case_stays_whole_until_it_is_closed(world):
    old = a_case(world, timezone.now() - timedelta(days=3))
    decide_light(world)
    amina = world.client("amina")
    assert amina.get(reverse("cases:plan", args=[old.number])).status_code == 200
    assert "Story" in text(amina.get(reverse("cases:case", args=[old.number])))
    # Whoever may not see it cannot tell it from a number that nobody has.
    for number in (old.number, "ZZZ-ZZZ-Z"):
        assert world.client("cholpon").get(reverse("cases:plan", args=[number])).status_code == 403


def test_the_page_names_who_holds_the_open_cases_and_refuses_when_nobody_does(world):
    case = a_case(world)
    bakyt = world.client("bakyt")
    assert "1 open case stays open, with its holder (Amina: 1)" in text(bakyt.get(reverse(PAGE)))
    Staff.objects.filter(pk=case.owner_id).update(is_active=False)
    refused = asks(bakyt, "light")
    assert refused.status_code == 422 and "no holder who works here" in text(refused)


def test_who_sleeps_in_a_house_stays_and_nobody_new_is_let_in(world):
    house = make_house(world)
    stay = ask(world, house)
    decide_light(world)
    gulnar = world.client("gulnar")
    assert gulnar.get(reverse("shelter:board", args=[house.pk])).status_code == 200
    assert gulnar.get(reverse("shelter:stay", args=[stay.pk])).status_code == 200
    assert gulnar.get(reverse("shelter:add_place")).status_code == 403
    Stay.objects.update(state="left", bed=house.rooms.first().beds.first())
    answer = gulnar.get(reverse("shelter:places"))
    assert answer.status_code == 403 and "comes from a partner" in text(answer)


def test_it_begins_on_its_day_and_ends_on_another(world):
    society = decide_light(world, day=today() + timedelta(days=3))
    assert society.closed and world.client("amina").get(reverse("cases:group")).status_code == 200
    network.set_closed(
        society=society, closed=light(), from_day=today(), decided_by="x", by=world.staff["bakyt"],
        at=timezone.now(),
    )  # fmt: skip
    amina = world.client("amina")
    assert amina.get(reverse("cases:group")).status_code == 403
    assessed(world, level=3)
    asks(world.client("bakyt"), "full", today() + timedelta(days=2))
    agrees(world.client("saule"))
    assert amina.get(reverse("cases:group")).status_code == 403, "until then it stays closed"
    asks(world.client("saule"), "full")
    agrees(world.client("bakyt"))
    assert amina.get(reverse("cases:group")).status_code == 200


def test_a_society_that_takes_up_all_of_the_work_again_reads_agrees_to_it_and_can_stop_it(world):
    decide_light(world)
    assessed(world, level=3)
    bakyt, saule = world.client("bakyt"), world.client("saule")
    assert asks(bakyt, "full", accepted=False).status_code == 302
    for client in (bakyt, saule):
        assert client.get(reverse(PAGE)).status_code == 200
    agrees(saule, "stop")
    assert Request.objects.get(state="stopped") and asks(saule, "full", accepted=False).status_code == 302
    agrees(bakyt)
    assert Society.objects.get(pk=world.societies["north"].pk).closed == []


@pytest.mark.parametrize("level", [None, 1])
def test_what_was_left_to_others_opens_only_when_the_self_assessment_allows_it(world, level):
    decide_light(world)
    if level:
        assessed(world, level=level)
    answer = asks(world.client("bakyt"), "full", accepted=False)
    assert answer.status_code == 422 and "self-assessment does not allow this yet" in text(answer)
    assessed(world, level=3)
    assert asks(world.client("bakyt"), "full", accepted=False).status_code == 302


def test_levels_that_fell_while_a_change_waited_stop_it(world):
    decide_light(world)
    assessed(world, level=3, years_ago=1)
    assert asks(world.client("bakyt"), "full", accepted=False).status_code == 302
    assessed(world, level=1)
    assert agrees(world.client("saule")).status_code == 409
    assert Society.objects.get(pk=world.societies["north"].pk).closed == light()


def test_case_work_does_not_open_by_a_detour_without_the_self_assessment(world):
    """Out of light mode first by something that needs little, then the case work from *some of it*."""
    decide_light(world)
    assessed(world, level=2)
    needs_two = [name for name, one in CAPABILITIES.items() if max(one.levels.values(), default=0) <= 2]
    rest = [name for name in light() if name not in needs_two]
    assert asks(world.client("bakyt"), "some", leaves=rest, accepted=False).status_code == 302
    agrees(world.client("saule"))
    assert set(Society.objects.get(pk=world.societies["north"].pk).closed) == set(rest)
    assert asks(world.client("bakyt"), "full", accepted=False).status_code == 422


def test_a_change_that_was_planned_and_is_planned_again_changes_nothing_today(world):
    society = decide_light(world, day=today() + timedelta(days=5))
    network.set_closed(
        society=society, closed=[], from_day=today() + timedelta(days=15), decided_by="x", by=world.staff["bakyt"],
        at=timezone.now(),
    )  # fmt: skip
    assert world.client("amina").get(reverse("cases:group")).status_code == 200


def test_a_day_from_which_something_holds_is_a_date_in_russian_too(world):
    asks(world.client("bakyt"), "light", today())
    Staff.objects.update(language="ru")
    addresses = [reverse(PAGE), reverse("network:society", args=["practice-north"])]
    told = [text(world.client("saule").get(addresses[0]))]
    agrees(world.client("saule"))
    told += [text(world.client("bakyt").get(one)) for one in addresses]
    told += [text(world.client("amina").get(one)) for one in ("/", reverse("cases:group"))]
    assert not any(re.search(r"\bс сегодня", page, re.IGNORECASE) for page in told)


def test_a_group_is_closed_at_each_of_its_doors(world):
    decide_light(world)
    elena = world.client("elena")
    line = Line.objects.create(society=world.societies["north"], name_en="Line 1", made_at=world.at)
    vault.make_line_key(keys=world.keys("bakyt"), line=line.pk, operators=[world.staff["elena"]], at=world.at)
    number = (
        elena.post("/calls/take/", {"line": str(line.pk), "channel": "phone"}).url.strip("/").split("/")[-1]
    )
    assert elena.get(reverse("hotline:emergency", args=[number])).status_code == 200, (
        "control: the call is open"
    )
    assert elena.post(reverse("hotline:people", args=[number]), {}).status_code == 403
    amina = world.client("amina")
    assert amina.post(reverse("cases:together", args=["K7F-F4D-9", "bed"]), {}).status_code == 403


def test_the_page_of_an_event_offers_nothing_that_is_closed(world):
    people = [{"number": "1", "looks": "blue jacket"}]
    event, _cases = cases.take_in_group(
        keys=world.keys("amina"), about={"title": "Site 7"}, people=people, at=timezone.now()
    )
    address = reverse("cases:gathering", args=[event.number])
    assert "for several people" in text(world.client("amina").get(address))
    decide_light(world)
    assert "for several people" not in text(world.client("amina").get(address))


def test_another_society_is_not_touched(world, case):
    assert world.client("daler").get(reverse("cases:group")).status_code == 200


def test_the_page_of_the_society_says_what_it_leaves_to_others(world, case):
    page = text(world.client("daler").get(reverse("network:society", args=["practice-north"])))
    assert "It informs, refers and hears back" in page and "Safe places of our own" in page


def decide(world, *leaves, day=None):
    """Bakyt asks that these are left to others, Saule agrees; whoever comes next reads it."""
    asks(world.client("bakyt"), "some", day, leaves=leaves)
    agrees(world.client("saule"))
    for name, staff in world.staff.items():
        world.staff[name] = Staff.objects.get(pk=staff.pk)


def test_one_thing_is_left_to_others_and_the_rest_stays(world):
    asks(world.client("bakyt"), "some", leaves=["screening"])
    assert "Bakyt asks that the society leaves to others from today: Screening beyond the first" in text(
        world.client("saule").get(reverse(PAGE))
    )
    agrees(world.client("saule"))
    case, amina = a_case(world), world.client("amina")
    closed = amina.get(reverse("screening:start", args=[case.number]))
    assert closed.status_code == 403 and "left this to others since today" in text(closed)
    assert "informs, refers and hears back" not in text(closed)
    assert amina.get(reverse("cases:plan", args=[case.number])).status_code == 200
    assert amina.get(reverse("cases:group")).status_code == 200
    page = text(amina.get(reverse("desk:home")))
    assert "the society leaves to others: Screening beyond the first questions" in page
    society = text(world.client("daler").get(reverse("network:society", args=["practice-north"])))
    assert "To others it leaves" in society and "It informs, refers" not in society
    assert "Some of it is left to others" in text(world.client("bakyt").get(reverse(PAGE)))


def test_what_closes_second_leaves_what_was_begun_between_whole(world):
    at = timezone.now()
    network.set_closed(
        society=world.societies["north"], closed=["screening"], from_day=today() - timedelta(days=9), decided_by="x",
        by=world.staff["bakyt"], at=at - timedelta(days=9),
    )  # fmt: skip
    between = a_case(world, at - timedelta(days=3))
    decide(world, "screening", "cases")
    amina = world.client("amina")
    assert amina.get(reverse("screening:start", args=[between.number])).status_code == 403
    assert amina.get(reverse("cases:plan", args=[between.number])).status_code == 200
    assert amina.get(reverse("cases:plan", args=[a_case(world).number])).status_code == 403


def test_work_on_cases_closes_only_when_somebody_else_has_accepted_the_children(world):
    bakyt = world.client("bakyt")
    refused = asks(bakyt, "some", leaves=["cases"], accepted=False)
    assert refused.status_code == 422
    assert "another receiver must have accepted it: New cases of children are taken on by" in text(refused)
    assert "checked" in refused.text.split('value="cases"')[1].split(">")[0], "what was ticked stays"
    assert asks(bakyt, "some", leaves=["screening"], accepted=False).status_code == 302, "control"
    agrees(world.client("saule"), "stop")
    decide(world, "cases")
    page = text(world.client("amina").get(reverse("cases:plan", args=[a_case(world).number])))
    assert "New cases of children are taken on by: <b>Childline</b>, accepted by Lola" in page


def test_a_case_without_a_holder_stands_in_the_way_of_closing_cases_alone(world):
    Staff.objects.filter(pk=a_case(world).owner_id).update(is_active=False)
    bakyt = world.client("bakyt")
    assert "no holder who works here" in text(asks(bakyt, "some", leaves=["cases"]))
    assert asks(bakyt, "some", leaves=["imports"]).status_code == 302


def test_an_address_proposes_and_decides_nothing(world):
    page = world.client("bakyt").get(reverse(PAGE) + "?leaves=imports&leaves=no-such-thing").text
    assert "checked" in page.split('value="imports"')[1].split(">")[0]
    assert "checked" in page.split('value="some"')[1].split(">")[0]
    assert Society.objects.get(pk=world.societies["north"].pk).closed == []
