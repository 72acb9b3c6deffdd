"""How the sealed parts of a case are said to the person: titles, labels, meanings of codes, and what is left out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from panah.cases.words import CasePart, detention, documents, terms

# In the order in which it is read aloud.
TITLES: dict[str, Any] = {
    CasePart.IDENTITY: _("Who you are, as you told it"),
    CasePart.EPISODE: _("What has happened, as you told it"),
    CasePart.NEED: _("What you need"),
    CasePart.PLAN: _("The plan"),
    CasePart.SERVICE: _("Help that was given"),
    CasePart.MEANS: _("Money and goods"),
    CasePart.HEARD: _("What was heard of danger on the call"),
    CasePart.RISK: _("What is dangerous for you"),
    CasePart.SAFETY: _("The safety plan"),
    CasePart.STAGE: _("What was decided about identification"),
    CasePart.CHILD: _("About age and being a child"),
    CasePart.CLOCK: _("Days that must not be missed"),
    CasePart.DETENTION: _("Where you were held"),
    CasePart.DOCUMENT: _("Photos and documents"),
    CasePart.FOLLOW_UP: _("How you are, asked later"),
    CasePart.REINTEGRATION: _("How you measure your own way"),
    CasePart.CLOSING: _("Why the case was closed"),
    CasePart.WORKING_LABEL: _("The words by which the team tells you apart in its lists"),
}

# Whole parts that are left out, and why.
WHOLE_LEFT_OUT: dict[str, Any] = {
    CasePart.NOTE: _("Notes of the team for itself"),
    CasePart.CONFERENCE: _("What colleagues said to each other about the case"),
    CasePart.SUPERVISION: _("Supervision: about the work of colleagues"),
    CasePart.LINK: _("Links to the cases of other people"),
}

# Answers about other people inside a part that is told: those who did it, who informed us, who helps or lives there.
LEFT_OUT: dict[str, frozenset[str]] = {
    CasePart.IDENTITY: frozenset({"note"}),
    CasePart.EPISODE: frozenset({"people", "others"}),
    CasePart.HEARD: frozenset({"from_whom"}),
    CasePart.RISK: frozenset({"from_whom"}),
    CasePart.SAFETY: frozenset({"from_whom", "people"}),
    CasePart.CHILD: frozenset({"guardian", "family", "parties", "name", "reach", "who_decided"}),
    CasePart.MEANS: frozenset({"first_name", "second_name", "void_name"}),
    CasePart.SERVICE: frozenset({"by"}),
    CasePart.DETENTION: frozenset({"visitor"}),
    CasePart.NEED: frozenset({"who"}),
    CasePart.DOCUMENT: frozenset({"came_by", "from", "giver", "custody", "destroyed_by"}),
}

# Marks of the program inside a part, and how it was written before.
MARKS: dict[str, frozenset[str]] = {
    CasePart.DETENTION: frozenset({"clock", "warn", "counted", "written"}),
    CasePart.DOCUMENT: frozenset(
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
    (CasePart.EPISODE, "types"): "exploitation",
    (CasePart.EPISODE, "industry"): "industry",
    (CasePart.EPISODE, "recruitment"): "recruitment",
    (CasePart.EPISODE, "relationship"): "relationship",
    (CasePart.EPISODE, "control"): "control",
    (CasePart.NEED, "type"): terms.Assistance,
    (CasePart.NEED, "horizon"): terms.Horizon,
    (CasePart.NEED, "state"): terms.NeedState,
    (CasePart.SERVICE, "type"): terms.Assistance,
    (CasePart.SERVICE, "outcome"): terms.ServiceOutcome,
    (CasePart.PLAN, "types"): "support",
    (CasePart.RISK, "level"): terms.Risk,
    (CasePart.STAGE, "stage"): terms.Stage,
    (CasePart.STAGE, "decider"): "decider",
    (CasePart.CHILD, "basis"): terms.AgeBasis,
    (CasePart.MEANS, "kind"): terms.MeansKind,
    (CasePart.CLOCK, "kind"): terms.ClockKind,
    (CasePart.CLOCK, "how"): terms.ClockEnd,
    (CasePart.FOLLOW_UP, "after"): terms.FollowUpTime,
    (CasePart.FOLLOW_UP, "reached"): terms.FollowUpReached,
    (CasePart.CLOSING, "reason"): terms.ClosingReason,
    (CasePart.DETENTION, "kind"): detention.HeldIn,
    (CasePart.DETENTION, "before"): detention.HeldUntil,
    (CasePart.DETENTION, "lawyer"): detention.LawyerSeen,
    (CasePart.DETENTION, "consul"): detention.ConsulWish,
    (CasePart.DETENTION, "state"): detention.VisitState,
    (CasePart.DETENTION, "ended"): detention.DetentionEnd,
    (CasePart.DOCUMENT, "kind"): documents.DocumentFormat,
    (CasePart.DOCUMENT, "on"): documents.DocumentMedium,
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
    "state": _("Progress"),
    "what": _("What exactly"),
    "outcome": _("How it went"),
    "own_view": _("How you see it"),
    "objectives": _("Goals"),
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
    (CasePart.DETENTION, "since"): _("Held since"),
    (CasePart.DETENTION, "before"): _("By then, by law"),
    (CasePart.DETENTION, "until"): _("By law until"),
    (CasePart.DETENTION, "lawyer"): _("Lawyer consulted"),
    (CasePart.DETENTION, "lawyer_who"): _("Which lawyer, how to reach"),
    (CasePart.DETENTION, "lawyer_on"): _("On which day"),
    (CasePart.DETENTION, "consul"): _("Does the person want the consul told?"),
    (CasePart.DETENTION, "consul_told_on"): _("He was told on"),
    (CasePart.DETENTION, "consul_remark"): _("Remark"),
    (CasePart.DETENTION, "visits"): _("Visits"),
    (CasePart.DETENTION, "state"): _("A visit"),
    (CasePart.DETENTION, "when"): _("When"),
    (CasePart.DETENTION, "seen"): _("What was seen and said"),
    (CasePart.DETENTION, "following"): _("The next visit, or the next asking"),
    (CasePart.DETENTION, "ended"): _("How did it end?"),
    (CasePart.DETENTION, "ended_at"): _("When"),
    (CasePart.DETENTION, "end_remark"): _("Remark"),
    (CasePart.DETENTION, "earlier"): _("Earlier"),
    (CasePart.DOCUMENT, "name"): _("Name of the file"),
    (CasePart.DOCUMENT, "what"): _("What it shows or is"),
    (CasePart.DOCUMENT, "on"): _("How it came"),
}
