"""What can be done here; other rooms import from here."""

from panah.finding.actions.incoming_inquiries import (
    bodies_needed,
    compare,
    decide,
    let_go,
    question_arrived,
    show,
    sweep,
    taken_back,
)
from panah.finding.actions.local_search import (
    CLOSED,
    LocalMatch,
    Sought,
    ask,
    close_question,
    look,
    sought_in,
)
from panah.finding.actions.outgoing_inquiries import (
    answer_arrived,
    ask_there,
    forget,
    key_for,
    lacks,
    preview_stop,
    stop,
    take_answer,
)
