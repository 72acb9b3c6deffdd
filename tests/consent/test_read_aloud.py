"""What is read to the person before she answers, and what is said of a receiver that can harm her."""

from uuid import uuid4

import pytest

from panah.ground.accounts.models import RoleHeld
from panah.ground.directory import actions as directory
from panah.ground.directory.models import Service
from panah.ground.network import actions as network
from panah.ground.network.models import RuleLine
from panah.ground.vault.models import StaffKey
from panah.people.consent import queries, rules
from panah.people.consent.read_aloud import ASKS, TOLD_WHOLE, read_aloud
from panah.people.consent.words import ConsentPurpose
from tests import delivered
from tests.consent.conftest import posted

HOME = "/cases/3W4-6X7-Y/consent/"
KEPT, CHANGES = "it is kept for this long", "change your mind on any day"


def heard(world, purpose, who="the practice clinic"):
    return " ".join(read_aloud(purpose, who=who, society=world.societies["north"], on=world.at.date()).lines)


@pytest.fixture
def rule_sheet(world):
    delivered.load(network.load_reference_data, at=world.at)


@pytest.mark.parametrize("purpose", sorted(ASKS))
def test_where_something_is_written_down_she_hears_how_long_and_that_she_can_change_her_mind(
    world, rule_sheet, purpose
):
    said = heard(world, purpose)
    for sentence in (KEPT, CHANGES, "What you answer is written down and protected"):
        assert (sentence in said) == (purpose in TOLD_WHOLE)


def test_how_long_is_not_said_where_nobody_has_written_it_into_the_rule_sheet(world, rule_sheet):
    assert RuleLine.objects.filter(key="retention_case").update(value=None)
    text = read_aloud("partner", who="", society=world.societies["north"], on=world.at.date())
    assert KEPT not in " ".join(text.lines) and "storage_told" not in text.told
    assert CHANGES in " ".join(text.lines)


@pytest.mark.parametrize(
    ("purpose", "who"),
    [
        ("partner", "The organisation chosen below can help"),
        ("cross_border", "The society or organisation chosen below can meet you"),
        ("known_there", "this society: the one chosen below."),
    ],
)
def test_until_a_receiver_is_chosen_the_text_says_that_one_is_chosen_below(world, purpose, who):
    assert who in heard(world, purpose, who="")
    assert who not in heard(world, purpose) and "the practice clinic" in heard(world, purpose)


def test_who_reads_it_besides_is_said_as_it_is(world):
    assert "and the 2 focal points of our society" in heard(world, "note")
    StaffKey.objects.filter(staff=world.staff["saule"]).delete()
    assert "and the focal point of our society, who answers" in heard(world, "note")
    RoleHeld.objects.filter(role="focal_point").delete()
    said = heard(world, "note")
    assert "Only those who help you can read it.”" in said and "focal point" not in said


# -- a receiver that is an authority ----------------------------------------------------------------------


def test_an_authority_is_known_by_its_kind_in_the_directory_or_by_its_name(world, at):
    delivered.load(directory.load_reference_data, at=at)
    consulate = Service.objects.get(organization__kind="Consulate")
    clinic = Service.objects.get(reference="north-clinic-urgent")

    def risk(receiver, name):
        return queries.authority_risk(receiver, name, at=at)

    by_name = risk("other", "Консульство Практики"), risk("other", "Practice Police")
    assert None not in by_name and by_name[0] != by_name[1]
    assert risk(f"service:{consulate.pk}", "Help abroad") == by_name[0]
    assert risk(f"service:{consulate.pk}", "Practice Police") == by_name[0], "the directory knows better"
    assert risk(f"service:{clinic.pk}", "Practice Police") == by_name[1]
    assert risk(f"service:{clinic.pk}", "Practice Clinic") is None
    assert risk("society:practice-south", "Practice Society South") is None


def test_a_receiver_whose_name_nobody_wrote_down_is_one_of_its_own():
    file = uuid4()
    nameless = queries.receiver_of({"receiver": "other", "receiver_name": None}, file=file)
    assert (
        nameless
        == queries.receiver_of({"receiver": "other"}, file=file)
        == rules.receiver_key("other", "", file=file)
    )
    named = queries.receiver_of({"receiver": "other", "receiver_name": "A shelter"}, file=file)
    assert named not in (nameless, "other")
    assert queries.receiver_of({}, file=file) == ""


# -- notes ----------------------------------------------------------------------------------------------


def test_whoever_takes_her_yes_to_notes_back_wants_none_kept(world, subject):
    amina, keys = world.client("amina"), world.keys("amina")
    amina.post(f"{HOME}ask/{ConsentPurpose.NOTE}/", posted())
    assert not queries.notes_refused(keys=keys, file=subject.file)
    (row,) = queries.answers(keys=keys, file=subject.file)
    today = {"on_day": "24", "on_month": "11", "on_year": "2026"}
    amina.post(f"{HOME}{row.sealed.ref}/withdraw/", {"words": "no more notes", **today})
    assert queries.notes_refused(keys=world.keys("amina"), file=subject.file)
