"""A person ends her chat while a colleague, or the worker, is in the middle of it: nobody waits crosswise.

The two stand in a row before one row that a third connection holds; once it lets go, both must come through.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.ground.work.models import DueItem
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Contact, LineChat
from panah.people.reporters.models import Chat
from tests.hotline.chatting import Caller, open_line  # noqa: F401  a fixture
from tests.hotline.conftest import line  # noqa: F401  a fixture
from tests.postgres.waiting_locks import _waiting

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="rows are locked one by one on PostgreSQL alone"
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def chat(world: Any, open_line: Any) -> Any:  # noqa: F811
    """Elena has taken a chat."""
    caller = Caller(open_line)
    hotline.claim_chat(keys=world.keys("elena"), chat=caller.row, by=world.staff["elena"], at=timezone.now())
    return caller


def in_a_row(held: Any, *acts: Callable[[], object]) -> list[object]:
    """Begin acts one after the other while a row is held, each once the one before it waits; what each came to."""
    came: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            came[number] = act()
        except (Refusal, DatabaseError) as error:  # a deadlock is what is looked for
            came[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    with transaction.atomic():
        list(held.select_for_update())
        for number, thread in enumerate(threads, 1):
            thread.start()
            while thread.is_alive() and _waiting() < number:
                thread.join(0.01)
    for thread in threads:
        thread.join(timeout=30)
    return came


def _says(world: Any, chat: Any) -> object:
    return hotline.say_to_person(
        keys=world.keys("elena"), contact=Contact.objects.get(pk=chat.id), text="Practice: we come.",
        once=uuid4().hex, by=world.staff["elena"], at=timezone.now(),
    )  # fmt: skip


def _finishes(world: Any, chat: Any) -> object:
    contact, by = Contact.objects.get(pk=chat.id), world.staff["elena"]
    return hotline.finish_call(keys=world.keys("elena"), contact=contact, by=by, at=timezone.now())


def _is_cut_off(world: Any, chat: Any) -> object:
    return hotline.close_silent_calls(at=timezone.now() + timedelta(hours=1))


def _leaves(world: Any, chat: Any) -> object:
    return hotline.pass_on_chats(keys=world.keys("bakyt"), staff=world.staff["elena"], at=timezone.now())


@pytest.mark.parametrize(
    ("act", "held", "person_first"),
    [
        (_says, Chat, True),
        (_says, LineChat, False),
        (_finishes, Chat, True),
        (_is_cut_off, Chat, True),
        (_leaves, Chat, True),
    ],
)
def test_she_ends_the_chat_at_the_moment_at_which_we_do_something_in_it(world, chat, act, held, person_first):
    opened = chat.opened
    order = [lambda: hotline.end_by_person(opened=opened, at=timezone.now()), lambda: act(world, chat)]
    came = in_a_row(held.objects.filter(pk=chat.id), *(order if person_first else reversed(order)))
    refused = [one for one in came if isinstance(one, Exception)]
    # A line that came too late is refused with a sentence; nothing else is.
    assert [getattr(one, "code", one) for one in refused] == ["chat-ended"] * (act is _says and person_first)
    row = chat.row
    assert row.chat.state == "ended" and row.ended_at is not None and row.ended_by_person
    # It has ended: nobody is called to a chat in which nobody is.
    assert row.waits_since is None
    assert not DueItem.objects.filter(room="hotline_chat", subject=chat.id, done_at=None).exists()
