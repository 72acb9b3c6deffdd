"""A curriculum of the society's own, written and published."""

import re

from django.urls import reverse
from django.utils import timezone

from panah.programmes.training import actions as training
from panah.programmes.training.models import Module, ModuleDraft

PART = {
    "minutes": "20", "en_title": "Practice: our own country", "en_steps": "Practice: read the rule sheet\nPractice: ask",
    "en_materials": "Practice: rule sheet", "ru_title": "Учебная: наша страна",
    "ru_steps": "Учебный шаг\nУчебный вопрос", "ru_materials": "Учебный лист",
}  # fmt: skip


def copy_of(world, slug="safe-response", *, who="ibrat") -> ModuleDraft:
    client = world.client(who)
    answer = client.post(reverse("training:copy_brought", args=[slug]))
    assert answer.status_code == 302
    return ModuleDraft.objects.get()


def send(world, who, name, draft, typed, *more):
    """What a colleague sends from a page, with what the page sends along by itself."""
    client, url = world.client(who), reverse(f"training:{name}", args=[draft.pk, *more])
    seen = re.search(r'name="seen" value="([^"]*)"', client.get(url).text)
    return client.post(url, {**typed, "seen": seen[1]})


def published(world, draft, *, writer="ibrat", second="bakyt") -> Module:
    training.make_ready(draft=draft, by=world.staff[writer], at=timezone.now())
    return training.publish_draft(draft=draft, by=world.staff[second], at=timezone.now())
