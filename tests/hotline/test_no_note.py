"""May I take notes? A no is carried out: what was said goes in every copy, what was agreed stays."""

import pytest

from panah.ground.vault.models import File
from panah.ground.work.models import DueItem
from panah.people.hotline import queries
from panah.people.hotline.models import Contact

SAID = {
    "note": "zebra words",
    "where": "zebra town",
    "topics": ["work"],
    "c_note": "no",
    "c_back": "yes",
    "language": "uz",
    "do": "finish",
}
BACK = {"ends": ["call_back"], "back_when": "1h", "safe_word": "apricot", "phone": "0 700 5"}


def forget(client, contact):
    return client.post(f"/calls/{contact.number}/forget-note", follow=True).content.decode()


def test_after_a_no_to_a_note_finish_leads_to_where_it_is_carried_out(elenas, contact):
    page = elenas.post(f"/calls/{contact.number}/", SAID, follow=True).content.decode()
    assert "wants no note to be kept" in page and "Erase what was noted" in page
    old = Contact.objects.get().file_id
    page = forget(elenas, contact)
    assert "What was noted is erased" in page
    for gone in ("zebra words", "zebra town", "Erase what was noted"):
        assert gone not in page
    assert "May I take notes?" in page, "that it was asked, and what the answer was, stays"
    assert File.objects.get(pk=old).erasing_since is not None
    kept = Contact.objects.get()
    assert (kept.state, kept.language) == ("finished", "uz")


def test_a_promised_call_back_stays_with_all_it_needs_and_nothing_else(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {**SAID, **BACK})
    before = DueItem.objects.get(subject=contact.pk, done_at=None).due_at
    forget(elenas, contact)
    item = DueItem.objects.get(subject=contact.pk, done_at=None)
    assert (item.due_at, item.purpose) == (before, "call_back")
    page = elenas.get(f"/calls/{contact.number}/back/").content.decode()
    assert "apricot" in page and "0 of 3 tries" in page
    shown = elenas.post(f"/calls/{contact.number}/show", {"purpose": "call_back"}).content.decode()
    assert "0 700 5" in shown
    contact.refresh_from_db()
    found = queries.answers_of(keys=world.keys("elena"), contact=contact)
    assert "where" not in found and "topics" not in found
    assert queries.notes_of(keys=world.keys("elena"), contact=contact) == []


def test_without_a_call_back_the_number_goes_too(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {**SAID, "phone": "0 700 5", "called": "Zebrina"})
    assert "no word and no number is kept" in forget(elenas, contact)


def test_while_somebody_is_on_the_line_nothing_is_erased(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {**SAID, "do": "save"})
    assert "Finish the call first" in forget(elenas, contact)
    assert "zebra words" in elenas.get(f"/calls/{contact.number}/").content.decode()


def test_a_yes_or_no_answer_about_notes_asks_for_nothing(elenas, contact):
    for said in ("yes", "none", "unknown"):
        page = elenas.post(
            f"/calls/{contact.number}/", {**SAID, "c_note": said}, follow=True
        ).content.decode()
        assert "wants no note to be kept" not in page


def test_a_contact_goes_at_once_when_the_person_asks_for_it(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {**SAID, "c_note": "yes"})
    bakyts, sent = world.client("bakyt"), {"number": contact.number.lower().replace("-", " ")}
    assert "The person asks for it" in bakyts.get(f"/calls/{contact.number}/page/").content.decode()
    bakyts.post(f"/calls/{contact.number}/erase", sent)
    contact.refresh_from_db()
    assert contact.file.erasing_since is None, "without the person's wish it waits for its day"
    bakyts.post(f"/calls/{contact.number}/erase", {**sent, "person_asks": "yes"})
    contact.file.refresh_from_db()
    assert contact.file.erasing_since is not None


@pytest.mark.parametrize("who", ["amina", "daler", "rustam"])
def test_who_does_not_answer_the_line_erases_nothing(world, elenas, contact, who):
    elenas.post(f"/calls/{contact.number}/", SAID)
    assert world.client(who).post(f"/calls/{contact.number}/forget-note").status_code == 404


def test_a_no_to_notes_stands_beside_the_note_while_the_call_goes_on(elenas, contact):
    stands = '<p class="no-notes" data-on><b>The person wants no notes to be kept.'
    assert stands not in elenas.get(f"/calls/{contact.number}/").content.decode()
    elenas.post(f"/calls/{contact.number}/", {"c_note": "no", "do": "save"})
    assert stands in elenas.get(f"/calls/{contact.number}/").content.decode()
