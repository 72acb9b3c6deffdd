# ruff: noqa: F811  fixtures of the hotline are used here too
"""What a stranger says without scripts lies in no table, no log and no temporary file of the node, after each step.

Read as whoever takes the machine would: every value of every table of the three databases, every line of every log at
its loudest, every file that was left where temporary ones are made. What is planted there is found each time.
"""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import timezone

from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters.models import NodeTally, Report
from tests.browser.recording import ways
from tests.hotline.chatting import open_line  # noqa: F401
from tests.hotline.conftest import line  # noqa: F401
from tests.public.talking_phone import Phone
from tests.public.writing import Stranger, content_of

SAID, PLACE = "Паспорт забрал хозяин", "Yellowhouse behind the bazaar"
FILE, NAME = b"%PDF-1.7 Pay slip of the Brickyard", "Brickyard of Uncle.pdf"
MORE, ANSWER, CHAT = "Grey gate opposite the mill", "Come to the blue door", "We are locked in a cellar"
WORDS = [SAID, PLACE, "Pay slip of the Brickyard", "Brickyard of Uncle", MORE, ANSWER, CHAT]


class Taken:
    """The machine as it lies there after a step."""

    def __init__(self, log, folder):
        self.log, self.folder, self.found = log, folder, []

    def after(self, step, *more):
        planted = f"planted-in-{step}"
        NodeTally.objects.create(what="bytes", window=planted[-16:], shard=99)
        logging.getLogger("panah.people.public").debug(planted)
        (self.folder / step).write_text(planted)
        for place, content in (
            ("database", self.rows()), ("log", self.log.text.encode()), ("temporary", self.files()),
        ):  # fmt: skip
            assert planted[-16:].encode() in content, f"the control: {step}, {place}"
            words = [*WORDS, *(one for one in more if one)]
            self.found += [(step, place, word) for word in words if any(way in content for way in ways(word))]

    def rows(self):
        kept = []
        for alias in ("default", "shred", "shred_copy"):
            connection = connections[alias]
            for table in connection.introspection.table_names():
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                    kept += [_bytes(value) for row in cursor.fetchall() for value in row]
        return b"\0".join(kept)

    def files(self):
        return b"\0".join(one.read_bytes() for one in self.folder.rglob("*") if one.is_file())


def _bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.fixture
def machine(caplog, tmp_path, monkeypatch):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return Taken(caplog, tmp_path)


def test_what_she_says_without_scripts_lies_nowhere_on_the_machine(world, open_line, machine):
    large = SimpleUploadedFile(NAME, FILE + os.urandom(6_000_000), "application/pdf")
    her = Stranger().begins().answers(about="me", place=PLACE)
    her.presses("stay", "ru", text=SAID)
    machine.after("a-language")
    her.presses("send", text="x" * 20_001, help=SAID)
    machine.after("a-refusal")
    her.presses("send", text=SAID, help="", files=large)
    digits = her.digits.replace(" ", "")
    machine.after("sent", digits, her.digits)

    content_of(world, Arrival.objects.get(), timezone.now())
    reporters.answer(keys=world.keys("bakyt"), report=Report.objects.get(), text=ANSWER, at=timezone.now())
    her.types(digits)
    assert ANSWER in her.page
    machine.after("answered", digits)
    her.acts("more", text=MORE)
    machine.after("more-words", digits)
    her.acts("withdraw", text=MORE)
    her.acts("withdraw-now")
    machine.after("taken-back", digits)

    Phone().starts(CHAT)
    machine.after("in-a-chat")
    assert machine.found == []


def test_the_control_a_word_in_a_table_a_log_or_a_file_is_found(world, machine):
    NodeTally.objects.create(what="bytes", window=MORE[:16], shard=98)
    logging.getLogger("panah.people.public").warning("Practice: %s", SAID)
    Path(tempfile.mkstemp()[1]).write_bytes(FILE)
    WORDS.append(MORE[:16])
    try:
        machine.after("control")
    finally:
        WORDS.pop()
    places = {place for _step, place, _word in machine.found}
    assert places == {"database", "log", "temporary"}
