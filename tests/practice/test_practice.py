"""The practice node: believable, visibly invented, and complete enough to practise on from the first minute."""

from django.utils import translation

from panah.ground.accounts.queries import on_duty_now
from panah.ground.channels import queries as channels_queries
from panah.ground.network.queries import hosted_ids
from panah.ground.work.models import DueItem
from panah.ground.work.queries import open_items, with_sentences
from panah.people.cases.models import Case
from panah.people.complaints.queries import visible
from panah.people.family_links.models import FamilyLinksAcross
from panah.people.hotline.models import Contact
from panah.people.shelter.models import Place, Stay


def test_a_practice_node_has_work_for_everyone_and_a_case_in_every_state(practised):
    assert {c.state for c in Case.objects.all()} >= {"active", "follow_up", "closed"}
    assert {c.state for c in Contact.objects.all()} >= {"call_back", "finished", "closed"}
    assert open_items(to=practised.staff["amina"]).exists()
    assert set(practised.kept) == {"people", "shares"}


def test_what_is_due_is_said_to_each_colleague_in_her_own_language(practised):
    in_english = set()
    with translation.override("ru"):
        for who in ("amina", "cholpon", "elena", "gulnar", "bakyt", "daler"):
            for row in with_sentences(DueItem.objects.all(), keys=practised.keys(who)):
                if translation.gettext(row.say or "-") not in (row.say, "-"):
                    in_english.add(row.say)
    assert not in_english, "sealed in the language of whoever wrote, as if a colleague had typed it"


def test_safe_places_have_beds_and_stays_in_every_state_in_both_societies(practised):
    assert {s.state for s in Stay.objects.all()} >= {"asked", "held", "placed", "here", "missing", "left"}
    for slug in ("practice-north", "practice-south"):
        assert Place.objects.filter(society__slug=slug).count() == 2
        assert Stay.objects.filter(society__slug=slug, state="here").exists()


def test_complaints_stand_in_every_state_for_their_readers_alone(practised):
    seen = {who: sorted(row.state for row in visible(to=practised.staff[who])) for who in practised.staff}
    every = ["acknowledged", "answered", "closed", "looking", "received"]
    # Nurlan reads one more: it is about Zarina, and both focal points read it with him.
    assert seen.pop("zarina") == every and seen.pop("nurlan") == sorted([*every, "received"])
    assert seen.pop("bakyt") == seen.pop("saule") == ["received"]
    assert not any(seen.values())
    assert open_items(to=practised.staff["amina"]).filter(room="complaints_ask").exists()


def test_a_relative_is_sought_across_the_border_both_ways(practised):
    for who, directions in (("bakyt", {"in", "out"}), ("rustam", {"out"})):
        rows = FamilyLinksAcross.objects.visible(to=practised.staff[who])
        assert {row.direction for row in rows} == directions
    assert not FamilyLinksAcross.objects.visible(to=practised.staff["amina"]).exists()


def test_whoever_is_on_duty_can_be_called_and_the_way_was_tested(practised):
    for society in hosted_ids():
        assert channels_queries.a_way_works(society)
        on_duty = [one for people in on_duty_now(society, at=practised.at).values() for one in people]
        assert on_duty and all(one.email and one.duty_phone for one in on_duty)
        assert channels_queries.cannot_be_reached(society, on_duty) == set()
