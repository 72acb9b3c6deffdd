"""What counts when, on the hotline. Plain Python: no database, no clock, no request."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from panah.ground.foundation import retention
from panah.ground.names.find import fold_key

SILENT_AFTER = timedelta(minutes=10)
# A field keeps its last versions, so that a colleague's slower page is merged with what she really saw.
KEPT_VERSIONS = 30
TRIES = 3
# A contact in danger, or one that was promised a call-back, is decided about so soon after its end, and looked at
# again no later than this.
DECIDE_WITHIN = timedelta(minutes=15)
DECIDE_AGAIN_WITHIN = timedelta(days=2)
# Before a contact that became no case goes, it is announced.
ANNOUNCED_BEFORE = timedelta(days=14)
# So many last digits are a telephone: how a country or a trunk is dialled before them makes no other one.
DIGITS_OF_A_PHONE = 8
FEWEST_DIGITS = 6
# A press by mistake is taken back within a day; later, what was decided for both stands.
UNJOIN_WITHIN = timedelta(days=1)
# What a person may need as proof: for a claim, against a punishment, in court.
PROOF_TOPICS = frozenset({"trafficking", "work", "violence", "crime", "armed"})


def back_due(when: str, *, now: datetime, time_zone: str) -> datetime:
    """When a call-back is due, from a word such as ``15min`` or ``morning`` (local time of the society).

    An unknown or empty word means in an hour: a call-back without a time must not be lost.
    """
    local = now.astimezone(ZoneInfo(time_zone))
    if when == "15min":
        return now + timedelta(minutes=15)
    hours = {"evening": (0, 19), "morning": (1, 9), "tomorrow_evening": (1, 19)}.get(when)
    if hours is None:
        return now + timedelta(hours=1)
    days, hour = hours
    due = datetime.combine(local.date() + timedelta(days=days), time(hour), tzinfo=local.tzinfo)
    return due if due > now else due + timedelta(days=1)


def tries_are_over(*, tried: int, allowed: int) -> bool:
    """Whether no further attempt should be made without deciding anew."""
    return tried >= allowed


def next_try(*, now: datetime, tried: int) -> datetime:
    """When to try again: after an hour, then after four, then on the next day."""
    return now + (timedelta(hours=1), timedelta(hours=4), timedelta(days=1))[min(tried, 2)]


_HOURS = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*(?:-|–|—|to|до)\s*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?(?![\d:]|\.\d)"
)


def safe_from(text: str, *, now: datetime) -> datetime | None:
    """Return when ringing is safe next, by hours in a text ("20:00–22:00", "9-12"): ``now`` where it is safe now.

    None where the text holds no hours that a machine reads, or several. ``now`` and the result are local times.
    """
    spans = _HOURS.findall(text)
    if len(spans) != 1:
        return None
    (hour, minute, last_hour, last_minute) = spans[0]
    begins = timedelta(hours=int(hour), minutes=int(minute or 0))
    ends = timedelta(hours=int(last_hour), minutes=int(last_minute or 0))
    if ends <= begins:
        # Over midnight.
        ends += timedelta(days=1)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for start in (day - timedelta(days=1), day, day + timedelta(days=1)):
        if now < start + ends:
            return max(now, start + begins)
    return None


def too_early(text: str, *, now: datetime) -> bool:
    """Say whether by the hours in a text ringing is not safe now: local time."""
    safe = safe_from(text, now=now)
    return safe is not None and safe > now


@dataclass
class MergedDraft:
    """The outcome of a save: the new history of each field, what changed, and where two disagree."""

    history: dict[str, list[list[Any]]]
    changed: dict[str, object] = field(default_factory=dict)
    # field -> (theirs, which stays; mine, which is kept beside it)
    conflicts: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def merge(
    history: Mapping[str, list[list[object]]],
    mine: Mapping[str, object],
    *,
    based_on: int,
    version: int,
    tab: str,
    who: str,
    at: str,
    empty: Mapping[str, object],
) -> MergedDraft:
    """Merge what one page sends into what is kept, field by field.

    ``history`` is field -> [[version, value, tab, who, at], …], oldest first. ``based_on`` is the version that
    the page was made from, ``tab`` names the page, ``version`` is the one about to be written. A field which
    this page did not touch keeps a colleague's newer value; where both touched it, the colleague's stays and
    this page's is a conflict, for the caller to keep beside it.
    """
    out = MergedDraft({name: list(entries) for name, entries in history.items()})
    for name, value in mine.items():
        entries = out.history.get(name, [])
        now = entries[-1][1] if entries else empty.get(name, "")
        if value == now:
            continue
        seen = _seen(entries, based_on, tab, empty.get(name, ""))
        foreign = bool(entries) and entries[-1][0] > based_on and entries[-1][2] != tab
        if foreign and value == seen:
            continue
        if foreign:
            out.conflicts[name] = (now, value)
            continue
        out.history[name] = [*entries, [version, value, tab, who, at]][-KEPT_VERSIONS:]
        out.changed[name] = value
    return out


def _seen(entries: Iterable[list[Any]], based_on: int, tab: str, empty: Any) -> Any:
    seen = empty
    for number, value, by_tab, *_rest in entries:
        if number <= based_on or by_tab == tab:
            seen = value
    return seen


def current(history: Mapping[str, list[list[object]]]) -> dict[str, Any]:
    """The newest value of each field."""
    return {name: entries[-1][1] for name, entries in history.items() if entries}


type History = Mapping[str, list[list[Any]]]


def was_in_danger(history: History, *, urgency: str, paged: bool) -> bool:
    """Whether danger was told, seen or called: once said it counts, also where it was taken back later."""
    answers = {name: [entry[1] for entry in entries] for name, entries in history.items()}
    emergency = any(
        value not in ("", "none")
        for name, values in answers.items()
        if name.startswith("e_")
        for value in values
    )
    was_told = "yes" in answers.get("danger", ()) or "now" in answers.get("urgency", ())
    return paged or urgency == "now" or was_told or emergency


def wants_call_back(values: Mapping[str, Any]) -> bool:
    """Whether a call-back was agreed on, or wanted should the line break."""
    exact = any((values.get("back_at") or {}).values())
    chosen = "call_back" in (values.get("ends") or ()) or bool(values.get("back_when"))
    return values.get("cut_off") == "yes" or chosen or exact


def ringing_is_safe(values: Mapping[str, object]) -> bool:
    """Whether the person said that ringing is safe: the telephone may lie in the pocket of whoever is the danger."""
    safe, later = values.get("safe_back"), values.get("c_back")
    if later == "no" or safe in ("no", "unknown"):
        return False
    return safe == "yes" or (later == "yes" and values.get("cut_off") != "no")


def reopens_decision(changed: Mapping[str, Any]) -> bool:
    """Whether answers that were just typed into a contact that has ended make somebody decide anew."""
    danger = was_in_danger({n: [[0, v]] for n, v in changed.items()}, urgency="", paged=False)
    return danger or wants_call_back(changed) or "case" in (changed.get("ends") or ())


@dataclass(frozen=True)
class ContactSummary:
    """What a contact tells about what must follow. ``unknown``: nobody has read it, so something must."""

    danger: bool = False
    back: bool = False
    case: bool = False
    safe: bool = False
    unknown: bool = False
    held: bool = False

    def must_be_decided(self, *, call_back_planned: bool) -> bool:
        """Whether somebody decides what happens next. A planned call-back decides it, but in danger only a safe one."""
        if self.case or self.unknown or self.held:
            return True
        if call_back_planned and (self.safe or not self.danger):
            return False
        return self.danger or self.back


def phone_key(number: str) -> str:
    """What a telephone number is found again by, however it is written; empty where it is none."""
    digits = "".join(str(int(digit)) for digit in number if digit.isdecimal())
    return digits[-DIGITS_OF_A_PHONE:] if len(digits) >= FEWEST_DIGITS else ""


def name_key(word: str) -> str:
    """What the word a person goes by is found again by, in either script; empty for one without sounds."""
    return " ".join(sound.split("|")[0] for sound in fold_key(word).lower().split())


def may_unjoin(*, joined_at: datetime, now: datetime) -> bool:
    """Whether two contacts that were joined can still be parted."""
    return now - joined_at <= UNJOIN_WITHIN


def may_join_case(values: Mapping[str, object]) -> bool:
    """Whether what was said on a joined call may go into the person's case: not where no notes were wanted."""
    return values.get("c_note") != "no"


def may_decide_to_give(*, basis: str, lawyer: str, reason: str) -> bool:
    """Whether a colleague may decide to hand something over: on a ground, with a lawyer's advice, saying why."""
    return basis in ("consent", "order") and lawyer == "yes" and bool(reason.strip())


def may_hand_to_authority(*, decisions: Iterable[str], bases: Iterable[str], lawyer_asked: bool) -> bool:
    """Data leaves for an authority only when two said yes, both see a ground for it, and a lawyer was asked."""
    votes = list(decisions)
    both = len(votes) == 2 and all(vote == "give" for vote in votes)
    return both and lawyer_asked and all(basis in ("consent", "order") for basis in bases)


def asks_if_person_hears(answers: Iterable[Mapping[str, str]]) -> bool:
    """Whether an authority got nothing, and nobody has said whether the person should hear that it asked."""
    votes = list(answers)
    if any(vote.get("handed_over") or vote.get("person_told") == "yes" for vote in votes):
        return False
    return not any(vote.get("hears") in ("nobody", "case") for vote in votes)


def is_untold(answers: Iterable[Mapping[str, str]]) -> bool:
    """Whether something was handed over, the person does not know it yet, and no two decided that it is not told."""
    votes = list(answers)
    settled = any(vote.get("person_told") == "yes" or vote.get("hears") == "case" for vote in votes)
    return any(vote.get("handed_over") for vote in votes) and not settled


def heard_by_case(decided: Iterable[str]) -> str:
    """What the cases with which a request is linked say: ``told``, ``withheld``, ``open``; "" where there is none."""
    decisions = list(decided)
    if not decisions:
        return ""
    return "open" if "" in decisions else "told" if "told" in decisions else "withheld"


def erase_on(*, ended: date, ruled: date | None, kept_until: date | None, today: date) -> date | None:
    """The day on which a contact goes; None while it is more than the time of announcing away.

    ``ruled`` is the last day by the rule sheet (None: no sheet says it), ``kept_until`` a colleague's decision.
    Never sooner than the announcement allows, also where a rule or a worker comes late.
    """
    last = ruled or ended + retention.CONTACT.period
    day = max(last, kept_until or last) + timedelta(days=1)
    if day - today > ANNOUNCED_BEFORE:
        return None
    return max(day, today + ANNOUNCED_BEFORE)


def may_be_proof(*, topics: Iterable[str], told: bool, urgency: str, age_group: str) -> bool:
    """Whether a person decides instead of the clock: exploitation, violence, forced crime, a *yes*, danger, a child."""
    return told or urgency == "now" or age_group == "child" or bool(PROOF_TOPICS & set(topics))


# -- family links across a border ------------------------------------------------------------------


# A number as it is dialled from abroad, with what people write between its digits.
DIALLED_ABROAD = re.compile(r"\+[0-9][0-9 ()-]{4,28}")

# Somebody who waits in a chat: after this a second colleague is called, and she reads the truth and the numbers.
CHAT_LATE_AFTER = timedelta(minutes=3)
# She was asked to wait no longer than this; then the page says only that nobody has answered, and whom to ring.
CHAT_UNANSWERED_AFTER = timedelta(minutes=10)


def speaks(spoken: Iterable[str], language: str) -> bool:
    """Whether a language is among these, in whatever script it is read."""
    return bool(language) and language.split("-")[0] in {tongue.split("-")[0] for tongue in spoken}


# So many chats of an hour that say danger page by themselves; those after them join one page-out, again once it was
# answered and so much time has gone.
DANGER_CHATS_AN_HOUR = 5
PAGE_OUT_AGAIN_AFTER = timedelta(minutes=3)


def pages_alone(*, put_off: bool, alarms_of_the_hour: int) -> bool:
    """Whether a chat that says danger calls somebody by itself, or joins the one page-out of a flood."""
    return not put_off and alarms_of_the_hour < DANGER_CHATS_AN_HOUR


def may_page_out(*, raised: datetime | None, now: datetime) -> bool:
    """Whether the page-out of a flood may call again; while nobody has answered it, nothing new is raised anyway."""
    return raised is None or now - raised >= PAGE_OUT_AGAIN_AFTER


def chat_is_late(*, since: datetime, now: datetime) -> bool:
    """Whether somebody has waited so long in a chat that a second colleague is called."""
    return now - since >= CHAT_LATE_AFTER


# So long a call for help from a society whose night is covered is worth waking somebody.
RING_LASTS = timedelta(minutes=30)
# However many alarms nobody answers, one call in so long a time.
RING_AGAIN_AFTER = timedelta(minutes=9)


def in_hours(begins: time, ends: time, *, moment: datetime, time_zone: str) -> bool:
    """Say whether hours of a day, over midnight too, hold a moment; local time of the society that is covered."""
    local = moment.astimezone(ZoneInfo(time_zone)).time()
    return begins <= local < ends if begins < ends else local >= begins or local < ends
