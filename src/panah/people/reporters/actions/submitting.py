"""A report of a stranger: sealed, kept, on the list of whoever opens what arrives; pressed twice, it stands once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from panah.ground.foundation import retention, tenancy
from panah.ground.foundation.bulk_insert import insert, to_instance
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.protected_rows import keep_made
from panah.ground.vault import actions as vault
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import Source
from panah.people.reporters import errors, rules
from panah.people.reporters.actions.sealing import (
    Files,
    Sealed,
    keep_files,
    sealed_by_browser,
    sealed_by_server,
    sealed_to_each,
    spend,
)
from panah.people.reporters.actions.tallies import count
from panah.people.reporters.models import Report
from panah.people.reporters.queries.tallies import counted
from panah.people.reporters.rules import Receipt
from panah.people.reporters.wall import inside, pepper
from panah.people.reporters.words import REPORT, Child, Counted, SealedBy

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Submitted:
    """What a reporter is told. ``receipt``: hers, None where she wanted none. ``later``: kept, and read after others.

    ``paged``: it was said to be *now*, and whoever is on duty is being called.
    """

    receipt: Receipt | None = field(repr=False)
    later: bool
    paged: bool
    # The same form had been sent before: what it says now is not kept.
    again: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class _Told:
    """What a form says beside its content."""

    society: UUID
    token: str = field(repr=False)
    language: str
    urgency: str
    child: str
    sealed_by: str
    proven: bool
    at: datetime
    about_staff: bool = False
    meant: str = ""

    @property
    def header(self) -> bytes:
        return rules.header_of(
            language=self.language,
            urgency=self.urgency,
            child=self.child,
            sealed=self.sealed_by,
            about_staff=self.about_staff,
            meant=self.meant,
        )

    @property
    def once(self) -> bytes:
        return rules.mark_of(pepper(), "form", self.token)


def submit_report(
    *,
    society: UUID,
    token: str,
    language: str,
    urgency: str,
    at: datetime,
    child: str = Child.UNKNOWN,
    content: Mapping[str, object] | None = None,
    sealed: bytes = b"",
    generation: int = 0,
    files: Files = (),
    receipt: Receipt | None = None,
    proof: str = "",
    about_staff: bool = False,
    meant: str = "",
    sealed_to: Mapping[UUID, bytes] | None = None,
) -> Submitted:
    """Keep a report; the same form sent again makes no second one and says the same.

    Either ``content`` (JSON; sealed here, with ``PlainFile``) or ``sealed`` (by a browser under ``header_of``, to the
    intake key of ``generation``, with ``SealedFile``). ``token``: of the form (``queries.new_token``). ``receipt``:
    None, and nobody can answer. ``proof``: of work; without it, beyond the budget of the hour, it is read after others.
    ``about_staff``: she says that it is about somebody who works or volunteers here; it goes past the intake.
    ``meant``: which of its readers she means (``inbox.words.WHO_IS_MEANT``), or ""; it goes past that one too.
    ``sealed_to``: then also by a browser, to each reader of complaints (``queries.reader_keys``).
    Refuses with a sentence of ``errors``; nothing of it is kept then.
    """
    sealed_by = SealedBy.BROWSER if sealed or sealed_to else SealedBy.SERVER
    meant = meant if about_staff else ""
    if not (
        rules.is_token(token)
        and rules.are_codes(language=language, urgency=urgency, child=child, meant=meant)
    ):
        raise errors.not_a_form()
    proven = rules.proves_work(token, proof)
    told = _Told(society, token, language, urgency, child, sealed_by, proven, at, about_staff, meant)
    if content is None and not sealed and not sealed_to:
        raise errors.nothing_said()
    with inside(society):
        before = _sent_before(told, receipt)
        if before is not None:
            return before
        if bool(sealed_to) > about_staff or (sealed and about_staff and inbox_queries.reader_keys(society)):
            # An old script: what is about a colleague is sealed to its readers alone.
            raise errors.old_page()
        if meant and not inbox_queries.reader_keys(society, meant):
            raise errors.nobody_else_reads()
        if sealed_to:
            ready = sealed_to_each(society, sealed_to, files, meant)
        elif sealed:
            ready = sealed_by_browser(society, sealed, generation, files)
        else:
            ready = sealed_by_server(society, told.header, content or {}, files, past_intake=about_staff)
        return _kept_once(told, ready, receipt)


def _kept_once(told: _Told, ready: Sealed, receipt: Receipt | None) -> Submitted:
    """Keep it, unless the same form came in at the same moment; a receipt that is taken is replaced by another."""
    for one in (receipt, rules.receipt_of(pepper(), f"{told.token} again") if receipt else None):
        try:
            return _keep(told, ready, one)
        except IntegrityError:
            before = _sent_before(told, receipt)
            if before is not None:
                return before
            if receipt is None:
                raise
    raise errors.not_a_form()


def _sent_before(told: _Told, receipt: Receipt | None) -> Submitted | None:
    tenancy.show(told.once)
    found = _of_form(once=told.once)
    if not found:
        return None
    row = found[0]
    if row.society_id != told.society:
        raise errors.sent_already()
    return Submitted(
        _receipt_of(row, told.token, receipt), row.beyond_budget, row.arrival.urgency == "now", again=True
    )


@prepared
def _of_form(once: bytes) -> QuerySet[Report]:
    return Report.objects.filter(once=once).select_related("arrival")


def _receipt_of(row: Report, token: str, receipt: Receipt | None) -> Receipt | None:
    if row.verifier is None:
        return None
    made = (rules.receipt_of(pepper(), said) for said in (token, f"{token} again"))
    for one in (receipt, *made):
        if one and rules.verifier_of(pepper(), one.handle, one.secret) == bytes(row.verifier):
            return one
    raise errors.sent_already()


@transaction.atomic
def _keep(told: _Told, ready: Sealed, receipt: Receipt | None) -> Submitted:
    hour = rules.hour_of(told.at)
    before = counted(told.society, Counted.UNPROVEN, hour)
    later = rules.is_read_later(proven=told.proven, before=before)
    paged = counted(told.society, Counted.PAGED, hour) if later else 0
    urgency = rules.urgency_here(told.urgency, later=later, paged_before=paged)
    spend(ready, at=told.at)
    # Each copy of the shred store commits once for all of it.
    with vault.stored_together():
        arrival = inbox.receive(
            society=told.society, source=Source.WEB, sender=None, kind=REPORT, urgency=urgency, conversation=None,
            header=told.header, body=ready.body, to_key=ready.to_key, expires_at=None, at=told.at,
        )  # fmt: skip
        row = _insert(told, receipt, arrival.pk, later=later)
    keep_files(row, ready.files, arrival=arrival.pk, at=told.at)
    _count(told, hour, paged=urgency == "now")
    return Submitted(receipt, later, urgency == "now")


def _insert(told: _Told, receipt: Receipt | None, arrival: UUID, *, later: bool) -> Report:
    keys = rules.keys_of(pepper(), receipt.handle, receipt.secret) if receipt else None
    said = {
        "id": uuid4(), "society_id": told.society, "arrival_id": arrival, "once": told.once,
        "verifier": keys.verifier if keys else None, "reply_public": keys.public if keys else None,
        "language": told.language, "urgency": told.urgency, "child": told.child, "sealed_by": told.sealed_by,
        "beyond_budget": later, "sent_on": told.at, "last_on": told.at, "kept_until": told.at + retention.REPORT.period,
    }  # fmt: skip
    names, values = tuple(said), tuple(said.values())
    row: Report = to_instance(Report, names, values)
    insert(Report, names, [values])
    keep_made([row], told.society)
    return row


def _count(told: _Told, hour: str, *, paged: bool) -> None:
    count(told.society, Counted.REPORTS, rules.month_name(told.at))
    if not told.proven:
        count(told.society, Counted.UNPROVEN, hour)
        if paged:
            count(told.society, Counted.PAGED, hour)
