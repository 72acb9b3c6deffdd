"""When a consent counts. Plain Python: no clock, no database, no request."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from uuid import UUID, uuid5

type Age = Literal["unknown", "adult", "child"]
type GuardianWhy = Literal["", "needs_guardian", "guardian_may_be_involved"]
# Why something may leave or not; "" where nothing is missing on a guardian's side.
type Why = Literal[
    "",
    "covered",
    "not_as_written",
    "asked_before_restore",
    "not_asked",
    "refused",
    "not_now",
    "withdrawn",
    "expired",
    "not_told",
    "needs_guardian",
    "guardian_may_be_involved",
    "fields",
]

# What must have been told before something may leave for others. Research is asked by itself.
MUST_BE_TOLD = ("interview", "purpose_told", "uses_told", "own_data_told", "storage_told", "withdrawal_told")
LEAVES = ("partner", "cross_border", "known_there")
OTHER = "other"
LONGEST = timedelta(days=366)
# Of an answer that is no yes, or one no more.
NO_YES = ("refused", "not_now", "withdrawn", "expired")
GUARDIAN_AGREES = ("agrees", "representative")


@dataclass(frozen=True)
class Consent:
    """One answer of a person: for what, for whom, which fields, until when.

    ``said`` yes | no | later. ``receiver`` is the id of a society or service, "" for ourselves.
    """

    purpose: str
    said: str
    receiver: str = ""
    fields: frozenset[str] = frozenset()
    seven: dict[str, str] = field(default_factory=dict)
    guardian: str = "not_needed"
    until: date | None = None
    withdrawn_on: date | None = None
    ref: str = ""
    order: int = 0


@dataclass(frozen=True)
class ConsentVerdict:
    """Whether a purpose is covered, and why; ``missing`` are the fields not agreed to."""

    allowed: bool
    why: Why
    ref: str = ""
    missing: frozenset[str] = frozenset()


# By which an authority is known that stands in no list, a line for each language: English, Russian, Kazakh, Kyrgyz,
# Tajik, Uzbek, Turkmen, Turkish.
# A consultation is no consulate, and a border town no border guard.
CONSULATES = (
    r"consul(?!t)|embass",
    r"консул(?!ьт)|посольств",
    "елшілі",
    "элчили",
    "сафорат",
    r"konsul(?!t)|el(?:ch|ç)ixona|элчихона",
    "il[cç]ihana",
    "el[cç]ili[kğg]|konsolos",
)
POLICE = (
    "police|militia|border guard|migration service|internal affairs",
    "полици|милици|погранич|миграционн|внутренних дел",
    "шекара қызмет|шекарашы|көші-қон|ішкі істер",
    "чек ара кызмат|чек арачы|миграция кызмат|ички иштер",
    "милитсия|пулис|сарҳадбон|марзбон|хадамоти (сарҳад|муҳоҷират)|корҳои дохилӣ",
    "politsiya|militsiya|(chegara|migratsiya) xizmat|ichki ishlar|(чегара|миграция) хизмат|ички ишлар",
    r"\bpolis|milisi[ýy]a|serhet[cç]i|(serhet|migrasi[ýy]a) gullu|i[cç]eri i[sş]ler",
    r"emniyet müdür|jandarma|s[ıi]n[ıi]r muhaf[ıi]z|g[öo][cç] idare",
)


def authority_named(name: str) -> str:
    """Return "consulate" or "police" when a name says so, else ""."""
    # A Turkish capital I keeps its dot apart when it becomes small.
    lower = name.casefold().replace("\N{COMBINING DOT ABOVE}", "")
    if re.search("|".join(CONSULATES), lower):
        return "consulate"
    return "police" if re.search("|".join(POLICE), lower) else ""


def receiver_key(receiver: str, name: str, *, file: UUID) -> str:
    """Return by what a receiver is found again: who stands in no list is one of its own by the name that was told.

    A yes for one such receiver is none for another. The key is of this file: elsewhere it says nothing.
    """
    if receiver != OTHER:
        return receiver
    return f"{OTHER}:{uuid5(file, ' '.join(name.casefold().split()))}"


def informed(consent: Consent) -> bool:
    """Say whether everything was told: *unknown* and *not asked* are not *yes*."""
    return all(consent.seven.get(name) == "yes" for name in MUST_BE_TOLD)


def guardian_holds(consent: Consent, age: Age, *, involved: bool = False) -> GuardianWhy:
    """Return "" if nothing is missing on a guardian's side, else the code of what is.

    In doubt a child. A guardian who may be involved neither consents nor is notified, so that only an
    appointed representative can agree with the child.
    """
    if age != "adult" and involved and consent.guardian == "agrees":
        return "guardian_may_be_involved"
    if age == "adult" or consent.guardian in GUARDIAN_AGREES:
        return ""
    return "guardian_may_be_involved" if consent.guardian == "may_be_involved" else "needs_guardian"


def current(consents: Iterable[Consent], *, purpose: str, receiver: str = "") -> Consent | None:
    """Return the latest answer for a purpose and receiver: the last word counts, whatever it is."""
    fitting = [c for c in consents if c.purpose == purpose and c.receiver == receiver]
    return max(fitting, key=lambda c: c.order, default=None)


def may_share(
    consents: Iterable[Consent],
    *,
    purpose: str,
    on: date,
    age: Age,
    receiver: str = "",
    fields: Iterable[str] = (),
    involved: bool = False,
) -> ConsentVerdict:
    """Say whether these fields may go to this receiver for this purpose on this day.

    ``involved``: it is known by now that the guardian may be involved; what she agreed to does not count.
    """
    answer = current(consents, purpose=purpose, receiver=receiver)
    if answer is None:
        return ConsentVerdict(False, "not_asked")
    why = why_not(answer, on=on, age=age, involved=involved)
    if why:
        return ConsentVerdict(False, why, answer.ref)
    missing = frozenset(fields) - answer.fields
    if purpose in LEAVES and missing:
        return ConsentVerdict(False, "fields", answer.ref, missing)
    return ConsentVerdict(True, "covered", answer.ref)


def why_not(answer: Consent, *, on: date, age: Age, involved: bool = False) -> Why:
    """Return "" where an answer is a yes that counts on this day, else the code of why it does not.

    A child's yes counts once somebody who may agree for the child did. Where it is not known whether this is a child
    and nobody was found who could agree, only what goes to others waits for it.
    """
    if answer.withdrawn_on is not None:
        return "withdrawn"
    if answer.said != "yes":
        return "refused" if answer.said == "no" else "not_now"
    if answer.until is not None and on > answer.until:
        return "expired"
    missing = guardian_holds(answer, age, involved=involved)
    if answer.purpose in LEAVES:
        return missing or ("" if informed(answer) else "not_told")
    return "" if age == "unknown" and missing == "needs_guardian" else missing
