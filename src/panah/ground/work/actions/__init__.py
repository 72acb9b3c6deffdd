"""Putting things on someone's list, marking them, and calling for help."""

from panah.ground.work.actions.alarms import (
    ENGAGED,
    UNANSWERED,
    answer_alarm,
    answer_alarm_of,
    call_off_alarm,
    escalate,
    page_failed,
    raise_alarm,
    raise_alarms,
    send_word,
    stop_old_paging,
)
from panah.ground.work.actions.completion import ended_meanwhile, mark, undo
from panah.ground.work.actions.declared import due, due_for_focal_points
from panah.ground.work.actions.due_items import (
    ON_CHANGE,
    Newcomer,
    add_item,
    add_items,
    assign,
    assign_to_line,
    cancel_for,
    cancel_for_all,
    complete,
    complete_for,
    move,
    quarter_of_day,
    remind,
    update_sentence,
)
from panah.ground.work.actions.paging_lists import who_is_paged
from panah.ground.work.actions.paging_watch import watch_channels
from panah.ground.work.actions.roster_watch import check_rosters
from panah.ground.work.actions.rows_put_right import (
    put_all_rows_right,
    put_calls_right,
    put_node_rows_right,
    put_rows_of_table_right,
    put_rows_right,
)
from panah.ground.work.actions.slips import say_it_is_over
from panah.ground.work.actions.undecided import (
    agree_to_wait,
    let_wait,
    page_undecided,
    postpone,
    refuse_to_wait,
)
from panah.ground.work.actions.week_mail import send_week_mail, stop_week_mail
