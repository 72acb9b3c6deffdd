"""A referral is declined: who else could help, as the decliner picks them and as the sender goes on with them."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.utils import timezone

from panah.ground.directory import actions as directory
from panah.ground.directory import queries as directory_queries
from panah.ground.kit.sealed_addresses import sealed
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.people.referrals.models import Referral
from tests import delivered
from tests.referrals.across import Story, text_of
from tests.sealed import opened


@pytest.fixture
def story(world, paired):
    return Story(world)


def test_the_decliner_picks_services_and_the_sender_prepares_a_referral_to_one(story, world, at):
    delivered.load(directory.load_reference_data, at=at)
    story.prepare()
    story.seal()
    story.deliver()
    page = story.open_offer().content.decode()
    assert 'name="region"' in page
    search = {
        "step": "decline",
        "search": "1",
        "reason": "full",
        "note": "ask in June",
        "need": "",
        "region": "",
        "language": "",
    }
    found = story.rustam.post(story.offer, search).content.decode()
    assert Referral.objects.get().state == "offered"
    assert "ask in June</textarea>" in found
    services = re.findall(r'name="others" value="([0-9a-f-]{36})"', found)
    assert services
    chosen = directory_queries.service_or_none(UUID(services[0]), at=at).card
    narrower = story.rustam.post(
        story.offer, search | {"need": "legal", "others": services[:1]}
    ).content.decode()
    assert re.search(rf'value="{services[0]}"[^>]*checked', narrower)
    no = {"step": "decline", "reason": "full", "note": "", "others": services[:1]}
    assert story.rustam.post(story.offer, no).status_code == 302
    story.deliver()
    read = story.does("amina", "take_up")
    assert chosen.name in text_of(read)
    assert "named by them" in text_of(read)
    prepare = f"/cases/{story.case.number}/referrals/new/{sealed('cross_border')}/{sealed(f'service:{services[0]}')}/"
    assert opened(prepare) in opened(read.text)
    assert chosen.name in text_of(story.amina.get(prepare))


def test_somebody_who_is_named_and_not_in_our_directory_is_asked_for_with_the_name_filled_in(story, world):
    story.prepare()
    story.seal()
    story.deliver()
    story.open_offer()
    story.rustam.post(story.offer, {"step": "decline", "reason": "full", "note": ""})
    story.deliver()
    story.does("amina", "take_up")
    row = Referral.objects.get()
    keys = world.keys("amina")
    kept = vault_queries.read(keys=keys, file=story.case.file_id, part="referral", ref=row.pk).value
    named = {
        "name": "Practice House Elm",
        "organization": "Made-up aid",
        "region": "There",
        "phone": "+000 9",
    }
    kept["steps"][-1]["others"] = [named]
    vault.write(
        keys=keys, file=story.case.file_id, part="referral", ref=row.pk, value=kept, at=timezone.now()
    )
    assert "Practice House Elm" in text_of(story.amina.get(story.here))
    ask = f"/cases/{story.case.number}/consent/ask/cross_border/"
    begun = story.amina.post(ask, {"step": "name", "receiver_other": "Practice House Elm, Made-up aid"})
    assert 'value="Practice House Elm, Made-up aid"' in begun.content.decode()
    assert "There is a problem" not in text_of(begun)


def test_after_accepting_too_whoever_cannot_names_who_could(story, world, at):
    delivered.load(directory.load_reference_data, at=at)
    story.accepted()
    page = story.daler.get(story.there).content.decode()
    (first, *_rest) = re.findall(r'name="others" value="([0-9a-f-]{36})"', page)
    search = {"step": "after_all", "search": "1", "reason": "", "note": "typed", "need": "legal"}
    assert "typed</textarea>" in story.daler.post(story.there, search).content.decode()
    story.does("daler", "after_all", reason="full", note="", others=[first])
    story.deliver()
    assert f"service:{first}" in opened(story.does("amina", "take_up").text)
