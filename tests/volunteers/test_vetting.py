"""Vetting, safeguarding and the code decide what a volunteer may do; what was found is read by focal points alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.eligibility import unfit
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.models import File, Part
from panah.ground.work.models import DueItem
from panah.programmes.volunteers import actions, queries
from panah.programmes.volunteers.models import IncidentReport, Volunteer
from panah.programmes.volunteers.words import VETTED
from tests.volunteers.making import ALL_TRAINED, day, linked, page_of, step, trained, trained_as, volunteer

FOUND = "Practice: police paper seen; a former neighbour warns."


def test_ibrat_asks_to_vet_and_bakyt_vets_what_he_found_is_read_by_focal_points_alone(world):
    row = volunteer(world)
    step(world, "ibrat", row, "ask_to_vet", sure="on")
    assert {one.owner.username for one in DueItem.objects.filter(purpose="vet", done_at=None)} == {
        "bakyt",
        "saule",
    }
    until = timezone.localdate() + timedelta(days=400)
    step(world, "bakyt", row, "vet", found=FOUND, vouched="yes", **day("until", until))
    row.refresh_from_db()
    assert row.vetted_until == until and not DueItem.objects.filter(purpose="vet", done_at=None).exists()
    ibrat = world.client("ibrat")
    assert "neighbour" not in ibrat.get(page_of(row)).text
    assert ibrat.post(reverse("volunteers:sealed_notes", args=[row.pk])).status_code == 404
    assert vault_queries.read_all(keys=world.keys("ibrat"), file=row.file_id, part=VETTED) == []
    saule = world.client("saule")
    assert "neighbour" not in saule.get(page_of(row)).text
    assert FOUND in saule.post(reverse("volunteers:sealed_notes", args=[row.pk])).text
    assert Entry.objects.filter(event="volunteers:volunteer:read", who=world.staff["saule"].pk).count() == 1


def test_vetting_that_finds_something_grave_ends_it_and_an_incident_stays_with_the_focal_points(world):
    row = volunteer(world, ready=True)
    step(world, "bakyt", row, "vet", found=FOUND, vouched="no")
    row.refresh_from_db()
    assert row.vetted_until is None
    step(
        world,
        "bakyt",
        row,
        "write_incident",
        what="Practice: shouted at a pupil",
        decided="Talked",
        **day("on", world.at),
    )
    text = world.client("saule").post(reverse("volunteers:sealed_notes", args=[row.pk])).text
    assert "shouted at a pupil" in text and "not vetted" in text


def test_a_locked_vault_asks_to_be_opened_before_vetting(world):
    row = volunteer(world)
    answer = world.client("bakyt", open_vault=False).get(reverse("volunteers:vet", args=[row.pk]))
    assert answer.status_code == 302 and "unlock" in answer["Location"]


def test_her_page_says_what_she_may_do_and_why_not_yet(world):
    row = volunteer(world)
    text = world.client("ibrat").get(page_of(row)).text
    assert "Missing for everything: the code of conduct is not signed" in text and "not vetted" in text
    assert "no training: answering a line" in text
    ready = volunteer(world, name="Practice Ready Rowan", ready=True)
    with trained(ready):
        text = world.client("ibrat").get(page_of(ready)).text
    assert "not yet" not in text


def test_an_expiry_comes_on_the_branchs_list_and_goes_when_it_is_renewed(world):
    row, today = volunteer(world, ready=True), timezone.localdate()
    society = world.societies["north"].pk
    row.safeguarding_until = today + timedelta(days=31)
    row.save()
    assert actions.remind_of_expiry(society=society, at=timezone.now()) == 0
    row.safeguarding_until = today + timedelta(days=30)
    row.save()
    assert actions.remind_of_expiry(society=society, at=timezone.now()) == 1
    assert actions.remind_of_expiry(society=society, at=timezone.now()) == 0
    item = DueItem.objects.get(purpose="expires", done_at=None)
    assert item.owner == world.staff["ibrat"]
    assert item.due_at - timezone.now() > timedelta(
        days=6, hours=23
    ) and item.due_at - timezone.now() < timedelta(days=7)
    ibrat = world.client("ibrat")
    assert row.name in ibrat.get("/volunteers/", {"state": "expiring"}).text
    step(world, "ibrat", row, "safeguarding", **day("until", today + timedelta(days=300)))
    actions.remind_of_expiry(society=society, at=timezone.now())
    assert not DueItem.objects.filter(purpose="expires", done_at=None).exists()
    assert row.name not in ibrat.get("/volunteers/", {"state": "expiring"}).text


def put_elena_on(world, what="calls"):
    starts = world.at + timedelta(days=1)
    return accounts.put_on_duty(
        staff=world.staff["elena"],
        what=what,
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        at=world.at,
        by=world.staff["bakyt"],
        anyway=True,
    )


@pytest.mark.parametrize("what", ["calls", "danger"])
def test_a_volunteer_who_was_never_trained_is_not_put_on_calls_or_danger(world, what):
    row = linked(world)
    with pytest.raises(Refusal) as refused:
        put_elena_on(world, what)
    assert "not trained" in str(refused.value.sentence) and refused.value.next_step
    with trained(row):
        assert put_elena_on(world, what)


def test_whose_vetting_has_run_out_is_not_put_on_calls(world):
    row = linked(world)
    Volunteer.objects.filter(pk=row.pk).update(vetted_until=world.at.date() - timedelta(days=1))
    with trained(row), pytest.raises(Refusal) as refused:
        put_elena_on(world)
    assert "vetting has run out" in str(refused.value.sentence)


def test_a_volunteer_under_18_is_on_no_duty_and_signs_in_nowhere(world):
    young = volunteer(world, name="Practice Young Birch", born_year=timezone.localdate().year - 16)
    with pytest.raises(Refusal, match="minor-signs-in"):
        actions.link_staff(
            by=world.staff["bakyt"], row=young, colleague=str(world.staff["elena"].pk), at=world.at
        )
    row = linked(world)
    answer = world.client("ibrat").post(
        reverse("volunteers:change", args=[row.pk]), {"name": row.name, "born_year": young.born_year}
    )
    assert answer.status_code == 422 and "nobody under 18 may" in answer.text
    # However it came into the table.
    Volunteer.objects.filter(pk=row.pk).update(born_year=young.born_year)
    for what in ("calls", "danger", "intake"):
        found = unfit([world.staff["elena"]], what, at=world.at)[world.staff["elena"].pk]
        assert "volunteer-minor" in {one.code for one in found}


def test_colleagues_who_are_in_no_register_stay_as_they_are(world):
    volunteer(world)
    assert put_elena_on(world)


def test_under_18_somebody_helps_once_a_guardian_agreed_and_does_nothing_else(world):
    young = volunteer(
        world,
        ready=True,
        born_year=timezone.localdate().year - 15,
        guardian_name="Practice Mother",
        guardian_phone="",
    )
    with trained(young):
        text = world.client("ibrat").get(page_of(young)).text
        assert "a parent or legal guardian has not agreed" in text and "an adult is there" in text
        step(
            world, "ibrat", young, "change", name=young.name, born_year=young.born_year, guardian_name="Practice Mother",
            **day("guardian_agreed_on", timezone.localdate()), **day("code_signed_on", timezone.localdate()),
        )  # fmt: skip
        young.refresh_from_db()
        assert queries.may_do_on([young], on=timezone.localdate())[young.pk] == {"help"}


def test_whose_year_of_birth_is_not_known_helps_only_once_a_guardian_agreed(world):
    today = timezone.localdate()
    nobody_knows = volunteer(
        world, ready=True, born_year=None, guardian_name="Practice Mother", guardian_phone=""
    )
    grown_up = volunteer(world, ready=True, name="Practice Grown Up")

    def may(row):
        return queries.may_do_on([row], on=today)[row.pk]

    with trained_as(lambda pks: dict.fromkeys(pks, ALL_TRAINED)):
        assert "help" in may(grown_up), "control: all else is there"
        assert may(nobody_knows) == frozenset()
        assert "year of birth is not known" in world.client("ibrat").get(page_of(nobody_knows)).text
        step(
            world, "ibrat", nobody_knows, "change", name=nobody_knows.name, guardian_name="Practice Mother",
            **day("guardian_agreed_on", today), **day("code_signed_on", today),
        )  # fmt: skip
        nobody_knows.refresh_from_db()
        assert nobody_knows.born_year is None and may(nobody_knows) == {"help"}


def test_a_branch_tells_of_an_incident_and_a_focal_point_takes_it_into_the_file(world):
    row = volunteer(world)
    step(
        world, "ibrat", row, "write_incident", what="Practice: came drunk to a school", **day("on", world.at)
    )
    report = IncidentReport.objects.get()
    item = DueItem.objects.filter(purpose="incident", done_at=None)
    assert {one.owner.username for one in item} == {"bakyt", "saule"}
    row.refresh_from_db()
    # Neither does the row say about whom, nor does the branch read it again.
    assert row.file_id is None
    address = reverse("volunteers:incident", args=[report.pk])
    assert world.client("ibrat").get(address).status_code == 404
    saule = world.client("saule")
    text = saule.get(address).text
    assert "came drunk" in text and row.name in text
    assert saule.post(address, {"decided": ""}).status_code == 422
    assert saule.post(address, {"decided": "Practice: pauses for a month"}).status_code == 302
    text = world.client("bakyt").post(reverse("volunteers:sealed_notes", args=[row.pk])).text
    assert "came drunk" in text and "pauses for a month" in text
    assert not IncidentReport.objects.exists() and not item.all().exists()


def refuse_to_erase(*, keys, file, at):
    raise Refusal("Practice: it cannot be erased now.", code="practice")


def notes_of(world, row):
    return world.client("bakyt").post(reverse("volunteers:sealed_notes", args=[row.pk])).text


def test_an_incident_whose_report_could_not_be_erased_is_taken_again_and_stands_once(world):
    row = volunteer(world)
    step(
        world, "ibrat", row, "write_incident", what="Practice: came drunk to a school", **day("on", world.at)
    )
    report = IncidentReport.objects.get()
    address, saule = reverse("volunteers:incident", args=[report.pk]), world.client("saule")
    with ON_ERASE.temporarily("practice", refuse_to_erase):
        assert "cannot be erased" in saule.post(address, {"decided": "Practice: talks"}).text
    assert saule.post(address, {"decided": "Practice: pauses for a month"}).status_code == 302
    assert notes_of(world, row).count("came drunk") == 1
    assert "pauses for a month" in notes_of(world, row) and not IncidentReport.objects.exists()


def test_what_one_focal_point_decided_about_an_incident_stays_above_what_another_adds(world):
    """Both have the report open at one moment, or the first one's press was cut off before the report was erased."""
    row = volunteer(world)
    step(
        world, "ibrat", row, "write_incident", what="Practice: came drunk to a school", **day("on", world.at)
    )
    address = reverse("volunteers:incident", args=[IncidentReport.objects.get().pk])
    with ON_ERASE.temporarily("practice", refuse_to_erase):
        world.client("saule").post(address, {"decided": "Practice: pauses for a month"})
    for _pressed_twice in range(2):
        world.client("bakyt").post(address, {"decided": "Practice: no school any more"})
    text = notes_of(world, row)
    assert text.index("pauses for a month") < text.index("no school any more")
    assert text.count("came drunk") == text.count("no school any more") == 1
    assert not IncidentReport.objects.exists()


def test_no_value_in_plain_joins_what_a_branch_told_with_the_volunteer_whom_it_was_about(world):
    row = volunteer(world)
    step(
        world, "ibrat", row, "write_incident", what="Practice: came drunk to a school", **day("on", world.at)
    )
    report = IncidentReport.objects.get()
    world.client("saule").post(
        reverse("volunteers:incident", args=[report.pk]), {"decided": "Practice: pauses for a month"}
    )
    assert DueItem.objects.filter(subject=report.pk).exists(), "control: its id is still there"
    row.refresh_from_db()
    parts = Part.objects.filter(file=row.file_id)
    assert parts.exists() and not parts.filter(ref=report.pk).exists()


def test_what_a_branch_tells_holds_no_row_of_the_volunteer(world):
    """PostgreSQL keeps in a row which transaction held it: the one that wrote the report."""
    row = volunteer(world)
    with CaptureQueriesContext(connection) as asked:
        actions.add_incident(
            keys=world.keys("ibrat"), row=row, on=world.at.date(), what="Practice: came drunk", at=world.at
        )
    assert IncidentReport.objects.exists()
    touched = [one["sql"] for one in asked if "volunteers_volunteer" in one["sql"]]
    assert touched and not [sql for sql in touched if "UPDATE" in sql]


def test_a_report_that_was_changed_past_panah_is_neither_taken_nor_erased(world):
    row = volunteer(world)
    step(
        world, "ibrat", row, "write_incident", what="Practice: came drunk to a school", **day("on", world.at)
    )
    report = IncidentReport.objects.get()
    Part.objects.filter(file=report.file_id).update(sealed=b"x" * 200)
    answer = world.client("saule").post(
        reverse("volunteers:incident", args=[report.pk]), {"decided": "Practice: pauses"}
    )
    assert answer.status_code == 422 and IncidentReport.objects.exists()
    assert not File.objects.exclude(erasing_since=None).exists()


@pytest.mark.parametrize("who", ["ibrat", "bakyt"])
def test_an_incident_pressed_twice_is_one_and_another_one_from_the_same_page_is_another(world, who):
    row = volunteer(world)
    form = {"once": uuid4(), "what": "Practice: came drunk to a school", **day("on", world.at)}
    for _press in range(2):
        step(world, who, row, "write_incident", **form)
    step(world, who, row, "write_incident", **{**form, "what": "Practice: shouted at a pupil"})
    for report in IncidentReport.objects.all():
        world.client("saule").post(
            reverse("volunteers:incident", args=[report.pk]), {"decided": "Practice: talks"}
        )
    text = notes_of(world, row)
    assert text.count("came drunk") == 1 and text.count("shouted") == 1
    assert 'name="once"' in world.client(who).get(reverse("volunteers:write_incident", args=[row.pk])).text


def test_a_vetting_pressed_twice_is_one(world):
    row = volunteer(world)
    until = timezone.localdate() + timedelta(days=400)
    form = {"once": uuid4(), "found": FOUND, "vouched": "yes", **day("until", until)}
    for _press in range(2):
        step(world, "bakyt", row, "vet", **form)
    assert notes_of(world, row).count("former neighbour") == 1
    assert Entry.objects.filter(event="volunteers:volunteer:vetted").count() == 1


def test_who_sends_an_earlier_vetting_once_more_has_it_count(world):
    row = volunteer(world)
    no = {"once": uuid4(), "found": "Practice: a neighbour warns", "vouched": "no"}
    step(world, "bakyt", row, "vet", **no)
    until = timezone.localdate() + timedelta(days=400)
    step(world, "bakyt", row, "vet", once=uuid4(), found=FOUND, vouched="yes", **day("until", until))
    step(world, "bakyt", row, "vet", **no)
    row.refresh_from_db()
    assert row.vetted_until is None
