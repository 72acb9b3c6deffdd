"""Admitting a colleague's key: signed by the society, and let into what a lost key could open."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.guests import is_guest
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events
from panah.ground.vault.actions.admission_hooks import tell_known_to_one, waits_no_more
from panah.ground.vault.actions.ceremony import _hold, _sign_and_admit, signing_seed
from panah.ground.vault.actions.two_people import ADMIT, decided_by_two, use_up
from panah.ground.vault.focal_points import named_ids
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import Grant, KeyHeld, StaffKey
from panah.ground.vault.same_person import may_say_known, say_known
from panah.ground.vault.seals import DoesNotOpen, seal
from panah.ground.vault.words import UNTOLD_KINDS, KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def admit(*, keys: Keyring, staff: Staff, at: datetime, compared: bytes | None = None) -> None:
    """Sign a colleague's key with D, so that files can be granted to her.

    ``compared`` is the public key whose words were read over the telephone: if another one lies there now,
    nothing is signed. What a lost key of hers could open is sealed to the new one, but for what only its readers pass
    on. The key of a focal point or of somebody who reads complaints is admitted by two.
    """
    seed = signing_seed(keys)
    if is_guest(staff):
        raise Refusal(
            _("A guest opens no file, and needs no admission."),
            next_step=_("Share with her what she may read, on the page of guest seats."),
            code="guests-open-nothing",
        )
    person = (
        StaffKey.objects.select_related("staff")
        .filter(staff=staff, staff__society=keys.staff.society_id)
        .first()
    )
    if person is None:
        raise Refusal(
            _("This colleague has not made six words yet."),
            next_step=_("The colleague opens the invitation first."),
            code="no-key",
        )
    if compared is not None and compared != bytes(person.public):
        raise Refusal(
            _("The key has changed since you compared the words."),
            next_step=_("Call the colleague and compare the words once more."),
            code="key-changed",
        )
    by_two = decided_by_two(person.staff)
    if by_two:
        use_up(keys=keys, act=ADMIT, staff=person.staff, at=at)
    _sign_and_admit(person, seed, at, by=keys.staff, known_by=keys.staff if by_two else None)
    if not by_two:
        tell_known_to_one(person.staff, keys.staff, at)
    # With a new key she votes on nothing that was asked for before.
    accounts.count_roles_anew(staff=person.staff, at=at)
    _let_back_in(keys, person, at)
    audit.record(event=events.ADMITTED, by=keys.staff, at=at, facts={"whom": str(staff.pk)})


@transaction.atomic
def confirm_known(*, staff: Staff, by: Staff, at: datetime) -> None:
    """A second colleague says that she knows whose key this is: she has met or spoken with its owner.

    Until then whoever admitted the key decides nothing that its owner asks for: it could be his own second account.
    """
    if not may_say_known(by, staff):
        raise Refusal(
            _("This is not yours to say."),
            next_step=_(
                "A focal point or a data protection officer who did not admit the key says it, while nobody has yet."
            ),
            code="not-yours-to-say",
            status=403,
        )
    say_known(staff, by)
    waits_no_more(staff, at)
    audit.record(event=events.KNOWN, by=by, at=at, facts={"whom": str(staff.pk)})


def _let_back_in(keys: Keyring, person: StaffKey, at: datetime) -> None:
    # Grants and duty keys of a key that she lost: what the focal point can open is sealed to the new one.
    # Complaints and threats are left out: another reader lets her in, never whoever made the new key possible.
    for grant in Grant.objects.filter(staff=person.staff_id).exclude(file__kind__in=UNTOLD_KINDS):
        with suppress(DoesNotOpen):
            secret = keys.secret(grant.file_id)
            grant.sealed = seal(bytes(person.public), secret, "grant", grant.file_id, person.staff_id)
            grant.sealed_to = person.mark
            grant.save(update_fields=["sealed", "sealed_to"])
    mine = {held.id: held for held in keys.held()}
    for row in KeyHeld.objects.filter(staff=person.staff_id).select_related("key"):
        # A row that somebody slipped in makes nobody a holder of the signing key.
        if row.key_id in mine and (
            row.key.kind != KeyKind.SIGNING or person.staff_id in named_ids(row.key.society_id)
        ):
            _hold(row.key, mine[row.key_id].seed, person, at)
