"""Nothing typed in a call, for a line or for a family is cut."""

import base64
import json
import re
from html import unescape

import pytest

from panah.ground.vault import queries as vault_queries
from panah.ground.vault.queries import line_public
from panah.ground.vault.seals import pad, seal
from panah.people.hotline.actions.drafts import note_ref
from panah.people.hotline.models import Line
from panah.people.hotline.rules import current
from panah.people.hotline.words.parts import ANSWERS, IDENTITY, NOTE
from tests.family_links.links import Story, packet_of

NOTE_TYPED = f"Beginning {'ы' * 60_000} end"
TYPED = {
    "note": NOTE_TYPED, "where": f"Beginning {'👩' * 9_000} end", "tab": "a", "back_at_day": "the day after the feast",
    "called": "ы" * 3_000, "phone": "0 000 " * 600 + "1",
}  # fmt: skip


def kept(world, contact):
    """What the line's key opens of a contact: the answers with the note, and who the person is."""
    read = {"keys": world.keys("elena"), "file": contact.file_id}
    answers = current(vault_queries.value_of(part=ANSWERS, **read)["fields"])
    note = vault_queries.read(part=NOTE, ref=note_ref(world.staff["elena"].pk), **read)
    return answers | {"note": note.value["text"]}, vault_queries.value_of(part=IDENTITY, **read)


@pytest.mark.parametrize("rest", ["", "draft"])
def test_what_elena_types_in_a_call_is_kept_whole_however_long_it_is(world, elenas, contact, rest):
    assert elenas.post(f"/calls/{contact.number}/{rest}", TYPED).status_code in (204, 302)
    answers, identity = kept(world, contact)
    assert (answers["note"], answers["where"]) == (TYPED["note"], TYPED["where"])
    assert answers["back_at"]["day"] == "the day after the feast"
    assert identity == {"called": TYPED["called"], "phone": TYPED["phone"].strip()}
    assert NOTE_TYPED in elenas.get(f"/calls/{contact.number}/").content.decode()


def test_what_was_typed_while_the_line_was_down_comes_back_whole(world, elenas, contact):
    key, public = line_public(keys=world.keys("elena"), line=contact.line_id)
    words = json.dumps(
        {"at": "2026-11-24T10:00:00Z", "fields": [["note", "👩" * 60_000], ["tab", "q"]]}
    ).encode()
    blob = seal(public, pad(words), "draft", contact.file_id)
    sent = {
        "draft": f"/calls/{contact.number}/draft", "key": str(key),
        "sealed": base64.urlsafe_b64encode(blob).decode().rstrip("="),
    }  # fmt: skip
    assert elenas.post("/calls/drafts/sealed", sent).status_code == 204
    assert "👩" * 60_000 in elenas.get(f"/calls/{contact.number}/").content.decode()


@pytest.mark.parametrize(
    "numbers", ["\n".join(f"0 000 {n}" for n in range(11)), "0 000 1, or at night " + "0 000 2" * 9]
)
def test_more_numbers_than_a_line_has_room_for_are_refused_and_stand_there(world, line, numbers):
    answer = world.client("bakyt").post("/calls/lines/new/", {"name_en": "Night line", "numbers": numbers})
    page = answer.content.decode()
    assert numbers in unescape(page) and 'aria-invalid="true"' in page
    assert not Line.objects.filter(name_en="Night line").exists()


def test_a_long_message_of_a_family_is_filled_in_whole_crosses_the_border_whole_and_is_read_whole(
    world, paired
):
    story = Story(world)
    message = f"Beginning {'мы ждём ' * 2_400} end"
    given = {
        "asks": "x",
        "relation": "mother",
        "sought": "Practice Person",
        "language": "uz",
        "message": message,
    }
    story.elena.post("/calls/family/new/", given)
    number = re.findall(r"/calls/family/([\w-]+)/", story.bakyt.get("/calls/family/").content.decode())
    pages = [story.bakyt.get(f"/calls/family/{one}/ask/").content.decode() for one in number if one != "new"]
    assert any(message in page for page in pages), (
        "nothing that was written in the request is lost on the way"
    )
    there = story
    there.arrived(tell_message=message)
    assert packet_of(story.bakyt.get(story.here)).count("мы ждём") == 2_400
    assert story.rustam.get(story.there).content.decode().count("мы ждём") >= 2_400
