"""Modules: what Panah brings, what the society has adopted, read by every colleague."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.training import actions, forms, permissions, queries
from panah.programmes.training.curricula import Curriculum
from panah.programmes.training.models import Module
from panah.programmes.training.queries.modules import in_language
from panah.programmes.training.words import Audience
from panah.programmes.volunteers.words import TrainedIn


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """What is taught here, and what Panah brings that nobody has adopted yet."""
    return page(
        request,
        "training/modules.html",
        rows=queries.module_rows(to=request.staff),
        adopts=permissions.adopts_modules(request.staff),
        drafts=queries.drafts(to=request.staff),
        writes=permissions.writes_modules(request.staff),
    )


@require_http_methods(["GET", "POST"])
def brought(request: StaffRequest, slug: str) -> HttpResponse:
    """A module as Panah brings it; a focal point adopts it."""
    languages = queries.delivered_or_404(slug)
    adopts = permissions.adopts_modules(request.staff)
    if request.method == "POST" and not adopts:
        raise Http404
    form = forms.AdoptForm(posted(request))
    if form.submit(actions.adopt_module, languages=languages, by=request.staff, at=timezone.now()):
        add_message(request, _("Adopted. Courses of it can be planned."))
        return HttpResponseRedirect(reverse("training:module", args=[form.result.pk]))
    return _module(request, in_language(languages), form=form if adopts else None)


@require_GET
def adopted(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A module as this society teaches it."""
    row = queries.adopted_or_404(pk, to=request.staff)
    return _module(request, row.in_language(get_language() or "en"), row=row)


def _module(
    request: StaffRequest, curriculum: Curriculum, *, row: Module | None = None, form: Form | None = None
) -> HttpResponse:
    return page(
        request,
        "training/module.html",
        one=curriculum,
        row=row,
        form=form,
        adopts=permissions.adopts_modules(request.staff),
        writes=permissions.writes_modules(request.staff),
        versions=queries.versions_of(row, to=request.staff) if row else [],
        audience=audience_of(curriculum),
        teaches=TrainedIn(curriculum.teaches).label if curriculum.teaches else "",
    )


def audience_of(curriculum: Curriculum) -> list[object]:
    """Return in words for whom a module is."""
    return [Audience(code).label if code in Audience.values else code for code in curriculum.audience]


@require_POST
def retire(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a version off the list for new courses."""
    if not permissions.adopts_modules(request.staff):
        raise Http404
    row = queries.adopted_or_404(pk, to=request.staff)
    actions.retire_module(row=row, by=request.staff, at=timezone.now())
    add_message(request, _("Off the list for new courses. What was learnt holds on."))
    return HttpResponseRedirect(reverse("training:modules"))
