"""What is done with what arrived, beyond keeping and opening it."""

from panah.intake.actions.closing import close_arrival, why_not_closed
from panah.intake.actions.conversion import TARGETS, Target, convert, targets_of
