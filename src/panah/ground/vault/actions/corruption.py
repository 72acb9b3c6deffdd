"""A piece of a file that does not open although the file does: noted once, never overwritten."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.audit import queries as audit_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events
from panah.ground.vault.keyring import Keyring


@transaction.atomic
def note_damage(*, keys: Keyring, at: datetime) -> int:
    """Write in the journal which pieces this request could not open, each once; returns how many were new."""
    files = set(keys.damaged.values())
    known = {facts.get("part") for facts in audit_queries.facts_about(files, event=events.DAMAGED.name)}
    new = {part: file for part, file in keys.damaged.items() if str(part) not in known}
    for part, file in new.items():
        audit.record(event=events.DAMAGED, by=keys.staff, at=at, about=file, facts={"part": str(part)})
    return len(new)


def damaged() -> Refusal:
    """The answer to whoever would write over a piece that does not open: a backup may still have it whole."""
    return Refusal(
        _("A piece of this file cannot be opened: it was changed or damaged where it is stored."),
        next_step=_("Nothing was written over it. Tell your focal point: a backup may still have it whole."),
        code="damaged",
    )


def set_back() -> Refusal:
    """The answer to whoever would write in a file of which the database holds an older state than was written."""
    return Refusal(
        _("This file was set back to an older state where it is stored."),
        next_step=_("Nothing was written and nothing leaves. Call your focal point at once."),
        code="set-back",
    )
