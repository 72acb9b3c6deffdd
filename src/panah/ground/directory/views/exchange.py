"""The directory out as a file of HSDS 3.0, and in again, entry by entry."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from panah.ground.directory import actions, queries
from panah.ground.directory.forms import BringForm, DecideForm, FindByNameForm, SearchForm
from panah.ground.directory.hsds import drafts
from panah.ground.directory.models import BroughtDirectory
from panah.ground.directory.queries import Compared, ImportState
from panah.ground.directory.queries.exchange import FORMS
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network.permissions import policy


@require_POST
def export(request: StaffRequest) -> HttpResponse:
    """Exactly what the list shows, beyond its first answers too. The free words are posted, as the search's are."""
    search = SearchForm(request.POST).search()
    by_name = FindByNameForm(request.POST)
    if request.POST.get("words") and by_name.is_valid():
        search = queries.Search(words=by_name.cleaned_data["words"])
    form = request.POST.get("form", "json")
    form = form if form in FORMS else "json"
    now = timezone.now()
    rows = queries.services_found(search, at=now)
    body = queries.file_of(rows, form=form, at=now)
    actions.record_export(services=len(rows), form=form, by=request.staff, at=now)
    response = HttpResponse(body, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="directory-hsds-3.{form}"'
    return response


def bring(request: StaffRequest) -> HttpResponse:
    """Choose a file; it is read at once, and nothing comes in before somebody has decided."""
    if not policy.brings(request.staff):
        raise Http404
    form = BringForm(request.POST or None, request.FILES or None)
    if form.submit(lambda **given: _brought(request, given)):
        return redirect("directory:brought", form.result.pk)
    return page(request, "directory/bring.html", form=form, waiting=queries.waiting(request.staff))


def _brought(request: StaffRequest, given: dict[str, Any]) -> BroughtDirectory:
    said_at = datetime.combine(given["said_on"], time(12), tzinfo=timezone.get_current_timezone())
    return actions.bring_directory(
        body=given["file"].read(),
        source=given["source"],
        said_at=said_at,
        by=request.staff,
        at=timezone.now(),
    )


def _load(request: StaffRequest, pk: UUID) -> BroughtDirectory:
    found = queries.brought_or_none(pk, by=request.staff)
    if found is None or not policy.brings(request.staff):
        raise Http404
    return found


def brought(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every entry beside ours; what is decided is taken with one button."""
    found = _load(request, pk)
    entries = queries.compared(
        drafts.again(found.entries), source=found.source, by=request.staff, kept_by=found.kept_by_id
    )
    flat = [one for organization in entries for one in (organization, *organization.services)]
    form = DecideForm(request.POST if request.method == "POST" else None, entries=flat)
    if form.is_bound and form.is_valid():
        taken = actions.take_brought(
            brought=found, choices=form.choices(), marks=form.marks(), by=request.staff, at=timezone.now()
        )
        _say(request, taken)
        return redirect("directory:services")
    return page(
        request,
        "directory/brought.html",
        brought=found,
        entries=entries,
        form=form,
        counts=_counts(flat),
        problems=queries.problems_said(found.problems),
    )


def _counts(entries: list[Compared]) -> dict[str, int]:
    return {state.value: sum(entry.state == state for entry in entries) for state in ImportState}


def _say(request: StaffRequest, taken: actions.ImportCounts) -> None:
    add_message(
        request,
        _(
            "Added: %(added)s. Changed: %(changed)s. Left as they are: %(left)s. Nobody has tried the new ones yet."
        )
        % {"added": taken.added, "changed": taken.changed, "left": taken.left},
    )
    if taken.meanwhile:
        add_message(
            request,
            ngettext(
                "%(num)s entry was changed by a colleague in the meantime and stays as she left it.",
                "%(num)s entries were changed by colleagues in the meantime and stay as they left them.",
                taken.meanwhile,
            )
            % {"num": taken.meanwhile},
            tone="soon",
        )


@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put the file away; nothing of it comes in."""
    actions.drop_brought(brought=_load(request, pk))
    add_message(request, _("The file is put away. Nothing of it came in."))
    return redirect("directory:bring")
