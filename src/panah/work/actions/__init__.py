"""Putting things on someone's list, marking them, and calling for help."""

from panah.work.actions.alarms import (
    NOTIFY,
    answer_alarm,
    page_second,
    raise_alarm,
    raise_alarms,
    send_word,
    who_is_paged,
)
from panah.work.actions.completion import ended_meanwhile, mark, undo
from panah.work.actions.due_items import (
    CHANGED,
    done,
    done_for,
    drop_for,
    give,
    give_to_line,
    hand_over_items,
    move,
    put_many_on_list,
    put_on_list,
    remind,
    say_anew,
)

__all__ = [
    "CHANGED",
    "NOTIFY",
    "answer_alarm",
    "done",
    "done_for",
    "drop_for",
    "ended_meanwhile",
    "give",
    "give_to_line",
    "hand_over_items",
    "mark",
    "move",
    "page_second",
    "put_many_on_list",
    "put_on_list",
    "raise_alarm",
    "raise_alarms",
    "remind",
    "say_anew",
    "send_word",
    "undo",
    "who_is_paged",
]
