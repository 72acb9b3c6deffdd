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
    inside,
    marks,
    own_words,
    told,
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


ON_THE_DAY = told(_("On which day"))
REMARK = when_asked(_("Remark"))
OWN_VIEW = own_words(_("How you see it"))
IDENTITY = ToldPart(
    _("Who you are, as you told it"),
    {
        "names": inside(
            {
                "text": own_words(_("As written")),
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
                "held_by": when_asked(_("Who has it now?")),
            }
        ),
        "addresses": inside(
            {
                "text": own_words(_("As written")),
                "country": told(_("Country"), country),
                "note": when_asked(_("Who else lives there")),
                **marks("parts", "of"),
            }
        ),
        "born": told(_("Born")),
        "born_in": told(_("Country of birth"), country),
        "pronoun": own_words(_("Spoken of as")),
        "contact": when_asked(_("In touch safely")),
        "email": told(_("E-mail")),
    },
)
EPISODE = ToldPart(
    _("What has happened, as you told it"),
    {
        "story": own_words(_("What happened, as told")),
        "began": told(_("From")),
        "ended": told(_("Until")),
        "recruited_in": told(_("Recruited in"), country),
        "through": own_words(_("Through which places")),
        "countries": told(_("Where it happened"), country),
        "place": own_words(_("Place")),
        "types": told(_("What it was"), coded("exploitation")),
        "industry": told(_("Kind of work"), coded("industry")),
        "recruitment": told(_("How you were recruited"), coded("recruitment")),
        "relationship": told(_("Who the recruiter was to you"), coded("relationship")),
        "control": told(_("How you were held"), coded("control")),
        "others": when_asked(_("Were others there?")),
        "people": when_asked(_("Who did it")),
    },
)
_STAGE: dict[str, ToldField] = {
    "stage": told(_("Stage"), terms.Stage),
    "on": ON_THE_DAY,
    "grounds": when_asked(_("On what grounds")),
    "began": told(_("From")),
    "until": told(_("Until")),
    "days": told(_("How many days")),
    "rule_checked": told(_("The rule of the country was checked")),
    "decider": told(_("Who decided"), coded("decider")),
    "by_whom": told(_("Name of the office")),
    "decided_on": told(_("Decided on")),
    "remark": REMARK,
}
STAGE = ToldPart(_("What was decided about identification"), {**_STAGE, "history": inside(_STAGE)})
CHILD = ToldPart(
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
                "why": when_asked(_("Why this was best for you")),
                "child_view": own_words(_("What you said")),
                "health": when_asked(_("Pain, hunger, medicine, fear")),
                "who_decided": withheld(_("Who decided"), COLLEAGUES),
                "by": told(_("Written by"), colleague),
                "at": told(_("When")),
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
                "by": told(_("Written by"), colleague),
                "at": told(_("When")),
            }
        ),
        "determination": inside(
            {
                "parties": withheld(_("Who took part"), OTHERS),
                "family_checked": told(_("Was the family checked before?")),
                "child_view": own_words(_("What you said about it")),
                "decision": when_asked(_("What was determined")),
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
_HELD: dict[str, ToldField] = {
    "kind": told(_("What kind"), detention.HeldIn),
    "place": own_words(_("Place")),
    "country": told(_("Country"), country),
    "since": told(_("Held since")),
    "before": told(_("By then, by law"), detention.HeldUntil),
    "until": told(_("By law until")),
    "lawyer": told(_("Lawyer consulted"), detention.LawyerSeen),
    "lawyer_who": when_asked(_("Which lawyer, how to reach")),
    "lawyer_on": ON_THE_DAY,
    "visits": inside(
        {
            "state": told(_("A visit"), detention.VisitState),
            "when": told(_("When")),
            "until": told(_("Until")),
            "seen": when_asked(_("What was seen and said")),
            "following": when_asked(_("The next visit, or the next asking")),
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
DETENTION = ToldPart(_("Where you were held"), {**_HELD, "earlier": inside(_HELD)})
_DESCRIBED: dict[str, ToldField] = {
    "what": when_asked(_("What it shows or is")),
    "on": told(_("How it came"), documents.DocumentMedium),
    "received": told(_("When we received it")),
    "from": withheld(_("From whom it came"), OTHERS),
    "giver": withheld(_("More about who gave it"), OTHERS),
    "custody": withheld(_("Through whose hands it went"), OTHERS),
    "until": told(_("Until")),
    "changed_by": withheld(_("Who changed it"), COLLEAGUES),
}
DOCUMENT = ToldPart(
    _("Photos and documents"),
    {
        "name": when_asked(_("Name of the file")),
        "kind": told(_("What kind"), documents.DocumentFormat),
        "came": told(_("Put into the case")),
        "came_by": withheld(_("Who put it in"), COLLEAGUES),
        **_DESCRIBED,
        "earlier": inside(_DESCRIBED),
        "destroyed": told(_("Destroyed")),
        "reason": when_asked(_("Reason")),
        "destroyed_by": withheld(_("Who destroyed it"), COLLEAGUES),
        **marks("type", "ending", "size", "sha256", "shows", "width", "height", "pages"),
    },
)
