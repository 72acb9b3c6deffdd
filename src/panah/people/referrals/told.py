"""What of a referral is told to the person: to whom, what was told there, what they answered, and the meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.vault import queries as vault_queries
from panah.ground.work.told_parts import (
    KEYS,
    Asking,
    HandedIn,
    Kept,
    PlainRow,
    ToldField,
    ToldPart,
    answers,
    colleague,
    disclosed,
    inside,
    language,
    marks,
    own_words,
    when_asked,
    withheld,
)
from panah.ground.work.words import AgeGroup, Urgency
from panah.people.cases.words.codes import book, say_value
from panah.people.cases.words.terms import Assistance
from panah.people.consent.words import ConsentMethod, ConsentPurpose, GuardianRole, SharedField
from panah.people.referrals.actions import one_time_page
from panah.people.referrals.models import ProgrammeWork, Referral
from panah.people.referrals.queries import PART
from panah.people.referrals.views.timeline import what_happened
from panah.people.referrals.words import (
    PROGRAMME_ANSWER,
    PROGRAMME_TOLD,
    AfterWithdrawal,
    DeclineReason,
    DeliveryMethod,
    ProgrammeAnswer,
    ReferralOutcome,
    ReferralState,
    SafetyAnswer,
    TheyErased,
    TravelNews,
    WithdrawalReason,
)

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring


def field_name(value: object) -> str:
    return str(SharedField(value).label) if value in SharedField.values else str(value)


def happened(value: object) -> str:
    return what_happened(str(value))


def how_said(value: object) -> str:
    return (
        str(AfterWithdrawal(value).label) if value in AfterWithdrawal.values else str(TheyErased.KEPT.label)
    )


def codes_sent(value: Kept) -> Iterator[tuple[str, str]]:
    for name, values in value.items():
        field = book().fields.get(name)
        yield (
            (str(field.label), "; ".join(say_value(field, each) for each in values))
            if field
            else (name, str(values))
        )


# What goes to others is chosen field by field with the person.
PACKET: Mapping[str, ToldField] = {str(shared.value): own_words(shared.label) for shared in SharedField}
NOTE = when_asked(_("What was said"))
LIFE = when_asked(_("Why, where a life was at risk"))
FIELDS = disclosed(_("What may be told"), field_name)

STEP: Mapping[str, ToldField] = {
    "what": disclosed(_("What happened"), happened),
    "at": disclosed(_("When")),
    "by": disclosed(_("By"), colleague),
    "note": NOTE,
    "way": disclosed(_("How it was told"), DeliveryMethod),
    "packet": inside(PACKET),
    "values": inside(PACKET),
    "life": LIFE,
    "reason": disclosed(_("Why not"), DeclineReason),
    "why": disclosed(_("Why it was taken back"), WithdrawalReason),
    "outcome": disclosed(_("How it ended"), ReferralOutcome),
    "person": own_words(_("What you say about it")),
    "partner": when_asked(_("What they say about it")),
    "untold": own_words(_("Not told to them, as you wished")),
    "final": disclosed(_("Nothing more follows")),
    "travel": disclosed(_("The journey"), TravelNews),
    "when": disclosed(_("At what time")),
    "safe": disclosed(_("Is the person safe?"), SafetyAnswer),
    "they": disclosed(_("What they did with what was told"), TheyErased),
    "how": disclosed(_("What was done with what was told"), how_said),
    "partly": disclosed(_("Erased only in part")),
    "fields": disclosed(_("Which parts"), field_name),
    "kept": disclosed(_("Kept there"), field_name),
    "ground": when_asked(_("On what grounds")),
    "known": disclosed(_("They know it")),
    "confirmed": disclosed(_("Confirmed")),
    "theirs": disclosed(_("Written by the other side")),
    "others": inside(
        {
            "name": when_asked(_("Whom they named instead")),
            "organization": disclosed(_("Organisation")),
            "region": disclosed(_("Where")),
            "phone": when_asked(_("Telephone")),
        }
    ),
}
# Agreed with the person, word for word.
MEETING: Mapping[str, ToldField] = {
    "when": disclosed(_("When you meet")),
    "where": own_words(_("Where you meet")),
    "who": own_words(_("Who meets you")),
    "sign": own_words(_("How you recognise each other")),
    "fallback": own_words(_("If nobody comes")),
    "escort": own_words(_("Who goes along")),
    "arrives": disclosed(_("When you arrive")),
    "papers": own_words(_("Papers")),
    "medical": own_words(_("Health")),
    "confirmed": disclosed(_("Confirmed")),
    **marks("by", "v", "written", "note"),
}
OFFER: Mapping[str, ToldField] = {
    "need": own_words(_("What for")),
    "wish": own_words(_("What you wished for on arrival")),
    "values": inside(PACKET),
    "needs": disclosed(_("Needs"), Assistance),
    "language": disclosed(_("Language"), language),
    "age_group": disclosed(_("Age"), AgeGroup),
    "urgency": disclosed(_("How urgent"), Urgency),
    "codes": answers(codes_sent),
    "child": inside(
        {
            "assessed_on": disclosed(_("The best interests were assessed on")),
            "guardian": disclosed(_("A parent or guardian"), GuardianRole),
            "authority": disclosed(_("Which authority is called about a child")),
        }
    ),
    "consent": inside(
        {
            "asked_on": disclosed(_("Asked on")),
            "language": disclosed(_("Language"), language),
            "way": disclosed(_("How it was answered"), ConsentMethod),
            "until": disclosed(_("Until")),
            "guardian": disclosed(_("A parent or guardian"), GuardianRole),
            "fields": FIELDS,
        }
    ),
    "life": LIFE,
    "reference": disclosed(_("Number between the two societies")),
    **marks("v", "purpose"),
    "reply_key": withheld(_("The key to the answer"), KEYS),
}
REFERRAL = ToldPart(
    _("What others were told"),
    {
        "receiver_name": disclosed(_("To whom")),
        "purpose": disclosed(_("For what"), ConsentPurpose),
        "need": own_words(_("What for")),
        "state": disclosed(_("Progress"), ReferralState),
        "wish": own_words(_("What you wished for on arrival")),
        "needs": disclosed(_("Needs"), Assistance),
        "authority": disclosed(_("Which authority is called about a child")),
        "note": NOTE,
        "way": disclosed(_("How it was told"), DeliveryMethod),
        "values": inside(PACKET),
        "packet": inside(PACKET),
        "life": LIFE,
        "meeting": inside(MEETING),
        "offer": inside(OFFER),
        "reference": disclosed(_("Number between the two societies")),
        "erased": disclosed(_("Erased here"), field_name),
        "kept": disclosed(_("Kept here"), field_name),
        "steps": inside(STEP),
        "page_key": withheld(_("The key to the page"), KEYS),
        "reply_seed": withheld(_("The key to the answer"), KEYS),
        "their_key": withheld(_("The key to the answer"), KEYS),
        **marks("receiver", "made", "handed", "journey_as_of"),
    },
    handed_in=True,
)
ANSWER_FIELDS: Mapping[str, ToldField] = {
    "answer": disclosed(_("Answer"), ProgrammeAnswer),
    "note": NOTE,
    "at": disclosed(_("When")),
}
PROGRAMME = ToldPart(
    _("What our own programme was told, and what it answered"),
    {
        "service": disclosed(_("To whom")),
        "need": own_words(_("What for")),
        "values": inside(PACKET),
        **ANSWER_FIELDS,
        **marks("referral"),
    },
    handed_in=True,
)
SHEETS: dict[str, ToldPart] = {
    PART: REFERRAL,
    "programme": PROGRAMME,
    "page": ToldPart(_("What they answered on the page that opens once"), ANSWER_FIELDS, handed_in=True),
}


def handed_in(asking: Asking, keys: Keyring | None) -> Iterator[HandedIn]:
    """Each referral of a case with how far it is, and what lies with our own programmes."""
    if asking.about != "case":
        return
    referral_parts = vault_queries.read_all(keys=keys, file=asking.file, part=PART)
    rows = Referral.objects.in_bulk([part.ref for part in referral_parts])
    state = {pk: {"state": row.state} for pk, row in rows.items()}
    yield HandedIn(
        f"case:{PART}",
        [PlainRow({**part.value, **state.get(part.ref, {})}, part.at) for part in referral_parts],
    )
    for part in referral_parts:
        if part.ref in rows and part.value.get("page_key"):
            typed = one_time_page.answers_of(referral=rows[part.ref], key=part.value["page_key"])
            yield HandedIn("case:page", [PlainRow(each, part.at) for each in typed])
    files = [str(part.value["handed"]) for part in referral_parts if part.value.get("handed")]
    for row in ProgrammeWork.objects.filter(file_id__in=files):
        parts = vault_queries.read_parts(
            keys=keys, file=row.file_id, names=[PROGRAMME_TOLD, PROGRAMME_ANSWER]
        )
        yield HandedIn("case:programme", [*parts.get(PROGRAMME_TOLD, []), *parts.get(PROGRAMME_ANSWER, [])])
