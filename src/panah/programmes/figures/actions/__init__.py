"""What can be done in the register of figures; other rooms import from here."""

from panah.programmes.figures.actions.brief_items import hand_over_briefs, look_after_briefs, note_errata
from panah.programmes.figures.actions.brief_reviews import clear_brief, read_brief
from panah.programmes.figures.actions.briefs import (
    ask_to_read,
    begin_brief,
    change_brief,
    erratum_seen,
    publish_brief,
    record_brief_taken,
    take_back,
    withdraw_brief,
)
from panah.programmes.figures.actions.delivered import bring_delivered, bring_delivered_here
from panah.programmes.figures.actions.figure_changes import (
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
)
from panah.programmes.figures.actions.import_accepting import Decision, accept_table
from panah.programmes.figures.actions.import_reading import read_tables
from panah.programmes.figures.actions.imports import (
    bring_table,
    choose_sheet,
    compare_again,
    forget_unseen,
    refuse_table,
    say_columns,
)
from panah.programmes.figures.actions.public_sentences import decide_on_sentence, end_sentence, write_sentence
from panah.programmes.figures.actions.sources import add_source, keep_file, record_file_taken
from panah.programmes.figures.rules.claims import Claim
from panah.programmes.figures.rules.intervals import printed
