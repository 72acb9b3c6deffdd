"""One piece of a file was changed where it is stored: the page says so, the rest shows, nothing breaks."""

import pytest
from django.utils import timezone

from panah.ground.audit.queries import entries_about
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import Part
from panah.people.cases import actions as cases
from panah.people.hotline.actions.calls import begin_contact
from panah.people.hotline.models import Line
from tests.conftest import LINE_NORTH

SAID = "1 piece on this page cannot be opened."
WHO = "Tell your focal point"


def damage(file, **which):
    """Flip one bit of the stored pieces chosen; returns how many."""
    rows = list(Part.objects.filter(file=file, **which))
    for row in rows:
        raw = bytearray(bytes(row.sealed))
        raw[-1] ^= 1
        Part.objects.filter(pk=row.pk).update(sealed=bytes(raw))
    return len(rows)


@pytest.fixture
def case(world):
    case = cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip
    cases.add_note(keys=world.keys("amina"), case=case, text="the first note", at=timezone.now())
    cases.add_note(keys=world.keys("amina"), case=case, text="the second note", at=timezone.now())
    return case


def note_ref(world, case, text):
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    return next(one.ref for one in notes if one.value["text"] == text)


def test_a_case_with_one_damaged_note_says_so_and_shows_the_rest(world, case):
    amina, address = world.client("amina"), f"/cases/{case.number}/"
    assert SAID not in amina.get(address).content.decode(), "control"
    damage(case.file_id, ref=note_ref(world, case, "the first note"))
    page = amina.get(address)
    text = page.content.decode()
    assert page.status_code == 200 and SAID in text and WHO in text
    assert "the second note" in text and "the first note" not in text


def test_it_is_in_the_journal_once(world, case):
    damage(case.file_id, ref=note_ref(world, case, "the first note"))
    for name in ("amina", "amina", "bakyt"):
        world.client(name).get(f"/cases/{case.number}/")
    events = [entry.event for entry in entries_about(case.file_id)]
    assert events.count("vault:part:damaged") == 1
    damage(case.file_id, ref=note_ref(world, case, "the second note"))
    world.client("amina").get(f"/cases/{case.number}/")
    events = [entry.event for entry in entries_about(case.file_id)]
    assert events.count("vault:part:damaged") == 2


def test_a_case_whose_every_piece_is_damaged_breaks_no_page(world, case):
    assert damage(case.file_id) >= 3
    amina = world.client("amina")
    for address in ("/", "/cases/", f"/cases/{case.number}/", f"/cases/{case.number}/plan/", "/team"):
        answer = amina.get(address, follow=True)
        assert answer.status_code in (200, 404), address
    assert "pieces on this page cannot be opened" in amina.get(f"/cases/{case.number}/").content.decode()


def test_a_damaged_piece_is_never_written_over(world, case):
    keys = world.keys("amina")
    vault.write(keys=keys, file=case.file_id, part="plan", value={"said": "wait"}, at=world.at)
    before = [bytes(p.sealed) for p in Part.objects.filter(file=case.file_id)]
    vault.write(keys=keys, file=case.file_id, part="plan", value={"said": "go"}, at=world.at)  # control
    assert [bytes(p.sealed) for p in Part.objects.filter(file=case.file_id)] != before
    damage(case.file_id)
    kept = {p.pk: bytes(p.sealed) for p in Part.objects.filter(file=case.file_id)}
    with pytest.raises(Refusal, match="damaged"):
        vault.write(
            keys=world.keys("amina"), file=case.file_id, part="plan", value={"said": "no"}, at=world.at
        )
    assert {p.pk: bytes(p.sealed) for p in Part.objects.filter(file=case.file_id)} == kept
    ref = vault.add(
        keys=world.keys("amina"), file=case.file_id, part="note", value={"text": "new"}, at=world.at
    )
    assert vault_queries.read(keys=world.keys("amina"), file=case.file_id, part="note", ref=ref), (
        "new pieces go on"
    )


def test_a_case_with_an_unreadable_list_of_cards_is_not_half_erased(world, case):
    damage(case.file_id)
    with pytest.raises(Refusal, match="damaged"):
        vault.erase(keys=world.keys("amina"), file=case.file_id, at=world.at)
    assert vault_queries.opens(keys=world.keys("amina"), file=case.file_id)


def test_a_contact_with_damaged_pieces_still_shows(world):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1",
        numbers=["0 000 000 00 01"], made_at=world.at,
    )  # fmt: skip
    contact = begin_contact(
        keys=world.keys("elena"), line=line, channel="phone", by=world.staff["elena"], at=timezone.now()
    )
    elena, address = world.client("elena"), f"/calls/{contact.number}/"
    elena.post(address, {"note": "typed", "do": "save"})
    assert "typed" in elena.get(address).content.decode(), "control"
    assert damage(contact.file_id)
    page = elena.get(address)
    assert page.status_code == 200 and "on this page cannot be opened" in page.content.decode()
    for path in ("/", "/calls/", "/calls/log/"):
        assert elena.get(path).status_code == 200, path
