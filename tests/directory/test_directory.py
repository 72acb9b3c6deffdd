"""Services and numbers: found while someone waits, and honest about how old the knowledge is."""

from datetime import UTC, datetime, timedelta

import pytest

from panah.ground.audit.models import Entry
from panah.ground.directory import actions, queries
from panah.ground.directory.models import Agreement, HotlineNumber, Organization, Service, Verification
from panah.ground.directory.queries import Search
from panah.ground.directory.words import ContactAttemptOutcome, Freshness
from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import Branch, Region, Society

# Tuesday 24 November 2026, 15:00 in Almaty: offices are open.
AFTERNOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def names(found):
    return [s.name for s in found]


def test_elena_finds_a_bed_for_a_man_who_speaks_tajik(register):
    found = queries.search_services(
        Search(need="shelter", iso2="XA", language="tg", admits="men"), at=AFTERNOON
    )
    assert names(found) == ["Beds for men"]
    assert found[0].phones[0].dial == "00000000022"


def test_verified_services_stand_first_and_dead_numbers_last(register):
    found = queries.search_services(Search(iso2="XA"), at=AFTERNOON)
    states = [s.verified.freshness for s in found]
    order = [Freshness.FRESH, Freshness.STALE, Freshness.NEVER, Freshness.FAILED]
    assert states == sorted(states, key=order.index)
    assert found[-1].name == "A paper for the way home"


def test_at_night_only_what_is_open_is_shown_when_asked(register):
    by_day = names(queries.search_services(Search(iso2="XA", open_now=True), at=AFTERNOON))
    by_night = names(queries.search_services(Search(iso2="XA", open_now=True), at=NIGHT))
    assert "Legal advice and court" in by_day
    assert "Legal advice and court" not in by_night
    assert "Beds for men" in by_night


def test_a_service_for_the_whole_country_is_found_in_each_region(register):
    found = names(queries.search_services(Search(iso2="XA", region="XA-3"), at=AFTERNOON))
    assert "Legal advice and court" in found
    assert found.index("Legal advice and court") < found.index("Beds for men")


def test_unknown_languages_are_not_a_no(register, at):
    clinic = Service.objects.get(reference="north-clinic-urgent")
    clinic.terms.filter(kind="language").delete()
    found = queries.search_services(Search(need="medical", iso2="XA", language="fa"), at=at)
    assert names(found) == ["Urgent medical care"]


def test_a_service_that_is_closed_for_now_sinks_and_one_that_has_ended_is_gone(register, at):
    Service.objects.filter(reference="north-juniper-men").update(status="temporarily closed")
    Service.objects.filter(reference="north-juniper-women").update(status="defunct")
    found = queries.search_services(Search(need="shelter", iso2="XA"), at=at)
    assert [(s.name, s.works) for s in found] == [("Beds for men", False)]
    assert queries.search_services(Search(need="shelter", iso2="XA", open_now=True), at=at) == ()


@pytest.mark.parametrize("services", [0, 40])
def test_the_search_asks_the_database_two_questions_however_much_there_is(
    register, services, at, django_assert_num_queries
):
    template = Service.objects.get(reference="north-clinic-urgent")
    for n in range(services):
        Service.objects.create(
            organization=template.organization,
            society=template.society,
            iso2="XA",
            name_en=f"Practice ward {n}",
            time_zone="Asia/Almaty",
        )
    with django_assert_num_queries(2):
        queries.search_services(Search(iso2="XA"), at=at)
    north = Society.objects.get(slug="practice-north")
    with django_assert_num_queries(4):
        queries.search_services(Search(iso2="XA", region="XA-1"), at=at, society=north)


def test_elsewhere_the_nearest_that_was_verified_comes_first_and_says_how_far_it_is(register, at):
    clinic = Service.objects.get(reference="north-clinic-urgent")
    for n, (region, verified) in enumerate(
        (("XA-3", True), ("XA-1", True), ("XA-1", False), ("XA-2", False))
    ):
        ward = Service.objects.create(
            organization=clinic.organization,
            society=clinic.society,
            iso2="XA",
            name_en=f"Practice ward {n} in {region}",
            region=Region.objects.get(code=region),
            time_zone="Asia/Almaty",
        )
        ward.terms.create(kind="need", term="childcare")
        if verified:
            ward.verifications.create(
                at=at, by="Elena", outcome="answered", expires_on=at.date() + timedelta(days=90)
            )
    found = queries.search_services(Search(need="childcare", iso2="XA", region="XA-2"), at=at)
    wards = [s for s in found if s.name.startswith("Practice ward")]
    assert names(wards) == [
        "Practice ward 3 in XA-2",
        "Practice ward 1 in XA-1",
        "Practice ward 0 in XA-3",
        "Practice ward 2 in XA-1",
    ]
    assert [s.km for s in wards] == [None, 310, 690, 310]
    assert [s.elsewhere for s in wards] == [False, True, True, True]


def test_an_entry_whose_source_is_silent_sinks_below_what_nobody_has_tried(register, at):
    clinic = Service.objects.get(reference="north-clinic-urgent")
    for name, told_days_ago in (("Practice aid A", 200), ("Practice aid B", 3)):
        aid = Service.objects.create(
            organization=clinic.organization,
            iso2="XA",
            name_en=name,
            source="Practice atlas",
            source_at=at - timedelta(days=told_days_ago),
        )
        aid.terms.create(kind="need", term="childcare")
    found = queries.search_services(Search(need="childcare", iso2="XA"), at=at)
    aids = [s for s in found if s.name.startswith("Practice aid")]
    assert names(aids) == ["Practice aid B", "Practice aid A"]
    assert [s.told.long_ago for s in aids] == [False, True]


def test_a_call_that_was_answered_makes_a_number_fresh_for_a_quarter(register, elena, at):
    number = HotlineNumber.objects.get(reference="south-customs-line")
    actions.record_verification(
        hotline_number=number.pk, outcome=ContactAttemptOutcome.ANSWERED, by=elena, at=at
    )
    card, attempts = queries.hotline_or_none(number.pk, at=at)
    assert card.verified.freshness == Freshness.FRESH
    assert (card.verified.by, len(attempts)) == ("Elena", 1)
    later, _ = queries.hotline_or_none(number.pk, at=at + timedelta(days=91))
    assert later.verified.freshness == Freshness.STALE
    assert Entry.objects.filter(event="network:directory:verified", about=number.pk).count() == 1


def test_only_the_last_attempt_counts(register, elena, at):
    number = HotlineNumber.objects.get(reference="north-line").pk
    actions.record_verification(
        hotline_number=number, outcome=ContactAttemptOutcome.NO_ANSWER, by=elena, at=at
    )
    card, _ = queries.hotline_or_none(number, at=at)
    assert card.verified.freshness == Freshness.FAILED
    assert card.verified.tone == "urgent"
    cards = list(queries.hotlines(at=at, iso2="XA"))
    place = [one.id for one in cards].index(number)
    assert {one.verified.freshness for one in cards[place:]} == {Freshness.FAILED}, "what failed comes last"
    assert Freshness.FAILED not in {one.verified.freshness for one in cards[:place]} and place > 0


def test_one_thing_is_verified_at_a_time(register, elena, at):
    with pytest.raises(ValueError, match="one service or one number"):
        actions.record_verification(outcome=ContactAttemptOutcome.BUSY, by=elena, at=at)


def test_numbers_that_nobody_knows_sink_below_those_that_can_be_dialled(register, at):
    turkmenistan = queries.hotlines(at=at, iso2="TM")
    assert all(n.number == "" and n.dial == "" for n in turkmenistan)
    assert queries.hotline_or_none(Service.objects.first().pk, at=at) is None
    north = queries.hotlines(at=at, iso2="XA")
    assert north[0].name == "Line of Practice Society North"
    assert north[-1].verified.freshness == Freshness.FAILED


def test_hotlines_cost_one_question(register, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.hotlines(at=at)


def test_elena_writes_down_what_came_of_a_call(elenas, register):
    service = Service.objects.get(reference="north-work-courses")
    address = f"/network/services/{service.pk}/"
    assert "Nobody has verified it." in elenas.get(address).text
    empty = elenas.post(address, {"outcome": "", "note": "rang"})
    assert "Say what came of it." in empty.text
    assert "rang" in empty.text
    assert elenas.post(address, {"outcome": "answered", "note": ""}).status_code == 302
    assert "Nobody has verified it." not in elenas.get(address).text
    number = HotlineNumber.objects.get(reference="north-child-line")
    assert elenas.post(f"/network/numbers/{number.pk}/", {"outcome": "busy"}).status_code == 302
    assert Verification.objects.filter(hotline_number=number, outcome="busy", by="Elena").exists()


def test_free_words_are_posted_so_that_they_lie_in_no_address(elenas):
    page = elenas.post("/network/", {"words": "juniper beds"})
    assert page.status_code == 200
    assert "Beds for men" in page.text
    assert "Legal advice" not in page.text


def test_an_address_with_words_that_stand_in_no_list_still_answers(elenas):
    page = elenas.get("/network/?need=everything&place=XA&language=kk")
    assert page.status_code == 200
    assert "Beds for men" in page.text


def service_typed(**changes):
    return {
        "organization": "",
        "organization_name": "Practice Kitchen",
        "organization_kind": "NGO",
        "name_en": "Warm meals",
        "needs": ["food_clothes"],
        "admits": ["men", "women"],
        "languages": ["ru"],
        "hours_kind": "weekly",
        "days": ["MO", "SU"],
        "opens": "9",
        "closes": "21:30",
        "phones": "0 000 000 00 90\n0 000 000 00 91",
        "free": "yes",
        "status": "active",
        "contact_name": "Practice Cook Willow",
    } | changes


def test_bakyt_adds_a_service_and_it_is_found(bakyts, at):
    answer = bakyts.post("/network/services/new/", service_typed())
    assert answer.status_code == 302
    meals = Service.objects.get(name_en="Warm meals")
    assert (meals.society.slug, meals.iso2, meals.edited_at is not None) == ("practice-north", "XA", True)
    assert [p.number for p in meals.phones.all()] == ["0 000 000 00 90", "0 000 000 00 91"]
    assert meals.hours == [{"byday": ["MO", "SU"], "opens": "09:00", "closes": "21:30"}]
    found = queries.search_services(Search(need="food_clothes", iso2="XA", words="kitchen"), at=at)
    assert names(found) == ["Warm meals"]
    assert Entry.objects.filter(event="network:service:saved", about=meals.pk).exists()


def test_what_bakyt_typed_about_a_service_is_kept_on_an_error(bakyts):
    wrong = service_typed(
        organization_name="", minimum_age="20", maximum_age="10", opens="", days=[], closes="late"
    )
    page = bakyts.post("/network/services/new/", wrong)
    for said in (
        "Choose the organisation, or name a new one.",
        "The upper age lies below the lower one.",
        "Write when it opens.",
        "Choose the days.",
        "Warm meals",
        "Practice Cook Willow",
    ):
        assert said in page.text
    kindless = bakyts.post("/network/services/new/", service_typed(organization_kind=""))
    assert "Say what kind of organisation it is." in kindless.text
    assert not Service.objects.filter(name_en="Warm meals").exists()


def test_a_bed_with_an_address_is_refused_with_everything_kept(bakyts):
    page = bakyts.post(
        "/network/services/new/", service_typed(needs=["shelter"], address="7 Practice Street")
    )
    assert "A service that offers a bed is never written down with its address." in page.text
    assert "7 Practice Street" in page.text
    assert not Service.objects.filter(address="7 Practice Street").exists()


def test_bakyt_changes_a_service_and_its_old_terms_are_gone(bakyts):
    beds = Service.objects.get(reference="north-juniper-men")
    address = f"/network/services/{beds.pk}/change/"
    assert "Beds for men" in bakyts.get(address).text
    typed = service_typed(
        organization=str(beds.organization_id),
        organization_name="",
        name_en="Beds for boys",
        needs=["shelter"],
        admits=["boys"],
        hours_kind="always",
        contact_name="",
    )
    assert bakyts.post(address, typed).status_code == 302
    beds.refresh_from_db()
    assert {(t.kind, t.term) for t in beds.terms.all()} == {
        ("need", "shelter"),
        ("admits", "boys"),
        ("language", "ru"),
    }
    assert beds.contacts.count() == 0


def number_typed(**changes):
    return {
        "name_en": "Practice night line",
        "number": "0 000 000 00 80",
        "kind": "own",
        "iso2": "XA",
        "languages": ["ru", "uz"],
        "hours_kind": "unknown",
        "time_zone": "Asia/Almaty",
        "free": "",
    } | changes


def test_bakyt_adds_and_ends_a_hotline_number(bakyts, at):
    assert bakyts.post("/network/numbers/new/", number_typed()).status_code == 302
    line = HotlineNumber.objects.get(name_en="Practice night line")
    assert (line.free, line.hours, line.languages) == (None, [], ["ru", "uz"])
    assert f'value="{line.edited_at.isoformat()}"' in bakyts.get(f"/network/numbers/{line.pk}/change/").text
    ended = number_typed(
        ended="on",
        seen=line.edited_at.isoformat(),
        free="no",
        hours_kind="weekly",
        days=["MO"],
        opens="10",
        closes="0:00",
    )
    assert bakyts.post(f"/network/numbers/{line.pk}/change/", ended).status_code == 302
    line.refresh_from_db()
    assert (line.ended, line.free, line.hours[0]["closes"]) == (True, False, "24:00")
    assert line.pk not in [n.id for n in queries.hotlines(at=at, iso2="XA")]
    assert line.pk in [n.id for n in queries.hotlines(at=at, iso2="XA", ended=True)]
    assert "This line has ended." in bakyts.get(f"/network/numbers/{line.pk}/").text


def test_a_quiet_hour_begins_with_what_nobody_has_verified(elenas, world, at):
    found = [one.name for one in queries.to_verify(world.societies["north"], at=at)]
    # Lines and services together: what did not work, then what nobody ever tried, then what was tried long ago.
    assert found == [
        "A paper for the way home",
        "Practice migration line",
        "Courses and a first job",
        "Practice line on violence at home",
        "Psychologist",
    ]
    page = elenas.get("/network/to-verify/")
    assert "Practice migration line" in page.text
    assert "Line of Practice Society North" not in page.text


def test_bakyt_writes_down_an_agreement(bakyts, at):
    office = Organization.objects.get(reference="north-interpreters")
    address = f"/network/organisations/{office.pk}/"
    typed = {
        "starts_on_day": "1",
        "starts_on_month": "11",
        "starts_on_year": "2026",
        "scope": "Within an hour.",
    }
    wrong = {"ends_on_day": "1", "ends_on_month": "10", "ends_on_year": "2026"}
    page = bakyts.post(address, typed | wrong)
    assert "The agreement would end before it starts." in page.text
    assert "Within an hour." in page.text
    assert bakyts.post(address, typed).status_code == 302
    assert Agreement.objects.get(organization=office).society.slug == "practice-north"
    sheet = queries.organization_or_none(office.pk, at=at)
    assert [a.state for a in sheet.agreements] == ["in_force"]


def test_bakyt_changes_what_is_said_about_an_organisation(bakyts):
    office = Organization.objects.get(reference="north-interpreters")
    address = f"/network/organisations/{office.pk}/change/"
    assert bakyts.get(address).status_code == 200
    typed = {
        "name_en": "Practice Voices",
        "kind": "NGO",
        "has_panah": "on",
        "website": "https://voices.example",
    }
    assert bakyts.post(address, typed).status_code == 302
    office.refresh_from_db()
    assert (office.name_en, office.has_panah) == ("Practice Voices", True)


def test_a_new_organisation_cannot_be_borrowed_from_another_society(register, bakyt, world, at):
    souths = Organization.objects.get(reference="south-apricot")
    entry = actions.ServiceEntry(iso2="XA", name_en="Borrowed", organization=souths.pk)
    with pytest.raises(Organization.DoesNotExist):
        actions.save_service(entry=entry, society=world.societies["north"], by=bakyt, at=at)


def test_an_agreement_of_another_society_is_refused(register, rustam, world, at):
    office = Organization.objects.get(reference="north-interpreters")
    with pytest.raises(Refusal):
        actions.record_agreement(
            organization=office,
            society=world.societies["north"],
            starts_on=at.date(),
            ends_on=None,
            scope="",
            by=rustam,
            at=at,
        )


def test_saule_does_not_overwrite_what_bakyt_has_written_meanwhile(bakyts, world):
    saules = world.client("saule")
    number = HotlineNumber.objects.get(reference="north-line")
    address = f"/network/numbers/{number.pk}/change/"
    assert bakyts.post(address, number_typed(name_en="Bakyt’s name", seen="")).status_code == 302
    page = saules.post(address, number_typed(name_en="Saule’s name", seen=""))
    assert "A colleague has changed this entry in the meantime." in page.text
    assert "Saule’s name" in page.text
    number.refresh_from_db()
    assert number.name_en == "Bakyt’s name"
    # Having seen that, she may put hers in its place.
    seen = page.text.split('name="seen" value="')[1].split('"')[0]
    assert saules.post(address, number_typed(name_en="Saule’s name", seen=seen)).status_code == 302
    number.refresh_from_db()
    assert number.name_en == "Saule’s name"


@pytest.mark.parametrize("where", ["service", "organisation", "branch", "society"])
def test_no_entry_is_overwritten_unseen(bakyts, where, at):
    beds = Service.objects.get(reference="north-juniper-men")
    places = {
        "service": (Service, beds.pk, f"services/{beds.pk}"),
        "organisation": (Organization, beds.organization_id, f"organisations/{beds.organization_id}"),
        "branch": (Branch, Branch.objects.get(slug="arna").pk, "societies/practice-north/branches/arna"),
        "society": (Society, beds.society_id, "societies/practice-north"),
    }
    model, pk, address = places[where]
    model.objects.filter(pk=pk).update(edited_at=at)
    typed = service_typed() | {"kind": "NGO", "time_zone": "Asia/Almaty", "seen": "long ago"}
    page = bakyts.post(f"/network/{address}/" + ("" if where == "branch" else "change/"), typed)
    assert "A colleague has changed this entry in the meantime." in page.text
    assert model.objects.get(pk=pk).name_en != "Warm meals"


def test_elena_sees_the_numbers_of_her_country_first(elenas):
    page = elenas.get("/network/numbers/").text
    assert page.index("Line of Practice Society North") < page.index("National telephone of trust")
