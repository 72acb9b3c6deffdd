"""Every address of the node: who gets in at the door, and that others' things answer like none at all."""

import re
from uuid import uuid4

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import timezone

from panah.cases import actions as cases
from panah.foundation.ids import new_number
from panah.hotline.actions.calls import begin_contact
from panah.hotline.models import Line
from tests.conftest import LINE_NORTH

# An address that is not in this table fails the first test: whoever adds one says here what it is about.
TABLE = {
    "open to anyone": """
        health vault:sign-in vault:forgotten vault:cannot vault:invitation kit:language once
    """,
    "of every colleague's door": """
        desk:home desk:team desk:about-me desk:journal desk:journal-check
        vault:sign-out vault:unlock vault:lock vault:new-passphrase vault:ceremony
        vault:ceremony-share vault:ceremony-check vault:ceremony-stop vault:recovery-sheet
        vault:colleagues vault:reseal vault:invite vault:new-recovery-key vault:signing-key
        vault:signing-key-by-telephone vault:tidy
        kit:gallery kit:keys
        network:services network:numbers network:add_number network:add_service network:to_verify
        network:societies
        hotline:calls hotline:take hotline:log hotline:hand_over hotline:aid hotline:lines
        hotline:add_line hotline:alarms_now hotline:links_requests hotline:take_links
        hotline:authorities hotline:take_authority hotline:paper hotline:type_in hotline:rehearsal
        hotline:sealed_draft
        cases:list cases:take_out cases:open cases:settings cases:erased cases:group
        cases:gatherings cases:gathering_new
        finding:find
        imports:bring imports:look imports:go_on imports:stop imports:export
        accounts:settings accounts:end-others accounts:roster accounts:put-on-duty
    """,
    "with another thing": """
        desk:item desk:done desk:move desk:give desk:answer
        vault:hand-over vault:colleague vault:admit vault:duty-key vault:way-back vault:end-access
        vault:make-focal-point vault:end-focal-point
        network:number network:edit_number network:service network:edit_service network:organization
        network:edit_organization network:society network:edit_society network:add_branch
        network:branch network:confirm_branch network:rules network:rules_paper network:rule
        hotline:line hotline:edit_line hotline:alarm hotline:links_request hotline:authority
        hotline:sheet hotline:script hotline:opened
        finding:question
        accounts:end-session accounts:take-off-duty
    """,
    "of a contact": """
        hotline:call hotline:draft hotline:alive hotline:beside hotline:emergency
        hotline:emergency_draft hotline:services hotline:call_links hotline:call_authority
        hotline:back hotline:contact hotline:show hotline:resume hotline:close hotline:case
    """,
    "of a case": """
        screening:start screening:decline screening:result screening:paper screening:blank
        screening:meeting screening:end screening:step screening:keep
        consent:answers consent:ask consent:withdraw
        referrals:list referrals:find referrals:new referrals:one referrals:give-up referrals:letter
        referrals:script
        cases:case cases:identity cases:cover cases:change_identity cases:note cases:facts
        cases:journal cases:due_new cases:due_done cases:told cases:episode_new cases:episode
        cases:section cases:plan cases:need cases:need_change cases:objectives cases:service
        cases:service_change cases:plan_ask cases:plan_decide cases:safety cases:risk
        cases:safety_plan cases:safety_paper cases:stage cases:step cases:child cases:age
        cases:guardian cases:determination cases:best_interests cases:dates cases:clock
        cases:clock_change cases:clock_end cases:begin_follow_up cases:follow_up_new cases:follow_up
        cases:follow_up_day cases:reintegration cases:means cases:give cases:receipt cases:sign
        cases:void cases:links cases:unlink cases:team cases:conference cases:supervision
        cases:let_in cases:take_back cases:hand_over cases:close cases:close_ask cases:close_decide
        cases:reopen cases:keep_longer cases:erase cases:erase_ask cases:erase_stop
    """,
    "of an event": """
        cases:gathering cases:gathering_change cases:gathering_join cases:gathering_heard
    """,
}

KIND = {name: kind for kind, names in TABLE.items() for name in names.split()}


def walk(resolver, space=(), before=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            below = (*space, one.namespace) if one.namespace else space
            yield from walk(one, below, before + str(one.pattern))
        else:
            yield ":".join((*space, one.name)), before + str(one.pattern)


ADDRESSES = dict(walk(get_resolver()))
WORDS = {"step": "presumed", "which": "note", "key": "person", "kind": "note", "purpose": "partner",
         "receiver": "other", "code": "adult_labour", "slug": "practice-north", "branch": "arna"}  # fmt: skip


def address(name, *, number, ref):
    """Fill an address: the number of the thing, ``ref`` for whatever part of it."""

    def fill(match):
        kind, _, what = match[1].rpartition(":")
        return number if what == "number" else str(ref) if kind == "uuid" else WORDS.get(what, "nothing")

    return "/" + re.sub(r"<([^>]+)>", fill, ADDRESSES[name])


def of(*kinds):
    return [name for name, kind in KIND.items() if kind in kinds]


def bare(answer, *own):
    """What a page says, without tokens and its own address."""
    text = answer.content.decode()
    for word in own:
        text = text.replace(word, "IT")
    return re.sub(r"[A-Za-z0-9_-]{32,}", "TOKEN", text)


@pytest.fixture
def things(world):
    """Amina's case and event, and a contact on Elena's line, in North."""
    now = timezone.now()
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1",
        numbers=["0 000 000 00 01"], made_at=world.at,
    )  # fmt: skip
    case = cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=now, language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip
    event = cases.open_gathering(keys=world.keys("amina"), kind="event", about={"title": "x"}, at=now)
    contact = begin_contact(
        keys=world.keys("elena"), line=line, channel="phone", by=world.staff["elena"], at=now
    )
    return {"of a case": case.number, "of an event": event.number, "of a contact": contact.number}


def test_every_address_is_in_the_table():
    assert set(KIND) == set(ADDRESSES)


def test_a_stranger_is_sent_to_the_door_from_every_address_alike(things, farid):
    for name in set(KIND) - set(of("open to anyone")):
        for number in (things.get(KIND[name], new_number()), new_number()):
            for send in (farid.get, farid.post):
                answer = send(address(name, number=number, ref=uuid4()))
                assert answer.status_code == 302, name
                assert answer.url.startswith("/vault/sign-in"), name


OUTSIDE = {
    "of a case": "cholpon elena gulnar nurlan zarina timur ibrat daler rustam malika",
    "of an event": "cholpon elena gulnar nurlan zarina timur ibrat daler rustam malika",
    "of a contact": "gulnar nurlan zarina timur daler rustam malika",
}


@pytest.mark.parametrize(("kind", "who"), [(k, w) for k, names in OUTSIDE.items() for w in names.split()])
def test_what_is_not_theirs_answers_like_what_is_not_there(world, things, kind, who):
    client = world.client(who)
    for name in of(kind):
        ref, none = uuid4(), new_number()
        there, nowhere = address(name, number=things[kind], ref=ref), address(name, number=none, ref=ref)
        for send in (client.get, client.post):
            a, b = send(there), send(nowhere)
            assert (a.status_code, b.status_code) in ((404, 404), (405, 405)), (name, a.status_code)
            assert bare(a, there, things[kind]) == bare(b, nowhere, none), name


def test_holders_reach_their_own_pages(world, things):
    """The control: the same addresses do answer those whose things they are."""
    assert world.client("amina").get(f"/cases/{things['of a case']}/").status_code == 200
    assert world.client("bakyt").get(f"/cases/{things['of a case']}/").status_code == 200
    assert world.client("elena").get(f"/calls/{things['of a contact']}/").status_code == 200


@pytest.mark.parametrize("who", [None, "amina", "bakyt", "elena", "zarina", "timur"])
def test_every_page_is_kept_nowhere_and_framed_by_nobody(world, things, who):
    client = world.client(who)
    for name in set(KIND) - {"health"}:
        answer = client.get(address(name, number=things.get(KIND[name], new_number()), ref=uuid4()))
        assert answer.status_code < 500, name
        assert "no-store" in answer["Cache-Control"], name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Referrer-Policy"] in ("no-referrer", "same-origin"), name
        assert answer["X-Frame-Options"] == "DENY", name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert "default-src" in answer["Content-Security-Policy"], name
