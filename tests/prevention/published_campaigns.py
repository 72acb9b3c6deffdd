"""A campaign that is published."""

from datetime import timedelta

from django.utils import timezone

from panah.programmes.prevention import actions as prevention
from panah.programmes.prevention.models import Campaign

GOOD = {"blames": "no", "frightens": "no", "face": "no"}


def said(**more):
    today = timezone.localdate()
    return {
        "title": "Practice: who picked this cotton?", "objective": "demand", "audiences": ["employers", "buyers"],
        "messages": "Practice: cheap work has a price. Ask how people are paid. Ring 000 55 10.",
        "channels": ["radio", "posters"], "begins_on": today, "ends_on": today + timedelta(days=20),
        "goal": "dignity", "project": "P-12", **more,
    }  # fmt: skip


def campaign(world, *, by="ibrat", branch="", **more) -> Campaign:
    return prevention.plan_campaign(branch=branch, by=world.staff[by], at=timezone.now(), **said(**more))


def published(world, *, by="ibrat", **more) -> Campaign:
    one = campaign(world, by=by, **more)
    prevention.check_stigma(campaign=one, by=world.staff[by], at=timezone.now(), **GOOD)
    prevention.publish(campaign=one, by=world.staff[by], at=timezone.now())
    return one
