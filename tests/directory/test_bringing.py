"""A directory in and out on the screen: Bakyt decides entry by entry, and nothing of hers is overwritten unseen."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panah.ground.audit.models import Entry
from panah.ground.directory import actions, queries
from panah.ground.directory.models import BroughtDirectory, Organization, Service
from panah.ground.directory.queries import Search
from panah.ground.directory.words import Freshness
from panah.ground.foundation.errors import Refusal
from tests.guard.forms import page_of

NEW_ID = "7a3c1f80-1111-4222-8333-abcdefabcdef"
DAY = {"said_on_day": "20", "said_on_month": "11", "said_on_year": "2026"}


def published(**changed):
    """One new organisation with one service, as somebody else would write it."""
    service = {
        "id": NEW_ID,
        "name": "Practice advice line",
        "status": "active",
        "phones": [{"number": "+000 11 22"}],
        "organization": {"id": "hearth", "name": "Practice Hearth", "description": "Made up."},
    }
    return service | changed


def upload(*services, name="atlas.json"):
    return {
        "file": SimpleUploadedFile(name, json.dumps(services).encode()),
        "source": "Practice atlas",
        **DAY,
    }


def bring(client, *services):
    """Bring these services in; returns the page on which it is decided."""
    answer = client.post("/network/bring/", upload(*services))
    assert answer.status_code == 302, answer.text
    return answer.url


def fields(page):
    """What the page would send as it stands: the choices that are set, the marks."""
    inputs = [
        has for tag, has in page_of(page).tags if tag == "input" and has.get("name", "")[:2] in ("d-", "m-")
    ]
    return {
        has["name"]: has.get("value", "") for has in inputs if has["type"] == "hidden" or "checked" in has
    }


def ours_as_published(service, **changed):
    return {
        "id": str(service.pk),
        "name": service.name_en,
        "status": "active",
        "organization": {"id": str(service.organization_id), "name": service.organization.name_en},
        **changed,
    }


def test_bakyt_brings_a_new_service_which_nobody_has_tried(bakyts, at):
    decide = bring(bakyts, published())
    page = bakyts.get(decide)
    assert "Practice Hearth" in page.text and "Practice advice line" in page.text
    assert not Service.objects.filter(pk=NEW_ID).exists()
    answer = bakyts.post(decide, fields(page), follow=True)
    assert "Added: 2. Changed: 0. Left as they are: 0." in answer.text
    service = Service.objects.get(pk=NEW_ID)
    assert (service.source, service.society.slug, service.edited_at) == (
        "Practice atlas",
        "practice-north",
        None,
    )
    assert f"{service.source_at:%d.%m.%Y}" == "20.11.2026"
    (card,) = [s for s in queries.search_services(Search(iso2="XA"), at=at) if s.id == UUID(NEW_ID)]
    assert card.verified.freshness == Freshness.NEVER and card.told.by == "Practice atlas"
    assert "told by Practice atlas" in bakyts.get("/network/").text
    assert not BroughtDirectory.objects.exists()
    assert Entry.objects.filter(event="network:directory:taken").count() == 1


def test_what_our_society_edited_is_shown_on_both_sides_and_stays_unless_chosen(bakyts, world, at):
    clinic = Service.objects.get(reference="north-clinic-urgent")
    Service.objects.filter(pk=clinic.pk).update(edited_at=at)
    decide = bring(bakyts, ours_as_published(clinic, application_process="Ring twice."))
    page = bakyts.get(decide)
    assert "Ring twice." in page.text and "To decide" in page.text
    bakyts.post(decide, fields(page))
    assert Service.objects.get(pk=clinic.pk).how_to_refer == clinic.how_to_refer
    decide = bring(bakyts, ours_as_published(clinic, application_process="Ring twice."))
    page = bakyts.get(decide)
    key = str(clinic.pk).replace("-", "")
    bakyts.post(decide, fields(page) | {f"d-{key}": "theirs"})
    after = Service.objects.get(pk=clinic.pk)
    assert after.how_to_refer == "Ring twice."
    # What the file does not say takes nothing away.
    assert after.phones.count() == clinic.phones.count() and after.description_en == clinic.description_en
    assert after.terms.count() == clinic.terms.count() and after.edited_at is not None


def test_a_colleague_who_changed_it_meanwhile_is_not_overwritten(bakyts, world, at):
    clinic = Service.objects.get(reference="north-clinic-urgent")
    decide = bring(bakyts, ours_as_published(clinic, application_process="Ring twice."))
    page = bakyts.get(decide)
    key = str(clinic.pk).replace("-", "")
    Service.objects.filter(pk=clinic.pk).update(how_to_refer="Saule was here.", edited_at=at)
    answer = bakyts.post(decide, fields(page) | {f"d-{key}": "theirs"}, follow=True)
    assert "1 entry was changed by a colleague in the meantime" in answer.text
    assert Service.objects.get(pk=clinic.pk).how_to_refer == "Saule was here."


def test_what_a_file_does_not_say_is_no_difference(bakyts):
    clinic = Service.objects.select_related("organization").get(reference="north-clinic-urgent")
    Organization.objects.filter(pk=clinic.organization_id).update(has_panah=True)
    bare = {"id": str(clinic.pk), "name": clinic.name_en, "organization_id": str(clinic.organization_id)}
    office = {"id": str(clinic.organization_id), "name": clinic.organization.name_en}
    answer = bakyts.post("/network/bring/", upload({**bare, "organization": office}))
    assert "The same as ours</dt><dd>2<" in bakyts.get(answer.url).text
    decide = bring(bakyts, ours_as_published(clinic, application_process="Ring twice."))
    key = str(clinic.pk).replace("-", "")
    bakyts.post(decide, fields(bakyts.get(decide)) | {f"d-{key}": "theirs"})
    after = Service.objects.select_related("organization").get(pk=clinic.pk)
    assert (after.how_to_refer, after.time_zone, after.iso2) == ("Ring twice.", clinic.time_zone, "XA")
    assert (after.organization.kind, after.organization.has_panah) == ("HealthServiceOrganisation", True)


def test_the_same_source_renews_what_it_told_before_and_nobody_touched(bakyts):
    for number in ("+000 11 22", "+000 33 44"):
        decide = bring(bakyts, published(phones=[{"number": number}]))
        bakyts.post(decide, fields(bakyts.get(decide)))
    service = Service.objects.get(pk=NEW_ID)
    assert [p.number for p in service.phones.all()] == ["+000 33 44"]
    assert service.edited_at is None
    decide = bring(bakyts, published(phones=[{"number": "+000 33 44"}]))
    page = bakyts.get(decide)
    assert "The same as ours</dt><dd>2<" in page.text


def test_the_same_name_in_the_same_country_is_a_question(bakyts):
    ours = Organization.objects.get(reference="north-clinic")
    decide = bring(
        bakyts, published(organization={"id": "c", "name": ours.name_en.upper(), "description": "X"})
    )
    page = bakyts.get(decide)
    assert "Only the name and the country are the same" in page.text
    (key,) = [name for name in fields(page) if name.startswith("d-") and fields(page)[name] == "ours"]
    bakyts.post(decide, fields(page))
    assert Service.objects.get(pk=NEW_ID).organization_id == ours.pk
    Service.objects.filter(pk=NEW_ID).delete()
    decide = bring(
        bakyts, published(organization={"id": "c", "name": ours.name_en.upper(), "description": "X"})
    )
    bakyts.post(decide, fields(bakyts.get(decide)) | {key: "new"})
    assert Service.objects.get(pk=NEW_ID).organization_id != ours.pk


def test_what_another_society_keeps_stays_as_it_is(bakyts):
    souths = Service.objects.get(reference="south-legal-aid")
    decide = bring(bakyts, ours_as_published(souths, application_process="Ring twice."))
    page = bakyts.get(decide)
    assert "Another society keeps this entry." in page.text
    key = str(souths.pk).replace("-", "")
    assert f"d-{key}" not in fields(page)
    bakyts.post(decide, fields(page) | {f"d-{key}": "theirs"})
    assert Service.objects.get(pk=souths.pk).how_to_refer == souths.how_to_refer


def test_a_shelter_comes_in_without_its_address(bakyts):
    place = {"location": {"addresses": [{"address_1": "9 Practice Lane", "country": "XA"}]}}
    decide = bring(bakyts, published(name="Night shelter", service_at_locations=[place]))
    page = bakyts.get(decide)
    assert "No address is taken." in page.text and "9 Practice Lane" not in page.text
    bakyts.post(decide, fields(page))
    assert Service.objects.get(pk=NEW_ID).address == ""


def test_a_service_that_turns_out_to_have_beds_loses_its_address(bakyts, at):
    legal = Service.objects.get(reference="north-work-courses")
    assert legal.address
    terms = [{"taxonomy_term": {"code": "shelter", "taxonomy": "panah-needs"}}]
    decide = bring(bakyts, ours_as_published(legal, attributes=terms))
    key = str(legal.pk).replace("-", "")
    bakyts.post(decide, fields(bakyts.get(decide)) | {f"d-{key}": "theirs"})
    assert Service.objects.get(pk=legal.pk).address == ""


def test_bakyt_leaves_an_entry_out_or_puts_the_whole_file_away(bakyts):
    decide = bring(bakyts, published())
    page = bakyts.get(decide)
    bakyts.post(
        decide, {name: "ours" if name.startswith("d-") else value for name, value in fields(page).items()}
    )
    assert not Organization.objects.filter(name_en="Practice Hearth").exists()
    decide = bring(bakyts, published())
    assert "Nothing of it came in." in bakyts.post(f"{decide}put-away/", follow=True).text
    assert bakyts.get(decide).status_code == 404 and not BroughtDirectory.objects.exists()


def test_an_answer_that_is_missing_or_made_up_gets_a_sentence(bakyts):
    decide = bring(bakyts, published())
    page = bakyts.get(decide)
    (first, second) = [name for name in fields(page) if name.startswith("d-")]
    again = bakyts.post(decide, {second: "everything"})
    assert again.status_code == 422 and "Say what becomes of it." in again.text
    assert not Service.objects.filter(pk=NEW_ID).exists()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The file is not JSON."),
        (b"not json", "The file is not JSON."),
        (b"[]", "There is no organisation and no service in the file."),
        (b"PK\x05\x06", "neither JSON nor a zip"),
        (b'[{"name": "x", "status": "active"}]', "organization names none that is in the file."),
    ],
)
def test_a_file_that_holds_nothing_says_so_and_keeps_what_was_typed(bakyts, body, sentence):
    page = bakyts.post("/network/bring/", upload() | {"file": SimpleUploadedFile("a.json", body)})
    assert page.status_code == 422 and sentence in page.text and "Practice atlas" in page.text


def test_a_day_to_come_and_a_missing_file_get_a_sentence(bakyts):
    page = bakyts.post("/network/bring/", {"source": "A", **DAY, "said_on_year": "2031"})
    assert "“Directory in HSDS 3.0” needs an answer." in page.text and "2031" in page.text


@pytest.mark.parametrize(("who", "answer"), [("amina", 404), ("elena", 404), ("timur", 404), ("rustam", 200)])
def test_only_who_keeps_entries_brings_a_directory_and_only_who_brought_it_decides(
    world, bakyts, who, answer
):
    decide = bring(bakyts, published())
    assert world.client(who).get("/network/bring/").status_code == answer
    assert world.client(who).get(decide).status_code == 404
    assert world.client(who).post(f"{decide}put-away/").status_code == 404
    assert BroughtDirectory.objects.count() == 1


def test_a_file_nobody_decided_about_goes_after_a_week(bakyts, world, at):
    bring(bakyts, published())
    BroughtDirectory.objects.update(at=at - timedelta(days=30))
    bring(world.client("rustam"), published())
    assert BroughtDirectory.objects.count() == 1


def test_the_button_takes_out_exactly_what_the_list_shows(elenas, at):
    answer = elenas.post(
        "/network/export/", {"form": "json", "need": "shelter", "place": "XA", "admits": "men"}
    )
    names = [one["name"] for one in json.loads(answer.content)["contents"]]
    assert names == [
        s.name for s in queries.search_services(Search(need="shelter", iso2="XA", admits="men"), at=at)
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="directory-hsds-3.json"'
    by_name = elenas.post("/network/export/", {"form": "json", "words": "juniper", "place": "XB"})
    assert {"Beds for men"} <= {one["name"] for one in json.loads(by_name.content)["contents"]}
    assert elenas.post("/network/export/", {"form": "zip"}).content[:2] == b"PK"
    assert elenas.post("/network/export/", {"form": "exe"})["Content-Type"] == "application/json"
    assert Entry.objects.filter(event="network:directory:left").count() == 4


def test_more_than_the_page_shows_is_taken_out_too(elenas, register):
    clinic = Service.objects.get(reference="north-clinic-urgent")
    Service.objects.bulk_create(
        Service(organization=clinic.organization, society=clinic.society, iso2="XA", name_en=f"Ward {n}")
        for n in range(120)
    )
    page = elenas.get("/network/?place=XA").text
    assert "Only the first ones are shown." in page
    taken = json.loads(elenas.post("/network/export/", {"place": "XA", "form": "json"}).content)
    assert taken["total_items"] > 120


def test_taking_in_asks_the_database_no_more_for_more_entries(bakyts, world, django_assert_max_num_queries):
    many = [published(id=None, name=f"Practice advice {n}") for n in range(60)]
    brought = bring(bakyts, *many)
    with django_assert_max_num_queries(25):
        assert bakyts.get(brought).status_code == 200


def test_the_wall_of_permissions_stands_in_the_action_too(register, world, at):
    with pytest.raises(Refusal, match="not-the-keeper"):
        actions.bring_directory(body=b"[]", source="x", said_at=at, by=world.staff["amina"], at=at)
