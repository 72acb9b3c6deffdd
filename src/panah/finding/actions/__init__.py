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

__all__ = [
    "CLOSED",
    "LocalMatch",
    "Sought",
    "answer_arrived",
    "ask",
    "ask_there",
    "bodies_needed",
    "close_question",
    "compare",
    "decide",
    "forget",
    "key_for",
    "lacks",
    "let_go",
    "look",
    "preview_stop",
    "question_arrived",
    "show",
    "sought_in",
    "stop",
    "sweep",
    "take_answer",
    "taken_back",
]
