"""A reader left out another one: a second reader says whether that one is meant, and nothing ends before that.

Whoever is meant herself may have opened it first, and ticked the others.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit import row_locks
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.complaints import events, queries
from panah.people.complaints.actions.intake import MEANT, put_usual
from panah.people.complaints.models import Matter
from panah.people.complaints.words import CONCERNS


@transaction.atomic
def say_who_is_meant(*, keys: Keyring, matter: Matter, at: datetime, meant: str) -> None:
    """A second reader says *yes*, they are meant, or *no*: then they read it too."""
    row = row_locks.locked(matter)
    row_locks.must_fit(
        row.erased_at is None and queries.may_say_who_is_meant(row, keys=keys),
        next_step=_("Open the page again: another reader has gone on with it."),
    )
    if meant == "no":
        _let_back_in(keys, row, at)
    audit.record(event=events.MEANT, by=keys.staff, at=at, about=row.file_id)
    work.complete_for(subject=row.pk, purpose=MEANT.purpose, by=keys.staff, at=at)


def _let_back_in(keys: Keyring, row: Matter, at: datetime) -> None:
    said = vault_queries.value_of(keys=keys, file=row.file_id, part=CONCERNS)
    rest = sorted({*said["who"]} - {*said.get("in_doubt", ())})
    vault.write(keys=keys, file=row.file_id, part=CONCERNS, value={"who": rest, "in_doubt": []}, at=at)
    have = {one.pk for one in vault_queries.holders(row.file_id)}
    for reader in queries.route(row.society_id, concerned=[UUID(one) for one in rest]).people:
        if reader.pk not in have:
            vault.grant(keys=keys, file=row.file_id, to=reader, at=at)
            put_usual(keys, row, reader, at)
            work.send_word(to=reader, kind="answer", at=at)


def must_be_said_by_a_second(row: Matter, *, keys: Keyring) -> None:
    """Refuse while one reader alone has said that another one is meant."""
    if queries.who_left_out(row, keys=keys) is not None:
        raise Refusal(
            _("A second person has to say first whether the readers who were left out are meant."),
            next_step=_("Ask another one who can open it: it stands on the page of the matter."),
            code="one-alone-left-out-a-reader",
        )
