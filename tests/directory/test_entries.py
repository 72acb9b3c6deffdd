"""Entries that go between nodes: plain, without a person, never over what is ours, ended when their source ends them."""

import copy
import json
from datetime import date, timedelta
from uuid import UUID, uuid4

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.audit.models import Entry
from panah.ground.directory import actions, queries
from panah.ground.directory.hsds import reading
from panah.ground.directory.hsds.attributes import Places, ReaderDefaults
from panah.ground.directory.models import Organization, Service, ServiceContact
from panah.ground.directory.queries import Search
from panah.ground.directory.words import Freshness
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import Society
from tests.directory.hsds_schema import ENTRY_ORGANIZATION


@pytest.fixture
def told(register, at):
    """What the node of Practice Society South tells of its lawyers, as it arrives at a node that South does not use."""
    office = Organization.objects.get(reference="south-legal")
    office.email = "colleague@bar.example"
    office.save()
    ServiceContact.objects.create(
        service=office.services.first(), name="Practice Colleague Hazel", may_be_shared=True
    )
    entry = queries.directory_entry(organization=office.pk, at=at)
    Service.objects.filter(organization=office).delete()
    office.delete()
    Society.objects.filter(slug="practice-south").update(hosted=False)
    return json.loads(json.dumps(entry))


def take(entry, at, source="practice-south"):
    return actions.take_entry(entry=entry, source=source, at=at)


def service_of(entry):
    return Service.objects.get(pk=entry["organization"]["services"][0]["id"])


def test_what_is_told_passes_the_schema_and_holds_no_person(told):
    jsonschema.validate(told["organization"], ENTRY_ORGANIZATION, format_checker=jsonschema.FormatChecker())
    text = json.dumps(told)
    assert "Hazel" not in text and "colleague@" not in text and "Practice focal point" not in text
    assert (told["hsds"], told["society"], told["ended"]) == ("3.0.0", "practice-south", False)


def test_only_what_a_society_of_this_node_keeps_is_told_on(register, told, at):
    delivered = Organization.objects.get(reference="kazakhstan-society")
    assert queries.directory_entry(organization=delivered.pk, at=at) is None
    taken = take(told, at)
    Society.objects.filter(slug="practice-south").update(hosted=True)
    assert queries.directory_entry(organization=taken.organization, at=at) is None
    assert queries.directory_entry(organization=uuid4(), at=at) is None
    north = Society.objects.get(slug="practice-north")
    ours = queries.told_organizations(north.pk)
    assert ours and all(queries.directory_entry(organization=one, at=at) for one in ours)


def test_an_entry_arrives_with_its_source_and_age_and_nobody_has_tried_it_here(told, at):
    with tenancy.tenant_context(Society.objects.get(slug="practice-north").pk):
        taken = take(told, at)
    assert (taken.what, taken.services) == ("taken", 1)
    (card,) = queries.search_services(Search(iso2="XB", need="legal"), at=at)
    assert (card.told.by, card.told.by_node, card.verified.freshness) == (
        "Practice Society South", True, Freshness.NEVER,
    )  # fmt: skip
    assert service_of(told).contacts.count() == 0
    assert Organization.objects.get(pk=taken.organization).email == ""
    assert Entry.objects.filter(event="network:directory:entry", about=taken.organization).count() == 1


def test_a_newer_message_renews_and_an_older_one_changes_nothing(told, at):
    told["as_of"] = (at - timedelta(days=2)).isoformat()
    take(told, at)
    newer = copy.deepcopy(told)
    newer["as_of"] = (at - timedelta(days=1)).isoformat()
    newer["organization"]["services"][0]["application_process"] = "Ring twice."
    assert take(newer, at).what == "taken"
    assert take(told, at).what == "older"
    assert service_of(told).how_to_refer == "Ring twice."


def test_a_message_from_the_future_is_of_now(told, at):
    told["as_of"] = "2099-01-01T00:00:00+00:00"
    take(told, at)
    assert service_of(told).source_at == at


@pytest.mark.parametrize("as_of", [None, "yesterday", 5, "2026-11-01T00:00:00"])
def test_a_message_that_says_no_day_is_of_now(told, at, as_of):
    told["as_of"] = as_of
    take(told, at)
    assert service_of(told).source_at == at


def test_an_entry_that_is_silent_for_a_quarter_sinks(told, at):
    take(told, at)
    (card,) = queries.search_services(Search(iso2="XB", need="legal"), at=at + timedelta(days=120))
    assert card.told.long_ago


def test_what_a_source_no_longer_names_has_ended(told, at):
    take(told, at)
    gone = service_of(told)
    told["organization"]["services"] = [
        {"id": str(uuid4()), "name": "Practice court desk", "status": "active"}
    ]
    taken = take(told, at + timedelta(days=1))
    assert (taken.services, taken.ended) == (1, 1)
    gone.refresh_from_db()
    assert gone.status == "defunct"
    assert [s.name for s in queries.search_services(Search(iso2="XB", words="bar of the south"), at=at)] == [
        "Practice court desk"
    ]


def test_when_the_source_says_that_it_ended_it_is_found_no_more(told, at):
    assert take({**told, "ended": True}, at).what == "ended"
    assert not Service.objects.filter(pk=told["organization"]["services"][0]["id"]).exists()
    take(told, at)
    taken = take({**told, "ended": True, "as_of": at.isoformat()}, at + timedelta(days=1))
    assert (taken.what, taken.ended) == ("ended", 1)
    assert queries.search_services(Search(iso2="XB", need="legal"), at=at) == ()


def test_an_office_whose_last_service_ended_is_told_as_ended(register, at):
    office = Organization.objects.get(reference="south-legal")
    office.services.update(status="defunct")
    assert queries.directory_entry(organization=office.pk, at=at)["ended"] is True


def test_nobody_overwrites_an_entry_of_ours_by_its_id(register, told, at):
    ours = Organization.objects.get(reference="north-clinic")
    told["organization"]["id"] = str(ours.pk)
    assert take(told, at).what == "kept"
    forged = copy.deepcopy(told)
    forged["organization"]["id"] = str(uuid4())
    service = Service.objects.get(reference="north-clinic-urgent")
    forged["organization"]["services"][0]["id"] = str(service.pk)
    assert take(forged, at).services == 0
    assert Service.objects.get(pk=service.pk).name_en == service.name_en
    assert Organization.objects.get(pk=ours.pk).name_en == ours.name_en


def test_what_somebody_here_has_changed_stays_hers(told, at):
    taken = take(told, at)
    Organization.objects.filter(pk=taken.organization).update(edited_at=at, name_en="Corrected")
    assert take(told, at + timedelta(days=1)).what == "kept"
    assert take({**told, "ended": True}, at + timedelta(days=1)).what == "kept"
    assert Organization.objects.get(pk=taken.organization).name_en == "Corrected"
    assert service_of(told).status == "active"


def test_another_source_cannot_speak_for_the_first(told, at):
    take(told, at)
    assert take(told, at + timedelta(days=1), source="kazakhstan").what == "kept"
    assert take({**told, "ended": True}, at, source="kazakhstan").what == "kept"
    assert service_of(told).status == "active"


@pytest.mark.parametrize(
    ("source", "code"), [("nobody", "unknown-source"), ("practice-north", "own-society")]
)
def test_a_source_that_is_unknown_or_works_here_is_refused(told, at, source, code):
    with pytest.raises(Refusal) as refused:
        take(told, at, source=source)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"organization": None},
        {"organization": {"name": ""}},
        {"organization": {"name": "x", "description": "y" * 300_000}},
        {
            "organization": {
                "name": "x",
                "services": [{"name": str(n), "status": "active"} for n in range(101)],
            }
        },
        {"organization": {"name": "x"}, "as_of": {1, 2}},
        {"organization": {"name": float("nan")}},
    ],
)
def test_what_cannot_be_read_is_refused_whole(told, at, entry):
    before = Organization.objects.count()
    with pytest.raises(Refusal) as refused:
        take(entry, at)
    assert refused.value.code == "unreadable-entry" and Organization.objects.count() == before


def test_a_shelter_that_another_node_names_with_an_address_is_kept_without(told, at):
    told["organization"]["services"][0] |= {
        "name": "Safe house",
        "service_at_locations": [{"location": {"addresses": [{"address_1": "9 Practice Lane"}]}}],
    }
    take(told, at)
    assert service_of(told).address == ""


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(["id", "name", "description", "services", "attributes", "email", "website", "phones"]),
        st.none() | st.text(max_size=20) | st.lists(st.dictionaries(st.sampled_from(["id", "name", "status"]), st.text(max_size=5)), max_size=3),
    )
)  # fmt: skip
def test_whatever_another_node_sends_is_taken_or_refused(said):
    # Reading alone: what is understood decides, and the database is asked elsewhere.
    asked = ReaderDefaults(source="x", iso2="XB", today=date(2026, 11, 24), places=Places())
    found = reading.understood({"organizations": [said]}, asked)
    assert all(UUID(one.id) for one in found.organizations)
