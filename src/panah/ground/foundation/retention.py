"""Retention: what is kept how long, from when, why, and what happens then. The one table of all periods; plain Python.

Every room reads its period here and writes none of its own (``tests/house/test_retention.py``); docs/retention.md is
drawn from it. A row with ``rule`` follows that line of the society's rule sheet, which a country may change; the period
beside it counts where no sheet says anything, and a rule without one erases nothing by itself: a person decides.
How long a session, a lease, a sealed form or a page under way stays good is a timeout and stands in its room.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class RetentionEnd(StrEnum):
    """What happens when the time is over."""

    ERASED = "erased"
    SHREDDED = "shredded: its key is destroyed, so no copy opens any more"
    COUNTED = "the name is erased; what was counted stays"
    DECIDED = "a person decides whether it is erased"
    CLOSED = "closed: nobody can use it any more"


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """One row: of which room, what, since when and how long (``period`` or ``months``), what then, and why so long.

    ``rule``: a line of the rule sheet (``network.words.RuleKey``) that goes before the period.
    """

    room: str
    what: str
    since: str
    end: RetentionEnd
    why: str
    period: timedelta = timedelta()
    months: int = 0
    rule: str = ""

    @property
    def days(self) -> int:
        """The period in whole days, as pages show it."""
        return self.period.days

    @property
    def how_long(self) -> str:
        """Return the period in English, for the table of the docs."""
        hours = self.period.seconds // 3600
        counted = ((self.months, "month"), (self.days, "day"), (hours, "hour"))
        said = " ".join(f"{many} {word}{'s' * (many != 1)}" for many, word in counted if many)
        if not self.rule:
            return said or "until then"
        return f"`{self.rule}`" + (f", else {said}" if said else "")


PRACTICE = "judgement of practice, to be checked by the society"
PROMISE = "erasing reaches every copy within 14 days (SECURITY.md 8)"

# -- ground ------------------------------------------------------------------------------------

OLD_ADDRESS = RetentionRow(
    "accounts", "a colleague’s mail address or number from before a change", "the change", RetentionEnd.ERASED,
    "whoever changed it without her is noticed at the old one", timedelta(days=30),
)  # fmt: skip
KNOWN_DEVICE = RetentionRow(
    "accounts", "that a colleague’s device is known", "its last sign-in", RetentionEnd.ERASED,
    "a device that nobody uses is not hers any more", timedelta(days=90),
)  # fmt: skip
APPROVAL = RetentionRow(
    "approvals", "a request that two people decide", "the end of its waiting time", RetentionEnd.CLOSED,
    "what was decided and never carried out has grown old", timedelta(days=7),
)  # fmt: skip
MESSAGE_SENT = RetentionRow(
    "channels", "a page or mail to a colleague", "it was delivered or given up", RetentionEnd.ERASED,
    "long enough to see why somebody was not reached", timedelta(days=30),
)  # fmt: skip
OLD_CHANNEL = RetentionRow(
    "channels", "a channel that was changed or removed", "the change", RetentionEnd.ERASED,
    "the other focal points hear of the change by it too", timedelta(days=1),
)  # fmt: skip
DIRECTORY_BROUGHT = RetentionRow(
    "directory", "a directory that was brought in and not taken over", "it was brought; erased at the next one",
    RetentionEnd.ERASED, "long enough to look through it", timedelta(days=7),
)  # fmt: skip
WIRE_MESSAGE = RetentionRow(
    "exchange", "a message to another node that did not arrive", "it was made", RetentionEnd.SHREDDED,
    "after that somebody telephones", timedelta(days=14),
)  # fmt: skip
WIRE_MESSAGE_THAT_MUST_ARRIVE = RetentionRow(
    "exchange", "a withdrawal, and what follows from it, that did not arrive", "it was made", RetentionEnd.SHREDDED,
    "it must arrive, however late", timedelta(days=60),
)  # fmt: skip
WIRE_REMEMBERED = RetentionRow(
    "exchange", "that a message of no person went or came", "it would have expired", RetentionEnd.ERASED,
    "against a second coming nothing is needed longer", timedelta(days=60),
)  # fmt: skip
WIRE_STORY = RetentionRow(
    "exchange", "that a message about a referral or another matter of a person went or came", "it would have expired",
    RetentionEnd.ERASED, "both sides show one story, and its last outcome is asked for after a year",
    timedelta(days=730),
)  # fmt: skip
SIGN_IN = RetentionRow(
    "sign_in", "a locked session of the vault, and counted failures", "it was last used", RetentionEnd.ERASED,
    "a day’s work may go on after a break", timedelta(days=1),
)  # fmt: skip
ORPHAN_HALF = RetentionRow(
    "vault", "half a key that no row needs", "it was first found without one", RetentionEnd.SHREDDED,
    "so long a backup brings back a row that somebody took out; what somebody erased or destroyed is gone at once",
    timedelta(days=13),
)  # fmt: skip
ORPHAN_BODY = RetentionRow(
    "vault", "a sealed body that no row needs", "it was first found without one", RetentionEnd.SHREDDED,
    "longer than any transaction that is still being written", timedelta(days=1),
)  # fmt: skip
ERASED_CARD = RetentionRow(
    "vault", "a segment of cards in which one is erased and which nobody rewrote", "the erasing", RetentionEnd.SHREDDED,
    PROMISE, timedelta(days=13),
)  # fmt: skip
STORE_KEY = RetentionRow(
    "vault", "a key of the shred store, until a new one replaces it; the old one is kept as long again", "it was made",
    RetentionEnd.SHREDDED, f"twice this and a late worker stay under the promise: {PROMISE}",
    timedelta(days=6, hours=18),
)  # fmt: skip

# -- people ------------------------------------------------------------------------------------

CASE = RetentionRow(
    "cases", "a closed case", "it was closed", RetentionEnd.DECIDED,
    "the country’s rule sheet; where it says nothing, a focal point is asked each year", rule="retention_case",
)  # fmt: skip
CASE_WITHOUT_RULE = RetentionRow(
    "cases", "a closed case for which no period is known", "it was closed", RetentionEnd.DECIDED,
    "nothing is forgotten by silence", timedelta(days=365),
)  # fmt: skip
CASE_REFERRED = RetentionRow(
    "cases", "a case that was handed on to others", "it was closed", RetentionEnd.DECIDED, "the country’s rule sheet",
    rule="retention_referred",
)  # fmt: skip
CASE_NOT_IDENTIFIED = RetentionRow(
    "cases", "a case without trafficking", "it was closed", RetentionEnd.DECIDED, "the country’s rule sheet",
    rule="retention_not_identified",
)  # fmt: skip
CASE_OF_CHILD = RetentionRow(
    "cases", "a child’s case", "the child comes of age; never sooner than other cases", RetentionEnd.DECIDED,
    "whoever was a child decides as a grown-up", rule="retention_child",
)  # fmt: skip
CASE_WITH_CLAIM = RetentionRow(
    "cases", "a case with a claim or a court case", "that has ended; while it is open the case stays",
    RetentionEnd.DECIDED, "the proof that a person needs for compensation or for not being punished",
    rule="retention_claim",
)  # fmt: skip
MATTER = RetentionRow(
    "complaints", "a complaint or a request about own data", "it was closed", RetentionEnd.DECIDED, PRACTICE,
    months=36, rule="retention_complaint",
)  # fmt: skip
LOOK = RetentionRow(
    "finding", "that a colleague searched", "the search", RetentionEnd.ERASED,
    "only how often within the hour is asked", timedelta(days=1),
)  # fmt: skip
INQUIRY = RetentionRow(
    "finding", "that another society asked whether somebody is known; whom, only until the answer has left",
    "it arrived", RetentionEnd.ERASED, "how often a society asks about one person is held to", timedelta(days=365),
)  # fmt: skip
CONTACT = RetentionRow(
    "hotline", "a contact that became no case", "it ended; announced two weeks before", RetentionEnd.SHREDDED, PRACTICE,
    timedelta(days=90), rule="retention_contact",
)  # fmt: skip
REHEARSAL = RetentionRow(
    "hotline", "the times of a rehearsed call", "it began", RetentionEnd.ERASED,
    "long enough to see a month beside the one before it", timedelta(days=90),
)  # fmt: skip
EXPORT_REQUEST = RetentionRow(
    "imports", "a request to export cases with names", "the end of its waiting time", RetentionEnd.CLOSED,
    "with names nothing lies ready for long", timedelta(hours=24),
)  # fmt: skip
CASES_TABLE = RetentionRow(
    "imports", "a table of cases with which whoever brought it did not go on, and its report",
    "she brought it, or last went on with it", RetentionEnd.SHREDDED, "long enough to finish bringing it in",
    timedelta(days=30),
)  # fmt: skip
PILE = RetentionRow(
    "intake", "look-alikes of a flood that were put aside", "they were put aside", RetentionEnd.SHREDDED,
    "long enough to bring back what was put aside by mistake", timedelta(days=7),
)  # fmt: skip
ONCE_PAGE = RetentionRow(
    "referrals", "a page that opens once, unread", "it was made", RetentionEnd.SHREDDED,
    "long enough for whoever is rung to read it", timedelta(days=3),
)  # fmt: skip
ONCE_PAGE_OPEN = RetentionRow(
    "referrals", "a page that opens once, opened", "it was opened", RetentionEnd.SHREDDED,
    "long enough to read and answer", timedelta(minutes=30),
)  # fmt: skip
REPORT = RetentionRow(
    "reporters", "a report of the public door, its words and files", "the last word of either side",
    RetentionEnd.SHREDDED, PRACTICE, timedelta(days=90),
)  # fmt: skip
CHAT = RetentionRow(
    "reporters", "a chat of the public door", "its last word, and again its end", RetentionEnd.SHREDDED,
    "whoever has the code can read it again", timedelta(days=30),
)  # fmt: skip
TALLY_OF_HOUR = RetentionRow(
    "reporters", "how much came to the door within an hour", "that hour", RetentionEnd.ERASED,
    "only the last hours hold back a flood", timedelta(days=2),
)  # fmt: skip
TALLY_OF_MINUTE = RetentionRow(
    "reporters", "how often numbers of messages were shown within a minute", "that minute", RetentionEnd.ERASED,
    "it slows down whoever guesses now, and would tell when somebody came back", timedelta(minutes=10),
)  # fmt: skip
TALLY_OF_MONTH = RetentionRow(
    "reporters", "how much came to the door in a month", "that month", RetentionEnd.ERASED,
    "a year is compared with two before it", timedelta(days=3 * 366),
)  # fmt: skip
THREAT = RetentionRow(
    "safety",
    "a report of a threat against a colleague",
    "it was closed",
    RetentionEnd.DECIDED,
    PRACTICE,
    timedelta(days=730),
)
STAY_SHEET = RetentionRow(
    "shelter", "the sheet of a stay", "the person left, or came not at all", RetentionEnd.SHREDDED,
    f"long enough to be asked about a stay; {PRACTICE}", timedelta(days=90),
)  # fmt: skip
STAY_OF_ERASED_CASE = RetentionRow(
    "shelter", "the row of a stay whose case was erased (at most; each goes on a day of its own)", "the erasing",
    RetentionEnd.ERASED, "no date joins it with an erased case", timedelta(days=5),
)  # fmt: skip

# -- programmes --------------------------------------------------------------------------------

DIALOGUE = RetentionRow(
    "diplomacy", "a dialogue with authorities", "it was closed", RetentionEnd.DECIDED,
    "others build on what was agreed", timedelta(days=5 * 365),
)  # fmt: skip
DIALOGUE_ABOUT_PERSON = RetentionRow(
    "diplomacy", "a dialogue about one person", "it was closed", RetentionEnd.DECIDED,
    "one person is pointed to even without a name", timedelta(days=365),
)  # fmt: skip
DOCUMENT_UNFINISHED = RetentionRow(
    "library", "pieces of a document that never came whole", "the day on which it began to come", RetentionEnd.ERASED,
    "a slow line may take a night", timedelta(days=1),
)  # fmt: skip
COURSE_NAMES = RetentionRow(
    "training", "names of participants who are no volunteers, and on certificates", "the course ended, or the "
    "certificate ran out", RetentionEnd.COUNTED, PRACTICE, months=12,
)  # fmt: skip
CERTIFICATE_NAMES = RetentionRow(
    "training",
    "the name on a certificate that names no end",
    "its day",
    RetentionEnd.COUNTED,
    PRACTICE,
    months=36,
)
LIST_ON_PHONE = RetentionRow(
    "training", "the list of a session on a trainer’s telephone", "it was taken along", RetentionEnd.SHREDDED,
    "a telephone that is lost holds nothing that reads", timedelta(days=7),
)  # fmt: skip
VOLUNTEER = RetentionRow(
    "volunteers", "a volunteer who left", "the day of leaving", RetentionEnd.ERASED,
    "the country’s rule sheet; with a file, a focal point decides", rule="retention_volunteer",
)  # fmt: skip
VOLUNTEER_REFUSED = RetentionRow(
    "volunteers", "a request to join that was refused", "its refusal",
    RetentionEnd.ERASED, PRACTICE, timedelta(days=90),
)  # fmt: skip
VOLUNTEERS_JOINED = RetentionRow(
    "volunteers", "two rows of one volunteer from before they were joined", "the joining", RetentionEnd.ERASED,
    "so long it can be taken back", timedelta(days=30),
)  # fmt: skip
VOLUNTEERS_TABLE = RetentionRow(
    "volunteers", "a table of volunteers with which nobody went on, and its report", "it was brought",
    RetentionEnd.SHREDDED, "long enough to finish bringing it in", timedelta(days=30),
)  # fmt: skip
CALL_OUT = RetentionRow(
    "volunteers", "a call-out, its places and answers", "its day", RetentionEnd.ERASED,
    "it says who was where when", timedelta(days=90),
)  # fmt: skip

TABLE = tuple(row for row in tuple(globals().values()) if isinstance(row, RetentionRow))
