"""A file is brought, looked at by a second person, and published."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.approvals.second_person import second_person
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import DOOR
from panah.ground.kit.optimistic_lock import mark
from panah.ground.kit.pages import add_message, attempt, download, page, posted
from panah.people.materials import actions, permissions, queries, rules
from panah.people.materials.forms import MaterialForm
from panah.people.materials.models import Draft
from panah.people.materials.views.common import audiences_of, must_write, to_list


def of_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the draft to a view; whoever comes after its end is led to what it became.

    What was typed meanwhile is shown again: the form says what happened.
    """

    @wraps(view)
    def answered(request: StaffRequest, pk: UUID) -> HttpResponse:
        row = queries.own_draft(pk, to=request.staff)
        if row is not None:
            return view(request, row)
        is_published = queries.own_version(pk, to=request.staff) is not None
        if not is_published and not queries.was_dropped(pk, to=request.staff):
            raise Http404
        if "what" in request.POST:
            return view(request, Draft(pk=pk, titles={}, audiences=[], edited_at=timezone.now()))
        if is_published:
            return HttpResponseRedirect(reverse("materials:version", args=[pk]))
        add_message(request, _("The draft was thrown away. What is published stays."))
        return to_list()

    return answered


def _to(draft: Draft) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("materials:draft", args=[draft.pk]))


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """What is published, and what waits for a second person."""
    must_write(request)
    return page(
        request,
        "materials/list.html",
        drafts=queries.drafts(to=request.staff),
        versions=queries.versions(to=request.staff),
    )


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Bring a file."""
    must_write(request)
    files = request.FILES if request.method == "POST" else None
    form = MaterialForm(posted(request), files, needs_file=True)
    if form.submit(actions.bring, by=request.staff, at=timezone.now()):
        add_message(
            request, _("The file is kept. A focal point who did not bring it looks at it and publishes it.")
        )
        return _to(form.result)
    return page(
        request, "materials/form.html", form=form, heading=_("Bring a file"), back=reverse("materials:list")
    )


@require_safe
@of_draft
def draft(request: StaffRequest, row: Draft) -> HttpResponse:
    """A draft as it would be published."""
    return page(
        request,
        "materials/draft.html",
        row=row,
        door_languages=DOOR,
        audiences=audiences_of(row),
        seen=mark(row.edited_at),
        second=second_person(row.pk, to=request.staff, may=permissions.publishes)
        if permissions.publishes(request.staff)
        else None,
    )


@require_http_methods(["GET", "POST"])
@of_draft
def change(request: StaffRequest, row: Draft) -> HttpResponse:
    """Change what is said of a file, or the file."""
    files = request.FILES if request.method == "POST" else None
    form = MaterialForm(posted(request), files, needs_file=False, initial=MaterialForm.first(row))
    form.look_at(row)
    if form.submit(actions.change_draft, draft=row, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved in the draft."))
        return _to(row)
    back = reverse("materials:draft", args=[row.pk])
    return page(request, "materials/form.html", form=form, heading=_("Change the draft"), back=back)


@require_safe
@of_draft
def file(request: StaffRequest, row: Draft) -> HttpResponse:
    """The file of a draft, to be looked at before it is published."""
    return download(queries.draft_body(row), name=rules.file_name(row.type), kind=rules.ACCEPTED[row.type][0])


@require_POST
@of_draft
def drop(request: StaffRequest, row: Draft) -> HttpResponse:
    """Throw a draft away."""
    said = _("The draft was thrown away. What is published stays.")
    attempt(request, actions.drop_draft, said, draft=row, by=request.staff, at=timezone.now())
    return to_list()


@require_POST
@of_draft
def publish(request: StaffRequest, row: Draft) -> HttpResponse:
    """Publish it in the society's name."""
    if not permissions.publishes(request.staff):
        raise Http404
    seen = request.POST.get("seen", "")
    version = actions.publish(draft=row, seen=seen, by=request.staff, at=timezone.now())
    add_message(request, _("Published. It stands at the public door now."))
    return HttpResponseRedirect(reverse("materials:version", args=[version.pk]))
