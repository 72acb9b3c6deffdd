"""What pages below the vault ask of the room above it: is it open, her six words once more, does she lead with keys.

``sign_in`` registers it in its ``hooks.py``. Without it nobody passes: the lookup fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.permissions import require_staff_manager
from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Reauthentication:
    """``vault_required`` sends to the unlock page and back; ``confirm_words`` refuses unless these are her six words.

    ``leads_with_keys``: who holds the signing key and was named by the society.
    """

    vault_required: Callable[[View], View]
    confirm_words: Callable[..., None]
    leads_with_keys: Callable[[Staff], bool]


NAME = "sign_in"
REAUTHENTICATION: Registry[Reauthentication] = Registry("how a colleague shows once more who she is")


def vault_required(view: View) -> View:
    """Send to the unlock page and back when the vault is locked."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> HttpResponse:
        return REAUTHENTICATION[NAME].vault_required(view)(*args, **kwargs)

    return guarded


def confirm_words(*, staff: Staff, passphrase: str, at: datetime) -> None:
    """Refuse unless these are her six words; wrong ones count as failed tries."""
    REAUTHENTICATION[NAME].confirm_words(staff=staff, passphrase=passphrase, at=at)


def leads_with_keys(staff: Staff) -> bool:
    """Say whether she is a focal point by keys, not by the table of roles alone."""
    return may(staff, Permission.VAULT_LEAD) and REAUTHENTICATION[NAME].leads_with_keys(staff)


def require_leading(staff: Staff, society: Society) -> None:
    """Refuse everyone but the focal points of the society whom its signing key names."""
    require_staff_manager(staff, society)
    if not leads_with_keys(staff):
        raise Refusal(
            _("Only a focal point who holds the society’s keys can do this."),
            next_step=_("Ask another focal point to give you the keys, or to do it."),
            code="focal-point-with-keys-only",
        )
