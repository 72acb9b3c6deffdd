"""Certificates: of a course, of a volunteer, and what stands on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.foundation.months import months_after
from panah.programmes.training.models import Attendance, Certificate, Course, CourseModule
from panah.programmes.training.queries.courses import Person, people_of, visible
from panah.programmes.training.sealed_names import is_erased
from panah.programmes.training.words import CertificateState
from panah.programmes.volunteers.own_data import PublicPage

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer


@dataclass(frozen=True)
class OnCertificate:
    """What a certificate says besides the name: no branch, no place, no title that a trainer chose."""

    row: Certificate
    modules: tuple[str, ...]
    # It holds today: neither replaced, nor revoked, nor run out, and by what is known now the course was completed.
    holds: bool
    ran_out: bool
    completed: bool

    @property
    def course(self) -> Course:
        return self.row.course

    @property
    def hours(self) -> str:
        """Hours that were attended, as people write them: 6 or 6.5."""
        return f"{round(self.row.minutes / 30) / 2:g}"


@dataclass(frozen=True)
class Holder:
    """Somebody on the list of a course with the certificate that counts, if there is one."""

    person: Person
    certificate: Certificate | None


def certificate_or_404(pk: UUID, *, to: Staff, kept: bool = False) -> Certificate:
    """Return a certificate of a course that the asker sees; ``kept``: only of one that she may change."""
    courses = Course.objects.kept(by=to) if kept else visible(to=to)
    rows = Certificate.objects.filter(course__in=courses).select_related("course", "enrolment")
    return get_object_or_404(rows, pk=pk)


def holders(course: Course) -> list[Holder]:
    """Return who completed a course or holds a certificate of it, in the order of the list."""
    rows: dict[UUID, Certificate] = {}
    for one in course.certificates.select_related("enrolment"):
        kept = rows.get(one.enrolment_id)
        # Whatever replaced another counts; else the one that was issued.
        if kept is None or kept.state == CertificateState.REPLACED:
            rows[one.enrolment_id] = one
    people = people_of(course)
    return [
        Holder(person, rows.get(person.row.pk))
        for person in people
        if person.row.completed_on is not None or person.row.pk in rows
    ]


def waiting_for_certificates(course: Course) -> list[Person]:
    """Return who completed a course and has never had a certificate of it."""
    had = set(course.certificates.values_list("enrolment", flat=True))
    return [
        one
        for one in people_of(course)
        if one.row.completed_on is not None and one.row.pk not in had and not is_erased(one.row)
    ]


def on_certificates(rows: list[Certificate], language: str, *, on: date) -> list[OnCertificate]:
    """Return what certificates say, in a language. Two queries."""
    titles: dict[UUID, list[str]] = {}
    taught = CourseModule.objects.filter(course__in={row.course_id for row in rows}).select_related("module")
    for one in taught.order_by("module__slug"):
        titles.setdefault(one.course_id, []).append(one.module.in_language(language).title)
    return [_said(row, tuple(titles.get(row.course_id, ())), on) for row in rows]


def _said(row: Certificate, modules: tuple[str, ...], on: date) -> OnCertificate:
    ran_out = row.valid_until is not None and row.valid_until < on
    completed = row.enrolment.completed_on is not None
    holds = row.state == CertificateState.VALID and completed and not ran_out
    return OnCertificate(row, modules, holds, ran_out, completed)


def history_of(row: Certificate) -> list[Certificate]:
    """Return all certificates of the same person for the same course, the newest first."""
    found = Certificate.objects.filter(enrolment=row.enrolment_id)
    after = {one.replaces_id: one for one in found}
    line = [after[None]] if None in after else []
    while line and line[-1].pk in after:
        line.append(after[line[-1].pk])
    return line[::-1]


def wallet(volunteer: UUID, language: str, *, on: date) -> list[OnCertificate]:
    """Return a volunteer's certificates, the newest first: for the volunteer's own page and the branch's."""
    rows = Certificate.objects.filter(enrolment__volunteer=volunteer).exclude(state=CertificateState.REPLACED)
    return on_certificates(
        list(rows.select_related("course", "enrolment").order_by("-issued_on", "number")), language, on=on
    )


def own_certificate_or_404(pk: UUID, *, of: Staff) -> Certificate:
    """Return a certificate of the volunteer who this colleague is."""
    rows = Certificate.objects.filter(enrolment__volunteer__staff=of).select_related("course", "enrolment")
    return get_object_or_404(rows, pk=pk)


def attended(course: Course) -> dict[UUID, int]:
    """Return how many minutes of a course each on its list was there."""
    found: dict[UUID, int] = {}
    there = Attendance.objects.filter(session__course=course, present=True)
    for enrolment, minutes in there.values_list("enrolment", "session__minutes"):
        found[enrolment] = found.get(enrolment, 0) + minutes
    return found


def holds_until(course: Course) -> date | None:
    """Return when what a course teaches runs out first; None where nothing of it does."""
    months = [one.module.valid_months for one in course.taught.select_related("module") if one.module.teaches]
    return months_after(course.ends_on, min(months)) if months else None


def told_of(volunteer: Volunteer) -> tuple[str, list[tuple[str, str]]]:
    """Return what is held of a volunteer's certificates: a heading, and lines of label and text."""
    today, language = timezone.localdate(), get_language() or "en"
    own = [
        (_("Certificate %(number)s") % {"number": one.row.number}, ", ".join(one.modules))
        for one in wallet(volunteer.pk, language, on=today)
    ]
    return _("Certificates"), own


def public_pages_of(volunteer: Volunteer) -> list[PublicPage]:
    """Return the pages on which strangers check a volunteer's certificates."""
    today, language = timezone.localdate(), get_language() or "en"
    return [
        PublicPage(
            one.row.pk,
            f"{_('Certificate %(number)s') % {'number': one.row.number}}: {', '.join(one.modules)}",
            one.row.checkable,
        )
        for one in wallet(volunteer.pk, language, on=today)
    ]
