"""Volunteers of the practice societies, made as the rooms make them."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from panah.programmes.volunteers import actions, sealed_details
from panah.programmes.volunteers.models import Membership, Volunteer
from panah.programmes.volunteers.trained import TRAINED, Trainings

LIST = "/volunteers/"
PHONE = "+000 555 123 456"
ALL_TRAINED = frozenset({"safe_response", "hotline", "children", "field", "sessions"})
FAR = date(2099, 1, 1)


def volunteer(world, *, branch="arna", by="bakyt", name="Practice Volunteer Poplar", ready=False, **typed):
    """Write somebody down; ``ready``: grown up, with signed code, vetting and safeguarding: all but training."""
    typed = {"born_year": 1990, "phone": PHONE, "may_be_contacted": True, "languages": ["ru"]} | typed
    if ready:
        typed["code_signed_on"] = date(2026, 1, 10)
    row = actions.add_volunteer(
        by=world.staff[by], branch=world.branches[branch].pk, role="member", joined_on=date(2026, 1, 5),
        at=timezone.now(), name=name, **typed,
    )  # fmt: skip
    if ready:
        row.vetted_until = row.safeguarding_until = FAR
        vouched(row)
    return row


def browser(world, who):
    """The browser in which a colleague stays signed in for a whole test: signing in costs more than most pages."""
    kept = world.__dict__.setdefault("browsers", {})
    if who not in kept:
        kept[who] = world.client(who)
    return kept[who]


def vouched(row):
    """What stands in the columns counts from now on, as if colleagues had written it."""
    sealed_details.keep_standing(row, sealed_details.STANDING)
    row.save()
    return row


def trained_as(held):
    """A room that keeps trainings: ``held`` (volunteers) says who of them holds what."""

    def holders(society, teaches, on):
        register = Volunteer.objects.filter(society=society).values_list("pk", flat=True)
        return [pk for pk, things in held(list(register)).items() if teaches in things]

    return TRAINED.temporarily("test", Trainings(lambda pks, on: held(pks), holders))


def trained(row, held=ALL_TRAINED):
    return trained_as(lambda pks: {pk: held for pk in pks if pk == row.pk})


def linked(world, who="elena", **more):
    """A volunteer who signs in as one of the cast."""
    row = volunteer(world, ready=True, **more)
    actions.link_staff(by=world.staff["bakyt"], row=row, colleague=str(world.staff[who].pk), at=world.at)
    return row


def page_of(row):
    return reverse("volunteers:volunteer", args=[row.pk])


def step(world, who, row, name, /, **form):
    """Send a step as a colleague; it must be done."""
    answer = browser(world, who).post(reverse(f"volunteers:{name}", args=[row.pk]), form)
    assert answer.status_code == 302, answer.text
    return answer


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def marked_as_elsewhere():
    return set(Membership.objects.filter(elsewhere=True).values_list("pk", flat=True))


def done_elsewhere():
    """What is done in another branch than the volunteer's own, as it is and not as it is marked."""
    rows = Membership.objects.select_related("volunteer")
    return {one.pk for one in rows if one.branch_id != one.volunteer.branch_id}
