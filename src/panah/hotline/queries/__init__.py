"""What other rooms and the pages ask the hotline."""

from panah.hotline.queries.across import (
    across_of,
    links_places,
    links_subjects,
    links_timeline,
    one_across,
    unread_links,
)
from panah.hotline.queries.contacts import (
    answers_of,
    attempts_of,
    call_backs,
    call_open,
    contacts_log,
    contacts_visible,
    finished_today,
    given_of,
    has_call_back,
    history_of,
    notes_of,
    open_calls,
    visible,
)
from panah.hotline.queries.lines import ended_lines, lines_of, operators_of, visible_lines, waiting_on
from panah.hotline.queries.requests import authority_requests, links_requests
from panah.hotline.queries.sayings import Promise, emergency, promise

__all__ = [
    "Promise",
    "across_of",
    "answers_of",
    "attempts_of",
    "authority_requests",
    "call_backs",
    "call_open",
    "contacts_log",
    "contacts_visible",
    "emergency",
    "ended_lines",
    "finished_today",
    "given_of",
    "has_call_back",
    "history_of",
    "lines_of",
    "links_places",
    "links_requests",
    "links_subjects",
    "links_timeline",
    "notes_of",
    "one_across",
    "open_calls",
    "operators_of",
    "promise",
    "unread_links",
    "visible",
    "visible_lines",
    "waiting_on",
]
