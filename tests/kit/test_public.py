"""Strangers' doors: one frame, which gives nothing away, runs no script and keeps nothing in the browser."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from panah.programmes.training import queries as training_queries
from panah.programmes.volunteers import actions as volunteers
from tests.training.knowing import completed_course, issued
from tests.volunteers.making import volunteer
from tests.volunteers.own_telephone import given


def join(world):
    token = volunteers.renew_link(by=world.staff["bakyt"], branch=world.branches["arna"].pk, at=world.at)
    return reverse("join", args=[token])


def own(world):
    return given(world, volunteer(world))


def certificate(world):
    row = issued(world, completed_course(world, "Aigul Toktosunova"))[0]
    return reverse("certificate", args=[training_queries.token_of(row.pk)])


def nothing(door):
    return lambda world: reverse(door, args=["x" * 24])


DOORS = {
    "join": join,
    "own": own,
    "certificate": certificate,
    **{f"no {one}": nothing(one) for one in ("join", "own", "certificate", "knowledge")},
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("door", DOORS)
def test_a_strangers_door_has_a_neutral_title_and_no_script_and_is_left_in_one_tap(world, door, language):
    client = Client(enforce_csrf_checks=True)
    answer = client.get(DOORS[door](world), {"in": language})
    title = re.search(r"<title>\s*(.*?)\s*</title>", answer.text, re.S)[1]
    assert title == {"en": "Information", "ru": "Информация"}[language]
    assert f'lang="{language}"' in answer.text and 'content="noindex"' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src" not in policy and "connect-src" not in policy and "default-src 'none'" in policy
    assert "<script" not in answer.text and not client.cookies and "csrf" not in answer.text
    assert 'href="https://www.wikipedia.org/" rel="noreferrer"' in answer.text
    # Nothing of the pages of colleagues.
    assert "/sign-in" not in answer.text and "<nav" not in answer.text
