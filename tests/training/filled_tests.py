"""A knowledge test that pupils have filled in."""

import re

from django.urls import reverse
from django.utils import timezone

from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from tests.training.knowing import answers, prepared


def opened(world, one, when="before", *, shuffled=False):
    test = prepared(world, one, when)
    training.open_test(test=test, shuffled=shuffled, by=world.staff["elena"], at=timezone.now())
    return test, reverse("knowledge", args=[training_queries.token_of(test.pk)])


def filled(page, test, *, who="", name="", wrong=0):
    """What a participant sends from a page that she read."""
    form = {"once": re.search(r'name="once" value="([^"]+)"', page.text)[1], "who": who, "name": name}
    for number, places in enumerate(answers(test, wrong=wrong), start=1):
        form[f"question-{number}"] = places
    return form
