"""Which columns releases have: files that the society signed, and the one that Panah brings."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, download, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.evidence import actions, forms, permissions, queries
from panah.programmes.evidence.columns import BROUGHT_SHA256
from panah.programmes.evidence.views.releases import of_counting
from panah.programmes.release.domain import shipped

TEXT = "text/plain; charset=utf-8"


@require_http_methods(["GET", "POST"])
@vault_required
@of_counting
def listed(request: StaffRequest) -> HttpResponse:
    """The files that the society signed; a focal point signs one more."""
    if request.method == "POST" and (not permissions.decides(request.staff) or request.keys is None):
        raise Http404
    form = forms.ColumnsForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.submit(actions.sign_columns, keys=request.keys, at=timezone.now()):
        add_message(
            request, _("Signed. Releases that begin from now on use it where it is older than their year.")
        )
        return HttpResponseRedirect(reverse("evidence:columns"))
    return page(
        request,
        "evidence/columns.html",
        form=form,
        rows=queries.columns_files(to=request.staff),
        brought=BROUGHT_SHA256,
        signs=permissions.decides(request.staff),
    )


@require_safe
@of_counting
def brought(request: StaffRequest) -> HttpResponse:
    del request
    return download(shipped(), name="columns.toml", kind=TEXT)


@require_safe
@of_counting
def file(request: StaffRequest, pk: UUID) -> HttpResponse:
    row = queries.columns_file_or_404(pk, to=request.staff)
    return download(row.text.encode(), name="columns.toml", kind=TEXT)
