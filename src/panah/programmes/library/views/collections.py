"""Collections of documents, and one of them as a file to take along."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.form_page import form_page
from panah.ground.kit.pages import add_message, attempt, page, posted
from panah.ground.kit.streams import streamed
from panah.programmes.library import actions, permissions, queries
from panah.programmes.library.forms.documents import CollectForm, CollectionForm, OrderForm
from panah.programmes.library.offline import as_zip
from panah.programmes.library.views.changes import no_such_number
from panah.programmes.library.views.common import must_bring, must_read, to_document


@require_http_methods(["GET", "POST"])
def listed(request: StaffRequest) -> HttpResponse:
    """Every collection of the society; whoever brings documents begins one."""
    must_read(request)
    if request.method == "POST":
        must_bring(request)
    form = CollectionForm(posted(request)) if permissions.brings(request.staff) else None
    if form and form.submit(actions.collect, by=request.staff, at=timezone.now()):
        return redirect("library:collection", form.result.pk)
    return page(request, "library/collections.html", rows=queries.collections(to=request.staff), form=form)


@require_http_methods(["GET", "POST"])
def collection(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One collection: its documents in their order, as far as she may know of them."""
    must_read(request)
    row = queries.collection_or_404(pk, to=request.staff)
    documents = queries.in_order(row, to=request.staff)
    if request.method == "POST":
        must_bring(request)
    form = None
    if permissions.brings(request.staff):
        form = OrderForm(posted(request), initial={"numbers": "\n".join(one.number for one in documents)})

    def ordered(*, numbers: str) -> None:
        found = [queries.numbered(number, to=request.staff) for number in numbers.split()]
        if None in found:
            raise no_such_number()
        actions.put_in_order(
            collection=row,
            documents=[one for one in found if one is not None],
            by=request.staff,
            at=timezone.now(),
        )

    if form and form.submit(ordered):
        return redirect("library:collection", row.pk)
    return page(request, "library/collection.html", row=row, documents=documents, form=form)


@require_safe
def packed(request: StaffRequest, pk: UUID) -> HttpResponseBase:
    """A collection as one file that is read without a line; in it is what she may know of."""
    must_read(request)
    row = queries.collection_or_404(pk, to=request.staff)
    try:
        pieces = as_zip(row, queries.in_order(row, to=request.staff), language=request.LANGUAGE_CODE)
    except Refusal as refusal:
        add_message(request, f"{refusal.sentence} {refusal.next_step}", tone="soon")
        return redirect("library:collection", row.pk)
    actions.record_collection_taken(collection=row, by=request.staff, at=timezone.now())
    language = request.LANGUAGE_CODE
    return streamed(
        pieces,
        society=request.staff.society_id,
        language=language,
        name="collection.zip",
        kind="application/zip",
    )


@require_http_methods(["GET", "POST"])
def collect(request: StaffRequest, number: str) -> HttpResponse:
    """Put a document behind the others of a collection, from the document's own page."""
    must_bring(request)
    row = queries.document_or_404(number, to=request.staff)
    form = CollectForm(posted(request), collections=queries.collections(to=request.staff))

    def collected(*, collection: str) -> None:
        into = queries.collection_or_404(UUID(collection), to=request.staff)
        actions.add_to_collection(collection=into, document=row, by=request.staff, at=timezone.now())

    if form.submit(collected):
        add_message(request, _("It stands in the collection."))
        return to_document(row)
    back = reverse("library:document", args=[row.number])
    heading = _("Add to a collection")
    return form_page(request, "library", form, heading, back, back_text=row.title, button=_("Add"))


@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a collection apart; its documents stay."""
    must_bring(request)
    row = queries.collection_or_404(pk, to=request.staff)
    said = _("The collection is gone, its documents stay.")
    attempt(request, actions.drop_collection, said, collection=row, by=request.staff, at=timezone.now())
    return redirect(reverse("library:collections"))
