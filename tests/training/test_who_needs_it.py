"""A coordinator sees a gap, plans the course of it, and fills its list with those who need it."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.programmes.training import actions as training
from panah.programmes.training import permissions, queries
from panah.programmes.training.curricula import delivered
from panah.programmes.training.models import Course, Training
from panah.programmes.training.words import EnrolmentState
from panah.programmes.volunteers.words import TrainedIn
from tests.training.conftest import course, curriculum, module, volunteer


def trained(world, who, teaches, *, months=12):
    training.write_training(
        volunteer=who, teaches=teaches, since=timezone.localdate(), months=months, by=world.staff["bakyt"],
        at=timezone.now(),
    )  # fmt: skip


def today():
    day = timezone.localdate()
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


def test_from_a_gap_ibrat_plans_the_course_and_fills_it_with_those_who_lack_it(world):
    children = module(world, "children", teaches=TrainedIn.CHILDREN)
    aigul, bolot, cholpon, other, far = (
        volunteer(world, name, branch="besh" if name.startswith("Far") else "arna")
        for name in ("Aigul Practice", "Bolot Practice", "Cholpon Practice", "Other Practice", "Far Practice")
    )
    for who in (aigul, bolot, cholpon, far):
        trained(world, who, TrainedIn.HOTLINE)
    trained(world, cholpon, TrainedIn.CHILDREN)
    ibrat = world.client("ibrat")
    text = ibrat.get(reverse("training:gaps")).text
    plan = f"{reverse('training:plan')}?module={children.pk}"
    assert f'href="{plan}"' in text
    # Title, module and for whom stand there already.
    text = ibrat.get(plan).text
    assert 'value="Practice: children"' in text
    assert re.search(rf'value="{children.pk}"[^>]*checked', text)
    typed = {
        "title": "Practice: children", "modules": [str(children.pk)], "trainers": [str(world.staff["elena"].pk)],
        "audience": "volunteers", "language": "ky", "places": "1", **today(),
    }  # fmt: skip
    ibrat.post(plan, typed)
    one = Course.objects.get()
    here = reverse("training:who_need", args=[one.pk])
    text = ibrat.get(here).text
    assert "Aigul Practice" in text and "Bolot Practice" in text
    for name in ("Cholpon Practice", "Other Practice", "Far Practice"):
        assert name not in text
    # As many are ticked as there are places; she takes both, and one waits.
    assert len(re.findall(r'name="volunteers"[^>]*checked', text)) == 1
    chosen = [str(aigul.pk), str(bolot.pk)]
    refused = ibrat.post(here, {"volunteers": [*chosen, str(other.pk)]})
    assert refused.status_code == 422 and not one.enrolments.exists()
    for _press in range(2):
        assert ibrat.post(here, {"volunteers": chosen}).url == reverse("training:course", args=[one.pk])
    states = dict(one.enrolments.values_list("volunteer__name", "state"))
    assert states == {"Aigul Practice": EnrolmentState.ENROLLED, "Bolot Practice": EnrolmentState.WAITING}
    assert "Everybody who needs it is on the list" in ibrat.get(here).text
    assert far.pk != other.pk and world.client("elena").get(here).status_code == 404


def test_whose_training_runs_out_is_asked_to_the_refresher_and_whoever_refreshed_it_is_not(world):
    aigul, bolot = volunteer(world, "Aigul Practice"), volunteer(world, "Bolot Practice")
    for who in (aigul, bolot):
        trained(world, who, TrainedIn.SAFE_RESPONSE, months=1)
    trained(world, bolot, TrainedIn.SAFE_RESPONSE, months=12)
    one = course(world)
    text = world.client("ibrat").get(reverse("training:who_need", args=[one.pk])).text
    assert "Aigul Practice" in text and "runs out on" in text and "Bolot Practice" not in text


def test_a_course_that_is_over_takes_nobody_and_says_so(world):
    aigul = volunteer(world, "Aigul Practice")
    trained(world, aigul, TrainedIn.SAFE_RESPONSE, months=1)
    one = course(world)
    Course.objects.update(state="settled", settled_on=timezone.localdate())
    answer = world.client("ibrat").post(
        reverse("training:who_need", args=[one.pk]), {"volunteers": [str(aigul.pk)]}
    )
    assert answer.status_code == 422 and "This course is over." in answer.text


def test_a_course_of_the_module_for_police_is_planned_for_police(world):
    police = training.adopt_module(
        languages=delivered()["police"], valid_months=24, by=world.staff["bakyt"], at=timezone.now()
    )
    ibrat = world.client("ibrat")
    plan = f"{reverse('training:plan')}?module={police.pk}"
    assert f'href="{plan}"' in ibrat.get(reverse("training:module", args=[police.pk])).text
    assert re.search(r'<option value="police" selected', ibrat.get(plan).text)
    # A module of nobody's, or no module at all: an empty page to plan on.
    for asked in ("nonsense", str(one_of_the_other_society(world).pk)):
        assert 'value="Practice' not in ibrat.get(f"{reverse('training:plan')}?module={asked}").text


def one_of_the_other_society(world):
    return training.adopt_module(
        languages={"en": curriculum("theirs")}, valid_months=24, by=world.staff["rustam"], at=timezone.now()
    )


def test_two_months_ahead_it_is_said_that_a_training_runs_out(world):
    aigul = volunteer(world, "Aigul Practice")
    trained(world, aigul, TrainedIn.HOTLINE)
    for days, said in ((61, False), (60, True)):
        Training.objects.update(until=timezone.localdate() + timedelta(days=days))
        assert [
            one.volunteer for one in queries.ending(to=world.staff["ibrat"], on=timezone.localdate())
        ] == ([aigul] if said else [])
        assert ("Aigul Practice" in world.client("ibrat").get(reverse("training:gaps")).text) is said


def test_a_focal_point_plans_for_any_branch_and_a_coordinator_for_the_own_one(world):
    for who, chooses in (("bakyt", True), ("ibrat", False)):
        assert permissions.plans_everywhere(world.staff[who]) is chooses
        text = world.client(who).get(reverse("training:plan")).text
        assert ('name="branch"' in text) is chooses
