"""What of a case's sealed parts is told to the person: every field, in the order in which it is read aloud.

Registered in ``hooks.py``. A field that is missing here fails a test, and is withheld until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.kit import dates
from panah.ground.kit.languages import language_name
from panah.ground.network.words import country_name
from panah.ground.vault.keyring import Keyring
from panah.ground.work.told_parts import (
    COLLEAGUES,
    FOR_THE_TEAM,
    OTHERS,
    Asking,
    HandedIn,
    Kept,
    PlainRow,
    ReadablePart,
    ToldField,
    ToldPart,
    Words,
    colleague,
    disclosed,
    inside,
    language,
    marks,
    when_asked,
    whole,
    withheld,
)
from panah.ground.work.words import AgeGroup, Urgency
from panah.people.cases.models import Case
from panah.people.cases.queries import sealed_age, supervision_files
from panah.people.cases.queries.asked_after import asked_after
from panah.people.cases.rules import hears
from panah.people.cases.told.about_help import (
    CLOCK,
    CLOSING,
    CONFERENCE,
    FOLLOW_UP,
    HEARD,
    MEANS,
    NEED,
    ON_PAPER,
    PLAN,
    REINTEGRATION,
    RISK,
    SAFETY,
    SERVICE,
    WORKING_LABEL,
)
from panah.people.cases.told.about_person import CHILD, DETENTION, DOCUMENT, EPISODE, IDENTITY, STAGE
from panah.people.cases.words import AskedKind, CasePart, CaseState, Hears, codes, detention, documents, terms
from panah.people.consent import queries as consent_queries


def coded_answers(value: Kept) -> Iterator[tuple[str, str]]:
    """Every field of the book of codes that was answered, in the order of the book."""
    for name, field in codes.book().fields.items():
        answer = value.get(name) or {}
        labels = "; ".join(codes.say_value(field, each) for each in answer.get("values", ()))
        yield str(field.label), labels or str(answer.get("answer", ""))


ASKED_AFTER = ToldPart(
    _("Who asked after you"),
    {
        "kind": disclosed(_("Who"), AskedKind),
        "on": disclosed(_("When")),
        "who": disclosed(_("Who asked")),
        "what": disclosed(_("What was asked")),
        "votes": inside(
            {
                "says": disclosed(_("What two people decided"), Hears),
                "at": disclosed(_("Decided on")),
                "why": withheld(_("Why it was decided so"), FOR_THE_TEAM),
                "by": withheld(_("Who decided"), COLLEAGUES),
            }
        ),
        **marks("request", "number"),
    },
    handed_in=True,
)
# What lists show of a case, in plain.
ROW = "case"

SHEETS: dict[str, ToldPart] = {
    ROW: ToldPart(
        _("The case"),
        {
            "number": disclosed(_("Number")),
            "opened": disclosed(_("Opened on")),
            "state": disclosed(_("Progress"), CaseState),
            "language": disclosed(_("Language"), language),
            "age": disclosed(_("Age"), AgeGroup),
            "urgency": disclosed(_("How urgent"), Urgency),
            "closed": disclosed(_("Closed on")),
        },
        handed_in=True,
    ),
    CasePart.IDENTITY: IDENTITY,
    CasePart.EPISODE: EPISODE,
    CasePart.NEED: NEED,
    CasePart.PLAN: PLAN,
    CasePart.SERVICE: SERVICE,
    CasePart.MEANS: MEANS,
    CasePart.HEARD: HEARD,
    CasePart.RISK: RISK,
    CasePart.SAFETY: SAFETY,
    CasePart.STAGE: STAGE,
    CasePart.CHILD: CHILD,
    CasePart.CLOCK: CLOCK,
    CasePart.DETENTION: DETENTION,
    CasePart.DOCUMENT: DOCUMENT,
    CasePart.FOLLOW_UP: FOLLOW_UP,
    CasePart.REINTEGRATION: REINTEGRATION,
    CasePart.CLOSING: CLOSING,
    CasePart.ON_PAPER: ON_PAPER,
    CasePart.WORKING_LABEL: WORKING_LABEL,
    CasePart.ASKED_AFTER: ASKED_AFTER,
    CasePart.CODES: ToldPart(_("Answers from a list"), rows=coded_answers),
    CasePart.CONFERENCE: CONFERENCE,
    CasePart.NOTE: whole(_("Notes of the team for itself"), FOR_THE_TEAM),
    CasePart.SUPERVISION: whole(_("Supervision: about the work of colleagues"), COLLEAGUES),
    CasePart.LINK: whole(_("Links to the cases of other people"), OTHERS, waits=True),
}
# Of the files of events and households, in which no one person's words lie.
IN_OTHER_FILES = (CasePart.MEMBER, CasePart.ABOUT)


def handed_in(asking: Asking, keys: Keyring | None) -> Iterator[HandedIn]:
    """The row of the case, and how much supervision there was: it lies in files that not everyone opens."""
    if asking.about != "case":
        return
    for row in Case.objects.filter(pk=asking.pk):
        value = {
            "number": row.number,
            "opened": _day(row.opened_at),
            "state": row.state,
            "language": row.language,
            "age": row.age_group,
            "urgency": row.urgency,
            "closed": _day(row.closed_at),
        }
        yield HandedIn(f"case:{ROW}", [PlainRow(value, row.opened_at)])
    yield HandedIn("case:consent", _consents(asking, keys))
    files = supervision_files(file=asking.file)
    yield HandedIn(
        f"case:{CasePart.SUPERVISION}", [PlainRow({"said": True}, timezone.now()) for _file in files]
    )
    for part in asked_after(keys=keys, file=asking.file):
        yield _asked_after(part)


def _asked_after(part: ReadablePart) -> HandedIn:
    """Told or not as two people decided; where they have not, that is said."""
    votes: list[dict[str, str]] = list(part.value["votes"])  # type: ignore[call-overload]
    decided, name = hears(votes), f"case:{CasePart.ASKED_AFTER}"
    if decided == Hears.TOLD:
        return HandedIn(name, [part])
    if decided == Hears.WITHHELD:
        day = dates.day(max(datetime.fromisoformat(vote["at"]) for vote in votes))
        sentence = gettext("A request that names you is not told: two people decided it on %(day)s.")
        return HandedIn(name, [], [sentence % {"day": day}])
    waits = gettext("A request names you. Two people still have to decide whether it is told.")
    return HandedIn(name, [], [waits])


def _day(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _consents(asking: Asking, keys: Keyring | None) -> list[PlainRow]:
    """What was answered, each yes that does not count yet with what it lacks, by the age that is sealed."""
    answers = consent_queries.answers(keys=keys, file=asking.file)
    # Asked only where somebody answered.
    age = sealed_age(keys=keys, file=asking.file) if answers else AgeGroup.UNKNOWN
    found = []
    for one in answers:
        lacks = consent_queries.lacks(
            keys=keys, file=asking.file, answer=one.consent, on=timezone.localdate(), age_group=age
        )
        found.append(PlainRow({**one.kept, "lacks": lacks}, one.sealed.at))
    return found
