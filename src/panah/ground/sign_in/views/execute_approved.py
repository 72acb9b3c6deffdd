"""What is done when two people have decided it: one small function for each act, which answers with what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in import actions
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import two_people as acts

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def to_colleague(staff: Staff) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("sign_in:colleague", args=[staff.pk]))


def show_link(request: StaffRequest, staff: Staff, token: str) -> HttpResponse:
    # Shown in the answer itself: a one-time link must not lie in an address or a cookie.
    link = request.build_absolute_uri(reverse("sign_in:invitation", args=[token]))
    return page(request, "sign_in/invited.html", colleague=staff, link=link)


def make_focal_point(request: StaffRequest, staff: Staff) -> HttpResponse:
    left = vault.make_focal_point(keys=request.keys, staff=staff, at=timezone.now())
    words = [_("The colleague is a focal point and holds the society's keys.")]
    if left:
        left = vault.regrant_chunk(keys=request.keys, at=timezone.now()).left
    if left:
        words.append(_("Older files still to be opened to the new focal point: %(left)s.") % {"left": left})
    add_message(request, " ".join(words))
    return HttpResponseRedirect(reverse("sign_in:colleagues"))


def make_officer(request: StaffRequest, staff: Staff) -> HttpResponse:
    vault.make_officer(keys=request.keys, staff=staff, at=timezone.now())
    add_message(request, _("The colleague is a data protection officer."))
    return to_colleague(staff)


def end_officer(request: StaffRequest, staff: Staff) -> HttpResponse:
    vault.end_officer(keys=request.keys, staff=staff, at=timezone.now())
    add_message(request, _("The colleague is no data protection officer any more."))
    return to_colleague(staff)


def new_key(request: StaffRequest, staff: Staff) -> HttpResponse:
    return show_link(request, staff, actions.begin_again(keys=request.keys, staff=staff, at=timezone.now()))


def admit(request: StaffRequest, staff: Staff, compared: bytes | None = None) -> HttpResponse:
    at = timezone.now()
    vault.admit(keys=request.keys, staff=staff, at=at, compared=compared)
    given = vault.give_keys_of_roles(keys=request.keys, staff=staff, at=at)
    words = [_("The key is admitted. The colleague can be given cases and duty keys now.")]
    if given:
        names = ", ".join(str(kind.label) for kind in given)
        words.append(_("Given with the roles: %(keys)s.") % {"keys": names})
    add_message(request, " ".join(words))
    return to_colleague(staff)


def end_access(request: StaffRequest, staff: Staff) -> HttpResponse:
    led = may(staff, Permission.VAULT_LEAD)
    actions.end_access(keys=request.keys, staff=staff, at=timezone.now())
    words = [_("The access is ended. The duty keys of this colleague have a new generation.")]
    if led:
        words.append(_("The other focal point now confirms the new signing key."))
    add_message(request, " ".join(words))
    return to_what_is_left(staff)


def to_what_is_left(staff: Staff) -> HttpResponse:
    to = "sign_in:hand-over" if vault.work_held(staff) else "sign_in:colleagues"
    return HttpResponseRedirect(reverse(to, args=[staff.pk] if to == "sign_in:hand-over" else []))


def end_focal_point(request: StaffRequest, staff: Staff) -> HttpResponse:
    vault.end_focal_point(keys=request.keys, staff=staff, at=timezone.now())
    add_message(
        request, _("This colleague is no focal point any more. The other focal point confirms the new key.")
    )
    return to_colleague(staff)


DOES: dict[str, Callable[[StaffRequest, Staff], HttpResponse]] = {
    acts.FOCAL_POINT.name: make_focal_point,
    acts.OFFICER.name: make_officer,
    acts.NEW_KEY.name: new_key,
    acts.ADMIT.name: admit,
    acts.END.name: end_access,
    acts.NO_FOCAL_POINT.name: end_focal_point,
    acts.NO_OFFICER.name: end_officer,
}
