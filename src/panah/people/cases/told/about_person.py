"""What is told of the parts of a case that say who a person is, what has happened, and what was decided about her."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.network.words import country_name
from panah.ground.work.told_parts import (
    COLLEAGUES,
    OTHERS,
    ToldField,
    ToldPart,
    Words,
    colleague,
    disclosed,
    inside,
    marks,
    own_words,
    when_asked,
    withheld,
)
from panah.ground.work.words import AgeGroup
from panah.people.cases.words import codes, detention, documents, terms


def country(value: object) -> str:
    return country_name(str(value), get_language() or "en")


def coded(name: str) -> Words:
    """A code of the book of codes, by its list."""
    return lambda value: codes.label_of(name, str(value))


ON_THE_DAY = disclosed(_("On which day"))
REMARK = when_asked(_("Remark"))
OWN_VIEW = own_words(_("How you see it"))
IDENTITY = ToldPart(
    _("Who you are, as you told it"),
    {
        "names": inside(
            {
                "text": own_words(_("As written")),
                "kind": disclosed(_("What kind"), terms.NameKind),
                **marks("script", "parts", "of"),
            }
        ),
        "phones": inside(
            {
                "number": disclosed(_("Number")),
                "safe": disclosed(_("Is it safe to call there?"), terms.PhoneSafe),
                "note": when_asked(_("When, who answers")),
                **marks("of"),
            }
        ),
        "papers": inside(
            {
                "kind": disclosed(_("What kind"), terms.PaperKind),
                "number": disclosed(_("Number")),
                "country": disclosed(_("Country"), country),
                "until": disclosed(_("Until")),
                "held_by": when_asked(_("Who has it now?")),
            }
        ),
        "addresses": inside(
            {
                "text": own_words(_("As written")),
                "country": disclosed(_("Country"), country),
                "note": when_asked(_("Who else lives there")),
                **marks("parts", "of"),
            }
        ),
        "born": disclosed(_("Born")),
        "born_in": disclosed(_("Country of birth"), country),
        "pronoun": own_words(_("Spoken of as")),
        "contact": when_asked(_("In touch safely")),
        "email": disclosed(_("E-mail")),
    },
)
EPISODE = ToldPart(
    _("What has happened, as you told it"),
    {
        "story": own_words(_("What happened, as told")),
        "began": disclosed(_("From")),
        "ended": disclosed(_("Until")),
        "recruited_in": disclosed(_("Recruited in"), country),
        "through": own_words(_("Through which places")),
        "countries": disclosed(_("Where it happened"), country),
        "place": own_words(_("Place")),
        "types": disclosed(_("What it was"), coded("exploitation")),
        "industry": disclosed(_("Kind of work"), coded("industry")),
        "recruitment": disclosed(_("How you were recruited"), coded("recruitment")),
        "relationship": disclosed(_("Who the recruiter was to you"), coded("relationship")),
        "control": disclosed(_("How you were held"), coded("control")),
        "others": when_asked(_("Were others there?")),
        "people": when_asked(_("Who did it")),
    },
)
_STAGE: dict[str, ToldField] = {
    "stage": disclosed(_("Stage"), terms.Stage),
    "on": ON_THE_DAY,
    "grounds": when_asked(_("On what grounds")),
    "began": disclosed(_("From")),
    "until": disclosed(_("Until")),
    "days": disclosed(_("How many days")),
    "rule_checked": disclosed(_("The rule of the country was checked")),
    "decider": disclosed(_("Who decided"), coded("decider")),
    "by_whom": disclosed(_("Name of the office")),
    "decided_on": disclosed(_("Decided on")),
    "remark": REMARK,
}
STAGE = ToldPart(_("What was decided about identification"), {**_STAGE, "history": inside(_STAGE)})
CHILD = ToldPart(
    _("About age and being a child"),
    {
        "group": disclosed(_("Treated as"), AgeGroup),
        "age": inside(
            {
                "said": disclosed(_("What is known about the age"), AgeGroup),
                "basis": disclosed(_("How it is known"), terms.AgeBasis),
                "doubt": disclosed(_("Could it be a child?")),
                "born": disclosed(_("Born")),
                "remark": REMARK,
                "group": disclosed(_("Treated as"), AgeGroup),
            }
        ),
        "note": inside(
            {
                "place": when_asked(_("Where you slept that night, and with whom")),
                "why": when_asked(_("Why this was best for you")),
                "child_view": own_words(_("What you said")),
                "health": when_asked(_("Pain, hunger, medicine, fear")),
                "who_decided": withheld(_("Who decided"), COLLEAGUES),
                "by": disclosed(_("Written by"), colleague),
                "at": disclosed(_("When")),
            }
        ),
        "assessment": inside(
            {
                "child_view": own_words(_("What you said and wanted")),
                "safety": when_asked(_("Safety, now and where you would go")),
                "family": withheld(_("Family: who they are, what part they had"), OTHERS),
                "health": when_asked(_("Body, mind, development")),
                "school": when_asked(_("School, play, language, faith")),
                "options": when_asked(_("What is possible, with what speaks for and against each")),
                "advice": when_asked(_("What is advised")),
                "by": disclosed(_("Written by"), colleague),
                "at": disclosed(_("When")),
            }
        ),
        "determination": inside(
            {
                "parties": withheld(_("Who took part"), OTHERS),
                "family_checked": disclosed(_("Was the family checked before?")),
                "child_view": own_words(_("What you said about it")),
                "decision": when_asked(_("What was determined")),
                "on": ON_THE_DAY,
                "at": disclosed(_("When")),
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
_HELD: dict[str, ToldField] = {
    "kind": disclosed(_("What kind"), detention.HeldIn),
    "place": own_words(_("Place")),
    "country": disclosed(_("Country"), country),
    "since": disclosed(_("Held since")),
    "before": disclosed(_("By then, by law"), detention.HeldUntil),
    "until": disclosed(_("By law until")),
    "lawyer": disclosed(_("Lawyer consulted"), detention.LawyerSeen),
    "lawyer_who": when_asked(_("Which lawyer, how to reach")),
    "lawyer_on": ON_THE_DAY,
    "visits": inside(
        {
            "state": disclosed(_("A visit"), detention.VisitState),
            "when": disclosed(_("When")),
            "until": disclosed(_("Until")),
            "seen": when_asked(_("What was seen and said")),
            "following": when_asked(_("The next visit, or the next asking")),
            "visitor": withheld(_("By whom"), OTHERS),
            **marks("written"),
        }
    ),
    "consul": disclosed(_("Does the person want the consul told?"), detention.ConsulWish),
    "consul_told_on": disclosed(_("He was told on")),
    "consul_remark": REMARK,
    "ended": disclosed(_("How did it end?"), detention.DetentionEnd),
    "ended_at": disclosed(_("When")),
    "end_remark": REMARK,
    **marks("clock", "warn", "counted"),
}
DETENTION = ToldPart(_("Where you were held"), {**_HELD, "earlier": inside(_HELD)})
_DESCRIBED: dict[str, ToldField] = {
    "what": when_asked(_("What it shows or is")),
    "on": disclosed(_("How it came"), documents.DocumentMedium),
    "received": disclosed(_("When we received it")),
    "from": withheld(_("From whom it came"), OTHERS),
    "giver": withheld(_("More about who gave it"), OTHERS),
    "custody": withheld(_("Through whose hands it went"), OTHERS),
    "until": disclosed(_("Until")),
    "changed_by": withheld(_("Who changed it"), COLLEAGUES),
}
DOCUMENT = ToldPart(
    _("Photos and documents"),
    {
        "name": when_asked(_("Name of the file")),
        "kind": disclosed(_("What kind"), documents.DocumentFormat),
        "came": disclosed(_("Put into the case")),
        "came_by": withheld(_("Who put it in"), COLLEAGUES),
        **_DESCRIBED,
        "earlier": inside(_DESCRIBED),
        "destroyed": disclosed(_("Destroyed")),
        "reason": when_asked(_("Reason")),
        "destroyed_by": withheld(_("Who destroyed it"), COLLEAGUES),
        **marks("type", "ending", "size", "sha256", "shows", "width", "height", "pages"),
    },
)
