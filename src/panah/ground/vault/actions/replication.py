"""A copy of the shred store that is empty is filled from the one that is there: a new disk in the place of a lost one.

Only while the node stands still (`init`, `restore`): what is dropped meanwhile would come back with the copy.
"""

from itertools import batched
from pathlib import Path

from django.db import connections, transaction
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import shred_store
from panah.ground.vault.models import ShredRow
from panah.ground.vault.shred_store import Store

AT_ONCE = 1000


def make_folders() -> None:
    """Make the folders that databases lie in: on a fresh machine, or in a new place of a copy, nothing is there yet."""
    for connection in connections.all():
        place = Path(connection.settings_dict["NAME"]).parent
        try:
            if connection.vendor == "sqlite":
                place.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            raise Refusal(
                _("The folder %(path)s cannot be made.") % {"path": place},
                next_step=_("See that its disk is mounted and that this account may write there."),
                code="no-folder",
            ) from None


def fill_empty_copies() -> list[str]:
    """Fill every copy that holds nothing from one that does; returns sentences for whoever keeps the node.

    Each copy wraps under its own key and for its own place, so that files copied from one place to the other open
    nothing: such a copy is refused, and never filled over.
    """
    stores = shred_store.copies()
    holding = [store for store in stores if store.holds_anything()]
    for store in holding:
        if not store.opens_something():
            raise Refusal(
                _("A copy of the shred store does not open with its key file: %(path)s.")
                % {"path": store.keys.path},
                next_step=_(
                    "Put the right key file beside it; or move this copy and its key away and run ./panah init:"
                    " it fills a new copy from the other one."
                ),
                code="copy-does-not-open",
            )
    empty = [store for store in stores if store not in holding]
    return [_filled(store, _fill(store, holding[0])) for store in empty] if holding else []


def _filled(store: Store, written: int) -> str:
    return " ".join(
        (
            _("A copy of the shred store was empty and is filled from the other one (values: %(number)s).")
            % {"number": written},
            _("Its key file is %(path)s.") % {"path": store.keys.path},
            _(
                "If the copy that was there before turns up again, destroy it and its key file:"
                " it would keep what is erased from now on."
            ),
        )
    )


def _fill(empty: Store, full: Store) -> int:
    written = 0
    # All or nothing: a copy that is half full would look whole the next time.
    with transaction.atomic(using=empty.alias):
        rows = ShredRow.objects.using(full.alias).order_by("id").iterator(AT_ONCE)
        for some in batched(rows, AT_ONCE, strict=False):
            written += empty.take(full, some)
    return written
