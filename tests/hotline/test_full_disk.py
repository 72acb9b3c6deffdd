"""The disk is full during a call."""

import html

import pytest
from django.db import connection

from tests.full_disk import full  # noqa: F401  a fixture
from tests.hotline.call_addresses import url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="a full disk is made by a limit of SQLite's: ./panah test"
    ),
]
NOTE = "She waits by the yellow gate. " * 600
SAID = "There is no room left on this computer"


def test_what_was_typed_in_a_call_comes_back_and_can_be_sent_once_more(elenas, contact, full, caplog):  # noqa: F811
    full("default")
    answer = elenas.post(url(contact), {"note": NOTE, "do": "save"})
    assert answer.status_code == 507
    assert SAID in html.unescape(answer.text) and NOTE.strip() in answer.text
    # Wherever a script put the answer, the button sends it to where it was sent before.
    assert f'action="{url(contact)}"' in answer.text and 'name="do" value="save"' in answer.text
    assert "No room on the disk" in caplog.text and "yellow" not in caplog.text, (
        "whoever keeps the server hears of it"
    )
    full("default", over=True)
    elenas.post(url(contact), {"note": NOTE, "do": "save"})
    assert NOTE.strip() in elenas.get(url(contact)).text
