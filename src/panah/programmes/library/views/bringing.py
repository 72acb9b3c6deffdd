"""A file is brought: in one form, or piece by piece by a script."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.library import actions, queries
from panah.programmes.library.forms.documents import BringForm, VersionForm
from panah.programmes.library.views.common import kept, must_bring, to_document
from panah.programmes.library.words import MOST_BYTES, PIECE


@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """Bring a document."""
    must_bring(request)
    form = BringForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        people=colleagues(to=request.staff),
        by=request.staff,
    )
    if form.submit(actions.bring, by=request.staff, at=timezone.now()):
        add_message(
            request, _("The file is kept. It is read in the background; this page says how far it is.")
        )
        return to_document(form.result)
    return _form(request, form, _("Upload a document"), reverse("library:list"))


@require_http_methods(["GET", "POST"])
def version(request: StaffRequest, number: str) -> HttpResponse:
    """Bring the next file of a document."""
    row = kept(request, number)
    form = VersionForm(posted(request), request.FILES if request.method == "POST" else None, by=request.staff)
    if form.submit(actions.bring_version, document=row, by=request.staff, at=timezone.now()):
        add_message(request, _("The new version is kept, the one before stays."))
        return to_document(row)
    back = reverse("library:document", args=[row.number])
    return _form(request, form, _("A new version"), back)


def _form(request: StaffRequest, form: BringForm | VersionForm, heading: str, back: str) -> HttpResponse:
    # A browser gives back what was typed, never a file.
    dropped = bool(request.FILES) and bool(form.errors)
    return page(
        request,
        "library/bring.html",
        room="library",
        form=form,
        piece=PIECE,
        most=MOST_BYTES,
        dropped=dropped,
        heading=heading,
        hint=_("What is about a person who is helped belongs to her case, and not here."),
        press=_("Upload it"),
        above=(reverse("library:list"), _("Library")),
        back=back,
    )


@require_POST
def begin(request: StaffRequest) -> JsonResponse:
    """A script says what file it sends; the answer says where its pieces go."""
    must_bring(request)
    said = request.POST.get("size", "")
    try:
        upload = actions.begin_upload(
            file_name=request.POST.get("name", ""),
            size=int(said) if said.isdecimal() and len(said) < 13 else 0,
            by=request.staff,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"upload": str(upload.pk), "pieces": reverse("library:pieces", args=[upload.pk])})


@require_POST
def piece(request: StaffRequest, pk: UUID, number: int = 0) -> JsonResponse:
    """One piece of a file; ``number`` counts from 0."""
    must_bring(request)
    upload = queries.own_upload(pk, of=request.staff)
    if upload is None:
        raise Http404
    # A form was read already by whoever looked for its token: a piece comes bare.
    data = request.body if request.content_type == "application/octet-stream" else b""
    try:
        actions.add_piece(upload=upload, number=number, data=data, by=request.staff)
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"kept": number})


def _refused(refusal: Refusal) -> JsonResponse:
    return JsonResponse({"text": f"{refusal.sentence} {refusal.next_step}".strip()}, status=422)
