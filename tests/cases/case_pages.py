"""Amina's case, its addresses, and what is seen on them."""

import re

from django.urls import reverse
from django.utils import timezone

from panah.people.cases import actions as cases

NAME = "Practice Person Tulip"


def opened(world, name="amina", at=None, **more):
    return cases.open_case(
        keys=world.keys(name),
        by=world.staff[name],
        at=at or timezone.now(),
        language="uz",
        identity={
            "names": [{"text": NAME, "kind": "called"}],
            "phones": [{"number": "+000 17", "safe": "no"}],
            "born": "1999-04",
        },
        note="Came with a small bag.",
        **more,
    )


def at(name, case, *args):
    return reverse(f"cases:{name}", args=[case.number, *args])


def seen_on(page):
    """What a page with a text that colleagues write too says it has seen."""
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]
