"""What other rooms let the society's signing key D sign. D itself never leaves this room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry
from panah.ground.vault.actions.ceremony import signing_seed
from panah.ground.vault.keyring import COMPARE, Keyring
from panah.ground.vault.seals import Bit, sign, signing_public

# The first bit of each: nothing another room says can be taken for a key of the society or of a colleague.
SIGNS = frozenset({"card", "paired society", "next signing key", "release columns"})

# Called as a new D takes the place of the old one, inside the same transaction; returns how
# much was signed anew.
SIGNS_TOO: Registry[Callable[["SigningKeyChange"], int]] = Registry("what is signed anew with a signing key")


@dataclass(frozen=True)
class SigningKeyChange:
    """One D takes the place of another: ``old`` and ``new`` are public halves; each signs by a call of its own."""

    society: UUID
    old: bytes
    new: bytes
    by_old: Callable[..., bytes]
    by_new: Callable[..., bytes]
    at: datetime


def society_signs(keys: Keyring, what: str, *bits: Bit) -> bytes:
    """Return D's signature over the bits, or refuse: only a focal point can, and only with the key she pinned."""
    if what not in SIGNS:
        raise ValueError(what)
    signature = sign(signing_seed(keys), what, *bits)
    # Asked this way, her pin follows a new D that came while her vault was open.
    if keys.pinned and not keys.trusts(signature, what, *bits):
        raise Refusal(
            _("The signing key you hold is not the one you compared."),
            next_step=COMPARE,
            code="signing-key-differs",
        )
    return signature


def signing_public_of(keys: Keyring) -> bytes:
    """Return the public half of the D that this colleague holds, or refuse."""
    return signing_public(signing_seed(keys))


def sign_anew(*, society: UUID, old_seed: bytes, new_seed: bytes, at: datetime) -> int:
    """Let the rooms above sign again what the old D had signed for them; returns how much that was."""
    change = SigningKeyChange(
        society, signing_public(old_seed), signing_public(new_seed), _signer(old_seed), _signer(new_seed), at
    )
    return sum(each(change) for each in SIGNS_TOO)


def _signer(seed: bytes) -> Callable[..., bytes]:
    def signs(what: str, *bits: Bit) -> bytes:
        if what not in SIGNS:
            raise ValueError(what)
        return sign(seed, what, *bits)

    return signs
