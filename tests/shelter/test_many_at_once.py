"""A bed, a referral, a follow-up for several people of one night: chosen by hand, each refusal named, nothing twice."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.directory.models import Organization, Service
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.consent import actions as consent
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.consent.subjects import load
from panah.people.referrals.models import Referral
from panah.people.shelter.models import Stay
from panah.people.shelter.queries import tonight
from tests.shelter.conftest import make_house

PEOPLE = [
    {"number": "1", "looks": "blue jacket", "age_group": "adult", "language": "uz"},
    {"number": "2", "looks": "grey beard", "age_group": "adult", "language": "uz"},
    {"number": "3", "looks": "red cap", "age_group": "child", "language": "uz"},
]


@pytest.fixture
def group(world):
    """Three people of one site, in Amina's hands."""
    made, _cases = cases.take_in_group(
        keys=world.keys("amina"), about={"title": "Practice site 7"}, people=PEOPLE, at=timezone.now()
    )
    return made


@pytest.fixture
def amina(world):
    return world.client("amina")


BOX = re.compile(r'name="chosen"\s+value="([^"]+)"(.*?)No\. (\d+)', re.DOTALL)


def boxes(page):
    """What stands behind the box of each person, and whether it is ticked, by number."""
    return {number: (ref, "checked" in more) for ref, more, number in BOX.findall(page.text)}


def refs(page, *numbers):
    return [boxes(page)[number][0] for number in numbers]


def case_no(world, number):
    for case in Case.objects.all():
        words = vault_queries.value_of(keys=world.keys("amina"), file=case.file_id, part="worklabel")
        if f"№ {number}" in words.get("text", ""):
            return case
    raise AssertionError(number)


def test_the_page_of_the_event_keeps_the_order_and_offers_the_three(amina, group):
    page = amina.get(f"/cases/events/{group.number}/").text
    assert page.index("blue jacket") < page.index("grey beard") < page.index("red cap")
    for words in ("Beds for several people", "Referral for several people", "Follow-up for several people"):
        assert words in page
    assert page.count("Ask this person") == 3


def test_a_follow_up_is_set_for_those_who_are_chosen_and_once(world, amina, group):
    place = f"/cases/events/{group.number}/together/follow-up/"
    day = timezone.localtime() + timedelta(days=7)
    sent = {f"due_at_{part}": getattr(day, part) for part in ("day", "month", "year")}
    sent["due_at_time"] = "10:00"
    page = amina.get(place)
    nobody = amina.post(place, sent)
    assert nobody.status_code == 422 and "Choose at least one person." in nobody.text
    sent["chosen"] = refs(page, "1", "3")
    assert "Done for 2 people." in amina.post(place, sent, follow=True).text
    assert DueItem.objects.filter(owner=world.staff["amina"], purpose__startswith="follow").count() == 2
    sent["chosen"] = refs(page, "1", "2")
    again = amina.post(place, sent)
    assert "Not done for 1 person." in again.text and "Done for 1 person." in again.text
    assert "There is a follow-up at this time already." in again.text
    assert [number for number, (_ref, ticked) in boxes(again).items() if ticked] == ["1"]
    assert 'value="10:00"' in again.text


def bed(world, house, **more):
    night = tonight(timezone.now())
    return {
        "place": str(house.pk),
        **{f"from_day_{part}": getattr(night, part) for part in ("day", "month", "year")},
        **{f"to_day_{part}": getattr(night + timedelta(days=3), part) for part in ("day", "month", "year")},
        "who": "men",
        "spoken": "uz",
        "told": ["house", "rules", "free", "known", "no_address"],
        "each_said_yes": "on",
        **more,
    }


def test_beds_are_asked_for_at_once_and_who_is_refused_is_named_with_the_reason(world, amina, group):
    house = make_house(world)
    place = f"/cases/events/{group.number}/together/bed/"
    page = amina.get(place)
    without = amina.post(place, bed(world, house, each_said_yes=""))
    assert without.status_code == 422 and not Stay.objects.exists()
    answer = amina.post(place, bed(world, house, chosen=refs(page, "1", "2", "3"), all_the_same="on"))
    assert "Done for 2 people." in answer.text and "Not done for 1 person." in answer.text
    assert "This is a child, or perhaps a child." in answer.text
    assert Stay.objects.count() == 2
    twice = amina.post(place, bed(world, house, chosen=refs(page, "1", "2"), all_the_same="on"))
    assert "A bed was asked for already" in twice.text and Stay.objects.count() == 2


def test_who_was_not_heard_alone_is_marked_and_a_refusal_leads_to_the_person(world, amina, group):
    house = make_house(world)
    place = f"/cases/events/{group.number}/together/bed/"
    page = amina.get(place)
    assert page.text.count("not yet heard alone") == 3
    heard, child = refs(page, "1", "3")
    amina.post(f"/cases/events/{group.number}/{heard}/heard/", {"alone": "yes"})
    assert amina.get(place).text.count("not yet heard alone") == 2
    refused = amina.post(place, bed(world, house, chosen=[child])).text
    [why] = re.findall(r'<p class="why">(.*?)</p>', refused, re.DOTALL)
    assert f'href="/cases/{case_no(world, 3).number}/"' in why and "This is a child" in why


def test_more_people_than_free_beds_is_said_before_anything_is_asked(world, amina, group):
    house = make_house(world)
    place = f"/cases/events/{group.number}/together/bed/"
    page = amina.get(place)
    assert "all_the_same" not in page.text
    chosen = refs(page, "1", "2")
    answer = amina.post(place, bed(world, house, chosen=chosen))
    assert answer.status_code == 422 and not Stay.objects.exists()
    assert "1 bed for men in these nights, chosen: 2." in answer.text
    assert all(boxes(answer)[number][1] for number in ("1", "2")), "who was chosen is still chosen"
    one = amina.post(place, bed(world, house, chosen=chosen[:1]), follow=True)
    assert "Done for 1 person." in one.text and Stay.objects.count() == 1


def test_a_referral_is_prepared_only_for_who_agreed_to_this_receiver(world, amina, group):
    office = Organization.objects.create(name_en="Practice Clinic", iso2="XA")
    service = Service.objects.create(
        organization=office, society=world.societies["north"], iso2="XA", name_en="Practice Help"
    )
    agreed = case_no(world, 2)
    subject = load(agreed.number, to=world.staff["amina"], keys=world.keys("amina"))
    answer = {
        "purpose": "partner",
        "said": "yes",
        "receiver": f"service:{service.pk}",
        "receiver_name": "Practice Help",
        "fields": ["called"],
        "seven": dict.fromkeys(MUST_BE_TOLD, "yes"),
        "guardian": "not_needed",
        "until": "2099-01-01",
        "way": "spoken_face",
        "language": "uz",
        "interpreter": "none",
        "understood": "",
    }
    consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=timezone.now())
    place = f"/cases/events/{group.number}/together/referral/"
    page = amina.get(place)
    sent = {"service": str(service.pk), "need": "a doctor", "chosen": refs(page, "1", "2")}
    told = amina.post(place, sent)
    assert "The person was not asked about this receiver yet." in told.text
    assert Referral.objects.get().case == agreed
    assert "There is a referral to this service already." in amina.post(place, sent).text


def test_who_cannot_open_the_event_finds_none(world, group):
    for name in ("cholpon", "elena", "gulnar", "daler"):
        for what in ("bed", "referral", "follow-up"):
            assert world.client(name).get(f"/cases/events/{group.number}/together/{what}/").status_code == 404
