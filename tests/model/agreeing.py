"""Two people who look at their society and agree."""

import html

from django.urls import reverse
from django.utils import timezone

from panah.programmes.model.models import Assessment, Assessor
from panah.programmes.model.words import ELEMENTS


def text(answer):
    return " ".join(html.unescape(answer.text).split())


def today():
    return timezone.localdate()


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def begin(world, *names, year=None):
    answer = world.client("bakyt").post(
        reverse("model:begin"),
        {"year": str(year or today().year), "people": [str(world.staff[name].pk) for name in names]},
    )
    assert answer.status_code == 302, text(answer)
    return Assessment.objects.get(year=year or today().year)


def part_of(world, assessment, name):
    return Assessor.objects.get(assessment=assessment, staff=world.staff[name])


def gives_all(world, assessment, name, levels=2, **others):
    """One colleague answers every element, page by page, as the pages lead on, and says that it is all."""
    client, part = world.client(name), part_of(world, assessment, name)
    address = reverse("model:level", args=[part.pk, ELEMENTS[0]])
    for _each in ELEMENTS:
        element = address.rstrip("/").split("/")[-1]
        answer = client.post(
            address, {"level": others.get(element, levels), "seen": ["0"], "sentence": f"{name} on {element}"}
        )
        assert answer.status_code == 302, text(answer)
        address = answer.url
    assert address == reverse("model:own", args=[part.pk])
    client.post(reverse("model:finish", args=[part.pk]))


def agrees_all(world, assessment, levels=2, **others):
    bakyt = world.client("bakyt")
    bakyt.post(reverse("model:together", args=[assessment.pk]))
    people = [str(one.staff_id) for one in assessment.assessors.all()]
    for element in ELEMENTS:
        answer = bakyt.post(
            reverse("model:agree", args=[assessment.pk, element]),
            {"level": others.get(element, levels), "sentence": "talked through", "decided_by": people},
        )
        assert answer.status_code == 302, text(answer)
    bakyt.post(reverse("model:end", args=[assessment.pk]))
    assessment.refresh_from_db()
    assert assessment.state == "agreed"


def agreed(world, levels=2, *, year=None, **others):
    assessment = begin(world, "amina", "elena", year=year)
    for name in ("amina", "elena"):
        gives_all(world, assessment, name, levels, **others)
    agrees_all(world, assessment, levels, **others)
    return assessment
