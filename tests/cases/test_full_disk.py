"""The disk is full: what was typed comes back with a sentence, and is kept once there is room."""

import errno
import html

import pytest
from django.db import connection

from panah.ground.kit.full_disk import refusal_when_full
from panah.ground.vault import queries as vault_queries
from tests.cases.case_pages import at, opened
from tests.full_disk import full  # noqa: F401  a fixture

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="a full disk is made by a limit of SQLite's: ./panah test"
    ),
]
NOTE = "She waits by the yellow gate. " * 600
SAID = "There is no room left on this computer"


def test_a_note_comes_back_as_the_form_and_is_kept_when_there_is_room(world, full):  # noqa: F811
    case, amina = opened(world), world.client("amina")
    full("default")
    answer = amina.post(at("note", case), {"text": NOTE})
    assert answer.status_code == 422
    assert SAID in html.unescape(answer.text) and NOTE.strip() in answer.text
    full("default", over=True)
    assert amina.post(at("note", case), {"text": NOTE}).status_code == 302
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    assert notes[-1].value["text"] == NOTE.strip()


def test_who_only_looks_is_not_told_of_something_typed():
    no_room = OSError(errno.ENOSPC, "No space left on device")
    assert "typed" in str(refusal_when_full(no_room, typed=True).next_step)
    assert "typed" not in str(refusal_when_full(no_room, typed=False).next_step)
    assert refusal_when_full(OSError(errno.ENOENT, "no such file"), typed=True) is None
