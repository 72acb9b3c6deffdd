"""What our middleware adds to a request, as a type: who asks, and her keys while the vault is open."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring


class StaffRequest(HttpRequest):
    """A request of a colleague who is signed in; ``sign_in.middleware`` sets both.

    ``keys`` are hers while the vault is open, else None: a page behind ``vault_required`` always has them, and only
    pages that also work with a locked vault ask.
    """

    staff: "Staff"
    keys: "Keyring"
