"""Addresses come into logs and histories: none tells what is done about a person, for whom, or where.

What stands in an address besides words of the house is an id that tells nothing by itself, or is sealed. Each code that
stands in plain is said in ``KNOWN``, with why it may. The addresses that colleagues are led to are looked at where all of
them are walked anyway: ``tests/practice/test_every_link.py``.
"""

import re
from uuid import uuid4

import pytest

from panah.ground.kit.sealed_addresses import (
    SealedConverter,
    SealedUUIDConverter,
    sealed,
    sealed_for,
    unsealed,
)
from tests.guard.addresses import ADDRESSES, ROUTES
from tests.guard.telling_addresses import in_plain, tells

# What may stand in an address in plain: random ids, numbers that are drawn, and what is public.
OPAQUE = re.compile(r"<(uuid|case|number|int|sealed|sealeduuid):\w+>|<str:(number|token|key)>|<slug:slug>")
KNOWN = {
    "cases:section": "which sheet of the file; the same for everybody",
    "cases:step": "which sheet of the file; the same for everybody",
    "cases:best_interests": "which of three sheets, for whoever is or may be a child",
    "cases:sheet": "which of two empty paper forms",
    "cases:together": "what is done for several people at once: a bed, a referral, a day; not for whom",
    "channels:add": "which way of being called; about a colleague's own telephone or post",
    "complaints:step": "which sheet of a matter",
    "consent:ask": "which of seven questions of the house; whom it is about is sealed",
    "cooperation:share": "which kind of entry a society shares; about nobody",
    "diplomacy:instrument": "a treaty or a law; about nobody",
    "diplomacy:standing": "a treaty or a law; about nobody",
    "figures:sentences": "a country; about nobody",
    "figures:chart": "a country and what is counted; about nobody",
    "figures:chart_csv": "a country and what is counted; about nobody",
    "figures:write_brief": "a country; about nobody",
    "figures:brief_file": "a language, one page or four; about nobody",
    "figures:sentences_sheet": "a country; about nobody",
    "figures:write_sentence": "a country; about nobody",
    "finding:ask_there": "which paired society is asked; both nodes and the wire show it (SECURITY.md, 26)",
    "hotline:sheet": "an empty paper form",
    "hotline:script": "a rehearsal of made-up people",
    "intake:turn": "what an arrival becomes; the row shows it too (SECURITY.md, 20)",
    "model:agree": "an element of the operational model; about the society, nobody served",
    "model:change_element": "an element of the operational model, whose texts are for everybody",
    "model:level": "an element of the operational model; about the society, nobody served",
    "page_texts:text": "which language of the public door, and which of its sentences, which are for everybody",
    "page_texts:texts": "which language of the public door",
    "training:draft_question": "which question of a module, which is about nobody",
    "training:test": "before the course or after it",
    "network:branch": "the register is for everybody",
    "network:confirm_branch": "the register is for everybody",
    "network:rule": "the rule sheet of a country is for everybody",
    "safety:step": "which sheet of a threat",
    "screening:step": "which part of the talk; the same for everybody of a set",
    "volunteers:decide_hours": "yes or no",
    "volunteers:decide_money": "yes or no",
    "volunteers:own_data": "paper or file",
    "volunteers:page_step": "which step of a volunteer's own page",
    "prevention:narrative": "a year or a quarter",
    "network_report:quarter": "a quarter",
    "network_report:prepare": "a quarter",
    "screening:keep": "which part of the talk; the same for everybody of a set",
}


def plain_parts(route):
    return [one[0] for one in re.finditer(r"<[^>]+>", route) if not OPAQUE.fullmatch(one[0])]


def test_every_part_of_an_address_is_opaque_or_said_to_be_known():
    found = {name for name, route in ROUTES.items() if plain_parts(route)}
    assert found == set(KNOWN), "seal it (kit/sealed_addresses.py), or say why it may stand in plain"


def test_the_table_finds_a_part_that_was_planted():
    assert plain_parts("cases/<case:number>/referrals/new/<str:receiver>/") == ["<str:receiver>"]
    assert plain_parts("cases/<case:number>/<sealed:receiver>/<uuid:pk>/") == []


@pytest.mark.parametrize(
    "planted",
    [
        "/cases/4TQ-7MX-R/referrals/new/partner/service:1/",
        "/cases/4TQ-7MX-R/screening/result/?set=forced_criminality",
        "/cases/4TQ-7MX-R/screening/blank/adult_labour/",
    ],
)
def test_a_planted_word_of_content_is_found(planted):
    assert tells(planted)
    assert in_plain("/cases/4TQ-7MX-R/?need=shelter") == ["need"]
    assert in_plain("/cases/4TQ-7MX-R/?state=missing&life=1&aloud=ky") == ["state", "life"]


def test_an_address_that_somebody_finds_in_a_log_opens_for_nobody_but_whom_it_was_made_for():
    amina, daler = uuid4(), uuid4()
    with sealed_for(amina):
        hers, place = sealed("service:1"), SealedUUIDConverter().to_url(amina)
        assert unsealed(hers) == "service:1" and SealedUUIDConverter().to_python(place) == amina
    with sealed_for(daler):
        assert unsealed(hers) == ""
        for kind, address in ((SealedConverter, hers), (SealedUUIDConverter, place)):
            with pytest.raises(ValueError, match=r"^$"):
                kind().to_python(address)
    with sealed_for(None):
        # She is signed out meanwhile: the page leads to the sign-in, and opens nothing.
        assert (SealedConverter().to_python(hers), unsealed(hers)) == ("", "")
    assert unsealed(hers) == ""


def test_no_page_that_is_open_to_strangers_has_a_sealed_address():
    assert not [name for name, one in ADDRESSES.items() if one.open and "<sealed" in ROUTES[name]]


def test_two_addresses_of_one_thing_cannot_be_compared_and_have_one_length():
    one, again, other = sealed("service:1"), sealed("service:1"), sealed("society:practice-south")
    assert one != again and len({len(one), len(again), len(other)}) == 1
    assert unsealed(one) == unsealed(again) == "service:1"
    changed = one[:-2] + ("A" if one[-2] != "A" else "B") + one[-1]
    assert [unsealed(x) for x in (changed, one[:50], "~", "", "service:1", "~" + "ж" * 120)] == [""] * 6
