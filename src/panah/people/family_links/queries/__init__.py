"""What other rooms and the pages ask about family links."""

from panah.people.family_links.queries.across import (
    OpenedLinks,
    across_of,
    leaves_from,
    links_places,
    links_subjects,
    links_timeline,
    may_ask_back,
    may_take_back,
    one_across,
    questions,
    unread_links,
    would_leave,
)
from panah.people.family_links.queries.requests import links_requests
