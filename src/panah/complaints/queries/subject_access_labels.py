"""How the sealed parts of a case are said to the person: titles, labels, meanings of codes, and what is left out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from panah.cases.words import Part, documents, terms

# In the order in which it is read aloud.
TITLES: dict[str, Any] = {
    Part.IDENTITY: _("Who you are, as you told it"),
    Part.EPISODE: _("What has happened, as you told it"),
    Part.NEED: _("What you need"),
    Part.PLAN: _("The plan"),
    Part.SERVICE: _("Help that was given"),
    Part.MEANS: _("Money and goods"),
    Part.HEARD: _("What was heard of danger on the call"),
    Part.RISK: _("What is dangerous for you"),
    Part.SAFETY: _("The safety plan"),
    Part.STAGE: _("What was decided about identification"),
    Part.CHILD: _("About age and being a child"),
    Part.CLOCK: _("Days that must not be missed"),
    Part.DOCUMENT: _("Photos and documents"),
    Part.FOLLOW_UP: _("How you are, asked later"),
    Part.REINTEGRATION: _("How you measure your own way"),
    Part.CLOSING: _("Why the case was closed"),
}

# Whole parts that are left out, and why.
WHOLE_LEFT_OUT: dict[str, Any] = {
    Part.NOTE: _("Notes of the team for itself"),
    Part.CONFERENCE: _("What colleagues said to each other about the case"),
    Part.SUPERVISION: _("Supervision: about the work of colleagues"),
    Part.LINK: _("Links to the cases of other people"),
}

# Answers about other people inside a part that is told: those who did it, who informed us, who helps or lives there.
LEFT_OUT: dict[str, frozenset[str]] = {
    Part.IDENTITY: frozenset({"note"}),
    Part.EPISODE: frozenset({"people", "others"}),
    Part.HEARD: frozenset({"from_whom"}),
    Part.RISK: frozenset({"from_whom"}),
    Part.SAFETY: frozenset({"from_whom", "people"}),
    Part.CHILD: frozenset({"guardian", "family", "parties", "name", "reach", "who_decided"}),
    Part.MEANS: frozenset({"first_name", "second_name", "void_name"}),
    Part.SERVICE: frozenset({"by"}),
    Part.NEED: frozenset({"who"}),
    Part.DOCUMENT: frozenset({"came_by", "from", "giver", "custody", "destroyed_by"}),
}

# Marks of the program inside a part, and how it was written before.
MARKS: dict[str, frozenset[str]] = {
    Part.DOCUMENT: frozenset(
        {"type", "ending", "size", "sha256", "shows", "width", "height", "pages", "earlier"}
    )
}

# What a code means: a list of the book of codes by name, a list of terms, or a country.
MEANINGS: dict[tuple[str, str], Any] = {
    ("", "country"): "country",
    ("", "countries"): "country",
    ("", "born_in"): "country",
    ("", "recruited_in"): "country",
    ("", "safe"): terms.PhoneSafe,
    (Part.EPISODE, "types"): "exploitation",
    (Part.EPISODE, "industry"): "industry",
    (Part.EPISODE, "recruitment"): "recruitment",
    (Part.EPISODE, "relationship"): "relationship",
    (Part.EPISODE, "control"): "control",
    (Part.NEED, "type"): terms.Assistance,
    (Part.NEED, "horizon"): terms.Horizon,
    (Part.NEED, "state"): terms.NeedState,
    (Part.SERVICE, "type"): terms.Assistance,
    (Part.SERVICE, "outcome"): terms.Outcome,
    (Part.PLAN, "types"): "support",
    (Part.RISK, "level"): terms.Risk,
    (Part.STAGE, "stage"): terms.Stage,
    (Part.STAGE, "decider"): "decider",
    (Part.CHILD, "basis"): terms.AgeBasis,
    (Part.MEANS, "kind"): terms.MeansKind,
    (Part.CLOCK, "kind"): terms.ClockKind,
    (Part.CLOCK, "how"): terms.ClockEnd,
    (Part.FOLLOW_UP, "after"): terms.After,
    (Part.FOLLOW_UP, "reached"): terms.Reached,
    (Part.CLOSING, "reason"): terms.Closing,
    (Part.DOCUMENT, "kind"): documents.Kind,
    (Part.DOCUMENT, "on"): documents.On,
}

LABELS: dict[str, Any] = {
    "interpreter_name": _("Who interpreted"),
    "text": _("As written"),
    "kind": _("What kind"),
    "type": _("What kind"),
    "types": _("What it was"),
    "number": _("Number"),
    "safe": _("Is it safe to call there?"),
    "country": _("Country"),
    "until": _("Until"),
    "held_by": _("Who has it now?"),
    "born": _("Born"),
    "born_in": _("Country of birth"),
    "pronoun": _("Spoken of as"),
    "contact": _("In touch safely"),
    "began": _("From"),
    "ended": _("Until"),
    "recruited_in": _("Recruited in"),
    "through": _("Through which places"),
    "countries": _("Where it happened"),
    "place": _("Place"),
    "industry": _("Kind of work"),
    "recruitment": _("How you were recruited"),
    "relationship": _("Who the recruiter was to you"),
    "control": _("How you were held"),
    "story": _("What happened, as told"),
    "horizon": _("When"),
    "said": _("What was said"),
    "do": _("What we do"),
    "state": _("How far it is"),
    "what": _("What exactly"),
    "outcome": _("How it went"),
    "own_view": _("How you see it"),
    "objectives": _("What shall be reached"),
    "level": _("How high"),
    "why": _("Why"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "on": _("On which day"),
    "given_on": _("On which day"),
    "by": _("By when"),
    "due_at": _("By when"),
    "reason": _("Reason"),
    "remark": _("Remark"),
    "grounds": _("On what grounds"),
    "decision": _("What was decided"),
    "by_whom": _("Name of the office"),
    "stage": _("Stage"),
    "basis": _("How it is known"),
    "age": _("Age"),
    "reached": _("Were you reached?"),
    "next_step": _("What follows from it"),
    "measure": _("By what you measure it"),
    "where": _("Where you want to live"),
    "came": _("Put into the case"),
    "received": _("When we received it"),
    "destroyed": _("Destroyed"),
}
# Where the same name says something else in one part.
LABELS_OF: dict[tuple[str, str], Any] = {
    (Part.DOCUMENT, "name"): _("Name of the file"),
    (Part.DOCUMENT, "what"): _("What it shows or is"),
    (Part.DOCUMENT, "on"): _("How it came"),
}
