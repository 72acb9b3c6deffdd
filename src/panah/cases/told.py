"""What of a case's sealed parts is told to the person: every field of every part, in the order in which it is read aloud.

Registered in ``hooks.py``. A field that is missing here fails a test, and is withheld until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.cases.models import Case
from panah.cases.queries import supervision_files
from panah.cases.queries.asked_after import asked_after
from panah.cases.rules import hears
from panah.cases.words import AskedKind, CasePart, CaseState, Hears, codes, detention, documents, terms
from panah.kit import dates
from panah.kit.languages import language_name
from panah.network.words import country_name
from panah.vault.keyring import Keyring
from panah.work.telling import (
    COLLEAGUES,
    FOR_THE_TEAM,
    OTHERS,
    Asking,
    HandedIn,
    KeptPart,
    PlainRow,
    Sheet,
    ToldField,
    Words,
    colleague,
    inside,
    marks,
    told,
    when_asked,
    whole,
    withheld,
)
from panah.work.words import AgeGroup, Urgency


def country(value: object) -> str:
    return country_name(str(value), get_language() or "en")


def language(value: object) -> str:
    return language_name(str(value), get_language() or "en")


def coded(name: str) -> Words:
    """A code of the book of codes, by its list."""
    return lambda value: codes.label_of(name, str(value))


def coded_answers(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every field of the book of codes that was answered, in the order of the book."""
    for name, one in codes.book().fields.items():
        answer = value.get(name) or {}
        said = "; ".join(codes.say_value(one, each) for each in answer.get("values", ()))
        yield str(one.label), said or str(answer.get("answer", ""))


ON_THE_DAY = told(_("On which day"))
REMARK = told(_("Remark"))
OWN_VIEW = told(_("How you see it"))

IDENTITY = Sheet(
    _("Who you are, as you told it"),
    {
        "names": inside(
            {
                "text": told(_("As written")),
                "kind": told(_("What kind"), terms.NameKind),
                **marks("script", "parts", "of"),
            }
        ),
        "phones": inside(
            {
                "number": told(_("Number")),
                "safe": told(_("Is it safe to call there?"), terms.PhoneSafe),
                "note": when_asked(_("When, who answers")),
                **marks("of"),
            }
        ),
        "papers": inside(
            {
                "kind": told(_("What kind"), terms.PaperKind),
                "number": told(_("Number")),
                "country": told(_("Country"), country),
                "until": told(_("Until")),
                "held_by": told(_("Who has it now?")),
            }
        ),
        "addresses": inside(
            {
                "text": told(_("As written")),
                "country": told(_("Country"), country),
                "note": when_asked(_("Who else lives there")),
                **marks("parts", "of"),
            }
        ),
        "born": told(_("Born")),
        "born_in": told(_("Country of birth"), country),
        "pronoun": told(_("Spoken of as")),
        "contact": told(_("In touch safely")),
        "email": told(_("E-mail")),
    },
)
EPISODE = Sheet(
    _("What has happened, as you told it"),
    {
        "story": told(_("What happened, as told")),
        "began": told(_("From")),
        "ended": told(_("Until")),
        "recruited_in": told(_("Recruited in"), country),
        "through": told(_("Through which places")),
        "countries": told(_("Where it happened"), country),
        "place": told(_("Place")),
        "types": told(_("What it was"), coded("exploitation")),
        "industry": told(_("Kind of work"), coded("industry")),
        "recruitment": told(_("How you were recruited"), coded("recruitment")),
        "relationship": told(_("Who the recruiter was to you"), coded("relationship")),
        "control": told(_("How you were held"), coded("control")),
        "others": when_asked(_("Were others there?")),
        "people": when_asked(_("Who did it")),
    },
)
NEED = Sheet(
    _("What you need"),
    {
        "type": told(_("What kind"), terms.Assistance),
        "horizon": told(_("When"), terms.Horizon),
        "said": told(_("What was said")),
        "do": told(_("What we do")),
        "who": withheld(_("Who does it"), OTHERS),
        "by": told(_("By when")),
        "state": told(_("Progress"), terms.NeedState),
    },
)
PLAN = Sheet(
    _("The plan"),
    {
        "objectives": told(_("Goals")),
        "own_view": OWN_VIEW,
        "types": told(_("What it was"), coded("support")),
        "until": told(_("Until")),
    },
)
SERVICE = Sheet(
    _("Help that was given"),
    {
        "type": told(_("What kind"), terms.Assistance),
        "what": told(_("What exactly")),
        "given_on": ON_THE_DAY,
        "by": withheld(_("Who gave it"), OTHERS),
        "outcome": told(_("How it went"), terms.ServiceOutcome),
        "own_view": OWN_VIEW,
        **marks("need"),
        "closes_need": told(_("The need is met with this")),
    },
)
MEANS = Sheet(
    _("Money and goods"),
    {
        "kind": told(_("What kind"), terms.MeansKind),
        "what": told(_("What exactly")),
        "amount": told(_("Amount")),
        "currency": told(_("Currency")),
        "mark": told(_("How you signed")),
        "on": ON_THE_DAY,
        "receipt": told(_("Number")),
        "first_at": told(_("Signed by the first colleague")),
        "second_at": told(_("Signed by the second colleague")),
        "void": told(_("Declared void, because")),
        "void_at": told(_("Declared void")),
        "first_name": withheld(_("Who gave it"), COLLEAGUES),
        "second_name": withheld(_("Who signed as the second"), COLLEAGUES),
        "void_name": withheld(_("Who declared it void"), COLLEAGUES),
        **marks("first", "second", "asked", "item"),
    },
)
HEARD = Sheet(
    _("What was heard of danger on the call"),
    {"why": told(_("Why")), "from_whom": withheld(_("From whom, or from what"), OTHERS)},
)
RISK = Sheet(
    _("What is dangerous for you"),
    {
        "level": told(_("How high"), terms.Risk),
        "why": told(_("Why")),
        "own_view": OWN_VIEW,
        "from_whom": withheld(_("From whom, or from what"), OTHERS),
    },
)
SAFETY = Sheet(
    _("The safety plan"),
    {
        "reach": told(_("When and how it is safe to reach you")),
        "never": told(_("Never")),
        "from_whom": when_asked(_("From whom")),
        "places": told(_("Places and ways to avoid")),
        "if_found": told(_("If found: what you do first")),
        "way_out": told(_("The way out, and where to")),
        "people": when_asked(_("Whom you trust")),
        "children": told(_("Children and others to think of")),
        "phone": told(_("Telephone and accounts")),
        "bag": told(_("What is packed, where papers are")),
        "hope": told(_("What gives strength")),
    },
)
_STAGE: dict[str, ToldField] = {
    "stage": told(_("Stage"), terms.Stage),
    "on": ON_THE_DAY,
    "grounds": told(_("On what grounds")),
    "began": told(_("From")),
    "until": told(_("Until")),
    "days": told(_("How many days")),
    "rule_checked": told(_("The rule of the country was checked")),
    "decider": told(_("Who decided"), coded("decider")),
    "by_whom": told(_("Name of the office")),
    "decided_on": told(_("Decided on")),
    "remark": REMARK,
}
STAGE = Sheet(_("What was decided about identification"), {**_STAGE, "history": inside(_STAGE)})
CHILD = Sheet(
    _("About age and being a child"),
    {
        "group": told(_("Treated as"), AgeGroup),
        "age": inside(
            {
                "said": told(_("What is known about the age"), AgeGroup),
                "basis": told(_("How it is known"), terms.AgeBasis),
                "doubt": told(_("Could it be a child?")),
                "born": told(_("Born")),
                "remark": REMARK,
                "group": told(_("Treated as"), AgeGroup),
            }
        ),
        "note": inside(
            {
                "place": when_asked(_("Where you slept that night, and with whom")),
                "why": told(_("Why this was best for you")),
                "child_view": told(_("What you said")),
                "health": told(_("Pain, hunger, medicine, fear")),
                "who_decided": withheld(_("Who decided"), COLLEAGUES),
                "by": told(_("Written by"), colleague),
                "at": told(_("When")),
            }
        ),
        "assessment": inside(
            {
                "child_view": told(_("What you said and wanted")),
                "safety": told(_("Safety, now and where you would go")),
                "family": withheld(_("Family: who they are, what part they had"), OTHERS),
                "health": told(_("Body, mind, development")),
                "school": told(_("School, play, language, faith")),
                "options": told(_("What is possible, with what speaks for and against each")),
                "advice": told(_("What is advised")),
                "by": told(_("Written by"), colleague),
                "at": told(_("When")),
            }
        ),
        "determination": inside(
            {
                "parties": withheld(_("Who took part"), OTHERS),
                "family_checked": told(_("Was the family checked before?")),
                "child_view": told(_("What you said about it")),
                "decision": told(_("What was determined")),
                "on": ON_THE_DAY,
                "at": told(_("When")),
            }
        ),
        "guardian": inside(
            {
                name: withheld(_("About a parent or guardian"), OTHERS)
                for name in ("name", "relation", "reach", "involved")
            }
        ),
    },
)
CLOCK = Sheet(
    _("Days that must not be missed"),
    {
        "kind": told(_("What kind"), terms.ClockKind),
        "what": told(_("What exactly")),
        "due_at": told(_("By when")),
        "ended": told(_("How did it end?"), terms.ClockEnd),
        "ended_at": told(_("When")),
        "remark": REMARK,
        **marks("item"),
    },
)
_HELD: dict[str, ToldField] = {
    "kind": told(_("What kind"), detention.HeldIn),
    "place": told(_("Place")),
    "country": told(_("Country"), country),
    "since": told(_("Held since")),
    "before": told(_("By then, by law"), detention.HeldUntil),
    "until": told(_("By law until")),
    "lawyer": told(_("Lawyer consulted"), detention.LawyerSeen),
    "lawyer_who": told(_("Which lawyer, how to reach")),
    "lawyer_on": ON_THE_DAY,
    "visits": inside(
        {
            "state": told(_("A visit"), detention.VisitState),
            "when": told(_("When")),
            "until": told(_("Until")),
            "seen": told(_("What was seen and said")),
            "following": told(_("The next visit, or the next asking")),
            "visitor": withheld(_("By whom"), OTHERS),
            **marks("written"),
        }
    ),
    "consul": told(_("Does the person want the consul told?"), detention.ConsulWish),
    "consul_told_on": told(_("He was told on")),
    "consul_remark": REMARK,
    "ended": told(_("How did it end?"), detention.DetentionEnd),
    "ended_at": told(_("When")),
    "end_remark": REMARK,
    **marks("clock", "warn", "counted"),
}
DETENTION = Sheet(_("Where you were held"), {**_HELD, "earlier": inside(_HELD)})
_DESCRIBED: dict[str, ToldField] = {
    "what": told(_("What it shows or is")),
    "on": told(_("How it came"), documents.DocumentMedium),
    "received": told(_("When we received it")),
    "from": withheld(_("From whom it came"), OTHERS),
    "giver": withheld(_("More about who gave it"), OTHERS),
    "custody": withheld(_("Through whose hands it went"), OTHERS),
    "until": told(_("Until")),
    "changed_by": withheld(_("Who changed it"), COLLEAGUES),
}
DOCUMENT = Sheet(
    _("Photos and documents"),
    {
        "name": told(_("Name of the file")),
        "kind": told(_("What kind"), documents.DocumentFormat),
        "came": told(_("Put into the case")),
        "came_by": withheld(_("Who put it in"), COLLEAGUES),
        **_DESCRIBED,
        "earlier": inside(_DESCRIBED),
        "destroyed": told(_("Destroyed")),
        "reason": told(_("Reason")),
        "destroyed_by": withheld(_("Who destroyed it"), COLLEAGUES),
        **marks("type", "ending", "size", "sha256", "shows", "width", "height", "pages"),
    },
)
FOLLOW_UP = Sheet(
    _("How you are, asked later"),
    {
        "after": told(_("When"), terms.FollowUpTime),
        "due_at": told(_("By when")),
        "done_at": told(_("Asked on")),
        "reached": told(_("Were you reached?"), terms.FollowUpReached),
        "views": inside({str(one.value): told(one.label, terms.OwnView) for one in terms.Area}),
        "said": told(_("What was said")),
        "next": told(_("What follows from it")),
        **marks("item"),
    },
)
REINTEGRATION = Sheet(
    _("How you measure your own way"),
    {
        "measure": told(_("By what you measure it")),
        "where": told(_("Where you want to live")),
        "areas": inside(
            {
                str(one.value): inside(
                    {
                        "now": told(_("How it is now")),
                        "wish": told(_("What you want")),
                        "step": told(_("Next step, and whose")),
                    },
                    one.label,
                )
                for one in terms.Area
            }
        ),
    },
)
CLOSING = Sheet(
    _("Why the case was closed"),
    {
        "reason": told(_("Reason"), terms.ClosingReason),
        "text": told(_("As written")),
        "own_view": OWN_VIEW,
    },
)
CONFERENCE = Sheet(
    _("What colleagues said to each other about the case"),
    {
        "on": ON_THE_DAY,
        "question": when_asked(_("The question")),
        "own_view": OWN_VIEW,
        "decided": when_asked(_("What was decided, and who does it")),
        "next": when_asked(_("Topic for the next time")),
        "next_at": told(_("Next time")),
        "who": withheld(_("Who took part"), COLLEAGUES),
        "said": withheld(_("What was said"), FOR_THE_TEAM),
    },
)
ON_PAPER = Sheet(
    _("The paper from which this was typed in"),
    {"on": ON_THE_DAY, "by": withheld(_("Who wrote it"), COLLEAGUES)},
)
WORKING_LABEL = Sheet(
    _("The words by which the team tells you apart in its lists"), {"text": told(_("As written"))}
)

# What lists show of a case, in plain.
ROW = "case"

SHEETS: dict[str, Sheet] = {
    ROW: Sheet(
        _("The case"),
        {
            "number": told(_("Number")),
            "opened": told(_("Opened on")),
            "state": told(_("Progress"), CaseState),
            "language": told(_("Language"), language),
            "age": told(_("Age"), AgeGroup),
            "urgency": told(_("How urgent"), Urgency),
            "closed": told(_("Closed on")),
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
    CasePart.CODES: Sheet(_("Answers from a list"), rows=coded_answers),
    CasePart.CONFERENCE: CONFERENCE,
    CasePart.NOTE: whole(_("Notes of the team for itself"), FOR_THE_TEAM),
    CasePart.SUPERVISION: whole(_("Supervision: about the work of colleagues"), COLLEAGUES),
    CasePart.LINK: whole(_("Links to the cases of other people"), OTHERS, waits=True),
}
SHEETS[CasePart.ASKED_AFTER] = Sheet(
    _("Who asked after you"),
    {
        "kind": told(_("Who"), AskedKind),
        "on": told(_("When")),
        "who": told(_("Who asked")),
        "what": told(_("What was asked")),
        "votes": inside(
            {
                "says": told(_("What two people decided"), Hears),
                "at": told(_("Decided on")),
                "why": withheld(_("Why it was decided so"), FOR_THE_TEAM),
                "by": withheld(_("Who decided"), COLLEAGUES),
            }
        ),
        **marks("request", "number"),
    },
    handed_in=True,
)
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
    files = supervision_files(file=asking.file)
    yield HandedIn(f"case:{CasePart.SUPERVISION}", [PlainRow({"said": True}, timezone.now()) for _file in files])
    for part in asked_after(keys=keys, file=asking.file):
        yield _asked_after(part)


def _asked_after(part: KeptPart) -> HandedIn:
    """Told or not as two people decided; where they have not, that is said."""
    votes: list[dict[str, str]] = list(part.value["votes"])  # type: ignore[call-overload]
    decided, name = hears(votes), f"case:{CasePart.ASKED_AFTER}"
    if decided == Hears.TOLD:
        return HandedIn(name, [part])
    if decided == Hears.WITHHELD:
        day = dates.day(max(datetime.fromisoformat(one["at"]) for one in votes))
        said = gettext("A request that names you is not told: two people decided it on %(day)s.")
        return HandedIn(name, [], [said % {"day": day}])
    waits = gettext("A request names you. Two people still have to decide whether it is told.")
    return HandedIn(name, [], [waits])


def _day(at: datetime | None) -> str:
    return at.isoformat() if at else ""
