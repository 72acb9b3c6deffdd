"""Looking, asking, and passing a match on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import search
from panah.ground.vault.actions import cards
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.society_seals import open_with_society_key, seal_to_society_key
from panah.ground.vault.words import KeyKind
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, LazySentence
from panah.people.cases import queries as cases_queries
from panah.people.finding import events, rules
from panah.people.finding.models import Look, Question

if TYPE_CHECKING:
    from panah.people.cases.models import Case

QUESTION = "question"
LOOK = "question"
LOOK_FOR = DueType("finding", LOOK, DueKind.ANSWER, within=timedelta(hours=8))
TELL_WHO_ASKS = DueType("cases", "match", DueKind.DECIDE, within=timedelta(hours=24))
# Seconds that a look waits for cards that are being unlocked: a page, one that asks again, and a comparison.
SOON, LONGER, LONG = 1.2, 10.0, 120.0

# ``(staff=, at=)`` says whether finding is closed for someone now (a call is open).
CLOSED: Registry[Callable[..., bool]] = Registry("when nobody may look for a person")


@dataclass(frozen=True)
class Sought:
    """Who is looked for: a name, and a birth year or a phone's last four digits."""

    name: str
    birth_year: int | None = None
    phone_tail: str = ""

    @property
    def by_name_alone(self) -> bool:
        return self.birth_year is None and not self.phone_tail


@dataclass(frozen=True)
class LocalMatch:
    """A case that may be the person's."""

    case: Case
    score: float
    alike: str
    why: tuple[str, ...]
    year_fits: bool | None
    tail_fits: bool | None


@dataclass(frozen=True)
class Found:
    """The cases that may be the person's, and where not all cards were unlocked yet, how many were looked through.

    ``damaged``: some cards do not open, and were left out.
    """

    matches: list[LocalMatch]
    so_far: search.Progress | None = None
    damaged: bool = False


def must_not_be_on_a_call(keys: Keyring, at: datetime) -> None:
    """Refuse while a call is open: nobody on the line learns whether someone is known."""
    if any(closed(staff=keys.staff, at=at) for closed in CLOSED):
        raise Refusal(
            _("Finding is closed while a call is open."),
            next_step=_("Finish the call first: nobody on the line learns whether someone is known."),
            code="call-open",
        )


def count_look(keys: Keyring, at: datetime) -> None:
    """Refuse while a call is open, and what is looked for too often; count this look."""
    must_not_be_on_a_call(keys, at)
    if rules.too_many(Look.objects.filter(staff=keys.staff, at__gt=at - rules.WINDOW).count()):
        raise Refusal(
            _("You have looked for many people within the hour."),
            next_step=_("Wait a while, or ask a focal point."),
            code="too-many-looks",
            status=429,
        )
    Look.objects.filter(staff=keys.staff, at__lt=at - retention.LOOK.period).delete()
    Look.objects.create(staff=keys.staff, at=at)


def search_locally(*, keys: Keyring, sought: Sought, at: datetime, patience: float = SOON) -> Found:
    """Look through all cards if the search key is held, else through one's own cases.

    A name alone finds too many among all: it is looked for among the cases in one's own hands. Whoever looks while the
    cards are still being unlocked is answered from those that are, once ``patience`` in seconds is over.
    """
    # Three steps on purpose: while cards are unlocked, nobody else waits for her to have finished writing.
    with transaction.atomic():
        count_look(keys, at)
    looks_further = keys.holds(KeyKind.SEARCH) and not sought.by_name_alone
    found = _all_cards(keys, sought, at, patience) if looks_further else Found(_own_cases(keys, sought))
    with transaction.atomic():
        audit.record(event=events.LOOKED, by=keys.staff, at=at, facts={"matches": len(found.matches)})
    return found


def search_all_cards(keys: Keyring, sought: Sought, at: datetime) -> list[LocalMatch]:
    """Return the matches among all cards of the society; the caller has checked that she may look."""
    found = _all_cards(keys, sought, at, LONG)
    found = _in_this_process(keys, sought, at) if found.so_far else found
    if found.damaged:
        raise Refusal(
            _("Some cards do not open: they were changed or damaged where they are stored."),
            next_step=_(
                "Tell the administrator: the disks need looking at. What the cards said still stands in the cases: "
                "ask those who hold them."
            ),
            code="cards-damaged",
        )
    return found.matches


def _all_cards(keys: Keyring, sought: Sought, at: datetime, patience: float) -> Found:
    # The process that holds them unlocked rewrites away by itself what must go.
    told = search.find_unlocked(
        keys=keys,
        name=sought.name,
        birth_year=sought.birth_year,
        phone_tail=sought.phone_tail,
        at=at,
        patience=patience,
    )
    if told is None:
        return _in_this_process(keys, sought, at)
    matches, progress = told
    return Found(_with_cases(keys, matches), None if progress.whole else progress, progress.damaged)


def _in_this_process(keys: Keyring, sought: Sought, at: datetime) -> Found:
    # A holder is here: cards that must go are rewritten away now, not on day 13 by the host.
    tidied = cards.wants_compacting(society=keys.staff.society_id, kind=cards.SEARCH)
    if tidied:
        cards.compact(keys=keys, kind=cards.SEARCH)
    found, damaged = search.find(
        fresh=tidied,
        keys=keys,
        name=sought.name,
        birth_year=sought.birth_year,
        phone_tail=sought.phone_tail,
        at=at,
    )
    return Found(_with_cases(keys, found), damaged=damaged)


def unlocking(*, keys: Keyring, at: datetime) -> search.Progress | None:
    """Return how far the cards are unlocked, for those who hold the search key; None when all are, or none need be."""
    progress = search.progress(keys=keys, at=at) if keys.holds(KeyKind.SEARCH) else None
    return None if progress is None or progress.whole else progress


def _own_cases(keys: Keyring, sought: Sought) -> list[LocalMatch]:
    own = cases_queries.visible(to=keys.staff)
    if keys.holds(KeyKind.SEARCH):
        # She can open every case of the society; her own are those in her hands.
        own = own.filter(owner=keys.staff)
    files = list(own.values_list("file_id", flat=True)[:2000])
    kept = vault_queries.read_whole(keys=keys, files=files, part="cards")
    finder = search.finder_of(one["value"] for k in kept.values() for one in k.value.get("search", []))
    found = finder.find(sought.name, birth_year=sought.birth_year, phone_tail=sought.phone_tail)
    return _with_cases(keys, [search.as_match(one) for one in found])


def _with_cases(keys: Keyring, found: list[search.SearchMatch]) -> list[LocalMatch]:
    likely = [f for f in found if f.score >= rules.SHOWN_FROM or f.tail_fits]
    rows = {
        c.number: c
        for c in cases_queries.visible(to=keys.staff).filter(number__in=[f.number for f in likely])
    }
    return [
        LocalMatch(rows[f.number], f.score, rules.likeness(f.score), f.why, f.year_fits, f.tail_fits)
        for f in likely
        if f.number in rows
    ]


@transaction.atomic
def ask(*, keys: Keyring, sought: Sought, at: datetime) -> Question:
    """Let a question beyond one's own cases wait, sealed to the search key, on the focal points' list."""
    society = keys.staff.society_id
    question = Question.objects.create(society_id=society, asked_by=keys.staff, asked_at=at)
    body = json.dumps([sought.name, sought.birth_year, sought.phone_tail], ensure_ascii=False).encode()
    blob = seal_to_society_key(keys, KeyKind.SEARCH, body, QUESTION, question.pk)
    vault.store_blob(kind=QUESTION, key=question.pk, sealed=blob, society=society)
    work.due_for_focal_points(LOOK_FOR, question, at=at)
    audit.record(event=events.ASKED, by=keys.staff, at=at)
    return question


def sought_in(*, keys: Keyring, question: Question) -> Sought | None:
    """Return what a question asks, for those who hold the search key."""
    blob = vault.load_blob(kind=QUESTION, key=question.pk)
    if blob is None:
        return None
    plain = open_with_society_key(keys, KeyKind.SEARCH, blob, QUESTION, question.pk)
    return None if plain is None else Sought(*json.loads(plain))


@transaction.atomic
def close_question(*, keys: Keyring, question: Question, pass_to: list[UUID], at: datetime) -> None:
    """Close a question: chosen matches go to the holders of those cases, who decide; what was asked is destroyed."""
    for case in cases_queries.visible(to=keys.staff).filter(pk__in=pass_to):
        work.due(
            TELL_WHO_ASKS,
            DueSubject(
                case.society_id,
                case.pk,
                file=case.file_id,
                owner=case.owner,
                branch=case.branch,
                number=case.number,
                age_group=case.age_group,
            ),
            keys=keys,
            sentence=LazySentence(
                _("%(who)s asks about someone who may be this person: decide whether to answer"),
                who=question.asked_by.name,
            ),
            at=at,
        )
        audit.record(event=events.TOLD, by=keys.staff, at=at, about=case.file_id)
    vault.destroy(kind=QUESTION, keys=[question.pk])
    Question.objects.filter(pk=question.pk).update(looked_at=at, looked_by=keys.staff)
    work.complete_for(subject=question.pk, purpose=LOOK, by=keys.staff, at=at)
    audit.record(event=events.ANSWERED, by=keys.staff, at=at)
