"""What can be done with a case; other rooms import from here."""

from panah.cases.actions.due import done_due, drop_due, end_item, put_due, refresh, refresh_item, replace_due
from panah.cases.actions.opening import open_case
from panah.cases.actions.plan import approve_plan, ask_plan, return_plan, write_need, write_plan, write_service
from panah.cases.actions.safety import print_safety, review_risk, review_times, set_review_times, write_safety
from panah.cases.actions.telling import add_note, change_facts, note_export, write_codes, write_episode, write_identity

__all__ = [
    "add_note", "approve_plan", "ask_plan", "change_facts", "done_due", "drop_due", "end_item", "note_export", "open_case", "print_safety",
    "put_due", "refresh", "refresh_item", "replace_due", "return_plan", "review_risk", "review_times", "set_review_times", "write_codes",
    "write_episode", "write_identity", "write_need", "write_plan", "write_safety", "write_service",
]
