"""What goes past the caseworker: complaints, requests about own data, what is asked of a colleague, word that is left.

In North Zarina, the data protection officer, and Nurlan, the confirmed second reader, read them. South has neither: what
comes in there goes to the focal points.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from panah.ground.work import queries as work_queries
from panah.people.complaints import actions, queries
from panah.people.safety import actions as safety
from tests.conftest import World


def name_second(world: World) -> None:
    named_at = timezone.now() - timedelta(hours=25)
    row = actions.name_second(staff=world.staff["nurlan"], by=world.staff["bakyt"], at=named_at)
    actions.confirm(row=row, by=world.staff["zarina"], at=timezone.now())


def heard(
    world: World, by: str, *, reader: str, asks: str = "", about: tuple[str, ...] = ()
) -> dict[str, str]:
    """A complaint that ``by`` took down and ``about`` is about, with word that was left; its ids as ``reader`` has them.

    With ``asks`` also a request about own data, for which the reader asks that colleague.
    """
    row = _taken(world, by, "complaint", {"what": "x", "safe_word": "tulip"}, about)
    found = {"matter": row.number, "item": str(_item(world, row, reader).pk)}
    actions.leave_word(keys=world.keys(by), code=row.number, word="tulip", text="x", at=timezone.now())
    found["left"] = str(row.messages.get().pk)
    if asks:
        wish = _taken(world, by, "own_data", {"wishes": ["see"], "asker": "person", "proof": "none"}, ())
        of = world.staff[asks]
        ask = actions.ask_colleague(keys=world.keys(reader), matter=wish, of=of, text="x", at=timezone.now())
        found |= {"request": wish.number, "asked": str(ask.pk)}
    return found


def threatened(world: World, by: str, *, reader: str, about: tuple[str, ...] = ()) -> dict[str, str]:
    """A threat that ``by`` reported and that may come from ``about``; its ids as ``reader`` has them."""
    concerned = {world.staff[name].pk for name in about}
    row = safety.report(
        keys=world.keys(by), once=uuid4(), typed={"story": "x"}, concerned=concerned, at=timezone.now()
    ).row
    item = next(one for one in work_queries.items_of(row.file_id) if one.owner_id == world.staff[reader].pk)
    return {"threat": str(row.file_id), "look": str(item.pk)}


def _taken(world: World, by: str, kind: str, typed: dict[str, Any], about: tuple[str, ...]) -> Any:
    concerned = {world.staff[name].pk for name in about}
    return actions.take(
        keys=world.keys(by), once=uuid4(), kind=kind, typed=typed, concerned=concerned, at=timezone.now()
    ).row


def _item(world: World, row: Any, reader: str) -> Any:
    who = world.staff[reader]
    assert queries.matter_or_404(row.number, to=who) == row, f"{reader} reads it"
    return next(one for one in work_queries.items_of(row.pk) if one.owner_id == who.pk)
