"""What the worker does in the register twice a day, for the society inside whose walls it runs."""

from __future__ import annotations

from datetime import datetime

from panah.ground.foundation import tenancy
from panah.programmes.volunteers.actions.callouts import settle_call_outs
from panah.programmes.volunteers.actions.erasing import erase_what_was_kept_long_enough
from panah.programmes.volunteers.actions.vetting import remind_of_expiry


def look_after_register(*, at: datetime) -> int:
    """Remind of what runs out, close call-outs, erase what was kept long enough; returns how many were erased."""
    society = tenancy.current_tenant()
    if society is None:
        return 0
    remind_of_expiry(society=society, at=at)
    settle_call_outs(society=society, at=at)
    return erase_what_was_kept_long_enough(society=society, at=at)
