"""Who reads, when an answer is due, what may be told to whom. Plain Python, without clock or rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

# Starting values where no rule sheet says anything: judgement of practice, to be checked by the society (check).
ACKNOWLEDGE_DAYS = 3  # working days
ANSWER_DAYS = 30
# Abuse by somebody who works with us is looked at at once; within two days somebody has seen the person.
URGENT_ANSWER_DAYS = 7
ASK_DAYS = 5

LATE_IN_THE_DAY = time(17, 0)


@dataclass(frozen=True)
class Readers:
    """To whom a matter opens, and why not to the usual ones: "", ``no_officer``, ``leads``, ``nobody`` or ``alone``.

    ``in_doubt``: whom one of its own readers left out. A second one has to say so too (``actions.say_who_is_meant``).
    """

    who: frozenset[UUID]
    instead: str = ""
    in_doubt: frozenset[UUID] = frozenset()


def readers(
    *,
    officers: Collection[UUID],
    second: UUID | None,
    leads: Collection[UUID],
    concerned: Collection[UUID],
    hers: Collection[UUID] = (),
    named: Collection[UUID] = (),
) -> Readers:
    """The data protection officer and the second reader, without anybody it concerns.

    Where neither is left it goes to the focal points whom it does not concern. ``hers``: the accounts that may be those
    of whoever leaves out the others; if she were left alone with it, these focal points read it too, and where she left
    out all of them nobody reads it (*alone*). ``named``: of those concerned, whom the reporter left out herself.
    """
    everybody = (set(officers) | ({second} if second else set())) - set(named)
    may_lead, concerns, her = set(leads) - set(named), set(concerned), set(hers)
    usual, left_out = everybody - concerns, (everybody & concerns) - her
    who = usual or may_lead - concerns
    if left_out and who <= her:
        who |= may_lead - concerns
    if left_out and who and who <= her:
        return Readers(frozenset(), "alone")
    doubt = frozenset(left_out | ((may_lead & concerns) - her)) if left_out and who & her else frozenset()
    if usual:
        return Readers(frozenset(who), "" if set(officers) - concerns else "no_officer", doubt)
    return Readers(frozenset(who), "leads" if who else "nobody", doubt)


def is_urgent(*, about: Iterable[str], danger: str) -> bool:
    """Abuse by staff, or danger that goes on: due at once."""
    return "abuse" in about or danger == "yes"


def after_working_days(day: date, number: int) -> date:
    """Return the day that is so many working days (Monday to Friday) after a day."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


@dataclass(frozen=True)
class Dates:
    acknowledge_by: datetime
    answer_by: datetime


def dates(received: datetime, *, acknowledge_days: int, answer_days: int, urgent: bool = False) -> Dates:
    """When receipt is confirmed and when the answer is due, in the time zone of ``received``.

    Neither ever lies before the matter came in, and the answer never before the receipt. An urgent one is due at once.
    """
    if urgent:
        answer = received.date() + timedelta(days=min(URGENT_ANSWER_DAYS, answer_days))
        return Dates(received, _late(answer, received))
    receipt = after_working_days(received.date(), max(acknowledge_days, 1))
    answer = received.date() + timedelta(days=max(answer_days, 1))
    return Dates(_late(receipt, received), _late(max(receipt, answer), received))


def not_after(due: Dates, promised: date, received: datetime) -> Dates:
    """Return dates none of which is later than the day that the person was promised; none before the matter came."""
    last = _late(promised, received)
    return Dates(min(due.acknowledge_by, last), min(due.answer_by, last))


def _late(day: date, like: datetime) -> datetime:
    return max(datetime.combine(day, LATE_IN_THE_DAY, tzinfo=like.tzinfo), like)


# -- requests about own data ------------------------------------------------------------------------

THE_PERSON = ("person", "appointed", "guardian")
SURE = ("safe_word", "known", "called_back", "paper")


def may_hand_out(*, asker: str, proof: str) -> bool:
    """Say whether anything kept about a person may be told: to the person alone, or who stands for her."""
    return asker in THE_PERSON and proof in SURE


def wants_reason(outcome: str) -> bool:
    """A refusal, whole or in part, is given with its reason and with where to complain."""
    return outcome in ("refused", "in_part")


# -- the life of a matter -----------------------------------------------------------------------------

STEPS: dict[str, tuple[str, ...]] = {
    "acknowledge": ("received",),
    "look": ("received", "acknowledged"),
    "note": ("received", "acknowledged", "looking", "answered", "closed"),
    "ask": ("received", "acknowledged", "looking"),
    "answer": ("received", "acknowledged", "looking"),
    "close": ("answered",),
    "reopen": ("answered", "closed"),
    "erase": ("closed",),
}


def may_step(step: str, state: str) -> bool:
    """Say whether this step can follow a state."""
    return state in STEPS.get(step, ())


def steps_of(state: str) -> Sequence[str]:
    """The steps that can follow a state, in their order."""
    return [step for step, states in STEPS.items() if state in states]
