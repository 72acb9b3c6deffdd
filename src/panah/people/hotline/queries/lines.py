"""Lines and who answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.vault.queries import holders_of_line, lines_held
from panah.people.hotline.models import Contact, Line, NightCover
from panah.people.hotline.words import ContactState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def visible_lines(*, to: Staff) -> Any:
    """The lines of the society that have not ended: anyone who works here may know their public numbers."""
    return Line.objects.visible(to=to).filter(ended_at=None)


def ended_lines(*, to: Staff) -> Any:
    """The lines that take no calls any more, the newest end first."""
    return Line.objects.visible(to=to).exclude(ended_at=None).order_by("-ended_at")


def waiting_on(line: Line) -> int:
    """How many call-backs of a line are still to be made."""
    return Contact.objects.filter(line=line, state=ContactState.CALL_BACK).count()


def lines_of(staff: Staff) -> list[Line]:
    """The lines a colleague answers: two queries."""
    return list(visible_lines(to=staff).filter(pk__in=lines_held(staff)))


def operators_of(line: Line) -> list[Staff]:
    """Who holds the key of a line now, by pseudonym."""
    return holders_of_line(line.pk)


def rows_with_numbers(society: UUID) -> list[HasDialledNumbers]:
    """Return every line and every night cover of a society."""
    return [*Line.objects.filter(society=society), *NightCover.objects.filter(society=society)]
