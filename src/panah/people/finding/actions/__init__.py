"""What can be done here; other rooms import from here."""

from panah.people.finding.actions.doubles import (
    answer,
    ask_first,
    ask_second,
    forget_case,
    join_pair,
    link_pair,
    look_for_pairs,
    mark_two_people,
    undo_pair,
)
from panah.people.finding.actions.incoming_inquiries import (
    bodies_needed,
    compare,
    decide,
    discard,
    receive_question,
    receive_withdrawal,
    show,
    sweep,
)
from panah.people.finding.actions.local_search import (
    LONGER,
    SOON,
    Sought,
    ask,
    close_question,
    search_locally,
    sought_in,
    unlocking,
)
from panah.people.finding.actions.outgoing_inquiries import (
    answer_arrived,
    ask_society,
    forget,
    key_for,
    preview_stop,
    stop,
    take_answer,
    why_not_askable,
)
from panah.people.finding.actions.pair_outcomes import end_asked, laid_before, laid_pairs
from panah.people.finding.actions.pair_register import pairs_now, register_needed
