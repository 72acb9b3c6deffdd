"""A row as it is now, for a change: whoever else changes it waits until the transaction ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protected_rows import load_trusted

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def locked[Row: Model](row: Row) -> Row:
    """Return the row anew, locked; what it is joined with is not."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def read_again(row: Model, *, lock: bool = True) -> None:
    """Bring a row to how it stands now, ``lock``: for a change; whoever was erased meanwhile is not brought back."""
    rows = type(row)._default_manager.select_for_update() if lock else None
    try:
        row.refresh_from_db(from_queryset=rows)
    except ObjectDoesNotExist:
        raise gone_on() from None
    if isinstance(row, ProtectedModel) and not load_trusted(row):
        raise gone_on()


def must_fit(fits: bool, *, next_step: StrOrPromise) -> None:
    """Refuse a step from a state that the locked row has left; ``next_step`` says where to look again."""
    if not fits:
        raise gone_on(next_step)


def gone_on(next_step: StrOrPromise = "") -> Refusal:
    """What a step says of a row that has left the state from which it is taken."""
    return Refusal(_("This step does not fit any more."), next_step=next_step, code="step-does-not-fit")
