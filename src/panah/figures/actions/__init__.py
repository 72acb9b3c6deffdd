"""What can be done in the register of figures; other rooms import from here."""

from panah.figures.actions.brief_items import hand_over_briefs, look_after_briefs, note_errata
from panah.figures.actions.brief_words import clear_brief, read_brief
from panah.figures.actions.briefs import (
    ask_to_read,
    begin_brief,
    change_brief,
    erratum_seen,
    publish_brief,
    record_brief_taken,
    take_back,
    withdraw_brief,
)
