"""What can be done with a case; other rooms import from here."""

from panah.cases.actions.cards import count_in, count_out
from panah.cases.actions.children import (
    begin_child_care,
    child_part,
    determine,
    set_age,
    write_best_interests,
    write_guardian,
)
from panah.cases.actions.closing import (
    ask_closing,
    ask_erasing,
    before_closing,
    close_case,
    close_row,
    erase_case,
    keep_longer,
    keep_open,
    reopen_case,
    retention_day,
    stop_erasing,
)
from panah.cases.actions.dates import (
    begin_follow_up,
    claim_is_open,
    do_follow_up,
    end_clock,
    set_clock,
    set_follow_up,
    write_reintegration,
)
from panah.cases.actions.due import done_due, drop_due, end_item, put_due, refresh, refresh_item, replace_due
from panah.cases.actions.importing import import_case
from panah.cases.actions.links import (
    join,
    link_cases,
    mark_heard,
    open_gathering,
    take_in_group,
    unlink,
    write_gathering,
)
from panah.cases.actions.means import give_means, sign_second, void_means
from panah.cases.actions.opening import open_case
from panah.cases.actions.plan import approve_plan, ask_plan, return_plan, write_need, write_plan, write_service
from panah.cases.actions.safety import print_safety, review_risk, review_times, set_review_times, write_safety
from panah.cases.actions.stages import begin_reflection, decide_stage, presume
from panah.cases.actions.team import hand_over, hold_conference, let_in, supervise, take_back
from panah.cases.actions.telling import (
    add_note,
    change_facts,
    note_export,
    write_codes,
    write_episode,
    write_identity,
)

__all__ = [
    "count_in",
    "count_out",
    "add_note", "approve_plan", "ask_closing", "ask_erasing", "ask_plan", "before_closing", "begin_child_care",
    "begin_follow_up", "begin_reflection", "change_facts", "child_part", "claim_is_open", "close_case", "close_row",
    "decide_stage", "determine", "do_follow_up", "done_due", "drop_due", "end_clock", "end_item", "erase_case",
    "give_means", "hand_over", "hold_conference", "import_case", "join", "keep_longer", "keep_open", "let_in", "link_cases", "mark_heard",
    "note_export", "open_case", "open_gathering", "presume", "print_safety", "put_due", "refresh", "refresh_item",
    "reopen_case", "replace_due", "retention_day", "return_plan", "review_risk", "review_times", "set_age", "set_clock",
    "set_follow_up", "set_review_times", "sign_second", "stop_erasing", "supervise", "take_back", "take_in_group", "unlink",
    "void_means", "write_best_interests", "write_codes", "write_episode", "write_gathering", "write_guardian",
    "write_identity", "write_need", "write_plan", "write_reintegration", "write_safety", "write_service",
]
