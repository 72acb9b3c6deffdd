"""From the first night to erasing: stages, children, deadlines, follow-ups, means, links, hand-over, closing."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import File
from panah.ground.work.queries import items_of, with_sentences
from panah.people.cases import actions as cases
from panah.people.cases import queries
from panah.people.cases.models import Case, CaseGroup
from panah.people.cases.queries import StillOpen
from panah.people.cases.queries.case_groups import members
from panah.people.cases.words.terms import ClockEnd
from tests.cases.case_pages import at, opened
from tests.cases.typed_days import day
from tests.two_people import make_focal_point


@pytest.fixture
def case(world):
    return opened(world)


@pytest.fixture
def amina_s(world):
    return world.client("amina")


@pytest.fixture
def bakyt_s(world):
    return world.client("bakyt")


# ---- stage ---------------------------------------------------------------------------------


def test_presumed_then_thirty_days_of_reflection_then_decided(world, amina_s, case):
    amina_s.post(at("step", case, "presumed"), {"grounds": "Papers taken, no pay"})
    today = timezone.localdate()
    amina_s.post(at("step", case, "reflection"), day("began", today))
    value = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="stage")
    assert value["stage"] == "reflection"
    assert value["days"] == 30
    assert value["until"] == (today + timedelta(days=30)).isoformat()
    [item] = items_of(case.pk, purpose="decide")
    assert item.kind == "decide"
    assert "Recovery" in with_sentences([item], keys=world.keys("amina"))[0].say
    page = amina_s.get(at("stage", case)).content.decode()
    assert "Recovery and reflection" in page
    assert "Help does not depend on the stage." in page
    amina_s.post(
        at("step", case, "decision"), {"decision": "identified", "decider": "Police", **day("on", today)}
    )
    codes = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="codes")
    assert codes["vic_TraffickingStatus"]["values"] == ["ActualVictimOfTrafficking"]
    assert items_of(case.pk, purpose="decide") == []


def test_not_identified_keeps_every_need_and_service(world, amina_s, case):
    cases.write_need(
        keys=world.keys("amina"),
        case=case,
        need={"type": "medical", "horizon": "now", "do": "Clinic"},
        at=timezone.now(),
    )
    before = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="need")
    amina_s.post(at("step", case, "presumed"), {"grounds": "x"})
    amina_s.post(
        at("step", case, "decision"),
        {"decision": "not_identified", "decider": "Police", **day("on", timezone.localdate())},
    )
    assert vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="need") == before
    case.refresh_from_db()
    assert case.is_open
    assert (
        amina_s.post(at("need", case), {"type": "legal", "horizon": "now", "state": "open"}).status_code
        == 302
    )


def test_a_stage_does_not_jump(amina_s, case):
    answer = amina_s.post(at("step", case, "reflection"), day("began", timezone.localdate()))
    assert answer.status_code == 422
    assert "does not follow" in answer.content.decode()


# ---- children ------------------------------------------------------------------------------


def test_in_doubt_a_child_and_a_note_is_due_tonight_and_an_assessment_in_72_hours(world, amina_s, case):
    before = timezone.now()
    amina_s.post(at("age", case), {"said": "adult", "basis": "paper", "doubt": "yes"})
    after = timezone.now()
    case.refresh_from_db()
    assert case.age_group == "child"
    [tonight], [assess] = items_of(case.pk, purpose="tonight"), items_of(case.pk, purpose="assess")
    begins = timezone.localtime(case.opened_at).replace(hour=0)
    assert assess.due_at == begins + timedelta(hours=72)
    twelve = timedelta(hours=12)
    assert tonight.due_at == begins + twelve or before + twelve <= tonight.due_at <= after + twelve
    amina_s.post(
        at("best_interests", case, "note"),
        {"place": "With Gulnar", "why": "Away from them", "who_decided": "Bakyt"},
    )
    assert items_of(case.pk, purpose="tonight") == []
    assert len(items_of(case.pk, purpose="assess")) == 1
    page = amina_s.get(at("child", case)).content.decode()
    assert "With Gulnar" in page
    assert "A return cannot be prepared yet." in page


@pytest.mark.parametrize(("hour", "tonight_after"), [(0, 12), (9, 12), (11.9, 12), (12, 24), (23.5, 35.5)])
def test_both_count_from_the_beginning_of_the_day_of_the_opening_of_which_no_hour_is_kept(
    world, hour, tonight_after
):
    with timezone.override("Asia/Bishkek"):
        begins = timezone.localtime(world.at).replace(hour=0, minute=0, second=0, microsecond=0)
        now = begins + timedelta(hours=hour)
        case = Case.objects.get(pk=opened(world, at=now).pk)
        cases.set_age(keys=world.keys("amina"), case=case, said="child", basis="said", doubt="none", at=now)
        [tonight], [assess] = items_of(case.pk, purpose="tonight"), items_of(case.pk, purpose="assess")
    assert assess.due_at == begins + timedelta(hours=72)
    # A note that would be due before it can be written is due twelve hours after the doubt.
    assert tonight.due_at == begins + timedelta(hours=tonight_after)


def test_an_impression_alone_makes_nobody_an_adult(amina_s, case):
    amina_s.post(at("age", case), {"said": "adult", "basis": "impression", "doubt": "no"})
    case.refresh_from_db()
    assert case.age_group == "unknown"
    amina_s.post(at("age", case), {"said": "adult", "basis": "said", "doubt": "no"})
    case.refresh_from_db()
    assert case.age_group == "adult"


def test_nobody_knows_whether_it_could_be_a_child_so_a_child(amina_s, case):
    amina_s.post(at("age", case), {"said": "unknown", "doubt": "unknown"})
    case.refresh_from_db()
    assert case.age_group == "child"


def test_an_adult_who_is_not_kept_as_one_is_told_why(amina_s, case):
    amina_s.post(at("age", case), {"said": "adult", "basis": "paper", "doubt": "unknown"})
    case.refresh_from_db()
    assert case.age_group == "unknown"
    assert (
        "a clear no to whether the person could be a child" in amina_s.get(at("child", case)).content.decode()
    )


def test_a_birth_year_decides_where_it_is_clear(amina_s, case):
    amina_s.post(
        at("age", case),
        {"said": "adult", "basis": "said", "doubt": "no", "born_year": str(timezone.localdate().year - 15)},
    )
    case.refresh_from_db()
    assert case.age_group == "child"


def test_a_birth_date_written_with_the_name_makes_a_child_a_child(amina_s, case):
    year = str(timezone.localdate().year - 12)
    amina_s.post(
        at("change_identity", case),
        {"version": "1", "name_0_text": "Small", "name_0_kind": "called", "born_year": year},
    )
    case.refresh_from_db()
    assert case.age_group == "child"
    assert len(items_of(case.pk, purpose="assess")) == 1


def test_a_child_is_opened_as_a_child(world):
    child = opened(world, age_group="child")
    assert {i.purpose for i in items_of(child.pk)} == {"first", "review", "tonight", "assess"}


def test_a_guardian_who_may_be_involved_neither_consents_nor_is_told(world, amina_s, case):
    for involved in ("unknown", "yes", "none"):
        amina_s.post(
            at("guardian", case), {"name": "Uncle Poplar", "relation": "uncle", "involved": involved}
        )
        page = amina_s.get(at("child", case)).content.decode()
        assert "Do not ask this person" in page
        assert "Uncle Poplar" not in page
        assert len(items_of(case.pk, purpose="guardian")) == 1
    amina_s.post(at("guardian", case), {"name": "Aunt Willow", "relation": "aunt", "involved": "no"})
    assert "may act for the child" in amina_s.get(at("child", case)).content.decode()
    assert items_of(case.pk, purpose="guardian") == []


def test_a_return_needs_several_parties_and_a_check_of_the_family(amina_s, case):
    data = {"child_view": "Wants to go to aunt", "decision": "Stays", **day("on", timezone.localdate())}
    assert (
        amina_s.post(
            at("determination", case), {**data, "parties": "Amina", "family_checked": "yes"}
        ).status_code
        == 422
    )
    amina_s.post(
        at("determination", case), {**data, "parties": "Amina\nChild protection", "family_checked": "unknown"}
    )
    assert "cannot be prepared yet" in amina_s.get(at("child", case)).content.decode()
    amina_s.post(
        at("determination", case), {**data, "parties": "Amina\nChild protection", "family_checked": "yes"}
    )
    assert "cannot be prepared yet" not in amina_s.get(at("child", case)).content.decode()


def test_a_plan_that_brings_a_child_back_waits_for_the_determination_and_no_other_plan_does(
    world, amina_s, bakyt_s, case
):
    keys, now = world.keys("amina"), timezone.now()
    need = {"type": "medical", "horizon": "now", "do": "A doctor", "state": "planned"}
    cases.set_age(keys=keys, case=case, said="child", basis="said", doubt="none", at=now)
    cases.write_need(keys=keys, case=case, need=need, at=now)
    cases.ask_plan(keys=keys, case=case, at=now)
    assert bakyt_s.post(at("plan_decide", case), {"decision": "approve"}).status_code == 302
    home = {"type": "return_transport", "horizon": "long", "do": "A train on Monday", "state": "planned"}
    cases.write_need(keys=keys, case=case, need=home, at=now)
    case.refresh_from_db()
    cases.ask_plan(keys=keys, case=case, at=now)
    assert "cannot be prepared yet" in amina_s.get(at("plan", case)).content.decode()
    held = bakyt_s.post(at("plan_decide", case), {"decision": "approve", "text": "Go with an escort"})
    assert held.status_code == 422 and "check of the family" in held.content.decode()
    assert "Go with an escort" in held.content.decode()
    several = {"parties": ["Child protection", "A lawyer"], "family_checked": "yes", "decision": "x"}
    cases.determine(keys=keys, case=case, determination=several, at=now)
    assert bakyt_s.post(at("plan_decide", case), {"decision": "approve"}).status_code == 302
    case.refresh_from_db()
    assert case.plan_state == "approved"


# ---- deadlines, follow-ups, means -----------------------------------------------------------


def test_a_deadline_is_neutral_in_the_list_and_plain_on_the_page(world, amina_s, case):
    amina_s.post(
        at("clock", case),
        {
            "kind": "rape_72",
            "due_at_day": 1,
            "due_at_month": 3,
            "due_at_year": 2099,
            "due_at_time": "8:00",
            "what": "Clinic with Saule",
        },
    )
    [item] = items_of(case.pk, purpose="deadline")
    assert item.kind == "deadline"
    assert "rape" not in " ".join(str(getattr(item, f.name)) for f in item._meta.fields)
    page = amina_s.get(at("dates", case)).content.decode()
    assert "Clinic with Saule" in page
    assert "within 72 hours" in page
    [clock] = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="clock")
    amina_s.post(
        at("clock_change", case, clock.ref),
        {"kind": "rape_72", "due_at_day": 2, "due_at_month": 3, "due_at_year": 2099, "due_at_time": "8:00"},
    )
    assert items_of(case.pk, purpose="deadline")[0].due_at > item.due_at
    amina_s.post(at("clock_end", case, clock.ref), {"how": "kept"})
    assert items_of(case.pk, purpose="deadline") == []
    assert "kept in time" in amina_s.get(at("dates", case)).content.decode()


def test_seventy_two_hours_are_counted_from_what_happened(world, amina_s, case):
    happened = timezone.localtime() - timedelta(hours=10)
    assert amina_s.post(at("clock", case), {"kind": "rape_72"}).status_code == 422
    assert (
        amina_s.post(
            at("clock", case), {"kind": "wages", **day("since", happened), "since_time": "1"}
        ).status_code
        == 422
    )
    amina_s.post(
        at("clock", case), {"kind": "rape_72", **day("since", happened), "since_time": f"{happened:%H:%M}"}
    )
    [clock] = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="clock")
    over = datetime.fromisoformat(clock.value["due_at"])
    assert timedelta(0) <= happened + timedelta(hours=72) - over < timedelta(minutes=1)
    [item] = items_of(case.pk, purpose="deadline")
    assert item.due_at <= timezone.now()


def test_follow_ups_are_planned_changed_done_and_end_when_not_wanted(world, amina_s, case):
    amina_s.post(at("begin_follow_up", case))
    case.refresh_from_db()
    assert case.state == "follow_up"
    planned = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="followup")
    assert [p.value["after"] for p in sorted(planned, key=lambda p: p.value["due_at"])] == [
        "1w",
        "1m",
        "3m",
        "6m",
        "12m",
    ]
    first = min(planned, key=lambda p: p.value["due_at"])
    amina_s.post(
        at("follow_up_day", case, first.ref),
        {"due_at_day": 5, "due_at_month": 3, "due_at_year": 2099, "due_at_time": "10"},
    )
    answer = amina_s.post(
        at("follow_up", case, first.ref),
        {
            "reached": "reached",
            "said": "The neighbours talk",
            "view_people": "worse",
            "view_income": "better",
        },
    )
    assert answer.status_code == 302
    page = amina_s.get(at("dates", case)).content.decode()
    assert "The neighbours talk" in page
    assert "worse" in page
    second = next(p for p in planned if p.value["after"] == "1m")
    amina_s.post(at("follow_up", case, second.ref), {"reached": "not_wanted"})
    assert items_of(case.pk, purpose="follow") == []


def test_what_was_typed_into_a_case_can_be_read_in_it(world, amina_s, case):
    keys, now = world.keys("amina"), timezone.now()
    cases.begin_follow_up(keys=keys, case=case, at=now)
    first = vault_queries.read_all(keys=keys, file=case.file_id, part="followup")[0]
    asked = {"reached": "reached", "said": "Sleeps", "next_step": "Ask the landlord"}
    amina_s.post(at("follow_up", case, first.ref), asked)
    assert "Ask the landlord" in amina_s.get(at("dates", case)).content.decode()
    assert "Ask the landlord" in amina_s.get(at("follow_up", case, first.ref)).content.decode()
    amina_s.post(at("age", case), {"said": "unknown", "doubt": "yes"})
    told = amina_s.get(at("child", case)).content.decode()
    assert "Could the person be a child?</dt><dd>yes" in told
    amina_s.post(at("episode_new", case), {"story": "A long road", "relationship": "Acquainted"})
    told = amina_s.get(at("told", case)).content.decode()
    assert "Who the recruiter was to the person</dt><dd>Someone known" in told


def test_a_case_that_came_in_follow_up_gets_its_follow_ups(world):
    case = cases.import_case(
        keys=world.keys("bakyt"), owner=world.staff["bakyt"], at=timezone.now(), status="FollowUp"
    )
    client = world.client("bakyt")
    assert "Begin the follow-up" in client.get(at("dates", case)).content.decode()
    for _ in range(2):
        client.post(at("begin_follow_up", case))
    assert sum(i.purpose == "follow" for i in items_of(case.pk)) == 5
    assert "Begin the follow-up" not in client.get(at("dates", case)).content.decode()


def test_reintegration_is_measured_by_the_person(amina_s, case):
    amina_s.post(
        at("reintegration", case),
        {"measure": "When I sleep again", "debt_now": "Owes the neighbour", "debt_step": "Lawyer writes"},
    )
    page = amina_s.get(at("dates", case)).content.decode()
    assert "When I sleep again" in page
    assert "Owes the neighbour" in page


def test_means_have_two_different_signatures_and_a_receipt_without_a_name(world, amina_s, case):
    sum_of = {
        "kind": "money",
        "what": "First sum",
        "amount": "50",
        "currency": "kzt",
        "mark": "a flower",
        **day("on", timezone.localdate()),
    }
    assert amina_s.post(at("give", case), {**sum_of, "second": ""}).status_code == 422
    assert (
        amina_s.post(at("give", case), {**sum_of, "second": str(world.staff["bakyt"].pk)}).status_code == 302
    )
    [means] = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="means")
    assert amina_s.post(at("sign", case, means.ref)).status_code == 409
    assert world.client("bakyt").post(at("sign", case, means.ref)).status_code == 302
    [means] = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="means")
    assert means.value["first_name"] == "Amina"
    assert means.value["second_name"] == "Bakyt"
    paper = amina_s.get(at("receipt", case, means.ref)).content.decode()
    article = paper[paper.index("<article") :]
    assert means.value["receipt"] in article
    assert case.number not in article
    assert "50.00" in article
    assert items_of(case.pk, purpose="sign") == []
    amina_s.post(at("void", case, means.ref), {"text": "Typed twice"})
    assert "Typed twice" in amina_s.get(at("means", case)).content.decode()


def test_a_conference_and_a_supervision_are_written_down(amina_s, case):
    amina_s.post(
        at("conference", case),
        {
            "question": "Where next",
            "who": "Amina, Bakyt",
            "decided": "Stay here",
            "next": "The lease",
            **day("on", timezone.localdate()),
        },
    )
    amina_s.post(at("supervision", case), {"with_whom": "Saule", "load": "too_much", "agreed": "Fewer cases"})
    page = amina_s.get(at("team", case)).content.decode()
    assert "Stay here" in page and "The lease" in page
    assert "Fewer cases" in page


# ---- team ----------------------------------------------------------------------------------


def test_amina_hands_over_to_cholpon_with_everything_due(world, amina_s, case):
    cholpon = world.client("cholpon")
    assert cholpon.get(at("case", case)).status_code == 404
    to = {"to": str(world.staff["cholpon"].pk), "note": "Call only after six", "told": "on"}
    amina_s.post(at("hand_over", case), to)
    page = cholpon.get(at("case", case)).content.decode()
    assert "Call only after six" in page and "The person knows who will go on" in page
    assert amina_s.get(at("case", case)).status_code == 404
    assert {i.owner_id for i in items_of(case.pk)} == {world.staff["cholpon"].pk}


def test_a_colleague_is_let_in_and_out_again_but_never_the_focal_points(world, amina_s, case):
    cholpon = world.client("cholpon")
    amina_s.post(at("let_in", case), {"to": str(world.staff["cholpon"].pk)})
    assert cholpon.get(at("case", case)).status_code == 200
    assert cholpon.post(at("take_back", case, world.staff["amina"].pk)).status_code == 403
    assert amina_s.post(at("take_back", case, world.staff["bakyt"].pk)).status_code == 409
    amina_s.post(at("take_back", case, world.staff["cholpon"].pk))
    assert cholpon.get(at("case", case)).status_code == 404


def test_a_case_is_shared_with_nobody_outside_case_work(world, case):
    for name in ("gulnar", "timur", "daler"):
        with pytest.raises(Refusal):
            cases.let_in(keys=world.keys("amina"), case=case, colleague=world.staff[name], at=timezone.now())


# ---- links, events, groups -----------------------------------------------------------------


def test_mother_and_child_are_linked_on_both_sides_and_undone_on_both(world, amina_s, case):
    mother = opened(world)
    amina_s.post(at("links", case), {"number": mother.number, "relation": "child"})
    assert "A parent of" in amina_s.get(at("links", mother)).content.decode()
    [link] = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="link")
    amina_s.post(at("unlink", case, link.ref))
    assert vault_queries.read_all(keys=world.keys("amina"), file=mother.file_id, part="link") == []


def test_amina_cannot_link_what_she_cannot_open(world, amina_s, case):
    hers = opened(world, "cholpon")
    answer = amina_s.post(at("links", case), {"number": hers.number, "relation": "same"})
    nothing = amina_s.post(at("links", case), {"number": "346-789-A", "relation": "same"})
    assert answer.status_code == nothing.status_code == 422
    assert "no case with this number" in answer.content.decode()
    assert "no case with this number" in nothing.content.decode()


def test_thirty_people_are_taken_in_on_one_page_each_with_an_own_case(world, amina_s):
    page = amina_s.get(reverse("cases:group")).content.decode()
    assert page.count("_called") >= 30
    data = {"title": "Brick yard", "informer": "unknown", "language": "uz"}
    for i in range(30):
        data |= {
            f"p{i}_called": f"Practice Worker {i}",
            f"p{i}_age": "child" if i == 3 else "",
            f"p{i}_note": "Barefoot" if i == 5 else "",
        }
    answer = amina_s.post(reverse("cases:group"), data)
    assert answer.status_code == 302, answer.content.decode()[:1500]
    assert Case.objects.count() == 30
    assert Case.objects.filter(age_group="child").count() == 1
    page = amina_s.get(answer["Location"]).content.decode()
    assert "may report to the exploiter" in page
    assert "Practice Worker" not in page
    one = Case.objects.first()
    said = [d.say for d in with_sentences(items_of(one.pk), keys=world.keys("amina"))]
    assert any("alone" in s for s in said)


def test_a_group_keeps_the_order_of_the_sheet_with_its_numbers(world, amina_s):
    data = {"title": "Brick yard", "informer": "no"}
    for line in (11, 2, 4):
        data |= {f"p{line - 1}_called": f"Practice Worker {line}"}
    event = amina_s.post(reverse("cases:group"), data)["Location"]
    page = amina_s.get(event).content.decode()
    assert re.findall(r'data-th="No\.">([^<]+)<', page) == ["2", "4", "11"]
    listed = amina_s.get(reverse("cases:list")).content.decode()
    for line in (2, 4, 11):
        assert f"Brick yard, № {line}<" in listed
    # Who is added later stands after the sheet.
    later = opened(world)
    amina_s.post(f"{event}add/", {"number": later.number})
    page = amina_s.get(event).content.decode()
    assert re.findall(r'data-th="No\.">([^<]+)<', page) == ["2", "4", "11", "–"]


def test_a_group_that_is_sent_twice_is_taken_in_once_and_one_with_one_more_person_is_another(world, amina_s):
    page = amina_s.get(reverse("cases:group")).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    data = {
        "title": "Brick yard",
        "informer": "unknown",
        "once": once,
        "p0_called": "Worker",
        "p1_age": "child",
    }
    first, second = (amina_s.post(reverse("cases:group"), data) for _ in range(2))
    assert first["Location"] == second["Location"] and Case.objects.count() == 2
    assert "sent twice" in amina_s.get(second["Location"]).content.decode()
    amina_s.post(reverse("cases:group"), data | {"p2_called": "One more"})
    assert Case.objects.count() == 5


def test_an_empty_group_keeps_what_was_typed(amina_s):
    answer = amina_s.post(reverse("cases:group"), {"title": "Brick yard"})
    assert answer.status_code == 422
    assert "Brick yard" in answer.content.decode()
    assert not Case.objects.exists()


def test_what_was_seen_of_a_person_stands_in_lists_whole_and_the_facts_can_be_changed(world, amina_s):
    looks = "blue jacket, a long scar over the left eye, speaks softly"
    sent = {"title": "Brick yard behind the second bridge north", "informer": "no", "p0_looks": looks}
    assert (
        amina_s.post(reverse("cases:group"), {**sent, "owner": str(world.staff["amina"].pk)}).status_code
        == 302
    )
    case = Case.objects.get()
    assert looks in amina_s.get(reverse("cases:list")).text
    form = re.findall(r'name="working_label"\s+value="([^"]+)"', amina_s.get(at("facts", case)).text)
    assert looks in form[0]
    kept = {"working_label": form[0], "urgency": "today", "language": "uz"}
    assert amina_s.post(at("facts", case), kept).status_code == 302


def test_who_holds_one_case_of_an_event_sees_the_event_and_not_the_other_cases(world, amina_s, case):
    keys = world.keys("amina")
    event = cases.open_case_group(
        keys=keys, kind="event", about={"title": "Farm", "informer": "no"}, at=timezone.now()
    )
    cases.join_case_group(keys=keys, gathering=event, case=case, at=timezone.now())
    assert world.client("cholpon").get(reverse("cases:gathering", args=[event.number])).status_code == 404
    hers = opened(world, "cholpon")
    cases.join_case_group(keys=world.keys("bakyt"), gathering=event, case=hers, at=timezone.now())
    page = world.client("cholpon").get(reverse("cases:gathering", args=[event.number])).content.decode()
    assert hers.number in page
    assert case.number not in page
    assert "1 more that you cannot open" in page
    mine, others = members(event, keys=keys, to=world.staff["amina"])
    assert [m.case for m in mine] == [case]
    assert others == 1
    amina_s.post(reverse("cases:gathering_heard", args=[event.number, mine[0].ref]), {"alone": "yes"})
    assert members(event, keys=keys, to=world.staff["amina"])[0][0].alone == "yes"


def test_a_household_is_opened_changed_and_joined(amina_s, case):
    answer = amina_s.post(
        reverse("cases:gathering_new"), {"kind": "household", "title": "Mother and two", "informer": "none"}
    )
    household = CaseGroup.objects.get()
    assert answer["Location"] == reverse("cases:gathering", args=[household.number])
    amina_s.post(
        reverse("cases:gathering_change", args=[household.number]),
        {"title": "Mother and three", "informer": "none"},
    )
    amina_s.post(reverse("cases:gathering_join", args=[household.number]), {"number": case.number})
    page = amina_s.get(reverse("cases:gathering", args=[household.number])).content.decode()
    assert "Mother and three" in page
    assert case.number in page
    assert household.number in amina_s.get(at("links", case)).content.decode()
    assert "Mother and three" in amina_s.get(reverse("cases:gatherings")).content.decode()


# ---- the end -------------------------------------------------------------------------------


def closed(world, case, reason="goals"):
    cases.ask_closing(
        keys=world.keys("amina"), case=case, reason=reason, text="It is well", at=timezone.now()
    )
    return cases.close_case(keys=world.keys("bakyt"), case=case, at=timezone.now())


def test_closing_is_asked_by_amina_and_decided_by_a_focal_point(world, amina_s, bakyt_s, case):
    assert amina_s.post(at("close_ask", case), {"reason": "goals"}).status_code == 422
    amina_s.post(at("close_ask", case), {"reason": "goals", "text": "Works and sleeps"})
    assert amina_s.post(at("close_decide", case), {"decision": "close"}).status_code == 403
    assert "Works and sleeps" in bakyt_s.get(at("close", case)).content.decode()
    assert bakyt_s.post(at("close_decide", case), {"decision": "keep"}).status_code == 422
    bakyt_s.post(at("close_decide", case), {"decision": "close"})
    case.refresh_from_db()
    assert case.state == "closed"
    assert case.closed_by.username == "bakyt"
    [item] = items_of(case.pk)
    assert item.purpose == "keep"
    assert item.owner.username == "bakyt"
    assert (
        amina_s.post(at("need", case), {"type": "legal", "horizon": "now", "state": "open"}).status_code
        == 422
    )
    assert amina_s.post(at("note", case), {"text": "A card came"}).status_code == 302


def test_a_focal_point_keeps_a_case_open_with_a_remark(world, amina_s, bakyt_s, case):
    amina_s.post(at("close_ask", case), {"reason": "lost", "text": "Two calls"})
    bakyt_s.post(at("close_decide", case), {"decision": "keep", "text": "Try once more"})
    case.refresh_from_db()
    assert case.is_open
    assert case.close_asked_at is None
    assert "Try once more" in amina_s.get(at("case", case)).content.decode()


def test_handed_on_is_closed_referred_and_can_be_opened_again(world, amina_s, case):
    case = closed(world, case, "handed_on")
    assert case.state == "closed_referred"
    amina_s.post(at("reopen", case), {"text": "He is back in the street"})
    case.refresh_from_db()
    assert case.state == "active"
    assert [i.purpose for i in items_of(case.pk)] == ["review"]


def test_what_still_runs_is_on_the_list_again_when_the_case_is_open_again(world, amina_s, case):
    keys, now = world.keys("amina"), timezone.now()
    court = now + timedelta(days=90)
    cases.set_clock(keys=keys, case=case, kind="court", due_at=court, what="second hearing", at=now)
    ended = cases.set_clock(keys=keys, case=case, kind="document", due_at=court, at=now)
    cases.end_clock(keys=keys, case=case, ref=ended, how="kept", at=now)
    cases.presume(keys=keys, case=case, grounds="what was told", at=now)
    cases.begin_reflection(keys=keys, case=case, at=now)
    cases.set_age(keys=keys, case=case, said="child", basis="said", doubt="none", at=now)
    cases.begin_follow_up(keys=keys, case=case, at=now)
    purposes = Counter(i.purpose for i in items_of(case.pk))
    case = closed(world, case)
    amina_s.post(at("reopen", case), {"text": "He is back in the street"})
    again = items_of(case.pk)
    assert Counter(i.purpose for i in again) == purposes - Counter(["first"])
    assert purposes["follow"] == 5 and purposes["tonight"] == purposes["decide"] == 1
    [deadline] = [i for i in again if i.purpose == "deadline"]
    assert deadline.due_at == court - timedelta(days=14), "before the hearing, as it was"

    # The days are those that were agreed: nothing is planned twice, and what is moved moves the item of today.
    amina_s.post(at("begin_follow_up", case))
    assert sum(i.purpose == "follow" for i in items_of(case.pk)) == 5
    kept = vault_queries.read_all(keys=keys, file=case.file_id, part="clock")
    running = next(one for one in kept if not one.value.get("ended"))
    amina_s.post(at("clock_end", case, running.ref), {"how": "kept"})
    assert not [i for i in items_of(case.pk) if i.purpose == "deadline"]


def test_another_room_can_stop_a_closing(world, amina_s, case):
    def has_a_bed(**_):
        return [StillOpen("this person still has a bed", "cases:case", stops=True)]

    with cases.OPEN_THINGS.temporarily("test", has_a_bed):
        answer = amina_s.post(at("close_ask", case), {"reason": "goals", "text": "x"})
    assert answer.status_code == 422
    assert "still has a bed" in answer.content.decode()


def test_nothing_is_erased_while_a_claim_runs(world, case):
    keys = world.keys("amina")
    cases.set_clock(
        keys=keys,
        case=case,
        kind="compensation",
        due_at=timezone.now() + timedelta(days=90),
        at=timezone.now(),
    )
    case = closed(world, case)
    assert cases.retention_day(keys=world.keys("bakyt"), case=case, at=timezone.now()) is None
    with pytest.raises(Refusal, match="claim-open"):
        cases.ask_erasing(keys=world.keys("bakyt"), case=case, reason="Old", at=timezone.now())


def test_each_of_three_focal_points_but_who_asked_is_asked_to_confirm_an_erasing(world, case):
    make_focal_point(world, "zarina")
    case = closed(world, case)
    cases.ask_erasing(keys=world.keys("bakyt"), case=case, reason="Old", at=timezone.now())
    asked = {one.owner.username for one in items_of(case.pk, purpose="keep")}
    assert asked == {"saule", "zarina"}


def test_erasing_takes_two_focal_points_and_leaves_number_and_state(world, bakyt_s, case):
    other = opened(world)
    cases.link_cases(keys=world.keys("amina"), case=case, other=other, relation="together", at=timezone.now())
    case = closed(world, case)
    saule_s = world.client("saule")
    assert world.client("amina").post(at("erase_ask", case), {"text": "x"}).status_code == 422
    assert bakyt_s.post(at("erase_ask", case), {"text": "Wish of the person"}).status_code == 302
    assert bakyt_s.post(at("erase", case), {"number": case.number}).status_code == 422
    assert saule_s.post(at("erase", case), {"number": "346-789-A"}).status_code == 422
    assert saule_s.post(at("erase", case), {"number": case.number.lower()}).status_code == 302
    row = Case.objects.get(pk=case.pk)
    assert row.erased_at
    assert row.state == "closed"
    assert row.number == case.number
    assert row.owner is None
    assert row.opened_at is None
    assert row.branch is None
    assert row.language == ""
    assert File.objects.get(pk=case.file_id).erased_at
    assert vault_queries.read_all(keys=world.keys("saule"), file=case.file_id, part="note") == []
    assert saule_s.get(at("case", case)).status_code == 404
    assert items_of(case.pk) == []
    assert vault_queries.read_all(keys=world.keys("amina"), file=other.file_id, part="link") == []
    assert case.number in saule_s.get(reverse("cases:erased")).content.decode()


def test_erasing_can_be_stopped_and_a_case_kept_longer(world, bakyt_s, case):
    case = closed(world, case)
    bakyt_s.post(at("erase_ask", case), {"text": "Old"})
    world.client("saule").post(at("erase_stop", case))
    case.refresh_from_db()
    assert case.erase_asked_at is None
    assert len(items_of(case.pk, purpose="keep")) == 1
    bakyt_s.post(
        at("keep_longer", case),
        {"until_day": 1, "until_month": 1, "until_year": 2099, "text": "Wage claim of a friend"},
    )
    assert items_of(case.pk, purpose="keep")[0].due_at.year in (2098, 2099)


def test_everything_is_in_the_journal_and_nothing_in_it_names_the_person(world, amina_s, case):
    amina_s.post(
        at("clock", case),
        {"kind": "rape_72", "due_at_day": 1, "due_at_month": 3, "due_at_year": 2099, "due_at_time": "8:00"},
    )
    # These hours stop a closing: they end first.
    (clock,) = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="clock")
    cases.end_clock(keys=world.keys("amina"), case=case, ref=clock.ref, how=ClockEnd.KEPT, at=timezone.now())
    closed(world, case)
    text = " ".join(f"{e.event} {e.facts}" for e in Entry.objects.all())
    assert "cases:case:closed" in text
    assert "rape" not in text
    assert "Tulip" not in text


def test_visible_asks_once_whatever_the_number(world, django_assert_num_queries):
    for _ in range(3):
        opened(world)
    with django_assert_num_queries(1):
        assert len(list(queries.visible(to=world.staff["bakyt"]))) == 3
