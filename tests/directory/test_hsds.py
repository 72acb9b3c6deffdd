"""The directory in HSDS 3.0: what leaves is judged from outside, what comes in may be anything."""

import csv
import io
import json
import zipfile
from datetime import date

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.directory import queries
from panah.ground.directory.hsds import files, problems, tables
from panah.ground.directory.hsds.attributes import Places, ReaderDefaults
from panah.ground.directory.models import Organization, Service, ServiceContact
from panah.ground.directory.queries.exchange import places
from panah.ground.foundation import dialled_numbers
from panah.ground.network.models import Region
from tests.directory.hsds_schema import PAGE

TODAY = date(2026, 11, 24)
ASKED = ReaderDefaults(
    source="Practice atlas",
    iso2="XA",
    today=TODAY,
    places=Places(
        regions={"xa-1": "XA-1", "arna region": "XA-1"},
        countries={"xa": "XA", "practice country south": "XB"},
        zones={"XA": "Asia/Almaty"},
    ),
)


@pytest.fixture
def filled(register, at):
    """The practice register with everything that a directory can say."""
    clinic = Service.objects.get(reference="north-clinic-urgent")
    clinic.organization.mandate_en = "Urgent care without papers, by order 5."
    clinic.organization.funding = "Practice fund"
    clinic.organization.email = "office@clinic.example"
    clinic.organization.website = "https://clinic.example"
    clinic.organization.save()
    clinic.documents, clinic.eligibility, clinic.fees = (
        "any paper\na photograph",
        "Whoever is ill",
        "none, =1+1",
    )
    clinic.region, clinic.edited_at = Region.objects.get(code="XA-1"), at
    clinic.hours = [
        {"byday": ["MO", "TU"], "opens": "09:00", "closes": "13:00"},
        {"byday": ["SA"], "opens": "20:00", "closes": "24:00"},
    ]
    clinic.save()
    return clinic


def judged(page):
    judge = jsonschema.Draft202012Validator(PAGE, format_checker=jsonschema.FormatChecker())
    return [f"{list(e.path)}: {e.message}" for e in judge.iter_errors(page)]


def as_json(at):
    return json.loads(queries.file_of(queries.everything(), form="json", at=at))


def test_the_whole_directory_passes_the_schema(filled, at):
    page = as_json(at)
    assert page["total_items"] == len(page["contents"]) > 20
    assert judged(page) == []


def test_the_schema_notices_what_does_not_belong(filled, at):
    page = as_json(at)
    page["contents"][0]["assurer"] = "Elena"
    page["contents"][1]["status"] = "perhaps"
    del page["contents"][2]["organization"]["description"]
    assert len(judged(page)) == 3


@pytest.fixture
def outside():
    # Its loading takes a second, and nobody else needs it.
    import frictionless

    frictionless.system.trusted = False
    return frictionless


def test_the_tables_are_a_data_package_to_an_outside_judge(filled, outside, tmp_path, at):
    body = queries.file_of(queries.everything(), form="zip", at=at)
    with zipfile.ZipFile(io.BytesIO(body)) as given:
        given.extractall(tmp_path)
    report = outside.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert {task.name for task in report.tasks} == set(tables.TABLES)
    services = tmp_path / "services.csv"
    services.write_text(services.read_text().replace("active", "", 1))
    broken = outside.Package(str(tmp_path / "datapackage.json")).validate()
    assert not broken.valid


@pytest.mark.parametrize("form", ["json", "zip"])
def test_what_left_comes_in_again_as_it_was(filled, form, at):
    body = queries.file_of(queries.everything(), form=form, at=at)
    found = files.understood(body, ReaderDefaults(source="x", iso2="XA", today=TODAY, places=places()))
    assert found.problems == []
    organizations = {one.id: one for one in found.organizations}
    assert len(organizations) == Organization.objects.exclude(services=None).count()
    services = {one.id: one for o in found.organizations for one in o.services}
    assert set(services) == {str(pk) for pk in Service.objects.values_list("pk", flat=True)}
    for row in Service.objects.select_related("region", "organization").prefetch_related("terms", "phones"):
        draft = services[str(row.pk)]
        for name in (
            "name_en", "name_ru", "description_en", "description_ru", "iso2", "hours", "hours_en", "hours_ru",
            "time_zone", "free", "fees", "capacity", "how_to_refer", "eligibility", "documents", "website",
            "minimum_age", "maximum_age", "address", "status",
        ):  # fmt: skip
            assert getattr(draft, name) == getattr(row, name), (row.name_en, name)
        assert draft.region == (row.region.code if row.region else "")
        terms = {(t.kind, t.term) for t in row.terms.all()}
        said = {("need", n) for n in draft.needs} | {("admits", a) for a in draft.admits}
        assert said | {("language", n) for n in draft.languages} == terms
        assert {p["number"] for p in draft.phones} == {p.number for p in row.phones.all()}
    clinic = organizations[str(filled.organization_id)]
    assert (clinic.mandate_en, clinic.funding) == ("Urgent care without papers, by order 5.", "Practice fund")
    assert clinic.kind == "HealthServiceOrganisation"


def test_a_bed_never_leaves_with_an_address_nor_a_contact_who_did_not_agree(filled, at):
    bed = Service.objects.get(reference="north-juniper-women")
    Service.objects.filter(pk=bed.pk).update(address="7 Practice Street")
    bed.contacts.all().delete()
    ServiceContact.objects.create(service=bed, name="Practice Colleague Hazel", phone="0 000 000 00 99")
    ServiceContact.objects.create(service=bed, name="Practice Colleague Rowan", may_be_shared=True)
    dialled_numbers.keep(bed.contacts.all())
    for form in ("json", "zip"):
        body = queries.file_of(queries.everything(), form=form, at=at)
        if form == "zip":
            with zipfile.ZipFile(io.BytesIO(body)) as given:
                body = b"".join(given.read(one) for one in given.namelist())
        assert b"7 Practice Street" not in body and b"Hazel" not in body and b"00 99" not in body
        assert b"Rowan" in body
        # Who tried it is a colleague of ours.
        assert b"Elena" not in body


def test_a_cell_that_a_spreadsheet_would_run_is_quoted_and_comes_back_whole(filled, at):
    Service.objects.filter(pk=filled.pk).update(fees="=1+1")
    body = queries.file_of([s for s in queries.everything() if s.pk == filled.pk], form="zip", at=at)
    with zipfile.ZipFile(io.BytesIO(body)) as given:
        row = next(csv.DictReader(io.StringIO(given.read("services.csv").decode())))
    assert row["fees_description"] == "'=1+1"
    (draft,) = files.understood(body, ASKED).organizations
    assert draft.services[0].fees == "=1+1"


# ---- what others publish ---------------------------------------------------------------------------


def read(given, **asked):
    body = given if isinstance(given, bytes) else json.dumps(given).encode()
    return files.understood(
        body, ReaderDefaults(**{**{f: getattr(ASKED, f) for f in ASKED.__slots__}, **asked})
    )


PUBLISHED = {
    "id": "svc-7",
    "name": "Night shelter and legal advice",
    "status": "active",
    "organization": {"id": "org-1", "name": "Practice Hearth", "description": "Made up."},
    "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,WE", "opens_at": "08:00", "closes_at": "17:30Z"}],
    "languages": [{"name": "Russian"}, {"code": "kaz"}, {"name": "Quenya"}],
    "attributes": [
        {"taxonomy_term": {"name": "Domestic violence shelters", "taxonomy": "made-up-taxonomy"}},
        {"taxonomy_term": {"name": "Women"}},
    ],
    "cost_options": [{"amount": 5, "currency": "EUR"}],
    "service_areas": [{"name": "Arna Region"}],
    "service_at_locations": [
        {
            "location": {
                "phones": [{"number": "+000 00 11 22"}],
                "addresses": [{"address_1": "9 Practice Lane", "city": "Arna", "country": "XA"}],
            }
        }
    ],
}


def test_a_directory_with_other_taxonomies_comes_in_as_far_as_it_can():
    found = read([PUBLISHED])
    (organization,) = found.organizations
    (service,) = organization.services
    assert (organization.name_en, organization.iso2, organization.kind) == ("Practice Hearth", "XA", "")
    assert service.needs == ["shelter"] and service.admits == ["women"]
    assert service.languages == ["ru", "kk"]
    assert service.hours == [{"byday": ["MO", "TU", "WE"], "opens": "08:00", "closes": "17:30"}]
    assert (service.region, service.time_zone) == ("XA-1", "Asia/Almaty")
    assert service.phones == [{"number": "+000 00 11 22", "note": ""}]
    assert (service.free, service.fees) == (False, "5 EUR")
    assert service.address == ""
    assert [(p.field, p.code) for p in found.problems] == [
        ("languages", "no-language"),
        ("locations", "bed-address"),
    ]
    assert read([PUBLISHED]).organizations[0].id == organization.id
    assert read([PUBLISHED], source="Another atlas").organizations[0].id != organization.id


def test_a_place_that_may_have_beds_keeps_no_address_even_when_no_need_says_so():
    clinic = {**PUBLISHED, "attributes": [{"taxonomy_term": {"name": "Hospitals"}}], "name": "Ward"}
    assert read([clinic]).organizations[0].services[0].address == "9 Practice Lane, Arna"
    for hint in ({"description": "A refuge for women."}, {"alternate_name": "Кризисный центр"}):
        assert read([{**clinic, **hint}]).organizations[0].services[0].address == ""


@pytest.mark.parametrize(
    ("shape", "services"),
    [
        (PUBLISHED, 1),
        ([PUBLISHED], 1),
        ({"contents": [PUBLISHED]}, 1),
        ({"organizations": [{"id": "o", "name": "Practice Hearth", "services": [{"name": "Advice", "status": "active"}]}]}, 1),
        ({"id": "o", "name": "Practice Hearth", "services": [{"name": "Advice", "status": "active"}]}, 1),
        ({"organizations": [{"id": "o", "name": "H"}], "services": [{"name": "A", "organization_id": "o", "status": "active"}]}, 1),
        ({"organizations": [{"id": "o", "name": "Practice Hearth"}]}, 0),
    ],
)  # fmt: skip
def test_every_way_of_nesting_is_read(shape, services):
    found = read(shape)
    assert [len(one.services) for one in found.organizations] == [services]


SERVICE_THERE = {
    "id": "st",
    "description": "Mondays at the market.",
    "phones": [{"number": "+996 312 000001"}],
    "schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}],
    "location": {
        "location_type": "physical",
        "name": "Practice Hall",
        "addresses": [{"address_1": "9 Practice Lane", "city": "Arna"}],
    },
    "service": {
        "id": "s",
        "name": "Practice Advice",
        "status": "active",
        "organization": {"id": "o", "name": "Practice Hearth", "description": "Advice."},
    },
}
TABLES_AS_JSON = {
    "organizations.csv": [
        {"id": "o", "name": "Practice Hearth", "description": "Advice.", "year_incorporated": 2011}
    ],
    "services.csv": [
        {"id": "s", "organization_id": "o", "name": "Practice Advice", "status": "active", "fees": None}
    ],
    "phones.csv": [{"id": "p", "service_id": "s", "number": "+996 312 000001"}],
    "locations.csv": [{"id": "l", "location_type": "physical", "name": "Practice Hall"}],
    "addresses.csv": [{"id": "a", "location_id": "l", "address_1": "9 Practice Lane", "city": "Arna"}],
    "service_at_location.csv": [{"id": "st", "service_id": "s", "location_id": "l"}],
    "taxonomies.csv": [{"id": "t", "name": "Practice terms", "description": "Terms."}],
}


@pytest.mark.parametrize(
    "shape", [SERVICE_THERE, [SERVICE_THERE], {"total_items": 1, "contents": [SERVICE_THERE]}, TABLES_AS_JSON]
)
def test_a_service_at_a_place_and_tables_as_json_come_in_with_number_and_address(shape):
    found = files.understood(json.dumps(shape).encode(), ASKED)
    [organization] = found.organizations
    [service] = organization.services
    assert (organization.name_en, service.name_en) == ("Practice Hearth", "Practice Advice")
    assert [one["number"] for one in service.phones] == ["+996 312 000001"]
    assert service.address == "9 Practice Lane, Arna"


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"version": "3.0", "profile": "https://example.org/p", "openapi_url": "https://example.org/o"}, "about-the-source"),
        ({"id": "l", "location_type": "physical", "name": "Practice Hall", "schedules": [], "phones": []}, "place-alone"),
        ({"id": "t", "name": "Practice terms", "description": "Terms.", "version": "1"}, "terms-alone"),
        ({"id": "tt", "name": "Bed", "description": "A bed.", "code": "B", "taxonomy": "Practice terms"}, "terms-alone"),
        ({"id": "a", "location_id": "l", "address_1": "9 Practice Lane", "city": "Arna", "country": "XA"}, "part-alone"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "nested",
    [lambda one: one, lambda one: [one, one], lambda one: {"contents": [one]}],
    ids=["alone", "in a list", "in an export"],
)
def test_what_is_no_organisation_and_no_service_is_refused_with_the_reason_and_never_taken_for_one(
    record, code, nested
):
    found = read(nested(record))
    assert not found.organizations and [one.code for one in found.problems] == [code]
    assert "%" not in problems.say(found.problems[0])


def test_every_wrong_field_is_named_and_the_rest_comes_in():
    wrong = {
        **PUBLISHED,
        "minimum_age": "old", "maximum_age": 900, "url": "javascript:alert(1)", "status": "perhaps",
        "assured_date": "2031-01-01", "phones": [{"number": "call us"}], "languages": "ru", "description": ["x"],
        "schedules": [{"freq": "MONTHLY", "byday": "1MO", "opens_at": "09:00", "closes_at": "10:00", "description": "First Mondays"}],
        "attributes": [],
        "application_process": "x" * 20_001,
    }  # fmt: skip
    found = read([wrong])
    service = found.organizations[0].services[0]
    assert (service.minimum_age, service.website, service.status, service.phones) == (None, "", "", [])
    assert (service.hours, service.hours_en, service.how_to_refer) == ([], "First Mondays", "")
    assert {(p.field, p.code) for p in found.problems} >= {
        ("minimum_age", "no-age"), ("maximum_age", "no-age"), ("url", "no-web-address"), ("status", "no-status"),
        ("assured_date", "no-day"), ("phones", "no-number"), ("languages", "no-list"), ("description", "not-text"),
        ("schedules", "hours-in-words"), ("application_process", "too-long"),
    }  # fmt: skip
    said = [problems.say(p) for p in found.problems]
    assert (
        "Service 1 (Night shelter and legal advice): minimum_age is not an age from 0 to 120. It is left out."
        in said
    )


def test_ages_that_cross_are_both_left_out():
    found = read([{**PUBLISHED, "minimum_age": 40, "maximum_age": 20}])
    service = found.organizations[0].services[0]
    assert (service.minimum_age, service.maximum_age) == (None, None)
    assert ("maximum_age", "ages-crossed") in {(p.field, p.code) for p in found.problems}


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([{**PUBLISHED, "name": "  "}], "no-name"),
        ([{**PUBLISHED, "organization": None}], "no-organization"),
        ([{**PUBLISHED, "organization": None, "organization_id": "nowhere"}], "no-organization"),
        ([PUBLISHED, PUBLISHED], "twice"),
        ([{**PUBLISHED, "organization": {"id": "x", "name": ""}}], "no-organization"),
        ([{"name": 5}] * 501, "too-many-services"),
        ([], "nothing-in-it"),
        ("words", "no-records"),
    ],
)
def test_a_record_that_cannot_be_taken_is_named(records, code):
    assert code in {p.code for p in read(records).problems}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "no-json"),
        (b"{", "no-json"),
        (b"\xff\xfe\x00", "no-json"),
        (b"[" * 100_000, "no-json"),
        (b"PK\x03\x04 broken", "no-zip"),
        (b" " * (files.MOST_BYTES + 1), "too-big"),
    ],
)
def test_a_file_that_is_none_gets_one_sentence(body, code):
    found = read(body)
    assert [p.code for p in found.problems] == [code] and found.organizations == []
    assert len(problems.say(found.problems[0])) > 20


def zipped(**files_):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files_.items():
            made.writestr(f"folder/{name}.csv", text)
    return out.getvalue()


def test_tables_with_a_semicolon_and_windows_letters_are_read():
    organizations = "id;name\no1;Учебный очаг\n".encode("cp1251")
    services = "id;organization_id;name;status\ns1;o1;Горячая линия;active\n".encode("cp1251")
    (organization,) = read(zipped(organizations=organizations, services=services)).organizations
    assert organization.name_ru == "Учебный очаг"
    assert organization.services[0].needs == ["information"]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (zipped(readme="x"), "no-tables"),
        (zipped(services="id,name\n\x00,b"), "no-text"),
        (zipped(services='id,name\n"' + "x" * 200_000 + '",b'), "no-csv"),
        (zipped(services="id,name\n" + "1,a\n" * 50_001), "too-big"),
        (zipped(services=" " * (tables.MOST_BYTES + 1)), "too-big"),
        (zipped(**{f"t{n}": "x" for n in range(70)}), "too-big"),
    ],
)
def test_a_zip_that_cannot_be_read_says_why(made, code):
    assert [p.code for p in read(made).problems] == [code]


WORDS = (
    "id name status organization organization_id services phones number schedules byday opens_at closes_at"
    " attributes taxonomy_term taxonomy code value languages service_areas extent service_at_locations"
    " location addresses country minimum_age maximum_age cost_options amount contacts email url"
    " assured_date funding source required_documents document fees"
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS.split()), inner, max_size=6)
    ),
    max_leaves=25,
)


@settings(max_examples=300)
@given(ANYTHING)
def test_whatever_json_comes_it_is_read_or_named(given_):
    found = read(json.dumps(given_).encode())
    for problem in found.problems:
        assert problems.say(problem)
    for organization in found.organizations:
        assert organization.name_en and len(organization.id) == 36


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(sorted(path[:-4] for path, _ in tables.TABLES.values())), st.text(max_size=200)
    )
)
def test_whatever_stands_in_the_tables_it_is_read_or_named(made):
    found = read(zipped(**made))
    assert all(problems.say(problem) for problem in found.problems)


@settings(max_examples=100)
@given(st.binary(max_size=300), st.booleans())
def test_whatever_bytes_come_they_are_read_or_named(body, as_zip):
    found = read(b"PK" + body if as_zip else body)
    assert all(problems.say(problem) for problem in found.problems)
