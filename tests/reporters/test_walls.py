"""Everything that a stranger does, from a page where nobody is signed in and no society's walls were entered."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from panah.ground.foundation import tenancy
from panah.ground.foundation.rls_tables import protected_tables
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Chat, ChatGrant, ChatLine, Piece, Report, Tally, Upload, Word
from tests.reporters.added_words import VOICE
from tests.reporters.conftest import Stranger, opens

ROWS = (Report, Word, Upload, Piece, Chat, ChatGrant, ChatLine, Tally)


@pytest.fixture
def nobody(world):
    """The walls as a page of the door finds them: on PostgreSQL nothing of anybody is seen."""
    with tenancy.tenant_context(tenancy.NO_TENANT):
        yield


def at_north(world):
    return tenancy.tenant_context(world.societies["north"].pk)


def everything_a_stranger_does(world, stranger):
    """A report with a file, an answer with a file, more words, a chat; returns her opened report and chat."""
    stranger.writes(files=[VOICE])
    with at_north(world):
        opens(world, Report.objects.select_related("arrival").get())
        reporters.answer(
            keys=world.keys("bakyt"), report=Report.objects.get(), text="Practice", files=[VOICE], at=world.at
        )
    opened = stranger.returns()
    reporters.add_words(
        opened=opened,
        token=reporters_queries.new_token(),
        content={"text": "Practice"},
        files=[VOICE],
        at=world.at,
    )
    reporters.start_chat(
        society=opened.society, token=reporters_queries.new_token(), language="tg", urgency="today", opened=opened,
        at=world.at,
    )  # fmt: skip
    chat = reporters_queries.find_chat(stranger.receipt.handle, stranger.receipt.secret)
    reporters.say_as_reporter(opened=chat, once=uuid4(), text="Practice", at=world.at)
    return opened, chat


def test_a_stranger_does_all_of_it_without_being_anybody_here(world, nobody):
    stranger = Stranger(world)
    opened, chat = everything_a_stranger_does(world, stranger)
    answer, own = reporters_queries.words_for(opened)
    assert (answer.text, own.to_reporter) == ("Practice", False)
    assert reporters_queries.file_for(opened, answer.files[0].id)[1] == VOICE.body
    reporters.mark_seen(opened=opened, at=world.at)
    assert [line.text for line in reporters_queries.chat_lines_for(chat)] == ["Practice"]
    assert reporters_queries.is_read_now(opened.society, at=world.at) in (True, False)
    reporters.end_own_chat(opened=chat, at=world.at)
    assert reporters.withdraw(opened=opened, at=world.at).deleted == 2
    assert stranger.returns().stands == "withdrawn"
    assert tenancy.current_tenant() == tenancy.NO_TENANT


def test_every_table_of_the_door_stands_behind_the_wall(db):
    assert {f"reporters.{model.__name__}" for model in ROWS} == {
        label for label in protected_tables() if label.startswith("reporters.")
    }


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the wall stands in PostgreSQL alone")
def test_nobody_and_no_other_society_sees_a_row_of_it(world, nobody):
    everything_a_stranger_does(world, Stranger(world))
    for society in (tenancy.NO_TENANT, world.societies["south"].pk):
        with tenancy.tenant_context(society):
            assert [model.objects.count() for model in ROWS] == [0] * len(ROWS)
    with at_north(world):
        assert all(model.objects.exists() for model in ROWS), "control"


def test_whoever_wrote_to_the_south_is_not_seen_in_the_north(world, nobody):
    south = Stranger(world)
    south.writes(society=world.societies["south"].pk)
    with at_north(world):
        assert reporters_queries.reports_of([]) == {}
    assert south.returns().society == world.societies["south"].pk
