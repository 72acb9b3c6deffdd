"""What can be done with a referral."""

from panah.referrals.actions.once import answer_page, destroy_pages, make_page, open_page, tidy_pages
from panah.referrals.actions.steps import (
    agree_meeting,
    coverage,
    give_up,
    prepare,
    preview_stop,
    record_print,
    rewrite,
    send,
    stop,
    write_answer,
    write_met,
    write_outcome,
)

__all__ = [
    "agree_meeting",
    "answer_page",
    "coverage",
    "destroy_pages",
    "give_up",
    "make_page",
    "open_page",
    "prepare",
    "preview_stop",
    "record_print",
    "rewrite",
    "send",
    "stop",
    "tidy_pages",
    "write_answer",
    "write_met",
    "write_outcome",
]
