"""A focal point signs which columns releases have, with the society's key."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.programmes.evidence import columns, ctdc, events
from panah.programmes.evidence.columns_refused import why_not
from panah.programmes.evidence.models import ColumnsFile
from panah.programmes.release.domain import read_domain, shipped, to_be_signed
from panah.programmes.release.errors import BadDomain
from panah.programmes.release.verifying import is_signed

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring


@transaction.atomic
def sign_columns(*, keys: Keyring, at: datetime, text: str = "") -> ColumnsFile:
    """Sign a file of columns; without one, the file that Panah brings. Nothing is signed twice."""
    by, said = keys.staff, text or shipped().decode()
    try:
        domain = read_domain(said.encode())
        ctdc.domain(said)
    except BadDomain as why:
        raise Refusal(
            _("This file of columns cannot be used: %(why)s") % {"why": why_not(why.why, why.named)},
            next_step=_("Take the file that Panah brings, change it, and bring it again."),
            code="bad-columns",
        ) from None
    today = timezone.localtime(at).date()
    if text and domain.declared_on < today and said != shipped().decode():
        raise Refusal(
            _(
                "This file says that it was declared before today: nobody could tell whether data was looked at."
            ),
            next_step=_("Write today or a later day into it. It counts for years that begin after that day."),
            code="columns-backdated",
        )
    digest = sha256(said.encode()).hexdigest()
    there = ColumnsFile.objects.filter(society=by.society_id, sha256=digest).first()
    if there is not None:
        raise Refusal(
            _("Your society has signed this file already."),
            next_step=_("It stands in the list."),
            code="columns-signed",
        )
    row: ColumnsFile = ColumnsFile.objects.create(
        society_id=by.society_id,
        text=said,
        version=domain.version[:64],
        sha256=digest,
        signature=vault.society_signs(keys, columns.SIGNED_AS, said.encode()),
        signed_by=by,
        signed_on=today,
    )
    audit.record(event=events.COLUMNS_SIGNED, by=by, at=at, about=row.pk, facts={"hash": digest})
    return row


def sign_anew(change: vault.SigningKeyChange) -> int:
    """For the registry of signing keys: what the old key signed, the new one signs too."""
    number = 0
    for row in ColumnsFile.objects.filter(society=change.society):
        if not is_signed(to_be_signed(row.text.encode()), bytes(row.signature), change.old):
            continue
        row.signature, number = change.by_new(columns.SIGNED_AS, row.text.encode()), number + 1
        row.save(update_fields=["signature"])
    return number
