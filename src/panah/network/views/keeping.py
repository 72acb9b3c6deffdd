"""Saving an entry from a form: a refusal comes back with everything that was typed."""

from collections.abc import Callable
from typing import Any

from panah.foundation.errors import Refusal
from panah.network.forms import KeptForm


def saved(form: KeptForm, row: Any, save: Callable[[], object]) -> bool:
    """Save, or show the refusal in the form; after "changed meanwhile" a second press counts as having seen it."""
    try:
        save()
    except Refusal as refusal:
        form.refuse(refusal)
        if refusal.code == "changed-meanwhile":
            form.look_again(row)
        return False
    return True
