"""The inbox in a browser: what is opened, withdrawn or dangerous, and from the list to a case without a script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.people.cases.models import Case
from panah.people.inbox import actions as inbox
from panah.people.intake import actions as intake
from tests.browser.conftest import press
from tests.inbox.conftest import arrive


@pytest.fixture
def reads(world):
    """What a colleague set for herself comes before what her browser asks for."""

    def set_language(language):
        type(world.staff["bakyt"]).objects.filter(username="bakyt").update(language=language)

    return set_language


@pytest.fixture
def places(world):
    """Danger, a usual one, one damaged, one open, one withdrawn, one that became nothing."""
    now = timezone.now()
    bakyt, keys = world.staff["bakyt"], world.keys("bakyt")

    def one(content=None, **more):
        return arrive(world, content, at=now - timedelta(hours=1), expires=now + timedelta(days=30), **more)

    danger, usual, broken = (
        one(urgency="now", source="web", sender=None),
        one(),
        one(body=b"\x02" + bytes(999)),
    )
    opened, withdrawn, closed, report = one(kind="referral-offered"), one(), one(), one()
    for arrival in (opened, closed, report):
        inbox.open_arrival(keys=keys, arrival=arrival, by=bakyt, at=now)
    intake.close_arrival(keys=world.keys("bakyt"), arrival=closed, closing="not-ours", by=bakyt, at=now)
    inbox.withdraw(
        society=withdrawn.society_id, sender=withdrawn.sender_id, conversation=withdrawn.conversation, at=now
    )
    inbox.remind(at=now)
    kinds = {
        "danger": danger,
        "usual": usual,
        "opened": opened,
        "report": report,
        "withdrawn": withdrawn,
        "broken": broken,
    }
    return {name: arrival.pk for name, arrival in kinds.items()}


PAGES = [
    ("bakyt", "/inbox/{danger}/"),
    ("saule", "/inbox/{opened}/"),
    ("bakyt", "/inbox/{report}/"),
    ("bakyt", "/inbox/{withdrawn}/"),
    ("bakyt", "/inbox/{report}/turn/case/"),
]


def test_the_pages_of_the_inbox_can_be_used_by_everyone(look_at_all, places):
    look_at_all(PAGES, **places)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_from_the_list_to_a_case_without_a_script(visit, world, places, reads, language):
    reads(language)
    page = visit("bakyt", "/inbox/", scripts=False, width=360, language=language)
    assert ("Защищённые сообщения" in page.content()) == (language == "ru")
    press(page.locator(f'form[action="/inbox/{places["usual"]}/open/"] button'))
    assert "Practice Person Tulip" in page.content()
    press(page.locator(f'a[href="/inbox/{places["usual"]}/turn/case/"]'))
    assert page.locator("#id_called").input_value() == "Practice Person Tulip"
    assert page.locator("#id_phone").input_value() == "+000 000 1234"
    press(page.locator("main form:has(#id_called) button"))
    # Who leads it, and whether an adult could be a child, are asked and never guessed.
    assert page.locator(".errors a").count() == 2
    page.locator("#id_choice").select_option(str(world.staff["amina"].pk))
    page.locator("input[name=doubt][value=no]").check()
    press(page.locator("main form:has(#id_called) button"))
    case = Case.objects.get()
    assert page.url.endswith(f"/cases/{case.number}/")
    assert case.owner == world.staff["amina"]
