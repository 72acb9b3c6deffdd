"""Commitments in words: what binds whom, how far it is, and how that is known. Evidence, never "compliance"."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Rooms on the work lists, by what their items are about, and the purposes there.
COMMITMENTS, STEPS, REPORTS, DIALOGUES = "commitments", "commitment_steps", "commitment_reports", "dialogues"
FOLLOW_UP, DECIDE, DO, CLEAR = "commitment_follow_up", "commitment_decide", "commitment_do", "report_clear"
NEXT, ANSWER, KEEP = "dialogue_next", "dialogue_answer", "dialogue_keep"
# What focal points are asked when whoever it is due from has let two weeks pass. One for each room: a list tells which.
LATE, STEP_LATE, DIALOGUE_LATE = "commitment_late", "commitment_step_late", "dialogue_late"
# Parts of a dialogue's sealed file.
ABOUT, ENTRY, SCAN = "about", "entry", "scan"


class InstrumentKind(models.TextChoices):
    TREATY = "treaty", _("Treaty between states")
    MOVEMENT = "movement", _("Decision of the Movement")
    REGIONAL = "regional", _("Decision of a regional conference")
    PLEDGE = "pledge", _("Pledge")
    LAW = "law", _("National law")
    REFERRAL = "referral", _("National referral rules")


# What societies stand to, too.
OF_THE_MOVEMENT = (InstrumentKind.MOVEMENT, InstrumentKind.REGIONAL, InstrumentKind.PLEDGE)


class StandingState(models.TextChoices):
    """How a state or a society stands to an instrument."""

    PARTY = "party", _("is party")
    SIGNED = "signed", _("has signed, is not party")
    ADOPTED = "adopted", _("has adopted it")
    JOINED = "joined", _("has joined it")
    IN_FORCE = "in_force", _("in force")
    NOT_PARTY = "not_party", _("is not party")
    UNKNOWN = "unknown", _("not known")


class CommitmentKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Of this society alone")
    JOINT = "joint", _("Joint: others have signed it too")
    OPEN = "open", _("Open: others may still sign it")


class CommitmentState(models.TextChoices):
    DRAFT = "draft", _("draft")
    RUNNING = "running", _("signed off, running")
    ENDED = "ended", pgettext_lazy("a commitment", "ended")


class SupporterKind(models.TextChoices):
    SOCIETY = "society", _("National Society")
    FEDERATION = "federation", _("Federation")
    ICRC = "icrc", _("ICRC")
    UN = "un", _("United Nations")
    GOVERNMENT = "government", _("Government")
    OTHER = "other", _("Other")


class Progress(models.TextChoices):
    """How far something is. That there is no evidence is no progress: it is said where nothing was shown."""

    NOT_STARTED = "not_started", _("not started")
    UNDER_WAY = "under_way", _("under way")
    LATE = "late", _("late")
    DONE = "done", _("done")
    DROPPED = "dropped", _("given up")


NO_EVIDENCE = _("no evidence")
# What is said of these needs its reason.
NEED_A_REASON = (Progress.LATE, Progress.DROPPED)


class EvidenceKind(models.TextChoices):
    DOCUMENT = "document", _("Document")
    DECISION = "decision", _("Decision")
    FIGURE = "figure", _("Figure")
    EVENT = "event", _("Meeting or event")
    STATEMENT = "statement", _("Statement")


# What goes along with a report.
PAPERS = (EvidenceKind.DOCUMENT, EvidenceKind.DECISION, EvidenceKind.STATEMENT)


class ReportState(models.TextChoices):
    DRAFT = "draft", _("waits for a decision")
    CLEARED = "cleared", _("cleared: it may leave")
    REFUSED = "refused", _("refused: it does not leave")


class Tells(models.TextChoices):
    """Whether paired societies are told how far the commitments of a cleared report are, and what they may do then."""

    NOBODY = "", _("Nobody: it leaves only as a file")
    READ = "read", _("Paired societies may read it")
    PRINT = "print", _("Paired societies may read it, and print it in their own reports")


class PolicyState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ADOPTED = "adopted", _("adopted by the board")
    REPLACED = "replaced", _("replaced")


class TableColumn(models.TextChoices):
    """The columns of a table that is brought."""

    TITLE = "title", _("Title")
    KIND = "kind", _("Kind")
    PROVISIONS = "provisions", _("Under which provisions")
    OBJECTIVE = "objective", _("Objective")
    RESOURCES = "resources", _("What it takes")
    RISKS = "risks", _("Risks")
    BEGINS_ON = "begins_on", _("Begins on")
    ENDS_ON = "ends_on", _("Ends on")
    EVIDENCE_KIND = "evidence_kind", _("Kind of evidence")
    EVIDENCE = "evidence", _("What it shows")
    SOURCE = "source", _("Source")
    VALUE = "value", _("Value")
    SHOWN_ON = "shown_on", _("From which day it is")
    PROGRESS = "progress", _("How far is it?")
    WHY = "why", _("Why")
    CHALLENGES = "challenges", _("Challenges, with an example")


# What a row needs that drafts a commitment, and one that shows how far a running one is.
DRAFT_NEEDS = (TableColumn.OBJECTIVE, TableColumn.PROVISIONS, TableColumn.BEGINS_ON, TableColumn.ENDS_ON)
EVIDENCE_NEEDS = (TableColumn.EVIDENCE, TableColumn.SOURCE, TableColumn.SHOWN_ON)


class DialogueKind(models.TextChoices):
    OBLIGATION = "obligation", _("An obligation of the state")
    DETENTION = "detention", _("Visits to a place of detention")
    DENIED = "denied", _("Access was denied")
    HELPERS = "helpers", _("Helpers are prosecuted or threatened with it")
    PERSON = "person", _("An intervention for one person")


class DialogueState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a dialogue", "open")
    CLOSED = "closed", pgettext_lazy("a dialogue", "closed")


class EntryKind(models.TextChoices):
    """What happened in a dialogue."""

    MET = "met", _("We met")
    SENT = "sent", _("We wrote")
    CAME = "came", _("They wrote")
    ANSWERED = "answered", _("They answered")
    PROMISED = "promised", _("They promised something")
    SILENT = "silent", _("They did not answer")
    VISITED = "visited", _("We visited")
    REFUSED = "refused", _("They refused")
    NOTE = "note", _("A note of ours")


class Confidence(models.TextChoices):
    """Who may hear of a dialogue. It opens for its author and the focal points, whatever stands here."""

    SOCIETY = "society", _("Leadership of the society may be told")
    AUTHOR = "author", _("Only whoever leads it and the focal points")
    PUBLIC = "public", _("That we ask may be said in public")
