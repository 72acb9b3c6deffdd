"""Certificates: issued to who completed a course, corrected, revoked, checked by whoever is shown one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import new_number
from panah.ground.kit.row_locks import locked
from panah.ground.names.compare import score
from panah.programmes.training import events
from panah.programmes.training.models import Certificate, Course, Enrolment, Training
from panah.programmes.training.queries.certificates import attended, holds_until, waiting_for_certificates
from panah.programmes.training.queries.public_tokens import hash_of, token_of
from panah.programmes.training.sealed_names import seal_name, sealed_name
from panah.programmes.training.words import CertificateState, CourseState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

# Generous across scripts, and yet both names are needed: see docs/names.md.
FITS = 0.78
TRIES_A_DAY = 10


@transaction.atomic
def issue_certificates(*, course: Course, language: str, by: Staff, at: datetime) -> int:
    """Issue a certificate to each who completed the course and has had none; returns to how many."""
    course = locked(course)
    if course.state != CourseState.SETTLED:
        raise Refusal(
            _("This course is not settled yet: it is not known who completed it."),
            next_step=_("Write down who was there, then settle it."),
            code="course-not-settled",
        )
    until, minutes = holds_until(course), attended(course)
    people = waiting_for_certificates(course)
    for one in people:
        _issue(course, one.row, one.name, language, minutes.get(one.row.pk, 0), until, at)
    if people:
        audit.record(event=events.ISSUED, by=by, at=at, about=course.pk, facts={"number": len(people)})
    return len(people)


def _issue(
    course: Course,
    enrolment: Enrolment,
    name: str,
    language: str,
    minutes: int,
    until: date | None,
    at: datetime,
    replaces: Certificate | None = None,
) -> Certificate:
    pk = uuid4()
    return Certificate.objects.create(
        pk=pk,
        society_id=course.society_id,
        course=course,
        enrolment=enrolment,
        number=_free_number(course),
        sealed_name=seal_name(pk, name),
        language=language,
        minutes=minutes,
        issued_on=timezone.localtime(at).date(),
        valid_until=until,
        replaces=replaces,
        token_hash=hash_of(token_of(pk)),
        checkable=replaces.checkable if replaces is not None else True,
    )


def _free_number(course: Course) -> str:
    while True:
        number = new_number()
        if not Certificate.objects.filter(society=course.society_id, number=number).exists():
            return number


@transaction.atomic
def replace_certificate(
    *, certificate: Certificate, name: str, language: str, by: Staff, at: datetime
) -> Certificate:
    """Issue a corrected certificate under a number of its own; of the old one its page says that it was replaced."""
    row = locked(certificate)
    if row.state == CertificateState.REPLACED:
        raise Refusal(
            _("This certificate was replaced already."),
            next_step=_("Correct the one that replaced it."),
            code="replaced-already",
        )
    row.state, row.ended_on = CertificateState.REPLACED, timezone.localtime(at).date()
    row.save(update_fields=["state", "ended_on"])
    Training.objects.filter(enrolment=row.enrolment_id).update(revoked_on=None)
    new = _issue(row.course, row.enrolment, name, language, row.minutes, row.valid_until, at, replaces=row)
    audit.record(event=events.REPLACED, by=by, at=at, about=row.course_id)
    return new


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, by: Staff, at: datetime) -> None:
    """Revoke a certificate; the trainings behind it do not count any more either."""
    row = locked(certificate)
    if row.state != CertificateState.VALID:
        return
    today = timezone.localtime(at).date()
    row.state, row.ended_on = CertificateState.REVOKED, today
    row.save(update_fields=["state", "ended_on"])
    Training.objects.filter(enrolment=row.enrolment_id, revoked_on=None).update(revoked_on=today)
    audit.record(event=events.CERTIFICATE_REVOKED, by=by, at=at, about=row.course_id)


@transaction.atomic
def switch_page(*, certificate: Certificate, checkable: bool, by: Staff, at: datetime) -> None:
    """Switch the page on which a certificate is checked on or off, as its holder wishes."""
    if certificate.checkable != checkable:
        certificate.checkable = checkable
        certificate.save(update_fields=["checkable"])
        audit.record(event=events.PAGE_SWITCHED, by=by, at=at, about=certificate.course_id)


@transaction.atomic
def switch_by_holder(*, volunteer: Volunteer, pk: UUID, is_on: bool, at: datetime) -> None:
    """A volunteer without a sign-in switches the page of an own certificate; somebody else's stays as it is."""
    rows = Certificate.objects.filter(pk=pk, enrolment__volunteer=volunteer).exclude(checkable=is_on)
    if rows.update(checkable=is_on):
        audit.record(
            event=events.SWITCHED_BY_HOLDER, by=None, society=volunteer.society_id, at=at, about=volunteer.pk
        )


def check_certificate(*, certificate: Certificate | None, name: str, at: datetime) -> Certificate:
    """Return the certificate if the name fits; a name that does not is counted, some a day.

    One answer for none, one whose page is off and a name that does not fit.
    """
    if certificate is None or not certificate.checkable or not bytes(certificate.sealed_name):
        raise _nothing_to_show()
    with transaction.atomic():
        row, today = locked(certificate), timezone.localtime(at).date()
        tries = row.tries if row.tried_on == today else 0
        fits = tries < TRIES_A_DAY and name_fits(sealed_name(row), name)
        if not fits and tries < TRIES_A_DAY:
            row.tried_on, row.tries = today, tries + 1
            row.save(update_fields=["tried_on", "tries"])
    if fits:
        return certificate
    if tries >= TRIES_A_DAY:
        raise Refusal(
            _("Too many names were tried here today."),
            next_step=_("Come back tomorrow, with the name as it stands on the certificate."),
            code="too-many-names",
            status=429,
        )
    raise _nothing_to_show()


def _nothing_to_show() -> Refusal:
    return Refusal(
        _("Under this name nothing is shown here."),
        next_step=_(
            "Write the first name and the surname as they stand on the certificate. Its holder may have switched this "
            "page off."
        ),
        code="nothing-to-show",
        status=404,
    )


def name_fits(printed: str, typed: str) -> bool:
    """Say whether a name that was typed is the printed one, in any script; a first name alone is too little."""
    enough = len(typed.split()) >= min(2, len(printed.split()))
    return enough and score(printed, typed) >= FITS
