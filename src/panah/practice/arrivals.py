"""What arrived sealed on a practice node: one that waits, one that is urgent, one that was opened. All invented."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from panah.ground.audit import actions as audit
from panah.ground.exchange.envelope import Header
from panah.ground.vault.sealed_body import seal_body
from panah.ground.vault.words import KeyKind
from panah.people.inbox import actions as inbox
from panah.people.inbox.words import Source
from panah.practice.cast import Practice

OPENER = "elena"


def build(practice: Practice) -> None:
    """Let three things arrive at North: a report of the public page, a form from the field, and one that is opened."""
    if not practice.has(OPENER):
        return
    at = practice.at
    _arrives(
        practice, kind="report", source=Source.WEB, urgency="today", ago=timedelta(minutes=50),
        content={
            "person": {
                "names": ["Practice Person Willow"], "phones": ["0 000 000 09 21"], "language": "uz",
                "age_group": "unknown",
                "story": "Practice: picks cotton for a man who keeps the papers of six people. Nobody was paid "
                "since August. Can be called after dark, when the others sleep.",
            },
            "place": "Practice: the third farm behind the canal",
            "wish": "Papers back, and the way home",
        },
    )  # fmt: skip
    _arrives(
        practice, kind="field-form", source=Source.FIELD, urgency="week", ago=timedelta(hours=6),
        content={
            "person": {
                "names": ["Practice Person Alder"], "language": "ru", "age_group": "adult",
                "story": "Practice: heard of a job at sea at the meeting, wants to know whether it is real.",
            },
            "place": "Practice: school of Besh, meeting of mothers",
        },
    )  # fmt: skip
    read = _arrives(
        practice, kind="report", source=Source.WEB, urgency="today", ago=timedelta(hours=3),
        content={
            "person": {"language": "kk", "story": "Practice: asks whether an agency in the south is honest."}
        },
    )  # fmt: skip
    inbox.open_arrival(
        keys=practice.keys(OPENER), arrival=read, by=practice.staff[OPENER], at=at - timedelta(hours=2)
    )


def _arrives(
    practice: Practice, *, kind: str, source: Source, urgency: str, ago: timedelta, content: dict[str, object]
) -> Any:
    """Seal it as whoever sends it would, and take it in as it comes."""
    at = practice.at - ago
    north = practice.staff[OPENER].society
    key = practice.keys(OPENER).society_key(KeyKind.INTAKE)
    if key is None:
        raise LookupError(KeyKind.INTAKE)
    header = Header(
        id=uuid4(), kind=kind, source="", source_node="", target=north.slug, target_node="", conversation=uuid4(),
        urgency=urgency, created=at, expires=at + timedelta(days=30), to_key=f"intake:{key.generation}",
    )  # fmt: skip
    raw = header.pack()
    arrival = inbox.receive(
        society=north.pk,
        source=source,
        sender=None,
        kind=kind,
        urgency=urgency,
        conversation=header.conversation,
        header=raw,
        body=seal_body(bytes(key.public), content, raw),
        to_key=header.to_key,
        expires_at=header.expires,
        at=at,
    )
    audit.take_up(at=at)
    return arrival
