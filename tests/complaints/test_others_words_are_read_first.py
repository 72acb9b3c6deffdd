"""What somebody else said when they rang about her, and what colleagues wrote, is no answer that is read aloud unread."""

from uuid import UUID

import pytest
from django.utils import timezone

from panah.ground.vault import actions as vault
from panah.people.cases.models import Case
from panah.people.hotline.models import Contact, Line
from panah.people.hotline.words.parts import KEPT
from panah.people.screening.told import asked_questions
from tests.complaints.answers import ask, read

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")
MOTHER = {"called": "Practice Mother", "phone": "0 555 01 02 03", "where": "Behind the mother’s mill",
          "cover_story": "The tailor rings", "c_understood": "That the aunt may know"}  # fmt: skip
DAUGHTER = {"called": "Tulip", "phone": "0 700 99 88 77", "where": "By the red bridge", "caller": "self"}


@pytest.fixture
def line(world):
    return Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", numbers=[],
        made_at=world.at,
    )  # fmt: skip


@pytest.fixture
def rang(world, line):
    """``rang(typed)`` -> a contact that Elena took and finished."""

    def taken(typed):
        elena = world.client("elena")
        answer = elena.post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
        number = answer.url.strip("/").split("/")[-1]
        page = {"tab": "t", "based_on": "0", "note_version": "0", "do": "finish"}
        elena.post(f"/calls/{number}/", {"language": "uz", **typed, **page})
        return Contact.objects.get(number=number)

    return taken


@pytest.fixture
def become(world):
    def became(contact):
        world.client("elena").post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
        contact.refresh_from_db()
        return Case.objects.get(pk=contact.became_case)

    return became


def unread(text):
    return [word for word in MOTHER.values() if word in text]


@pytest.mark.parametrize("caller", ["family", ""], ids=["a relative", "nobody asked who"])
@pytest.mark.parametrize("first", ["mother", "daughter"])
def test_what_her_mother_said_on_a_joined_call_is_not_told_as_her_own(world, rang, become, first, caller):
    mother, daughter = rang({**MOTHER, "c_note": "yes", "caller": caller}), rang(DAUGHTER)
    world.client("elena").post(f"/calls/{daughter.number}/join", {"other": mother.number})
    case = become(mother if first == "mother" else daughter)
    amina = world.client("amina")
    text = read(amina, case)
    assert "By the red bridge" in text and "Tulip" in text
    assert unread(text) == []
    more = read(amina, case, more="on")
    assert "Behind the mother’s mill" in more and "Practice Mother" in more
    hers = more.partition("What you answered on the line")[2].partition("<h2>")[0]
    assert "By the red bridge" in hers and unread(hers) == []


def test_what_a_neighbour_said_who_alone_rang_is_read_first_at_the_case_and_at_the_contact(
    world, rang, become
):
    contact = rang({**MOTHER, "caller": "public", "c_note": "yes"})
    elena, address = world.client("elena"), f"/complaints/contact/{contact.number}/"
    assert unread(ask(elena, address)) == []
    assert unread(ask(elena, address, more="on")) == list(MOTHER.values())
    elena.post(f"/calls/{contact.number}/prompts/", {"prompt-leave": "yes", "seen": "0"})
    asked = next(iter(dict(asked_questions({"prompt.leave": "yes"}))))
    assert asked not in ask(elena, address)
    case = become(contact)
    assert asked not in read(world.client("amina"), case)
    assert asked in read(world.client("amina"), case, more="on")
    assert unread(read(world.client("amina"), case)) == []
    assert unread(read(world.client("amina"), case, more="on")) == list(MOTHER.values())


def test_who_rang_herself_is_told_at_once_what_she_said(world, rang, become):
    text = read(world.client("amina"), become(rang({**MOTHER, "caller": "self"})))
    assert unread(text) == list(MOTHER.values())


def test_what_a_colleague_wrote_of_an_attempt_or_of_keeping_longer_is_read_first(world, rang):
    contact = rang({**DAUGHTER, "ends": "call_back", "back_when": "15min"})
    elena, address = world.client("elena"), f"/complaints/contact/{contact.number}/"
    elena.post(f"/calls/{contact.number}/back/",
               {"outcome": "someone_else", "seen": "0", "text": "Her aunt Reed took the telephone"})  # fmt: skip
    reason = {"reason": "Her uncle Birch may be charged", "until": "2027-06-01"}
    vault.write(keys=world.keys("elena"), file=contact.file_id, part=KEPT, value=reason, at=timezone.now())
    text, more = ask(elena, address), ask(elena, address, more="on")
    assert "Reed" not in text and "Birch" not in text
    assert "Her aunt Reed took the telephone" in more and "Birch" in more


def test_who_was_with_her_and_whom_a_colleague_called_is_read_first(world, rang, line):
    contact = rang(DAUGHTER)
    elena = world.client("elena")
    typed = {"e_place": "Third floor", "e_who": "Her husband Birch", "e_called": "Sergeant Reed", "tab": "e",
             "based_on": "0", "note_version": "0"}  # fmt: skip
    elena.post(f"/calls/{contact.number}/emergency/", typed)
    address = f"/complaints/contact/{contact.number}/"
    text, more = ask(elena, address), ask(elena, address, more="on")
    assert "Third floor" in text and "Birch" not in text and "Reed" not in text
    assert "Birch" in more and "Reed" in more
