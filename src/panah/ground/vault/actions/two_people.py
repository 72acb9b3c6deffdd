"""What two focal points decide about a colleague's key and role: asked for, approved, used up by the act itself.

A vote is signed with the key by which its owner also countersigns a new signing key, over everything that was asked:
nobody who only writes in the database votes for her, or changes what she approved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.permissions import must_be_of, must_not_be_oneself
from panah.ground.accounts.roles import Permission
from panah.ground.approvals import actions as approvals
from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import signing_key_chain
from panah.ground.vault.actions.ceremony import signing_seed
from panah.ground.vault.actions.rows_watch import put_rows_right
from panah.ground.vault.errors import not_admitted
from panah.ground.vault.focal_points import leading_since
from panah.ground.vault.keyring import COMPARE, Keyring, current_key
from panah.ground.vault.models import StaffKey
from panah.ground.vault.protected_roles import ROLES, is_guarded, told_about
from panah.ground.vault.seals import Bit, sign, signed
from panah.ground.vault.trusted_staff_keys import trusted_staff_keys
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.approvals.models import Request, Vote

LEADS, STOPS = Permission.VAULT_LEAD, Permission.VAULT_STOP


def what_was_asked(request: Request) -> tuple[Bit, ...]:
    """Return what a vote is signed over: the whole request, but for who was told."""
    facts = json.dumps(request.facts, sort_keys=True)
    times = [moment.astimezone(UTC).isoformat() for moment in (request.asked_at, request.ready_at)]
    return (request.society_id, request.pk, request.act, request.subject, facts, request.asked_by_id, *times)


def proves(request: Request, vote: Vote) -> bool:
    """Say whether a vote was signed by whoever gave it."""
    if vote.staff_id is None:
        key = current_key(request.society_id, KeyKind.SIGNING)
        what: tuple[Bit, ...] = ("approved by shares", *what_was_asked(request))
        return key is not None and signed(bytes(key.public), bytes(vote.proof), *what)
    owner = trusted_staff_keys([vote.staff_id]).get(vote.staff_id)
    return owner is not None and signed(
        owner.vouches, bytes(vote.proof), "approved", *what_was_asked(request)
    )


def _act(name: str, label: StrOrPromise, opens: StrOrPromise, *, alone_after_waiting: bool = False) -> Act:
    act = Act(
        name, label, LEADS, LEADS, leading_since, opens, asker_votes=True, waits=True,
        alone_after_waiting=alone_after_waiting, stopped_by=STOPS, proves=proves,
    )  # fmt: skip
    return ACTS.register(name, act)


FOCAL_POINT = _act(
    "vault:focal-point",
    _("Make a focal point"),
    _("Every case, event, household and call of the society, and all its keys. Not complaints."),
)
OFFICER = _act(
    "vault:officer",
    _("Make a data protection officer"),
    _("New complaints and requests about own data, and the journal."),
)
NEW_KEY = _act(
    "vault:new-key",
    _("A new key: words and printed code are lost"),
    _("The old key ends. Whoever opens the link makes a new one, which two focal points then admit."),
)
ADMIT = _act(
    "vault:admit",
    _("Admit a key"),
    _(
        "What goes with the roles of this colleague. Complaints stay closed until another reader lets this key in."
    ),
)
END = _act(
    "vault:end-access",
    _("End the access of a colleague"),
    _("Nothing. It closes everything to this colleague."),
    alone_after_waiting=True,
)
NO_FOCAL_POINT = _act(
    "vault:no-focal-point",
    _("No longer a focal point"),
    _("Nothing. It closes what this colleague could open as a focal point."),
    alone_after_waiting=True,
)
NO_OFFICER = _act(
    "vault:no-officer",
    _("No longer a data protection officer"),
    _("Nothing. New complaints go to others."),
    alone_after_waiting=True,
)
# The old signing key signs it, two who stay countersign it: its votes lie with the key itself (signing_key_chain.py).
SIGNING_KEY = ACTS.register(
    "vault:signing-key",
    Act("vault:signing-key", _("A new signing key"), LEADS, LEADS, leading_since, asker_votes=True),
)
# Both at one screen: the second signs in beside the first (shares.py).
RECOVERY_KEY = ACTS.register(
    "vault:recovery-key", Act("vault:recovery-key", _("A new recovery key"), LEADS, LEADS, leading_since)
)


def key_hash(staff: Staff) -> str:
    """Return what a request says of a colleague's key: approved for one key, it is worth nothing for another."""
    row = trusted_staff_keys([staff.pk]).get(staff.pk)
    return hashlib.sha256(row.public).hexdigest() if row else ""


@transaction.atomic
def ask(*, keys: Keyring, act: Act, staff: Staff, at: datetime, address: str = "") -> Request:
    """Ask for an act about a colleague, which is the first of two votes. Those whom it concerns are told at once.

    ``address`` is where the link in their e-mail leads (``approvals.notifications``).
    """
    signing_seed(keys)
    _must_be_another(keys, staff)
    if act in (FOCAL_POINT, OFFICER) and not StaffKey.objects.filter(staff=staff, admitted_at__isnull=False):
        raise not_admitted()
    request = approvals.ask(
        act=act,
        subject=staff.pk,
        by=keys.staff,
        at=at,
        told=told_about(staff, keys.staff.society_id),
        facts={"key": key_hash(staff)},
        waits_from=_waited_already(act, staff),
        address=address,
    )
    if approvals_queries.may_approve(keys.staff, request, at=at):
        approve(keys=keys, request=request, at=at)
    return request


def _must_be_another(keys: Keyring, staff: Staff) -> None:
    must_be_of(keys.staff.society_id, staff)
    must_not_be_oneself(keys.staff, staff)


def _waited_already(act: Act, staff: Staff) -> datetime | None:
    """Who waited for a new key does not wait once more for its admission."""
    if act is not ADMIT:
        return None
    before = approvals_queries.last_done(society=staff.society_id, act=NEW_KEY.name, subject=staff.pk)
    row = trusted_staff_keys([staff.pk]).get(staff.pk)
    # Of this very key: it was made after the old one ended, and nothing was admitted in between.
    if before is None or before.ended_at is None or row is None or row.admitted_at:
        return None
    if row.made_at < before.ended_at:
        return None
    voters, by_shares = approvals_queries.counted(before)
    return before.asked_at if len(voters) + by_shares > 1 else None


@transaction.atomic
def approve(*, keys: Keyring, request: Request, at: datetime) -> None:
    """Vote for what was asked, signed with this colleague's own key. The caller has had her six words."""
    signing_seed(keys)
    put_rows_right(society=request.society_id, subjects=approvals_queries.rows_of(request), at=at)
    proof = sign(signing_key_chain.voucher(keys.private.seed), "approved", *what_was_asked(request))
    approvals.approve(request=request, by=keys.staff, at=at, proof=proof)


def use_up(*, keys: Keyring, act: Act, staff: Staff, at: datetime) -> None:
    """Use what two people decided for the act that follows in the same transaction, or refuse."""
    signing_seed(keys)
    _must_be_another(keys, staff)
    found = approvals_queries.waiting(society=staff.society_id, act=act.name, subject=staff.pk, at=at)
    if found is not None:
        must_have_met(keys=keys, request=found)
    approvals.use_up(act=act, subject=staff.pk, by=keys.staff, at=at, facts={"key": key_hash(staff)})


def must_have_met(*, keys: Keyring, request: Request) -> None:
    """Refuse a vote that was signed with another key than the one this colleague has met."""
    # A countersigning key that was put in the place of the one she met could have signed a vote for its owner.
    met = keys.record.vouchers
    voters = trusted_staff_keys(approvals_queries.counted(request)[0])
    if any(met.get(str(staff), key.vouches) != key.vouches for staff, key in voters.items()):
        raise Refusal(
            _("One of the two approvals was signed with a key that you have not met."),
            next_step=COMPARE,
            code="vote-not-met",
        )


def decided_by_two(staff: Staff) -> bool:
    """Say whether two people decide about this colleague's key: not before the society has keys at all."""
    return current_key(staff.society_id, KeyKind.RECOVERY) is not None and is_guarded(staff)


def must_be_plain(society: UUID, roles: Iterable[str]) -> None:
    """Refuse to give with an invitation, or by a tick, a role that two people give."""
    if current_key(society, KeyKind.RECOVERY) is not None and set(ROLES) & set(roles):
        raise Refusal(
            _("Two focal points give this role."),
            next_step=_(
                "Invite the colleague without it, admit the key, then ask for the role on that page."
            ),
            code="two-people-decide",
        )
