"""A contact becomes a case: everything goes along, is checked, and nothing of it stays with the line."""

from datetime import datetime

import pytest
from django.conf import settings
from django.utils import timezone

from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import DueItem
from panah.ground.work.words import read_text
from panah.people.cases.models import Case
from panah.people.consent import queries as consent_queries
from panah.people.hotline import actions, queries
from panah.people.hotline.models import Contact
from panah.people.hotline.views.labels import question_and_answer
from panah.people.hotline.words import AttemptOutcome, ContactState
from panah.people.hotline.words.parts import ANSWERS
from panah.people.screening import queries as screening_queries
from tests.vault.cut_off import erasing_cut_off


@pytest.fixture
def told(world, elenas, contact):
    """A call with everything on it: two colleagues, consents, prompts, a call-back tried once."""
    elenas.post(
        f"/calls/{contact.number}/",
        {
            "note": "Wants a bed for tonight.",
            "called": "Practice Person Tulip",
            "phone": "0 700 000 01",
            "safe_back": "yes",
            "back_hours": "after nine",
            "safe_word": "apricot",
            "cover_story": "the library",
            "sex": "male",
            "language": "ky",
            "c_talk": "yes",
            "c_note": "yes",
            "c_back": "no",
            "c_count": "yes",
            "c_understood": "You write, nobody else reads.",
            "ends": ["call_back"],
            "back_when": "15min",
            "tab": "a",
            "do": "finish",
        },
    )
    world.client("bakyt").post(
        f"/calls/{contact.number}/draft", {"note": "Listened in.", "cover_story": "a survey", "tab": "b"}
    )
    elenas.post(f"/calls/{contact.number}/back/", {"outcome": AttemptOutcome.NO_ANSWER, "text": "rang twice"})
    elenas.post(f"/calls/{contact.number}/prompts/", {"prompt-leave": "yes", "seen": "0"})
    contact.refresh_from_db()
    return contact


def become(client, contact, world):
    return client.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)}, follow=True)


def test_what_was_said_is_in_aminas_case_with_its_own_time_and_author(world, elenas, told):
    started, note = told.started_at, queries.notes_of(keys=world.keys("elena"), contact=told)
    assert become(elenas, told, world).status_code == 200
    case = Case.objects.get()
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    first = next(n for n in notes if "First contact" in read_text(n.value["text"]))
    assert (first.at, first.by) == (started, world.staff["elena"].pk)
    for words in ("apricot", "the library", "a survey", "rang twice", "You write, nobody else reads."):
        assert words in read_text(first.value["text"]), words
    by_text = {read_text(n.value["text"]): (n.at, n.by) for n in notes}
    assert by_text["Wants a bed for tonight."] == (note[0].at, world.staff["elena"].pk)
    assert by_text["Listened in."][1] == world.staff["bakyt"].pk
    page = world.client("amina").get(f"/cases/{case.number}/").content.decode()
    assert "Wants a bed for tonight." in page


def test_elena_reads_the_number_aloud_from_the_page_and_no_cookie_carries_it(world, elenas, told):
    page = elenas.post(f"/calls/{told.number}/case", {"owner": str(world.staff["amina"].pk)})
    assert page.status_code == 200
    text = page.content.decode()
    assert f"number is {Case.objects.get().number}" in text and "Amina, who holds it" in text
    assert not elenas.cookies[f"{settings.SESSION_COOKIE_NAME}_said"].value


def test_the_rules_of_calling_safely_and_the_call_back_go_along(world, elenas, told):
    become(elenas, told, world)
    case = Case.objects.get()
    identity = vault.reveal(
        keys=world.keys("amina"), file=case.file_id, purpose="call_back", at=timezone.now()
    ).value
    assert identity["phones"][0]["number"] == "0 700 000 01"
    assert "apricot" in identity["contact"]
    item = DueItem.objects.get(file=case.file_id, kind="call", done_at=None)
    assert item.owner == world.staff["amina"]
    assert not DueItem.objects.filter(subject=told.pk, done_at=None).exists()


def test_the_answers_of_first_contact_are_consents_with_their_day_way_language_and_asker(world, elenas, told):
    answers = vault_queries.value_of(keys=world.keys("elena"), file=told.file_id, part=ANSWERS)["fields"]
    begun = timezone.now()
    become(elenas, told, world)
    found = {
        a.consent.purpose: a
        for a in consent_queries.answers(keys=world.keys("amina"), file=Case.objects.get().file_id)
    }
    assert {p: a.consent.said for p, a in found.items()} == {
        "talk": "yes", "note": "yes", "call_back": "no", "statistics": "yes",
    }  # fmt: skip
    one = found["note"]
    assert (one.kept["way"], one.kept["language"], one.sealed.by) == (
        "spoken_phone", "ky", world.staff["elena"].pk,
    )  # fmt: skip
    assert one.sealed.at == datetime.fromisoformat(answers["c_note"][-1][-1]) < begun
    assert one.kept["understood"] == "You write, nobody else reads."
    page = world.client("amina").get(f"/cases/{Case.objects.get().number}/consent/").content.decode()
    assert "Written notes" in page


def test_the_prompts_are_in_the_screening_of_the_case(world, elenas, told):
    become(elenas, told, world)
    held = screening_queries.meetings(keys=world.keys("amina"), file=Case.objects.get().file_id)
    assert [m.meeting.answers["prompt.leave"] for m in held] == ["yes"]


def test_elena_reads_none_of_it_any_more_and_learns_no_number(world, elenas, told):
    become(elenas, told, world)
    told.refresh_from_db()
    assert told.state == ContactState.CASE
    assert not vault_queries.file_exists(told.file_id)
    assert not vault_queries.opens(keys=world.keys("elena"), file=told.file_id)
    case = Case.objects.get()
    assert not vault_queries.opens(keys=world.keys("elena"), file=case.file_id)
    page = elenas.get(f"/calls/{told.number}/page/").content.decode()
    assert "Became a case" in page
    assert case.number not in page
    assert "apricot" not in page
    assert case.number in world.client("bakyt").get(f"/calls/{told.number}/page/").content.decode()
    for part in ("", "services/", "back/", "prompts/", "keep/", "emergency/"):
        assert elenas.get(f"/calls/{told.number}/{part}").status_code == 302, part


@pytest.mark.parametrize("where", ["erasure: wanted", "erasure: cards buried", "erasure: half dropped"])
def test_killed_between_copy_and_shredding_it_goes_on_and_nothing_is_lost(world, elenas, told, where):
    with erasing_cut_off(where):
        actions.convert_to_case(
            keys=world.keys("elena"), contact=told, owner=world.staff["amina"], say=question_and_answer,
            by=world.staff["elena"], at=timezone.now(),
        )  # fmt: skip
    assert Case.objects.count() == 1
    vault.finish_erasures(at=timezone.now())
    assert elenas.get("/calls/").status_code == 200
    assert not vault_queries.file_exists(told.file_id)
    texts = [read_text(n.value["text"]) for n in vault_queries.read_all(
        keys=world.keys("amina"), file=Case.objects.get().file_id, part="note")]  # fmt: skip
    assert "Wants a bed for tonight." in texts


def test_killed_before_shredding_began_the_next_page_of_calls_shreds(world, elenas, told, monkeypatch):
    monkeypatch.setattr("panah.ground.vault.actions.erase", _killed)
    with pytest.raises(RuntimeError):
        actions.convert_to_case(
            keys=world.keys("elena"), contact=told, owner=world.staff["amina"], say=question_and_answer,
            by=world.staff["elena"], at=timezone.now(),
        )  # fmt: skip
    monkeypatch.undo()
    assert vault_queries.file_exists(told.file_id)
    elenas.get("/calls/")
    assert not vault_queries.file_exists(told.file_id)
    elenas.get("/calls/")
    assert Case.objects.count() == 1


def _killed(**_more):
    raise RuntimeError


def test_a_copy_that_differs_destroys_nothing(world, elenas, told, monkeypatch):
    write = vault.write

    def forgetful(**more):
        if more["part"].startswith("call."):
            more["value"] = {}
        return write(**more)

    with monkeypatch.context() as patch:
        patch.setattr("panah.ground.vault.actions.write", forgetful)
        answer = become(elenas, told, world)
    assert "was not written correctly" in answer.content.decode()
    assert not Case.objects.exists()
    told.refresh_from_db()
    assert told.state == ContactState.CALL_BACK
    assert "apricot" in elenas.get(f"/calls/{told.number}/page/").content.decode()


def test_what_bakyt_typed_on_while_elena_made_the_case_reaches_the_case(world, elenas, told):
    become(elenas, told, world)
    bakyts = world.client("bakyt")
    answer = bakyts.post(
        f"/calls/{told.number}/", {"note": "One more thing: a sister.", "tab": "b"}, follow=True
    )
    assert "a focal point takes it into the case" in answer.content.decode()
    bakyts.get(f"/calls/{told.number}/page/")
    notes = vault_queries.read_all(keys=world.keys("amina"), file=Case.objects.get().file_id, part="note")
    assert any("One more thing: a sister." in read_text(n.value["text"]) for n in notes)


def test_twice_is_once(world, elenas, told):
    become(elenas, told, world)
    become(elenas, told, world)
    assert Case.objects.count() == 1


def test_when_the_case_is_erased_the_contact_names_it_no_more(world, elenas, told):
    become(elenas, told, world)
    case = Case.objects.get()
    vault.erase(keys=world.keys("bakyt"), file=case.file_id, at=timezone.now())
    assert Contact.objects.get(pk=told.pk).became_case is None
