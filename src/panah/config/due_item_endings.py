"""How each thing on a work list ends: on a page of its own, after a question, or with an outcome alone.

Every (room, purpose) that a room puts on a list stands here exactly once. Whoever adds a purpose decides here what
*Done* means for it; a test fails until that is done.
"""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

from panah.work import queries as work_queries

Page = Callable[[UUID, str], str]


def _by_number(name: str) -> Page:
    return lambda subject, number: reverse(name, args=[number])


def _by_subject(name: str) -> Page:
    return lambda subject, number: reverse(name, args=[subject])


def _of_case(name: str) -> Page:
    return lambda subject, number: reverse(name, args=[number, subject])


# It ends on this page alone, which writes down what came of it.
ON_A_PAGE: list[tuple[str, Page, tuple[str, ...]]] = [
    ("hotline", _by_number("hotline:back"), ("call_back",)),
    ("hotline", _by_number("hotline:next"), ("decide",)),
    ("authority", _by_number("hotline:authority"), ("decide", "answer", "tell_person")),
    (
        "family_links",
        _by_number("hotline:links_request"),
        ("links_wait", "links_tell", "links_question", "links_erase", "links_erased"),
    ),
    ("cases", _by_number("cases:risk"), ("review",)),
    ("cases", _by_number("cases:plan"), ("approve",)),
    ("cases", _by_number("cases:stage"), ("decide",)),
    ("cases", _by_number("cases:child"), ("tonight", "assess", "guardian")),
    ("cases", _by_number("cases:dates"), ("deadline", "follow")),
    ("cases", _by_number("cases:means"), ("sign",)),
    ("cases", _by_number("cases:close"), ("close", "keep")),
    ("finding", _by_subject("finding:question"), ("question",)),
    ("known", _by_number("finding:there"), ("known_wait", "known_decide")),
    ("exchange", _by_subject("exchange:compare"), ("compare",)),
    ("exchange", lambda subject, number: reverse("exchange:announce"), ("node",)),
    # *Did not come back* too: the house writes that the person is back, or has left.
    ("shelter", _by_subject("shelter:stay"), ("decide", "arrive", "ends", "missed")),
    ("shelter_place", _by_subject("shelter:people"), ("unrun",)),
    ("complaints", _by_number("complaints:matter"), ("acknowledge", "answer")),
    ("complaints_ask", _by_subject("complaints:asked"), ("ask",)),
    ("complaints_left", _by_subject("complaints:left"), ("left",)),
    ("threats", _by_subject("safety:threat"), ("look", "review")),
    ("interpreters", _by_subject("safety:interpreter"), ("vet",)),
    ("approvals", _by_subject("vault:approval"), ("told",)),
    ("inbox", _by_subject("inbox:arrival"), ("open", "remind", "go-on", "lost")),
    # A meeting too: that they met, or did not, is written there.
    (
        "referrals",
        _of_case("referrals:one"),
        (
            "answer",
            "meet",
            "read",
            "safe",
            "feedback",
            "first",
            "by_phone",
            "no_line",
            "erase",
            "tell_withdrawn",
        ),
    ),
]

# No page ends it, and somebody waits or may be lost if it vanishes: it asks first.
ASKS_FIRST: list[tuple[str, tuple[str, ...]]] = [
    ("hotline", ("came_late", "arrived")),
    ("family_links", ("links", "links_answer", "links_until")),
    # A call-back that a line promised goes along into the case.
    ("cases", ("call_back", "match", "danger")),
    ("known", ("known_phone",)),
    ("exchange", ("head", "waits")),
    ("shelter", ("tell",)),
    ("complaints", ("follow_up", "keep")),
    ("threats", ("keep",)),
    ("referrals", ("life", "erased", "outcome", "page_answer", "look")),
]

# An outcome is enough. What is urgent now asks first all the same.
OUTCOME_ALONE: list[tuple[str, tuple[str, ...]]] = [
    ("cases", ("first", "plan", "waiting", "extra")),
    ("hotline_debrief", ("debrief",)),
    ("hotline_keeping", ("erase_soon",)),
    ("complaints_ask", ("replied",)),
    ("consent", ("ask_again",)),
    ("vault", ("tidy",)),
    ("network", ("agreements",)),
]


def fill() -> None:
    """Tell the work lists how each thing ends."""
    for room, page, purposes in ON_A_PAGE:
        work_queries.OUTCOME_PAGES |= {(room, purpose): page for purpose in purposes}
    for asks, rows in ((True, ASKS_FIRST), (False, OUTCOME_ALONE)):
        for room, purposes in rows:
            work_queries.ASKS_FIRST |= {(room, purpose): asks for purpose in purposes}
