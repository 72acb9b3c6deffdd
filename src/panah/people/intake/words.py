"""Where each kind of arrival goes on, and what it can become."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.exchange.words import MessageKind
from panah.people.inbox.words import ArrivalClosing
from panah.people.reporters.words import Told

# Due about marked pictures: of those who open what arrives, and of the readers of complaints.
PICTURES, PICTURES_PAST, LOOK = "pictures", "pictures_past", "look"
# The kind of what lies in the shred store: what opens a marked picture.
PICTURE_KEY = "marked_picture"


class CameOfIt(models.TextChoices):
    """What two people who looked at a marked picture write. Then it is destroyed, unless it shows no abuse."""

    REPORTED = "reported", _("It was reported to whoever the rules of our country name")
    HANDED = "handed", _("It was handed to those who look for the child")
    NO_DUTY = "no-duty", _("Nobody had to be told; what the child needs is being done")
    NOT_ONE = "not-one", _("It does not show a child abused")
    GONE = "gone", _("It could not be looked at any more")


# The room of later words whose key lies with what a report became.
REPORTS = "reports"
YES_NO_UNKNOWN = {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}
# The codes of a report, in words; the names of its answers stand in ``inbox.words.FIELDS``.
CODES_OF_REPORTS: dict[str, dict[Any, Any]] = {
    "about": {
        "me": _("the writer"),
        "another": _("another person"),
        "question": _("a question, nobody in particular"),
    },
    "danger": YES_NO_UNKNOWN,
    "staff": YES_NO_UNKNOWN,
    "meant": {
        "no": _("no"),
        "officer": _("the data protection officer"),
        "second": _("the second reader of complaints"),
        "both": _("all who read complaints"),
        "unknown": _("not known"),
    },
    "young": YES_NO_UNKNOWN,
    "theirs": YES_NO_UNKNOWN,
    "reply": YES_NO_UNKNOWN,
}


# Parts of a report that its page shows in a place of their own.
SHOWN_ELSEWHERE = frozenset({"text", "files"})
# What is written of an arrival in the inbox, by what its reporter is told at the end.
CLOSING_OF: dict[str, ArrivalClosing] = {
    Told.HELPED: ArrivalClosing.ANSWERED,
    Told.PASSED: ArrivalClosing.NOT_OURS,
    Told.NOTHING: ArrivalClosing.ANSWERED,
    Told.NO_WORD: ArrivalClosing.ANSWERED,
}


@dataclass(frozen=True)
class ArrivalPages:
    """The pages of a kind of message in the room that it feeds; their names take the arrival's id."""

    # Where an arrival of it goes on once it is opened.
    page: str = ""
    # The page that alone opens it: its content is never shown here.
    opened_at: str = ""
    # Whether it can become a contact or a case from here.
    convertible: bool = True


PAGES: dict[str, ArrivalPages] = {
    # It becomes a case there, by being accepted: its sender is told.
    MessageKind.OFFERED: ArrivalPages(page="referrals:offer", convertible=False),
    # It goes to the focal points, who answer it, and nowhere else.
    MessageKind.LINKS_ASKED: ArrivalPages(page="family_links:came", convertible=False),
    MessageKind.LINKS_MORE_ASKED: ArrivalPages(page="family_links:came"),
    MessageKind.LINKS_ANSWERED: ArrivalPages(page="family_links:came"),
    # A question opens on its own page alone; an answer goes to its case.
    MessageKind.KNOWN_ASKED: ArrivalPages(opened_at="finding:asked", convertible=False),
}
PLAIN = ArrivalPages()


def pages_of(kind: str) -> ArrivalPages:
    """Return the pages of a kind; most kinds go on here."""
    return PAGES.get(kind, PLAIN)
