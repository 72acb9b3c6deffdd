"""Sessions of peer educators: who may lead, who stands beside a minor, numbers alone afterwards."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import dated
from panah.ground.work.queries import items_of, with_sentences
from panah.programmes.prevention import actions as prevention
from panah.programmes.prevention import queries as prevention_queries
from panah.programmes.prevention.models import Group, Plan, Session
from panah.programmes.prevention.words import SessionState
from panah.programmes.training.models import ModuleDraft, Training
from panah.programmes.volunteers import queries as volunteers_queries
from tests.prevention.conftest import count, day, educator, group_of, said, session_of
from tests.training.drafting import PART, copy_of, published, send
from tests.volunteers.making import vouched


def typed(leader, **more):
    """The same as a browser sends it."""
    what = said(leader, **more)
    on = what.pop("on")
    what["begins"] = what["begins"] or ""
    return what | day("on", on)


def test_ibrat_begins_a_group_plans_a_session_and_writes_down_its_numbers(world, leader, pupil):
    ibrat = world.client("ibrat")
    ibrat.post(reverse("prevention:begin_group"), {"name": "Practice: School 7", "language": "ky"})
    group = Group.objects.get()
    assert group.branch == world.staff["ibrat"].branch
    found = ibrat.post(reverse("prevention:add_educator", args=[group.pk]), {"name": "Айгуль"})
    assert "Aigul Practice" in found.text
    for who in (leader, pupil):
        ibrat.post(reverse("prevention:add_educator", args=[group.pk]), {"volunteer": who.pk})
    text = ibrat.get(reverse("prevention:group", args=[group.pk])).text
    assert "2 educators" in text and "may lead" in text and "an adult stands beside" in text
    answer = ibrat.post(
        reverse("prevention:plan", args=[group.pk]), typed(leader, helping=[pupil], adult=leader)
    )
    assert answer.status_code == 302, answer.text
    one = Session.objects.get()
    here = reverse("prevention:session", args=[one.pk])
    text = ibrat.get(here).text
    assert "Safe response when somebody tells" in text and "takes over at once" in text
    numbers = {"female_13-17": "21", "male_13-17": "17", "male_30-59": "1", "useful": "30", "months": "3"}
    assert ibrat.post(reverse("prevention:count", args=[one.pk]), numbers).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.reached) == (SessionState.HELD, 39)
    assert one.numbers == {"female 13-17": 21, "male 13-17": 17, "male 30-59": 1}
    assert "39 people took part" in ibrat.get(here).text
    # Typed in wrongly: corrected on the same page, which shows what was written.
    assert 'value="21"' in ibrat.get(reverse("prevention:count", args=[one.pk])).text
    ibrat.post(reverse("prevention:count", args=[one.pk]), numbers | {"male_30-59": ""})
    one.refresh_from_db()
    assert one.reached == 38


def test_whoever_lacks_a_training_is_not_vetted_or_is_16_does_not_lead(world, leader, pupil):
    untrained = educator(world, "Nurgul Practice", trained=("safe_response",))
    today = timezone.localdate()
    over = educator(world, "Erkin Practice", vetted_until=today - timedelta(days=1))
    group = group_of(world, leader, pupil, untrained, over)
    for who in (untrained, over, pupil):
        with pytest.raises(Refusal) as refused:
            session_of(world, group, who, adult=leader)
        assert refused.value.code == "may-not-lead"
    # Nor somebody who is not in the group at all.
    with pytest.raises(Refusal):
        session_of(world, group, educator(world, "Kanat Practice"))
    answer = world.client("ibrat").post(
        reverse("prevention:plan", args=[group.pk]), typed(untrained, place="School 9, typed")
    )
    assert answer.status_code == 422 and "may not lead a session" in answer.text
    assert "School 9, typed" in answer.text and not Session.objects.exists()


def test_what_holds_on_the_day_of_the_session_decides_not_today(world, leader, group):
    leader.vetted_until = timezone.localdate() + timedelta(days=5)
    vouched(leader)
    session_of(world, group, leader, days_ago=-4)
    with pytest.raises(Refusal):
        session_of(world, group, leader, days_ago=-6)


def test_a_session_says_when_whoever_was_to_lead_may_not_any_more(world, leader, group):
    one = session_of(world, group, leader, days_ago=-4)
    page = reverse("prevention:session", args=[one.pk])
    ibrat = world.client("ibrat")
    assert "something has run out" not in ibrat.get(page).text
    leader.vetted_until = timezone.localdate() + timedelta(days=2)
    vouched(leader)
    text = ibrat.get(page).text
    assert "may not lead on that day: something has run out since" in text
    assert reverse("volunteers:volunteer", args=[leader.pk]) in text


def test_beside_an_educator_of_16_an_adult_is_named_who_knows_what_to_do(world, leader, pupil, group):
    with pytest.raises(Refusal) as refused:
        session_of(world, group, leader, helping=[pupil])
    assert refused.value.code == "adult-is-missing"
    friend = educator(world, "Meder Practice", age=17, trained=("safe_response",))
    prevention.add_educator(group=group, volunteer=friend, by=world.staff["ibrat"], at=timezone.now())
    with pytest.raises(Refusal) as refused:
        session_of(world, group, leader, helping=[pupil], adult=friend)
    assert refused.value.code == "adult-is-missing"
    unknown = educator(world, "Jyldyz Practice", born_year=None, trained=("safe_response",))
    prevention.add_educator(group=group, volunteer=unknown, by=world.staff["ibrat"], at=timezone.now())
    one = session_of(world, group, leader, helping=[pupil], adult=leader)
    assert one.has_minor and one.adult == leader


def test_after_a_session_with_a_minor_a_debriefing_is_always_due_and_says_nothing(
    world, leader, pupil, group
):
    one = session_of(world, group, leader, helping=[pupil], adult=leader, days_ago=1)
    count(world, one, {"female 13-17": 12})
    (item,) = items_of(one.pk, purpose="debrief")
    assert item.owner == world.staff["ibrat"] and item.file is None
    # Two of them are told apart by the day, where no name may stand.
    ibrats = world.keys("ibrat")
    assert [row.say for row in with_sentences([item], keys=ibrats)] == [
        f"Debrief those who led the session of {dated(one.on)}"
    ]
    # Once more counted, still one; among adults it is asked for, and then without a word about why.
    count(world, one, {"female 13-17": 13})
    assert len(items_of(one.pk, purpose="debrief")) == 1
    other = session_of(world, group, leader, days_ago=1)
    count(world, other, {"female 13-17": 12})
    assert not items_of(other.pk, purpose="debrief")
    ibrat = world.client("ibrat")
    ibrat.post(reverse("prevention:debrief", args=[other.pk]))
    ibrat.post(reverse("prevention:debrief", args=[other.pk]))
    assert len(items_of(other.pk, purpose="debrief")) == 1


def test_no_page_of_a_session_has_room_for_what_somebody_told(world, leader, group):
    """A remark would be a disclosure one day: on the pages after a session there are numbers and choices alone."""
    one = session_of(world, group, leader, days_ago=1)
    ibrat = world.client("ibrat")
    for name in ("count", "tests"):
        text = ibrat.get(reverse(f"prevention:{name}", args=[one.pk])).text
        assert "<textarea" not in text and 'type="text"' not in text, name
    free = {"CharField", "TextField", "JSONField", "BinaryField"}
    texts = {f.name for f in Session._meta.fields if f.get_internal_type() in free and not f.choices}
    assert texts == {"module", "place", "language", "goal", "project", "numbers", "feedback"}
    # Words that are sent all the same reach nothing.
    ibrat.post(
        reverse("prevention:count", args=[one.pk]),
        {"female_13-17": "9", "months": "0", "remark": "she told me"},
    )
    one.refresh_from_db()
    assert one.reached == 9 and "told" not in str(one.numbers) + str(one.feedback)


def test_numbers_are_due_the_day_after_and_the_test_again_after_months(world, leader, group):
    one = session_of(world, group, leader, days_ago=1)
    (item,) = items_of(one.pk, purpose="count")
    assert timezone.localtime(item.due_at).date() == one.on + timedelta(days=1)
    count(world, one, {"male 18-29": 30}, months=3)
    assert not items_of(one.pk, purpose="count")
    (item,) = items_of(one.pk, purpose="test_again")
    assert timezone.localtime(item.due_at).date() == one.test_again_on
    prevention.write_tests(
        session=one, tested="months", compared="apart", took_before=30, passed_before=9, took_after=20,
        passed_after=15, gained=0, dropped=0, by=world.staff["ibrat"], at=timezone.now(),
    )  # fmt: skip
    assert not items_of(one.pk, purpose="test_again")


def test_numbers_that_make_no_sense_meet_a_sentence_and_stay_typed(world, leader, group):
    one = session_of(world, group, leader, days_ago=1)
    ibrat, address = world.client("ibrat"), reverse("prevention:count", args=[one.pk])
    empty = ibrat.post(address, {"months": "0"})
    assert empty.status_code == 422 and "call the session off" in empty.text
    more = ibrat.post(address, {"female_13-17": "7", "useful": "8", "months": "0"})
    assert more.status_code == 422 and "More people said" in more.text and 'value="7"' in more.text
    minus = ibrat.post(address, {"female_13-17": "-3", "months": "0"})
    assert minus.status_code == 422 and 'value="-3"' in minus.text
    ahead = session_of(world, group, leader, days_ago=-2)
    with pytest.raises(Refusal):
        count(world, ahead, {"female 13-17": 3})


def test_a_session_that_was_held_is_neither_changed_nor_called_off(world, leader, group):
    one = session_of(world, group, leader, days_ago=1)
    count(world, one, {"female 13-17": 12})
    ibrat = world.client("ibrat")
    for answer in (
        ibrat.post(reverse("prevention:call_off", args=[one.pk]), follow=True),
        ibrat.get(reverse("prevention:change", args=[one.pk]), follow=True),
    ):
        assert "does not fit any more" in answer.text
    one.refresh_from_db()
    assert one.state == "held"
    off = session_of(world, group, leader)
    prevention.call_off(session=off, by=world.staff["ibrat"], at=timezone.now())
    assert not items_of(off.pk)


def test_a_session_changes_before_it_is_held(world, leader, pupil, group):
    one = session_of(world, group, leader)
    ibrat = world.client("ibrat")
    address = reverse("prevention:change", args=[one.pk])
    assert "School 7, Practice Osh" in ibrat.get(address).text
    later = typed(leader, days_ago=-9, place="School 8")
    assert ibrat.post(address, later).status_code == 302
    one.refresh_from_db()
    assert one.place == "School 8"
    (item,) = items_of(one.pk, purpose="count")
    assert timezone.localtime(item.due_at).date() == one.on + timedelta(days=1)


def test_a_plan_of_our_own_is_used_and_the_old_one_stays_with_its_session(world, leader, group):
    ibrat = world.client("ibrat")
    form = {
        "title": "Practice: before you sign", "language": "ky", "minutes": "45",
        "aims": "Know a real contract", "steps": "Read one aloud\nAsk what is missing", "materials": "",
    }  # fmt: skip
    ibrat.post(reverse("prevention:write_plan"), form)
    plan = Plan.objects.get()
    one = session_of(world, group, leader, plan=f"own:{plan.pk}")
    ibrat.post(reverse("prevention:change_plan", args=[plan.pk]), form | {"steps": "Read two"})
    text = ibrat.get(reverse("prevention:session", args=[one.pk])).text
    assert "Ask what is missing" in text and "Read two" not in text
    offered = ibrat.get(reverse("prevention:plan", args=[group.pk])).text
    assert offered.count("Practice: before you sign") == 1


def test_a_module_that_the_society_wrote_is_the_plan_of_a_session_and_its_version_stays(world, leader, group):
    ibrat = world.client("ibrat")
    # Panah's module that was copied is still there; the society's own stands beside it, once it is published.
    draft = copy_of(world)
    assert send(world, "ibrat", "draft_part", draft, PART, 1).status_code == 302
    planning = reverse("prevention:plan", args=[group.pk])
    assert "Our own plans" not in ibrat.get(planning).text
    first = published(world, draft)
    own_page = reverse("prevention:own_plan", args=[first.pk])
    listed = ibrat.get(reverse("prevention:plans")).text
    # In the society's own words it stands there once.
    assert own_page in listed and reverse("prevention:module", args=[first.based_on]) not in listed
    assert reverse("prevention:module", args=["hotline"]) in listed, "control"
    text = ibrat.get(own_page).text
    assert "Practice: our own country" in text and f"{planning}?plan={first.pk}" in text
    assert (
        "Учебная: наша страна"
        in ibrat.get(reverse("prevention:own_plan_sheet", args=[first.pk]) + "?in=ru").text
    )
    text = ibrat.get(f"{planning}?plan={first.pk}").text
    assert re.search(rf'<option value="own:{first.pk}" selected', text)
    assert ibrat.post(planning, typed(leader, plan=f"own:{first.pk}")).status_code == 302
    one = Session.objects.get()
    assert one.own_module == first and one.module == "" and one.own_plan is None
    here = reverse("prevention:session", args=[one.pk])
    assert "Practice: our own country" in ibrat.get(here).text
    title = first.in_language("en").title
    assert title in ibrat.get(reverse("prevention:list")).text
    # A newer version: what was planned keeps the one that it was planned by, and may be changed all the same.
    ibrat.post(reverse("training:copy_adopted", args=[first.pk]))
    draft = ModuleDraft.objects.get()
    assert (
        send(world, "ibrat", "draft_part", draft, PART | {"en_title": "Practice: newer"}, 1).status_code
        == 302
    )
    second = published(world, draft)
    assert "Practice: newer" not in ibrat.get(here).text
    change = reverse("prevention:change", args=[one.pk])
    assert re.search(rf'<option value="own:{first.pk}" selected', ibrat.get(change).text)
    assert ibrat.post(change, typed(leader, plan=f"own:{first.pk}", place="School 8")).status_code == 302
    one.refresh_from_db()
    assert (one.own_module, one.place) == (first, "School 8")
    offered = ibrat.get(planning).text
    assert f"own:{second.pk}" in offered and f"own:{first.pk}" not in offered
    answer = ibrat.post(planning, typed(leader, plan=f"own:{first.pk}"))
    assert answer.status_code == 422 and Session.objects.count() == 1
    # Another society finds neither.
    assert world.client("malika").get(own_page).status_code == 404


def test_a_coordinator_sees_her_branch_and_the_other_society_nothing(world, leader, group):
    one = session_of(world, group, leader)
    pages = [("group", group.pk), ("session", one.pk), ("count", one.pk), ("plan", group.pk)]
    besh = world.staff["cholpon"]
    besh.roles.create(role="branch_coordinator", since=world.at)
    for who, status in (("bakyt", 200), ("ibrat", 200), ("cholpon", 404), ("amina", 404), ("rustam", 404)):
        client = world.client(who)
        found = {client.get(reverse(f"prevention:{name}", args=[pk])).status_code for name, pk in pages}
        assert found == {status}, who
    assert "School 7" not in world.client("cholpon").get(reverse("prevention:list")).text


def test_the_card_is_for_every_colleague_and_tells_a_minor_to_step_back(world):
    text = world.client("elena").get(reverse("prevention:card")).text
    assert "Write nothing down" in text and "You are under 18" not in text
    assert "takes over at once" in world.client("elena").get(reverse("prevention:card") + "?minor=1").text


def test_a_volunteers_own_data_tell_her_groups_and_sessions_and_erasing_her_keeps_the_numbers(
    world, leader, pupil, group
):
    one = session_of(world, group, leader, helping=[pupil], adult=leader, days_ago=1)
    count(world, one, {"female 13-17": 12})
    for who in (leader, pupil):
        heading, lines = prevention_queries.held_of(who)
        assert heading == "Peer education" and len(lines) == 2
        assert lines[0][0] == group.name and lines[1][0] == "Safe response when somebody tells"
    Training.objects.all().delete()
    leader.delete()
    one.refresh_from_db()
    assert one.leader is None and one.reached == 12
    assert world.client("ibrat").get(reverse("prevention:session", args=[one.pk])).status_code == 200
    assert volunteers_queries.visible(to=world.staff["ibrat"]).count() == 1


def test_for_whom_is_known_from_the_last_session_of_the_group_and_from_the_plan(world, leader, group):
    """She says it once: the next session of the group, and one from the plan for the police, know it."""
    ibrat, url = world.client("ibrat"), reverse("prevention:plan", args=[group.pk])
    session_of(
        world, group, leader, audience="migrants", place_kind="community", goal="dignity", project="P-12"
    )
    text = ibrat.get(url).text
    for chosen in ("migrants", "community", "dignity"):
        assert re.search(rf'<option value="{chosen}" selected', text), chosen
    from_plan = f"{url}?plan=6"
    assert f'href="{from_plan}"' in ibrat.get(reverse("prevention:module", args=["police"])).text
    text = ibrat.get(from_plan).text
    assert re.search(r'<option value="module:police" selected', text)
    assert re.search(r'<option value="police" selected', text)
    # What the plan is for says more than what was last time; no plan of that name changes nothing.
    assert re.search(r'<option value="migrants" selected', ibrat.get(f"{url}?plan=99").text)
