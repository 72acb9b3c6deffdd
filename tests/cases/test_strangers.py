"""Others' cases answer like none: every address of the room, every colleague who may not, every stranger."""

from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from panah.ground.foundation.ids import new_number
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from tests.cases.case_pages import opened
from tests.cases.other_colleagues import OTHERS
from tests.guard.classes import EVERYBODY_ASKS

# Of one society, and no case is theirs: each answer comes from the same refusal.
WITHOUT_CASES = ("elena", "gulnar", "nurlan", "zarina", "timur", "ibrat")
WITHOUT_A_CASE = (
    "list",
    "take_out",
    "hand_over_many",
    "open",
    "settings",
    "erased",
    "group",
    "gatherings",
    "gathering_new",
    "held_now",
)


def names():
    cases_urls = next(r for r in get_resolver().url_patterns if getattr(r, "app_name", None) == "cases")
    return [(p.name, p.pattern.converters) for p in cases_urls.url_patterns]


def address(name, converters, number, ref, key):
    values = {"number": number, "key": key, "step": "presumed", "which": "note"}
    return reverse(f"cases:{name}", kwargs={n: values.get(n, ref) for n in converters})


def addresses(number):
    """Every address about this case or gathering, for whatever part of it."""
    ref = uuid4()
    return [address(name, c, number, ref, "person") for name, c in names() if name not in WITHOUT_A_CASE]


def test_the_table_of_addresses_is_whole():
    assert len(addresses("346-789-A")) > 50
    assert set(WITHOUT_A_CASE) < {n for n, _ in names()}


def ask_all(client, there):
    """What an address answers to a look and to a press, without what differs from request to request."""
    return [(one.status_code, len(one.content)) for one in (client.get(there), client.post(there))]


@pytest.mark.parametrize("who", OTHERS)
def test_others_get_the_same_404_as_for_no_case(world, who):
    case = opened(world)
    event = cases.open_case_group(
        keys=world.keys("amina"), kind="event", about={"title": "x"}, at=timezone.now()
    )
    client = world.client(who)
    for number, none in ((case.number, new_number()), (event.number, new_number())):
        met = set()
        asked = turn_of(who, list(zip(addresses(number), addresses(none), strict=True)))
        for there, nowhere in asked:
            answers = ask_all(client, there)
            assert answers == ask_all(client, nowhere), there
            met |= {(method, status) for method, (status, _) in zip(("GET", "POST"), answers, strict=True)}
        assert met == {("GET", 404), ("POST", 404), ("GET", 405), ("POST", 405)}, "every kind of refusal"
    assert Case.objects.get().is_open


def turn_of(who, pairs):
    """Another branch, another society and its focal point ask at every address; of those who work with no case, one each.

    With ``./panah test --everybody`` everybody asks everywhere.
    """
    if EVERYBODY_ASKS or who not in WITHOUT_CASES:
        return pairs
    return pairs[WITHOUT_CASES.index(who) :: len(WITHOUT_CASES)]


def test_nobody_signed_in_is_sent_to_the_door(world, farid):
    case = opened(world)
    for there in addresses(case.number):
        assert farid.get(there).status_code in (302, 405), there


def test_those_without_cases_have_no_list_and_open_none(world):
    for who in ("elena", "gulnar", "timur", "zarina", "nurlan", "ibrat"):
        client = world.client(who)
        for name in WITHOUT_A_CASE:
            assert client.get(reverse(f"cases:{name}")).status_code in (404, 405), (who, name)
        assert (
            client.post(reverse("cases:open"), {"urgency": "now", "age_group": "unknown"}).status_code == 404
        )


def test_a_wrong_check_character_is_no_case_either(world):
    opened(world)
    client = world.client("amina")
    for wrong in ("000-000-0", "346-789-X", "III-III-I"):
        assert client.get(f"/cases/{wrong}/").status_code == 404
