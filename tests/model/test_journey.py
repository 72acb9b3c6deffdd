"""Two people look at their society, each alone, then together; a plan follows, and a year later what moved."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.network import capabilities
from panah.ground.network.models import Society
from panah.ground.vault.actions import offboarding as vault
from panah.ground.work.models import DueItem
from panah.programmes.model import actions as model
from panah.programmes.model import queries as model_queries
from panah.programmes.model.models import Opinion, PlannedAction, SharedStrengths
from panah.programmes.model.words import ELEMENTS
from tests.model.agreeing import agreed, agrees_all, begin, gives_all, part_of, parts, text, today


def test_two_people_assess_plan_and_see_next_year_what_moved(world):
    last = agreed(world, year=today().year - 1, shelter=1)
    bakyt, page = world.client("bakyt"), reverse("model:assessment", args=[last.pk])
    answer = bakyt.post(
        reverse("model:plan", args=[last.pk]),
        {
            "element": "shelter", "action": "Agree with two houses", "owner": str(world.staff["ibrat"].pk),
            **parts("due_on", today() + timedelta(days=30)),
        },
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    assert "Agree with two houses" in text(bakyt.get(page))
    ibrat, planned = world.client("ibrat"), PlannedAction.objects.get()
    assert DueItem.objects.get(subject=planned.pk, done_at=None).owner == world.staff["ibrat"]
    ibrat.post(reverse("model:action", args=[planned.pk]), {"state": "done", "came_of_it": "Both signed"})
    assert not DueItem.objects.filter(subject=planned.pk, done_at=None).exists()
    assert "Both signed" in text(bakyt.get(reverse("model:action", args=[planned.pk])))

    assert DueItem.objects.filter(room="model_again", done_at=None).count() == 2, (
        "both focal points, next year"
    )
    this = agreed(world, shelter=3, hotline=1)
    assert not DueItem.objects.filter(room="model_again", subject=last.pk, done_at=None).exists()
    seen = text(world.client("ibrat").get(reverse("model:assessment", args=[this.pk])))
    row = (
        seen.split("Shelter</th>")[1].split("</tr>")[0]
        if "Shelter</th>" in seen
        else seen.split(">Shelter")[2]
    )
    assert "3 · Works" in seen and ">+2<" in row
    assert ">−1<" in seen and "as before" in seen
    assert "<svg" in seen and str(last.year) in seen


def test_each_is_alone_first_and_differences_are_kept(world):
    assessment = begin(world, "amina", "elena")
    gives_all(world, assessment, "amina", 3)
    amina, elena, bakyt = (world.client(name) for name in ("amina", "elena", "bakyt"))
    side = reverse("model:agree", args=[assessment.pk, "shelter"])
    for client in (amina, elena, bakyt, world.client("ibrat")):
        assert client.get(side).status_code == 404, (
            "nobody reads what others say before all stand side by side"
        )
    others = reverse("model:level", args=[part_of(world, assessment, "amina").pk, "shelter"])
    assert elena.get(others).status_code == 404 and bakyt.get(others).status_code == 404
    bakyt.post(reverse("model:together", args=[assessment.pk]))
    assessment.refresh_from_db()
    assert assessment.state == "alone", "one view is no self-assessment"
    gives_all(world, assessment, "elena", 3, shelter=1)
    bakyt.post(reverse("model:together", args=[assessment.pk]))
    assert "You see it differently" in text(elena.get(side))
    assert "amina on shelter" in text(elena.get(side)) and "elena on shelter" in text(amina.get(side))
    assert world.client("ibrat").get(side).status_code == 404
    assert amina.post(others, {"level": 1, "sentence": "now I agree"}).status_code == 422
    agrees_all(world, assessment, 3, shelter=2)
    kept = text(amina.get(side))
    assert "amina on shelter" in kept and "decided by Amina, Elena" in kept and "2 · Begun" in kept


def test_nothing_typed_is_lost_and_one_stops_and_goes_on(world):
    assessment = begin(world, "amina", "elena")
    amina, part = world.client("amina"), part_of(world, assessment, "amina")
    first = reverse("model:level", args=[part.pk, ELEMENTS[0]])
    wrong = amina.post(first, {"level": "3", "seen": ["1"], "other": "the notebook"})
    assert wrong.status_code == 422 and "Say in a sentence why" in text(wrong)
    assert 'value="the notebook"' in wrong.text
    assert "checked" in wrong.text.split('name="level" value="3"')[1].split(">")[0]
    stopped = amina.post(first, {"level": "3", "seen": ["1"], "sentence": "we do", "do": "list"})
    assert stopped.url == reverse("model:own", args=[part.pk])
    assert "Go on" in text(amina.get(stopped.url))
    assert "we do" in text(amina.get(first)), "it is still there another day"
    assert Opinion.objects.get().seen == [1]
    too_early = amina.post(reverse("model:finish", args=[part.pk]), follow=True)
    assert "Elements without an answer: 10." in text(too_early)
    assert amina.post(reverse("model:level", args=[part.pk, ELEMENTS[1]]), {"level": "0"}).status_code == 302


def test_who_was_named_finds_it_on_the_list_and_nobody_else_sees_the_assessment(world):
    assessment = begin(world, "amina", "elena")
    part = part_of(world, assessment, "amina")
    assert "Give your levels for the self-assessment" in text(world.client("amina").get(reverse("desk:home")))
    page = reverse("model:assessment", args=[assessment.pk])
    assert world.client("amina").get(page).status_code == 200
    for name in ("cholpon", "daler", "rustam"):
        assert world.client(name).get(page).status_code == 404
        assert world.client(name).get(reverse("model:own", args=[part.pk])).status_code == 404
    for name in ("amina", "ibrat"):
        assert world.client(name).post(reverse("model:together", args=[assessment.pk])).status_code == 404
        assert world.client(name).get(reverse("model:begin")).status_code == 404


def test_one_year_is_begun_once(world):
    begin(world, "amina", "elena")
    again = world.client("saule").post(
        reverse("model:begin"), {"year": str(today().year), "people": [str(world.staff["amina"].pk)]}
    )
    assert again.status_code == 422 and "begun already" in text(again)


def test_two_focal_points_at_one_element_do_not_overwrite_each_other_unseen(world):
    assessment = begin(world, "amina", "elena")
    for name in ("amina", "elena"):
        gives_all(world, assessment, name)
    bakyt, saule = world.client("bakyt"), world.client("saule")
    bakyt.post(reverse("model:together", args=[assessment.pk]))
    address, by = reverse("model:agree", args=[assessment.pk, "hotline"]), [str(world.staff["amina"].pk)]
    bakyt.post(address, {"level": 2, "sentence": "first", "decided_by": by, "seen": ""})
    second = saule.post(address, {"level": 4, "sentence": "second", "decided_by": by, "seen": ""})
    assert second.status_code == 422 and "changed this entry in the meantime" in text(second)
    assert "second" in text(second)


def test_only_what_was_shown_is_seen_by_others_and_it_can_be_taken_back(world):
    assessment = agreed(world, 2, hotline=4, shelter=1)
    rustam, bakyt = world.client("rustam"), world.client("bakyt")
    address = reverse("model:strong") + "?element=hotline"
    assert "Nobody yet" in text(rustam.get(address))
    bakyt.post(reverse("model:share", args=[assessment.pk]), {"contact": str(world.staff["elena"].pk)})
    seen = text(rustam.get(address))
    assert "Practice Society North" in seen and "ask Elena" in seen and "Strong: others can learn" in seen
    assert "talked through" not in seen and "Amina" not in seen
    assert "Nobody yet" in text(rustam.get(reverse("model:strong") + "?element=shelter"))
    assert SharedStrengths.objects.get().levels == {"hotline": 4}, "what is weak never leaves"
    assert "Hotline" in text(bakyt.get(reverse("model:sheet", args=[assessment.pk])))
    bakyt.post(reverse("model:take_back", args=[assessment.pk]))
    assert "Nobody yet" in text(rustam.get(address)) and not SharedStrengths.objects.exists()


@pytest.mark.parametrize("element", ["", "no-such-thing", "hotline'\"--"])
def test_an_element_that_does_not_exist_is_asked_of_nobody(world, element):
    assert world.client("rustam").get(reverse("model:strong"), {"element": element}).status_code == 200


def test_a_colleague_who_leaves_gives_on_the_plan_and_the_questions_of_others(world):
    assessment = agreed(world, 3)
    by, at = world.staff["bakyt"], timezone.now()
    planned = model.add_action(
        assessment=assessment, element="shelter", action="x", owner=str(world.staff["ibrat"].pk),
        due_on=today() + timedelta(days=9), by=by, at=at,
    )  # fmt: skip
    model.share(assessment=assessment, contact=str(world.staff["ibrat"].pk), by=by, at=at)
    vault.hand_over_all(keys=world.keys("bakyt"), staff=world.staff["ibrat"], to=world.staff["amina"], at=at)
    planned.refresh_from_db()
    assert (
        planned.owner == world.staff["amina"]
        and SharedStrengths.objects.get().contact == world.staff["amina"]
    )
    assert DueItem.objects.get(subject=planned.pk, done_at=None).owner == world.staff["amina"]


def test_whoever_gets_the_action_on_a_list_can_end_it_and_a_new_day_there_stands_in_the_plan(world):
    assessment = agreed(world, 3)
    planned = model.add_action(
        assessment=assessment, element="shelter", action="x", owner=str(world.staff["ibrat"].pk),
        due_on=today() + timedelta(days=9), by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    address = reverse("model:action", args=[planned.pk])
    gulnar = world.client("gulnar")
    assert gulnar.get(address).status_code == 404
    item = DueItem.objects.get(subject=planned.pk)
    world.client("ibrat").post(reverse("desk:give", args=[item.pk]), {"to": str(world.staff["gulnar"].pk)})
    assert gulnar.get(address).status_code == 200
    day = today() + timedelta(days=20)
    gulnar.post(reverse("desk:move", args=[item.pk]), {**parts("due_at", day), "due_at_time": "09:00"})
    planned.refresh_from_db()
    assert planned.due_on == day


def decide(world, leaves, *, accepted):
    """Bakyt opens the page where the assessment leads and asks for it, Saule agrees."""
    day = today()
    given = {"mode": "some" if leaves else "full", "leaves": leaves, **parts("from_day", day)}
    if accepted:
        given |= {"receiver": "Childline", "accepted_by": "Lola", **parts("accepted_on", day)}
    answer = world.client("bakyt").post(reverse("sign_in:working-mode"), given)
    assert answer.status_code == 302, text(answer)
    world.client("saule").post(reverse("sign_in:decide-working-mode"), {"do": "agree"})
    return set(Society.objects.get(pk=world.societies["north"].pk).closed)


def test_a_light_society_grows_into_more_one_by_one_and_back(world):
    assert decide(world, capabilities.light(), accepted=True) == set(capabilities.light())
    weak = agreed(world, 1, year=today().year - 1)
    page = text(world.client("bakyt").get(reverse("model:assessment", args=[weak.pk])))
    assert "Propose to take it up" not in page and "Identification: level 1, needed is 2" in page

    strong = agreed(world, 3, shelter=2)
    answer = world.client("bakyt").get(reverse("model:assessment", args=[strong.pk]))
    assert text(answer).count("Propose to take it up") == 5, "all but safe places: shelter has 2, needs 3"
    assert "Shelter: level 2, needed is 3" in text(answer)
    leads = html.unescape(answer.text).split(f'href="{reverse("sign_in:working-mode")}?')[1:]
    screening = next(one for one in leads if "leaves=screening" not in one.split('"')[0])
    proposed = world.client("bakyt").get(reverse("sign_in:working-mode") + "?" + screening.split('"')[0]).text
    assert "checked" in proposed.split('value="shelter"')[1].split(">")[0]
    assert "checked" not in proposed.split('value="screening"')[1].split(">")[0]

    assert decide(world, ["shelter"], accepted=False) == {"shelter"}
    amina = world.client("amina")
    assert amina.get(reverse("cases:group")).status_code == 200
    assert world.client("gulnar").get(reverse("shelter:add_place")).status_code == 403
    assert decide(world, [], accepted=False) == set()
    assert world.client("gulnar").get(reverse("shelter:add_place")).status_code == 200
    page = text(world.client("bakyt").get(reverse("model:assessment", args=[strong.pk])))
    assert page.count("Propose to leave it to others") == 1, "it proposes; the society did otherwise"
    assert decide(world, capabilities.light(), accepted=True) == set(capabilities.light())
    assert amina.get(reverse("directory:services") + "?need=shelter").status_code == 200


def test_the_year_before_is_the_last_that_was_agreed(world):
    agreed(world, year=today().year - 1)
    this = begin(world, "amina", "elena")
    assert model_queries.year_before(this).year == today().year - 1
