"""Lines and who answers them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, require
from panah.ground.audit import actions as audit
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import KeyKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.people.hotline import events
from panah.people.hotline.models import Contact, Line
from panah.people.hotline.words import ContactState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def _only_focal_points(by: Staff) -> None:
    require(
        by,
        Permission.HOTLINE_LEAD,
        _("Lines are kept by a focal point."),
        _("Ask the focal point of your society."),
    )


@transaction.atomic
def make_line(
    *,
    keys: Keyring,
    name_en: str,
    name_ru: str = "",
    languages: Iterable[str] = (),
    numbers: Iterable[str] = (),
    operators: Iterable[Staff] = (),
    takes_chats: bool = False,
    by: Staff,
    at: datetime,
) -> Line:
    """Make a line with its duty key, held by the focal points and the operators named."""
    _only_focal_points(by)
    line = Line.objects.create(
        society=by.society,
        name_en=name_en,
        name_ru=name_ru,
        languages=list(languages),
        numbers=list(numbers),
        takes_chats=takes_chats,
        made_at=at,
    )
    dialled_numbers.keep([line])
    vault.make_line_key(keys=keys, line=line.pk, operators=operators, at=at)
    audit.record(event=events.LINE_MADE, by=by, at=at, about=line.pk)
    return line


@transaction.atomic
def change_line(
    *,
    line: Line,
    name_en: str,
    name_ru: str,
    languages: Iterable[str],
    numbers: Iterable[str],
    by: Staff,
    at: datetime,
    takes_chats: bool = False,
) -> None:
    """Change what a line is called, speaks and is dialled by, and whether it takes chats."""
    _only_focal_points(by)
    line.name_en, line.name_ru = name_en, name_ru
    line.languages, line.numbers, line.takes_chats = list(languages), list(numbers), takes_chats
    line.save(update_fields=["name_en", "name_ru", "languages", "numbers", "takes_chats"])
    dialled_numbers.keep([line])
    audit.record(event=events.LINE_CHANGED, by=by, at=at, about=line.pk)


@transaction.atomic
def end_line(*, line: Line, by: Staff, at: datetime) -> None:
    """A line takes no new calls. Its contacts stay readable for whoever holds its key; what is due stays due."""
    _only_focal_points(by)
    row: Line = Line.objects.select_for_update().get(pk=line.pk)
    if row.ended_at is not None:
        return
    if Contact.objects.filter(line=row, state=ContactState.OPEN).exists():
        raise Refusal(
            _("Someone is on this line now."),
            next_step=_("Wait until the call is finished, then end the line."),
            code="call-open",
        )
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(event=events.LINE_ENDED, by=by, at=at, about=row.pk)


def give_line_key(*, keys: Keyring, line: Line, to: Staff, by: Staff, at: datetime) -> None:
    """Let a colleague answer a line: she opens its contacts from now on."""
    _only_focal_points(by)
    vault.give_key(keys=keys, kind=KeyKind.LINE, to=to, at=at, line=line.pk)


@transaction.atomic
def take_line_key(*, keys: Keyring, line: Line, staff: Staff, by: Staff, at: datetime) -> None:
    """A colleague no longer answers a line. Her due items of the line return to those who answer it."""
    _only_focal_points(by)
    vault.take_key(keys=keys, kind=KeyKind.LINE, staff=staff, at=at, line=line.pk)
    for item in work_queries.items_with(staff, room="hotline"):
        if item.line == line.pk:
            work.assign_to_line(item=item, line=line.pk, by=by, at=at)
