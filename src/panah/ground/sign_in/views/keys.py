"""Keys of a society between ceremonies: a new focal point, a new signing key, sealing anew, tidying."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals.acts import Act
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import forms
from panah.ground.sign_in.middleware import vault_required
from panah.ground.sign_in.views import execute_approved
from panah.ground.sign_in.views.colleagues import colleague_or_404, confirmed, keeper_or_404
from panah.ground.sign_in.views.two_people import ask, to_request, waits_already
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import two_people as acts
from panah.ground.vault.focal_points import focal_point_ids
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_http_methods(["GET", "POST"])
@vault_required
def make_focal_point(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a focal point will be able to open; asked for with own six words, and approved by another."""
    staff = colleague_or_404(request, pk)
    already = may(staff, Permission.VAULT_LEAD) and vault_queries.leads_with_keys(staff)
    if request.method == "POST" and staff.pk in focal_point_ids(staff.society_id):
        # Two decided it; what is missing is given once more.
        return execute_approved.make_focal_point(request, staff)
    return _asked(request, acts.FOCAL_POINT, staff, "sign_in/make_focal_point.html", already=already)


@require_http_methods(["GET", "POST"])
@vault_required
def make_officer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a data protection officer reads; asked for like a focal point."""
    staff = colleague_or_404(request, pk)
    already = may(staff, Permission.VAULT_OFFICER)
    return _asked(request, acts.OFFICER, staff, "sign_in/make_officer.html", already=already)


@require_http_methods(["GET", "POST"])
@vault_required
def end_officer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A data protection officer stays as a colleague; asked for, since complaints then go to others."""
    staff = colleague_or_404(request, pk)
    already = not may(staff, Permission.VAULT_OFFICER)
    return _asked(request, acts.NO_OFFICER, staff, "sign_in/end_officer.html", already=already)


def _asked(request: StaffRequest, act: Act, staff: Staff, template: str, *, already: bool) -> HttpResponse:
    form, waits = (
        forms.OnceMore(request.POST if request.method == "POST" else None),
        waits_already(act, staff),
    )
    if waits is not None:
        return to_request(waits)
    if not already and confirmed(request, form, timezone.now()):
        return ask(request, act, staff)
    state = vault_queries.key_state(staff).state
    return page(request, template, colleague=staff, form=form, state=state, already=already)


@require_POST
@vault_required
def reseal(request: StaffRequest) -> HttpResponse:
    """One chunk of files sealed anew to the keys that hold now; the page says how many are left."""
    keeper_or_404(request)
    progress = vault.regrant_chunk(keys=request.keys, at=timezone.now())
    words = [
        _("Sealed anew: %(done)s. Still to do: %(left)s.") % {"done": progress.done, "left": progress.left}
    ]
    if progress.closed:
        words.append(
            _(
                "%(closed)s of them do not open with your keys: let the other focal point press the same button."
            )
            % {"closed": progress.closed}
        )
    add_message(request, " ".join(words))
    return HttpResponseRedirect(reverse("sign_in:colleagues"))


@require_http_methods(["GET", "POST"])
@vault_required
def signing_key(request: StaffRequest) -> HttpResponse:
    """The signing key's six words, to be read to colleagues; and a new one that waits for the second focal point."""
    keeper_or_404(request)
    again = request.POST.get("do") == "anew" and vault_queries.waiting_signing_key(request.staff.society_id)
    if request.method == "POST" and again:
        # The other focal point made a new key since: what was made before does not count with it.
        vault.propose_signing_key(keys=request.keys, at=timezone.now())
        add_message(request, _("A new signing key waits. Tell the other focal point."))
        return HttpResponseRedirect(reverse("sign_in:signing-key"))
    if request.method == "POST":
        vault.confirm_signing_key(keys=request.keys, at=timezone.now())
        add_message(
            request, _("The new signing key is in force. Each colleague's next sign-in checks and takes it.")
        )
        return HttpResponseRedirect(reverse("sign_in:signing-key"))
    society = request.staff.society_id
    waiting = vault_queries.waiting_signing_key(society)
    return page(
        request,
        "sign_in/signing_key.html",
        current=vault_queries.signing_key(society),
        waiting=waiting,
        mine=waiting is not None and str(request.staff.pk) in waiting.by,
    )


@require_http_methods(["GET", "POST"])
@vault_required
def by_telephone(request: StaffRequest) -> HttpResponse:
    """For whoever's page says that a key is not signed by the society: compare six words, and trust again."""
    form = forms.WordsByTelephone(request.POST if request.method == "POST" else None)
    if form.submit(vault.accept_by_telephone, keys=request.keys, at=timezone.now()):
        add_message(request, _("The words are the same. You can go on."))
        return HttpResponseRedirect("/")
    return page(request, "sign_in/signing_key_by_telephone.html", form=form)


@require_http_methods(["GET", "POST"])
@vault_required
def tidy(request: StaffRequest) -> HttpResponse:
    """What waits for a holder of the search or facts key, one chunk a press."""
    if not (request.keys.holds(KeyKind.SEARCH) or request.keys.holds(KeyKind.FACTS)):
        raise Http404
    if request.method == "POST":
        done = vault.maintain(keys=request.keys, at=timezone.now())
        words = [
            _("Cards written anew: %(moved)s. Brought back: %(back)s.")
            % {"moved": done.moved, "back": done.back}
        ]
        words.append(_("There is more to do.") if done.more else _("Everything is in order."))
        add_message(request, " ".join(words))
        return HttpResponseRedirect(reverse("sign_in:tidy"))
    return page(
        request,
        "sign_in/tidy.html",
        untidy=vault.maintenance_needs(keys=request.keys, society=request.staff.society_id),
        at=timezone.now(),
    )
