"""What can be done in the register of figures; other rooms import from here."""

from panah.figures.actions.delivered import bring_delivered, bring_delivered_here
from panah.figures.actions.entering import (
    correct,
    correct_many,
    enter,
    enter_many,
    make_rate,
    mark_break,
    note_tension,
    record_taken,
    retract,
    withdraw,
    withdraw_many,
)
from panah.figures.actions.saying import decide_say, end_say, write_say
from panah.figures.actions.sources import add_source, keep_file, record_file_taken
from panah.figures.rules.claims import Claim
from panah.figures.rules.intervals import Unreadable, printed
