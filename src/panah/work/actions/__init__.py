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
    ON_CHANGE,
    add_for_focal_points,
    add_item,
    add_items,
    assign,
    assign_to_line,
    cancel_for,
    complete,
    complete_for,
    hand_over_items,
    move,
    remind,
    update_sentence,
)
