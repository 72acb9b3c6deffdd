"""What can be done on the hotline; other rooms import from here."""

from panah.hotline.actions.aid import note_aid
from panah.hotline.actions.authorities import decide_request, note_answer, take_request
from panah.hotline.actions.calls import (
    begin_contact,
    close_contact,
    close_silent_calls,
    finish_call,
    resume_call,
    sign_of_life,
)
from panah.hotline.actions.drafts import (
    Typed,
    forget_contact,
    keep_waiting,
    merge_waiting,
    save_typed,
    type_while_locked,
)
from panah.hotline.actions.emergency import call_off, start_emergency
from panah.hotline.actions.ends import (
    BECOMES_CASE,
    become_case,
    give_service,
    hand_over,
    note_attempt,
    plan_call_back,
    show_identity,
)
from panah.hotline.actions.family import close_links, note_links, take_links_request
from panah.hotline.actions.lines import change_line, give_line_key, make_line, take_line_key
from panah.hotline.actions.paging import mail_without_content
from panah.hotline.actions.paper import type_in

__all__ = [
    "BECOMES_CASE",
    "Typed",
    "become_case",
    "begin_contact",
    "call_off",
    "change_line",
    "close_contact",
    "close_links",
    "close_silent_calls",
    "decide_request",
    "finish_call",
    "forget_contact",
    "give_line_key",
    "give_service",
    "hand_over",
    "keep_waiting",
    "mail_without_content",
    "make_line",
    "merge_waiting",
    "note_aid",
    "note_answer",
    "note_attempt",
    "note_links",
    "plan_call_back",
    "resume_call",
    "save_typed",
    "show_identity",
    "sign_of_life",
    "start_emergency",
    "take_line_key",
    "take_links_request",
    "take_request",
    "type_in",
    "type_while_locked",
]
