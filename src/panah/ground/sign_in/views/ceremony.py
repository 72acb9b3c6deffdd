"""The key ceremony: two focal points, three shares, one a screen, each read back from paper."""

import base64

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import actions, forms
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import actions as vault
from panah.ground.vault.queries import holders_of_shares, society_is_ready


def _focal_point_or_404(request: StaffRequest) -> None:
    if not may(request.staff, Permission.VAULT_LEAD):
        raise Http404


@require_http_methods(["GET", "POST"])
@vault_required
def begin(request: StaffRequest) -> HttpResponse:
    """What the ceremony is, and the second focal point signing in beside the first."""
    return _begin(request, "sign_in/ceremony.html", again=False)


@require_http_methods(["GET", "POST"])
@vault_required
def again(request: StaffRequest) -> HttpResponse:
    """A new recovery key for a society that has one: the same ceremony, and what follows from it."""
    if not society_is_ready(request.staff.society_id):
        return HttpResponseRedirect(reverse("sign_in:ceremony"))
    return _begin(request, "sign_in/new_recovery_key.html", again=True)


def _begin(request: StaffRequest, template: str, *, again: bool) -> HttpResponse:
    _focal_point_or_404(request)
    form, at = forms.SecondFocalPoint(request.POST if request.method == "POST" else None), timezone.now()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            second = actions.sign_in(
                username=given["name"],
                passphrase=given["passphrase"],
                digits=given["digits"],
                at=at,
                bucket=actions.of_ceremony(request.staff, given["name"]),
            )
            vault.begin_ceremony(keys=request.keys, second=second, at=at, again=again, holders=form.holders())
            return HttpResponseRedirect(reverse("sign_in:ceremony-share"))
        except Refusal as refusal:
            form.refuse(refusal)
    society = request.staff.society_id
    return page(
        request,
        template,
        form=form,
        ready=society_is_ready(society),
        going_on=vault.share_to_show(keys=request.keys, at=at) is not None,
        behind=vault.behind_recovery(society),
        holders=holders_of_shares(society),
    )


@require_GET
@vault_required
def share(request: StaffRequest) -> HttpResponse:
    """One share on the screen, for its holder alone."""
    _focal_point_or_404(request)
    shown = vault.share_to_show(keys=request.keys, at=timezone.now())
    if shown is None:
        return HttpResponseRedirect(reverse("sign_in:ceremony"))
    return page(
        request, "sign_in/ceremony_share.html", share=shown, society=request.staff.society, at=timezone.now()
    )


@require_http_methods(["GET", "POST"])
@vault_required
def check(request: StaffRequest) -> HttpResponse:
    """Two words of the share, read from the paper while the screen no longer shows them."""
    _focal_point_or_404(request)
    at = timezone.now()
    shown = vault.share_to_show(keys=request.keys, at=at)
    if shown is None:
        return HttpResponseRedirect(reverse("sign_in:ceremony"))
    form = forms.TwoWords(request.POST if request.method == "POST" else None, asked=shown.asked)
    if request.method == "POST" and form.is_valid():
        words = (form.cleaned_data["first"], form.cleaned_data["second"])
        try:
            left = vault.confirm_share(keys=request.keys, words=words, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if not left:
                vault.tell_waiting(society=request.staff.society_id, at=at)
            return HttpResponseRedirect(
                reverse("sign_in:ceremony-share" if left else "sign_in:recovery-sheet")
            )
    return page(request, "sign_in/ceremony_check.html", form=form, number=shown.number)


@require_POST
@vault_required
def stop(request: StaffRequest) -> HttpResponse:
    """Stop in the middle: nothing was made."""
    _focal_point_or_404(request)
    vault.stop_ceremony(keys=request.keys)
    add_message(request, _("The ceremony was stopped. Nothing was made; burn the papers that were printed."))
    return HttpResponseRedirect(reverse("sign_in:ceremony"))


@require_http_methods(["GET", "POST"])
@vault_required
def sheet(request: StaffRequest) -> HttpResponse:
    """The recovery sheet: the host's keys sealed to the recovery key, on paper or as a file."""
    _focal_point_or_404(request)
    if request.method == "GET":
        return page(request, "sign_in/sheet.html", sheet="", ready=society_is_ready(request.staff.society_id))
    text = base64.b32encode(vault.recovery_sheet(keys=request.keys, at=timezone.now())).decode().rstrip("=")
    if request.POST.get("as") == "file":
        answer = HttpResponse(text + "\n", content_type="text/plain; charset=us-ascii")
        answer["Content-Disposition"] = 'attachment; filename="panah-recovery-sheet.txt"'
        return answer
    lines = [text[i : i + 48] for i in range(0, len(text), 48)]
    grouped = [" ".join(line[j : j + 6] for j in range(0, len(line), 6)) for line in lines]
    return page(
        request,
        "sign_in/sheet.html",
        sheet=grouped,
        ready=True,
        society=request.staff.society,
        at=timezone.now(),
    )
