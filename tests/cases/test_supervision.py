"""Supervision notes: for the colleague whose work it is and the focal points, for nobody else on the case."""

import pytest
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import File, Part, StaffKey
from panah.people.cases import actions as cases
from panah.people.cases.models import Case, Supervision
from panah.people.cases.words import CasePart
from tests.cases.case_pages import at, opened
from tests.two_people import make_focal_point

HEAVY = {
    "with_whom": "Saule",
    "load": "too_much",
    "said": "Sleeps badly since the call",
    "agreed": "Fewer cases",
}


@pytest.fixture
def case(world):
    """Amina's case, into which Cholpon was let."""
    made = opened(world)
    cases.let_in(keys=world.keys("amina"), case=made, colleague=world.staff["cholpon"], at=timezone.now())
    return made


def team(world, who, case):
    return world.client(who).get(at("team", case)).content.decode()


def old_note(world, case, by="amina", said="An old note"):
    """A note as it was kept before: in the case's own file."""
    vault.add(
        keys=world.keys(by), file=case.file_id, part=CasePart.SUPERVISION, at=timezone.now(),
        value={"with_whom": "Saule", "load": "heavy", "said": said},
    )  # fmt: skip


def test_amina_and_the_focal_points_read_it_and_cholpon_on_the_same_case_does_not(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    for who in ("amina", "bakyt", "saule"):
        page = team(world, who, case)
        assert "Sleeps badly" in page, who
        assert "The work of <bdi>Amina</bdi>" in page, who
    page = team(world, "cholpon", case)
    assert "Who can open the case" in page, "she is on the case"
    assert "Sleeps badly" not in page
    assert "Fewer cases" not in page


def test_her_keys_do_not_open_it_whatever_page_she_finds(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    [row] = Supervision.objects.filter(case=case)
    assert vault_queries.opens(keys=world.keys("cholpon"), file=case.file_id)
    assert not vault_queries.opens(keys=world.keys("cholpon"), file=row.file_id)
    assert {one.username for one in vault_queries.holders(row.file_id)} == {"amina", "bakyt", "saule"}


def test_bakyt_writes_about_cholpons_work_and_amina_does_not_read_it(world, case):
    sent = HEAVY | {"whom": str(world.staff["cholpon"].pk), "with_whom": "Bakyt"}
    world.client("bakyt").post(at("supervision", case), sent)
    assert "Sleeps badly" in team(world, "cholpon", case)
    assert "Sleeps badly" not in team(world, "amina", case)


def test_bakyt_is_offered_who_works_on_the_case_and_the_holder_first(world, case):
    page = world.client("bakyt").get(at("supervision", case)).content.decode()
    assert f'value="{world.staff["amina"].pk}" selected' in page
    assert f'value="{world.staff["elena"].pk}"' not in page
    wrong = world.client("bakyt").post(
        at("supervision", case), HEAVY | {"whom": str(world.staff["elena"].pk)}
    )
    assert wrong.status_code == 422
    assert "Sleeps badly" in wrong.content.decode(), "what was typed is still there"
    assert not Supervision.objects.exists()


def test_a_caseworker_writes_about_her_own_work_whatever_she_sends(world, case):
    assert "Whose work" not in world.client("cholpon").get(at("supervision", case)).content.decode()
    world.client("cholpon").post(at("supervision", case), HEAVY | {"whom": str(world.staff["amina"].pk)})
    [row] = Supervision.objects.filter(case=case)
    assert row.staff == world.staff["cholpon"]
    with pytest.raises(Refusal, match="not-a-focal-point"):
        cases.supervise(
            keys=world.keys("cholpon"),
            case=case,
            supervision=HEAVY,
            whom=world.staff["amina"],
            at=timezone.now(),
        )
    with pytest.raises(Refusal, match="not-on-the-case"):
        cases.supervise(
            keys=world.keys("bakyt"),
            case=case,
            supervision=HEAVY,
            whom=world.staff["elena"],
            at=timezone.now(),
        )


@pytest.mark.parametrize("who", ["amina", "bakyt"])
def test_an_old_note_leaves_the_cases_file_when_the_holder_or_a_focal_point_looks(world, case, who):
    old_note(world, case)
    old_note(world, case, by="bakyt", said="Amina needs rest")
    assert "An old note" not in team(world, "cholpon", case), "nor before it was moved"
    page = team(world, who, case)
    assert "An old note" in page
    assert "Amina needs rest" in page, "what a focal point wrote is about the holder"
    assert (
        vault_queries.read_all(keys=world.keys("cholpon"), file=case.file_id, part=CasePart.SUPERVISION) == []
    )
    assert "An old note" in team(world, "amina", case)
    assert "An old note" not in team(world, "cholpon", case)
    [row] = Supervision.objects.filter(case=case)
    before = Part.objects.filter(file=row.file_id).count()
    team(world, "saule", case)
    assert Part.objects.filter(file=row.file_id).count() == before == 2, "moved once"
    writers = {
        one.by
        for one in vault_queries.read_all(
            keys=world.keys("saule"), file=row.file_id, part=CasePart.SUPERVISION
        )
    }
    assert writers == {world.staff["amina"].pk, world.staff["bakyt"].pk}, "the hand stays the writer's"


def test_an_old_note_of_cholpons_is_about_her_work(world, case):
    old_note(world, case, by="cholpon")
    assert "An old note" not in team(world, "amina", case), "the holder moves it and does not keep it"
    assert "An old note" in team(world, "cholpon", case)
    assert "An old note" in team(world, "bakyt", case)


def test_whoever_hands_the_case_over_leaves_her_notes_with_the_focal_points(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    world.client("amina").post(at("hand_over", case), {"to": str(world.staff["cholpon"].pk)})
    [row] = Supervision.objects.filter(case=case)
    assert "Sleeps badly" not in team(world, "cholpon", case), (
        "the new holder does not read about the old one"
    )
    assert "Sleeps badly" in team(world, "bakyt", case)
    assert not vault_queries.opens(keys=world.keys("amina"), file=row.file_id)
    world.client("bakyt").post(at("let_in", case), {"to": str(world.staff["amina"].pk)})
    assert "Sleeps badly" in team(world, "amina", case), (
        "back on the case, she reads about her own work again"
    )


def test_whoever_stays_on_the_case_keeps_her_notes(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    world.client("amina").post(at("hand_over", case), {"to": str(world.staff["cholpon"].pk), "stay": "on"})
    assert "Sleeps badly" in team(world, "amina", case)


def test_whoever_is_closed_out_is_closed_out_of_her_notes_too(world, case):
    world.client("cholpon").post(at("supervision", case), HEAVY)
    world.client("amina").post(at("take_back", case, world.staff["cholpon"].pk))
    [row] = Supervision.objects.filter(case=case)
    assert {one.username for one in vault_queries.holders(row.file_id)} == {"bakyt", "saule"}
    # Let in again by Amina, who cannot give what she cannot open: a new note goes into a new file.
    world.client("amina").post(at("let_in", case), {"to": str(world.staff["cholpon"].pk)})
    assert "Sleeps badly" not in team(world, "cholpon", case)
    world.client("cholpon").post(at("supervision", case), HEAVY | {"said": "Better now"})
    assert "Better now" in team(world, "cholpon", case)
    assert "Better now" in team(world, "saule", case)


def test_amina_leaves_and_her_notes_stay_with_the_focal_points(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    know = {"keys": world.keys("bakyt"), "staff": world.staff["amina"], "at": timezone.now()}
    sign_in.end_access(**know)
    vault.hand_over_all(to=world.staff["cholpon"], **know)
    [row] = Supervision.objects.filter(case=case)
    assert {one.username for one in vault_queries.holders(row.file_id)} == {"bakyt", "saule"}
    assert Case.objects.get(pk=case.pk).owner == world.staff["cholpon"]
    assert "Sleeps badly" in team(world, "bakyt", case)
    assert "Sleeps badly" not in team(world, "cholpon", case)


def test_a_closed_case_that_goes_to_another_takes_no_notes_along(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    cases.ask_closing(keys=world.keys("amina"), case=case, reason="moved", text="x", at=timezone.now())
    cases.close_case(keys=world.keys("bakyt"), case=Case.objects.get(pk=case.pk), at=timezone.now())
    cases.hand_over_all(
        keys=world.keys("bakyt"), staff=world.staff["amina"], to=world.staff["cholpon"], at=timezone.now()
    )
    [row] = Supervision.objects.filter(case=case)
    assert {one.username for one in vault_queries.holders(row.file_id)} == {"bakyt", "saule"}


def test_a_new_focal_point_reads_it_once_the_files_are_sealed_anew(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    [row] = Supervision.objects.filter(case=case)
    make_focal_point(world, "ibrat", at=timezone.now())
    vault.regrant_chunk(keys=world.keys("bakyt"), at=timezone.now())
    assert vault_queries.opens(keys=world.keys("ibrat"), file=row.file_id)


def test_erasing_the_case_erases_the_notes_whoever_erases_it(world, case):
    world.client("amina").post(at("supervision", case), HEAVY)
    [row] = Supervision.objects.filter(case=case)
    # Saule became a focal point a minute ago, so to say: this file is not sealed to her yet.
    vault.revoke(keys=world.keys("bakyt"), file=row.file_id, staff=world.staff["saule"], at=timezone.now())
    cases.ask_closing(keys=world.keys("amina"), case=case, reason="moved", text="x", at=timezone.now())
    cases.close_case(keys=world.keys("saule"), case=Case.objects.get(pk=case.pk), at=timezone.now())
    cases.ask_erasing(
        keys=world.keys("bakyt"), case=Case.objects.get(pk=case.pk), reason="x", at=timezone.now()
    )
    world.client("saule").post(at("erase", case), {"number": case.number})
    assert File.objects.get(pk=case.file_id).erased_at is not None
    gone = File.objects.get(pk=row.file_id)
    assert gone.erased_at is not None
    assert not Part.objects.filter(file=row.file_id).exists()
    assert not vault_queries.opens(keys=world.keys("bakyt"), file=row.file_id)
    assert not Supervision.objects.exists()


def test_a_colleague_with_a_key_that_is_not_to_be_trusted_keeps_nobody_from_the_page(world, case):
    old_note(world, case)
    StaffKey.objects.filter(staff=world.staff["amina"]).update(signature=b"x" * 64)
    assert "Who can open the case" in team(world, "bakyt", case)
    assert (
        len(vault_queries.read_all(keys=world.keys("bakyt"), file=case.file_id, part=CasePart.SUPERVISION))
        == 1
    )
