"""The texts of the operational model: read by everybody, edited by the network coordinator as a new version."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.beside import found
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, attempt, page, posted
from panah.programmes.model import actions as model
from panah.programmes.model import permissions, texts
from panah.programmes.model import queries as model_queries
from panah.programmes.model.beside import BESIDE_ELEMENTS
from panah.programmes.model.forms import ElementForm
from panah.programmes.model.models import Edition
from panah.programmes.model.words import EditionState, Level


@require_safe
def elements(request: StaffRequest) -> HttpResponse:
    """All elements of a version, each with its four levels and the evidence to look at."""
    version = request.GET.get("version", "") or model_queries.current_version()
    edits = permissions.edits_texts(request.staff)
    return page(
        request,
        "model/elements.html",
        version=version,
        versions=model_queries.versions(),
        elements=list(model_queries.elements(version).values()),
        labels=Level.labels,
        edits=edits,
        draft=model_queries.draft() if edits else None,
        beside=found(BESIDE_ELEMENTS, request.staff),
    )


def _edited(request: StaffRequest, pk: UUID) -> Edition:
    if not permissions.edits_texts(request.staff):
        raise Http404
    return model_queries.edition_or_404(pk)


@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    if not permissions.edits_texts(request.staff):
        raise Http404
    row = model.begin_edition(by=request.staff, at=timezone.now())
    return HttpResponseRedirect(reverse("model:edition", args=[row.pk]))


@require_safe
def edition(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A version that the network makes: its elements, to be changed one by one."""
    row = _edited(request, pk)
    return page(
        request,
        "model/edition.html",
        edition=row,
        draft=row.state == EditionState.DRAFT,
        elements=list(texts.read(row.texts, get_language() or "en").values()),
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, pk: UUID, element: str) -> HttpResponse:
    row = _edited(request, pk)
    if element not in row.texts["en"] or row.state != EditionState.DRAFT:
        raise Http404
    form = ElementForm(posted(request), initial=ElementForm.initial_of(row.texts, element))
    form.look_at(row)
    back = reverse("model:edition", args=[row.pk])
    if form.submit(model.change_element, edition=row, element=element, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved in the draft."))
        return HttpResponseRedirect(back)
    heading = texts.read(row.texts, get_language() or "en")[element].title
    return form_page(request, "model", form, heading, back)


@require_POST
def publish(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = _edited(request, pk)
    said = _("Published. New assessments go by this version.")
    attempt(request, model.publish_edition, said, edition=row, by=request.staff, at=timezone.now())
    return HttpResponseRedirect(reverse("model:edition", args=[row.pk]))
