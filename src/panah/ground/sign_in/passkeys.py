"""Passkeys: WebAuthn as the second factor. One alone signs nobody in and opens nothing: the six words come first.

The relying party is the host of the address in the browser; an answer from any other origin is refused. A passkey
keeps a public key and a counter in allauth's table; nothing of it is secret.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.db.models import QuerySet
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

State = Mapping[str, object]
KIND = Authenticator.Type.WEBAUTHN
LONGEST_ANSWER = 20_000
# Whatever a browser sends may be broken in any place of its nested encodings.
BROKEN = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RuntimeError, struct.error)


def _server(host: str) -> Fido2Server:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    origins = {f"https://{host}"} | ({f"http://{host}"} if name == "localhost" else set())
    return Fido2Server(PublicKeyCredentialRpEntity(id=name, name="Panah"), verify_origin=origins.__contains__)


def _rows(staff: Staff) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=staff, type=KIND).order_by("created_at", "pk")


def _credential(row: Authenticator) -> AttestedCredentialData:
    return WebAuthn(row).authenticator_data.credential_data


def begin_adding(staff: Staff, *, host: str) -> tuple[dict[str, Any], State]:
    """Return what the browser is asked (JSON) and what is checked in its answer, to add a passkey."""
    # A device that is found says "Panah" and a random id: no name of a colleague is put on it.
    user = PublicKeyCredentialUserEntity(id=staff.pk.bytes, name="Panah", display_name="Panah")
    asked, state = _server(host).register_begin(
        user,
        credentials=[_credential(row) for row in _rows(staff)],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _plain(asked), _plain(state)


def finish_adding(staff: Staff, *, host: str, state: State, answer: str, name: str) -> bool:
    """Keep the passkey that the browser made; False when its answer does not fit."""
    try:
        sent = _read(answer)
        made = _server(host).register_complete(state, sent)
        RegistrationResponse.from_dict(sent)
    except BROKEN:
        return False
    known = {_credential(row).credential_id for row in _rows(staff)}
    if made.credential_data is None or made.credential_data.credential_id in known:
        return False
    row = WebAuthn.add(staff, name, sent).instance
    row.data = {**row.data, "counter": made.counter}
    row.save(update_fields=["data"])
    return True


def begin_sign_in(staff: Staff, *, host: str) -> tuple[dict[str, Any], State]:
    """Return what the browser is asked (JSON) and what is checked in its answer, to sign in."""
    asked, state = _server(host).authenticate_begin(
        credentials=[_credential(row) for row in _rows(staff)],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _plain(asked), _plain(state)


@transaction.atomic
def fits(staff: Staff, *, host: str, state: State, answer: str, at: datetime) -> bool:
    """Say whether one of her passkeys signed this very question; the caller sees to it that it is asked once.

    A counter that does not go up is a copied passkey: it is refused.
    """
    rows = list(_rows(staff).select_for_update())
    try:
        sent = _read(answer)
        used = _server(host).authenticate_complete(state, [_credential(row) for row in rows], sent)
        counter = AuthenticationResponse.from_dict(sent).response.authenticator_data.counter
    except BROKEN:
        return False
    row = next(row for row in rows if _credential(row).credential_id == used.credential_id)
    before = row.data.get("counter", 0)
    if (counter or before) and counter <= before:
        return False
    row.data, row.last_used_at = {**row.data, "counter": counter}, at
    row.save(update_fields=["data", "last_used_at"])
    return True


def rename(row: Authenticator, name: str) -> None:
    """Give a passkey another name."""
    row.data = {**row.data, "name": name}
    row.save(update_fields=["data"])


def own(staff: Staff, pk: int) -> Authenticator | None:
    """Return one of her own passkeys, locked until the transaction ends."""
    found: Authenticator | None = _rows(staff).select_for_update().filter(pk=pk).first()
    return found


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError
    sent: dict[str, Any] = json.loads(answer)
    return sent


def _plain(one: Mapping[str, object]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(dict(one))))
