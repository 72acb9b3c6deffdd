"""The list of a session on a trainer's telephone, and what comes back from it, once.

What the telephone marks is sealed there to a public key that only this host can open; so it can be sent when the PIN
is forgotten or the names are erased, and a lost telephone holds nothing that reads.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import host_seal, retention
from panah.ground.foundation.base64url import from_base64url, to_base64url
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.seals import DoesNotOpen, Private, context, unpad
from panah.programmes.training import events, rules
from panah.programmes.training.actions.courses import must_lead
from panah.programmes.training.actions.registers import Added, keep_register
from panah.programmes.training.models import PhoneList, Session
from panah.programmes.training.queries.courses import people_of, visible
from panah.programmes.training.words import ROOM, CourseState, EnrolmentState, RegisterSource

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

PLACE = "register on a telephone"
# The number of what is sent grows with each tap.
MOST_TAPS = 1_000_000


@dataclass(frozen=True)
class Issued:
    """What a telephone is given: first names with an initial, under their numbers on the list."""

    row: PhoneList
    people: list[tuple[UUID, int, str]]
    key: str
    place: str

    @property
    def until(self) -> date:
        return self.row.erased_on


def _private(row: PhoneList) -> Private:
    """The key that opens what this list sends: made anew from the host's secret, kept nowhere."""
    return Private(host_seal.mark(str(row.pk), what=PLACE, room=ROOM))


@transaction.atomic
def issue_list(*, session: Session, by: Staff, at: datetime) -> Issued:
    """Give the list of a session to the telephone of whoever asks. Several may be out: each is sent once."""
    if session.course.state != CourseState.OPEN:
        raise Refusal(
            _("This course is over."), next_step=_("Write who was there on this page."), code="course-over"
        )
    today = timezone.localtime(at).date()
    must_lead([by], on=today)
    row = PhoneList.objects.create(
        session=session, staff=by, issued_on=today, erased_on=today + retention.LIST_ON_PHONE.period
    )
    people = [
        (one.row.pk, one.number, rules.first_name_and_initial(one.name))
        for one in people_of(session.course)
        if one.row.state != EnrolmentState.CANCELLED
    ]
    audit.record(event=events.TAKEN_ALONG, by=by, at=at, about=session.course_id)
    place = to_base64url(context(PLACE, row.pk))
    return Issued(row, people, to_base64url(_private(row).public_x25519), place)


@transaction.atomic
def receive_register(*, row: PhoneList, sealed: str, by: Staff, at: datetime) -> None:
    """Take what a telephone sends: once, however often and however late it comes.

    A list that was revoked is refused. What comes with a number that was taken already changes nothing.
    """
    row = PhoneList.objects.select_for_update().select_related("session__course").get(pk=row.pk)
    if row.revoked_on is not None:
        raise Refusal(
            _("This list was revoked."),
            next_step=_(
                "The coordinator reported the telephone lost. Write who was there on the page of the session."
            ),
            code="list-revoked",
            status=410,
        )
    if not visible(to=by).filter(pk=row.session.course_id).exists():
        raise Refusal(
            _("You do not lead this course any more."),
            next_step=_("Tell the coordinator who was there."),
            code="not-your-course",
            status=410,
        )
    sent = _opened(row, sealed)
    if sent.revision <= row.revision:
        return
    keep_register(
        session=row.session, marks=sent.marks, added=sent.added, source=RegisterSource.PHONE, by=by, at=at
    )
    row.revision, row.received_on = sent.revision, timezone.localtime(at).date()
    row.save(update_fields=["revision", "received_on"])


class _Told(TypedDict):
    revision: int
    marks: dict[str, bool]
    added: list[dict[str, str]]


@dataclass(frozen=True)
class _Sent:
    revision: int
    marks: dict[UUID, bool]
    added: list[Added]

    @classmethod
    def of(cls, said: _Told) -> _Sent:
        revision = int(said["revision"])
        if not 0 < revision <= MOST_TAPS:
            raise ValueError(revision)
        marks = {UUID(pk): there is True for pk, there in said["marks"].items()}
        return cls(revision, marks, [Added(str(one["name"]), UUID(one["id"])) for one in said["added"]])


def _opened(row: PhoneList, sealed: str) -> _Sent:
    try:
        blob = from_base64url(sealed)
        return _Sent.of(json.loads(unpad(_private(row).open(blob, PLACE, row.pk))))
    except (DoesNotOpen, ValueError, KeyError, TypeError, AttributeError):
        raise Refusal(
            _("What this telephone sent cannot be read."),
            next_step=_("Write who was there on the page of the session."),
            code="register-unreadable",
            status=422,
        ) from None


@transaction.atomic
def revoke_list(*, row: PhoneList, by: Staff, at: datetime) -> None:
    """A telephone is lost: nothing that comes from it is taken any more."""
    if row.revoked_on is None:
        row.revoked_on = timezone.localtime(at).date()
        row.save(update_fields=["revoked_on"])
        audit.record(event=events.PHONE_REVOKED, by=by, at=at, about=row.session.course_id)
