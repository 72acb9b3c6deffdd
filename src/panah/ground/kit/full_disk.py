"""A full disk, said to whoever typed: as a refusal, so that what was typed comes back."""

import errno
import logging
import sqlite3

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal

log = logging.getLogger(__name__)
# PostgreSQL: no room for a file, or for its log.
DISK_FULL = "53100"


def refusal_when_full(error: Exception, *, typed: bool) -> Refusal | None:
    """Return what to say where a database or a file found no room, else None. What was begun is undone by then.

    ``typed``: something was sent, which the page gives back. The log says it too, and nothing else: without an error
    page nobody who keeps the server would hear of it.
    """
    cause = error.__cause__
    full = (
        (isinstance(error, DatabaseError) and (getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL))
        or getattr(cause, "sqlstate", "") == DISK_FULL
        or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT))
    )
    if not full:
        return None
    log.error("No room on the disk: something was not stored")
    still_here = _(
        "What you typed is still here: leave this page open, or write it on paper. "
        "Tell whoever keeps the server, then send it once more."
    )
    return Refusal(
        _("There is no room left on this computer: nothing was stored."),
        next_step=still_here if typed else _("Tell whoever keeps the server."),
        code="disk-full",
        status=507,
    )
