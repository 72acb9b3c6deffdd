"""Two colleagues at one entry: the second one sees what the first has written before hers counts."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal


def mark(edited_at: datetime | None) -> str:
    """Which state of an entry somebody has seen: a form carries it, so that nobody overwrites unseen."""
    return edited_at.isoformat() if edited_at else ""


def refuse_if_changed(row: Any, *, seen: str | None) -> None:
    """Refuse when the entry was changed since this state of it (`mark`) was seen; None: do not ask.

    The row is locked until the end of the transaction.
    """
    if seen is None or row._state.adding:
        return
    now = type(row).objects.select_for_update().values_list("edited_at", flat=True).get(pk=row.pk)
    if mark(now) != seen:
        raise Refusal(
            _("A colleague has changed this entry in the meantime."),
            next_step=_(
                "What you typed is still here. Look at the entry in another tab; if yours is right, save again."
            ),
            code="changed-meanwhile",
        )
