"""The key ceremony on the screen: one share a person, each read back, and nothing made before the last.

Between the screens the recovery key's public half and the shares not yet confirmed lie in the shred store,
sealed to the acting focal point's own key. Each share is taken out as its holder confirms it. Only then are
the society's keys made: whoever stops in the middle leaves nothing behind.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, focal_point_only, may
from panah.ground.approvals.permissions import must_decide
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import events, shred_store
from panah.ground.vault.actions.ceremony import ceremony_people, found_society, new_recovery, signing_seed
from panah.ground.vault.actions.new_recovery import renew_recovery
from panah.ground.vault.actions.staff_keys import OpenedKey, keys_of
from panah.ground.vault.actions.two_people import RECOVERY_KEY
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.errors import no_society_keys
from panah.ground.vault.host_secrets import host_secrets
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.passphrases import tidy
from panah.ground.vault.seals import DoesNotOpen, seal
from panah.ground.vault.words import KeyKind

KIND = "ceremony"
LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Share:
    """The share whose turn it is: its number, its words, and which two words must be read back."""

    number: int
    words: tuple[str, ...] = field(repr=False)
    asked: tuple[int, int]


def begin_ceremony(
    *,
    keys: Keyring,
    second: OpenedKey,
    at: datetime,
    again: bool = False,
    holders: Mapping[str, str] | None = None,
) -> None:
    """Make R and its three shares. ``second`` is the other focal point, who has just signed in beside the first.

    ``again``: the society has a recovery key, which the new one replaces. An unfinished ceremony of the same focal
    point is dropped. ``holders``: what was answered about those who take a share, ``apart`` and ``abroad``, each yes
    or no; the journal keeps it with the ceremony.
    """
    ceremony_people(keys, [keys.staff, second.staff], again=again)
    if not may(second.staff, Permission.VAULT_LEAD):
        raise focal_point_only()
    if again:
        _hold_the_keys(keys, second)
        must_decide(RECOVERY_KEY, second.staff, asked_at=at, exclude={keys.staff.pk})
    public, shares = new_recovery()
    _keep(
        keys,
        {
            "second": str(second.staff.pk),
            "again": again,
            "holders": dict(holders or {}),
            "public": public.hex(),
            "at": at.isoformat(),
            "number": 1,
            "shares": list(shares.words),
            "asked": _two_places(shares.words[0]),
        },
    )


def _hold_the_keys(keys: Keyring, second: OpenedKey) -> None:
    signing_seed(keys)
    signing_seed(keys_of(second))
    if current_key(keys.staff.society_id, KeyKind.RECOVERY) is None:
        raise no_society_keys()


def _two_places(words: str) -> list[int]:
    # The first four words of the three shares are alike: reading them back would prove nothing.
    return sorted(secrets.SystemRandom().sample(range(5, len(words.split()) + 1), 2))


def _keep(keys: Keyring, state: dict[str, object]) -> None:
    sealed = seal(keys.private.public, json.dumps(state).encode(), KIND, keys.staff.pk)
    shred_store.put(KIND, keys.staff.pk, sealed, society=keys.staff.society_id)


def _state(keys: Keyring, at: datetime) -> dict[str, Any] | None:
    sealed = shred_store.get(KIND, keys.staff.pk)
    if sealed is None:
        return None
    try:
        state: dict[str, Any] = json.loads(keys.private.open(sealed, KIND, keys.staff.pk))
    except DoesNotOpen:
        return None
    return state if at - datetime.fromisoformat(state["at"]) < LASTS else None


def share_to_show(*, keys: Keyring, at: datetime) -> Share | None:
    """Return the share whose turn it is, or None when no ceremony is going on."""
    state = _state(keys, at)
    if state is None:
        return None
    first, last = state["asked"]
    return Share(state["number"], tuple(state["shares"][0].split()), (first, last))


def confirm_share(*, keys: Keyring, words: tuple[str, str], at: datetime) -> int:
    """Check the two words read from the paper; returns how many shares are still to come.

    With the last one the society's keys are made.
    """
    share, state = share_to_show(keys=keys, at=at), _state(keys, at)
    if share is None or state is None:
        raise Refusal(
            _("The ceremony has ended."), next_step=_("Begin it again: nothing was made."), code="no-ceremony"
        )
    if tuple(map(tidy, words)) != tuple(share.words[place - 1] for place in share.asked):
        raise Refusal(
            _("These are not the words on the paper."),
            next_step=_("Look at the numbers beside the words, and read both once more."),
            code="wrong-words",
        )
    rest = state["shares"][1:]
    if rest:
        _keep(keys, state | {"shares": rest, "number": share.number + 1, "asked": _two_places(rest[0])})
        return len(rest)
    _put_in_place(keys, state, at)
    crash_point("recovery key: in force")
    shred_store.drop(KIND, [keys.staff.pk])
    return 0


def _put_in_place(keys: Keyring, state: dict[str, Any], at: datetime) -> None:
    recovery, holders = bytes.fromhex(state["public"]), state.get("holders", {})
    now = current_key(keys.staff.society_id, KeyKind.RECOVERY)
    if now is not None and bytes(now.public) == recovery:
        # The power failed between the keys and the paper's last copy: what is left is to forget it.
        return
    if state.get("again"):
        renew_recovery(keys=keys, recovery=recovery, at=at, holders=holders)
        return
    people = [keys.staff.pk, UUID(state["second"])]
    found_society(keys=keys, focal_points=people, recovery=recovery, at=at, holders=holders)


def stop_ceremony(*, keys: Keyring) -> None:
    """Drop an unfinished ceremony; the papers that were printed open nothing."""
    shred_store.drop(KIND, [keys.staff.pk])


@transaction.atomic
def recovery_sheet(*, keys: Keyring, at: datetime) -> bytes:
    """Return the host's keys sealed to the recovery key: for paper, and for a file outside the building."""
    signing_seed(keys)
    recovery = keys.society_key(KeyKind.RECOVERY)
    if recovery is None:
        raise no_society_keys()
    audit.record(event=events.SHEET, by=keys.staff, at=at)
    return seal(
        bytes(recovery.public), json.dumps(host_secrets()).encode(), "host keys", keys.staff.society_id
    )


def drop_ceremonies(*, exclude: set[UUID]) -> int:
    """Drop the unfinished ceremonies of all focal points but these; returns how many."""
    left = set(shred_store.keys_of(KIND)) - exclude
    if left:
        shred_store.drop(KIND, left)
    return len(left)
