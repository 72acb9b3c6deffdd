"""Lines and who answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from panah.ground.accounts.queries import names_with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.kit.jinja import url
from panah.ground.vault.queries import duty_keys, holders_of_line, lines_held
from panah.ground.work.first_steps import FirstStep
from panah.people.hotline.models import Contact, Line, NightCover
from panah.people.hotline.words import ContactState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


def visible_lines(*, to: Staff) -> QuerySet[Line]:
    """The lines of the society that have not ended: anyone who works here may know their public numbers."""
    return Line.objects.visible(to=to).filter(ended_at=None)


def ended_lines(*, to: Staff) -> QuerySet[Line]:
    """The lines that take no calls any more, the newest end first."""
    return Line.objects.visible(to=to).exclude(ended_at=None).order_by("-ended_at")


def first_steps(staff: Staff) -> list[FirstStep]:
    """A line, and somebody besides the focal points who answers it."""
    held = duty_keys(staff.society_id)
    answering = {who for who, keys in held.items() if any(line for _kind, line in keys)}
    leads = {one.pk for one in names_with_permission(staff.society_id, Permission.DESK_BEGIN)}
    return [
        FirstStep(
            _("Open a line with its number"),
            bool(answering),
            url("hotline:lines") if visible_lines(to=staff).exists() else url("hotline:add_line"),
        ),
        FirstStep(
            _("Give its key to those who answer it"),
            bool(answering - leads),
            url("hotline:lines"),
            _("At least one colleague besides the focal points."),
        ),
    ]


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
