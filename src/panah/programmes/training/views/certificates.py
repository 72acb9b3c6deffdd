"""Certificates: of a course, one of them, one's own; as PDF."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from babel.dates import format_date
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import locale
from panah.ground.kit.pages import add_message, download, page, posted
from panah.programmes.training import actions, forms, queries
from panah.programmes.training.certificate_pdf import Sheet, certificates
from panah.programmes.training.models import Certificate, Course
from panah.programmes.training.sealed_names import sealed_name
from panah.programmes.training.words import CertificateState, CourseState
from panah.programmes.volunteers import queries as volunteers_queries

if TYPE_CHECKING:
    from panah.ground.network.models import Society
    from panah.programmes.training.queries import OnCertificate


@require_http_methods(["GET", "POST"])
def listed(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who completed a course, with the certificates; POST issues those that are missing."""
    course = queries.by_pk_or_404(pk, to=request.staff)
    form = forms.IssueForm(posted(request), initial={"language": "en" if course.language == "en" else "ru"})
    if form.submit(actions.issue_certificates, course=course, by=request.staff, at=timezone.now()):
        add_message(request, _("Issued: %(num)s.") % {"num": form.result})
        return HttpResponseRedirect(reverse("training:certificates", args=[pk]))
    return page(
        request,
        "training/certificates.html",
        one=course,
        form=form,
        holders=queries.holders(course),
        waiting=queries.waiting_for_certificates(course),
        settled=course.state == CourseState.SETTLED,
        State=CertificateState,
    )


@require_http_methods(["GET", "POST"])
def certificate(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One certificate with its history; POST corrects it: a new one is issued in its place."""
    row = queries.certificate_or_404(pk, to=request.staff, kept=request.method == "POST")
    name = sealed_name(row)
    form = forms.CorrectForm(posted(request), initial={"name": name, "language": row.language})
    if form.submit(actions.replace_certificate, certificate=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Issued anew. The old number says that it was replaced."))
        return HttpResponseRedirect(reverse("training:certificate", args=[form.result.pk]))
    (said,) = queries.on_certificates([row], get_language() or "en", on=timezone.localdate())
    return page(
        request,
        "training/certificate.html",
        one=row.course,
        row=row,
        shows=said,
        name=name,
        form=form,
        keeps=Course.objects.kept(by=request.staff).filter(pk=row.course_id).exists(),
        history=queries.history_of(row),
        State=CertificateState,
    )


@require_POST
def revoke(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Revoke a certificate."""
    row = queries.certificate_or_404(pk, to=request.staff, kept=True)
    actions.revoke_certificate(certificate=row, by=request.staff, at=timezone.now())
    add_message(request, _("Revoked. What it stood for does not count any more."))
    return HttpResponseRedirect(reverse("training:certificate", args=[pk]))


def _switched(request: StaffRequest, row: Certificate) -> None:
    checkable = "on" in request.POST
    actions.switch_page(certificate=row, checkable=checkable, by=request.staff, at=timezone.now())
    add_message(
        request,
        _("The page is on: whoever has the certificate can check it.")
        if checkable
        else _("The page is off: it shows nobody anything."),
    )


@require_POST
def switch(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The branch switches the page of a certificate on or off, as its holder wishes."""
    _switched(request, queries.certificate_or_404(pk, to=request.staff, kept=True))
    return HttpResponseRedirect(reverse("training:certificate", args=[pk]))


@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """The certificates of a volunteer who signs in."""
    today = timezone.localdate()
    volunteer = volunteers_queries.of_staff(request.staff)
    return page(
        request,
        "training/mine.html",
        wallet=queries.wallet(volunteer, get_language() or "en", on=today) if volunteer else [],
        held=queries.held_by(volunteer, on=today) if volunteer else {},
    )


@require_POST
def switch_mine(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A volunteer switches the page of her own certificate on or off."""
    _switched(request, queries.own_certificate_or_404(pk, of=request.staff))
    return HttpResponseRedirect(reverse("training:mine"))


@require_GET
def pdf_mine(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A volunteer's own certificate."""
    return _pdf(request, [queries.own_certificate_or_404(pk, of=request.staff)])


@require_GET
def pdf(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One certificate to print."""
    return _pdf(request, [queries.certificate_or_404(pk, to=request.staff)])


@require_GET
def pdf_all(request: StaffRequest, pk: UUID) -> HttpResponse:
    """All certificates of a course that hold, in one file, in the order of the list."""
    course = queries.by_pk_or_404(pk, to=request.staff)
    valid = [
        holder.certificate
        for holder in queries.holders(course)
        if holder.certificate is not None
        and holder.certificate.state == CertificateState.VALID
        and holder.person.row.completed_on is not None
    ]
    return _pdf(request, valid)


def _pdf(request: StaffRequest, rows: list[Certificate]) -> HttpResponse:
    today = timezone.localdate()
    said = {
        one.row.pk: one
        for language in {row.language for row in rows}
        for one in queries.on_certificates(
            [row for row in rows if row.language == language], language, on=today
        )
    }
    issuer = request.staff.society
    practice = str(_("Practice data.")) if settings.PANAH_PRACTICE else ""
    made = certificates([_sheet(request, said[row.pk], issuer) for row in rows], practice=practice)
    return download(made, name="document.pdf", kind="application/pdf")


def _written(value: date) -> str:
    return format_date(value, "d MMMM y", locale=locale())


def _sheet(request: StaffRequest, one: OnCertificate, issuer: Society) -> Sheet:
    row, course = one.row, one.course
    with override(row.language):
        days = _written(course.begins_on)
        if course.ends_on != course.begins_on:
            days = f"{days} – {_written(course.ends_on)}"
        facts = [
            (_("Level"), course.get_level_display()),
            (pgettext("a certificate", "Hours"), one.hours),
            (_("Dates"), days),
            (_("Number"), row.number),
        ]
        if row.valid_until is not None:
            facts.append((_("Valid until"), _written(row.valid_until)))
        return Sheet(
            issuer=issuer.name_in(row.language),
            title=pgettext("on paper", "Certificate"),
            name=sealed_name(row),
            sentence=_("has completed the course"),
            modules=one.modules,
            facts=tuple((str(label), str(text)) for label, text in facts),
            signatures=(pgettext("on paper", "Trainer, signature"), _("For the society, date")),
            how_to_check=_("To check it, open this address and write the name:"),
            address=request.build_absolute_uri(reverse("certificate", args=[queries.token_of(row.pk)])),
        )
