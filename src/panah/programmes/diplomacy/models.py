"""Commitments of a society and how they stand; dialogues with authorities, of which only the outside is plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.ids import new_number
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.vault.queries import granted_to
from panah.programmes.diplomacy import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL


class Standing(Model):
    """How a state or a society stands to an instrument, as this society learnt it. Added to, never changed."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=30)
    # "state:kz" or "society:<slug>".
    party = models.CharField(max_length=60)
    state = models.CharField(max_length=9, choices=words.StandingState)
    # A day, a month or a year.
    since = models.CharField(max_length=10, blank=True, default="")
    source = models.CharField(max_length=300)
    # Which word about this party it is: two of one day have an order.
    turn = models.PositiveSmallIntegerField(default=1)
    said_on = models.DateField()
    said_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "instrument", "party", "turn"], name="words_about_a_standing_have_an_order"
            )
        ]

    class Privacy:
        personal = ("said_by",)
        ordinary = ("id", "society", "instrument", "party", "state", "since", "source", "turn", "said_on")


class Commitment(Model):
    """What a society has undertaken: with whom, by which provisions, until when. ``follows``: the round before."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=words.CommitmentKind)
    title = models.CharField(max_length=200)
    # Keys of provisions, "instrument/id".
    provisions = models.JSONField(default=list)
    objective = models.TextField()
    resources = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField()
    focal = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=words.CommitmentState, default=words.CommitmentState.DRAFT)
    changed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    signed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    # The last word about it as a whole; set by ``queries.commitments``.
    said: Status | None

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["ends_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_commitment_beyond_a_draft_was_signed_by_another",
                condition=models.Q(state="draft", signed_by=None, signed_on=None)
                | (
                    ~models.Q(state="draft")
                    & models.Q(signed_by__isnull=False, signed_on__isnull=False)
                    & ~models.Q(signed_by=models.F("changed_by"))
                ),
            ),
            models.CheckConstraint(
                name="a_commitment_ends_after_it_begins",
                condition=models.Q(ends_on__gte=models.F("begins_on")),
            ),
        ]

    class Privacy:
        personal = ("focal", "changed_by", "signed_by")
        ordinary = (
            *("id", "society", "kind", "title", "provisions", "objective", "resources", "risks", "begins_on"),
            *("ends_on", "state", "edited_at", "comment", "signed_on", "ended_on", "follows"),
        )


class Supporter(Model):
    """Who stands behind a commitment beside the society."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="supporters")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=words.SupporterKind)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["commitment", "name"], name="a_supporter_is_named_once")
        ]

    class Privacy:
        ordinary = ("id", "commitment", "name", "kind")


class Step(Model):
    """A step of the plan of action: who, until when, with what means, for which provisions."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=300)
    provisions = models.JSONField(default=list)
    owner = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    budget = models.CharField(max_length=100, blank=True)
    risk = models.CharField(max_length=300, blank=True)
    milestone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    class Privacy:
        personal = ("owner",)
        ordinary = ("id", "commitment", "text", "provisions", "due_on", "budget", "risk", "milestone")


class Indicator(Model):
    """By what progress is measured, and for which steps."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="indicators")
    text = models.CharField(max_length=200)
    begins_at = models.CharField(max_length=60, blank=True)
    aim = models.CharField(max_length=60)
    steps = models.ManyToManyField(Step, related_name="indicators")
    # The newest evidence that has a value; set by ``queries.indicators_of``.
    latest: Evidence | None

    class Meta:
        ordering: ClassVar = ["text"]

    class Privacy:
        ordinary = ("id", "commitment", "text", "begins_at", "aim")


class Evidence(Model):
    """Something dated that shows how far it is. ``steps``, ``indicators``: of what; where none: of the whole."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=9, choices=words.EvidenceKind)
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    value = models.CharField(max_length=60, blank=True)
    shown_on = models.DateField()
    steps = models.ManyToManyField(Step, related_name="evidence")
    indicators = models.ManyToManyField(Indicator, related_name="evidence")
    added_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-shown_on", "-added_on"]

    class Privacy:
        personal = ("added_by",)
        ordinary = (*("id", "commitment", "kind", "text", "source", "value", "shown_on", "added_on"),)


class Status(Model):
    """A word about a commitment, or about one of its steps, carried by newer evidence than the word before."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="statuses")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, null=True, related_name="statuses")
    progress = models.CharField(max_length=11, choices=words.Progress)
    why = models.CharField(max_length=500, blank=True)
    challenges = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    # That of the evidence: the next word needs a later one.
    shown_on = models.DateField()
    said_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-shown_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commitment", "shown_on"],
                name="one_word_on_a_commitment_for_each_day_of_evidence",
                condition=models.Q(step=None),
            ),
            models.UniqueConstraint(
                fields=["step", "shown_on"], name="one_word_on_a_step_for_each_day_of_evidence"
            ),
            models.CheckConstraint(
                name="what_is_late_or_given_up_says_why",
                condition=~models.Q(progress__in=[str(one) for one in words.NEED_A_REASON])
                | ~models.Q(why=""),
            ),
        ]

    class Privacy:
        personal = ("said_by",)
        ordinary = (
            *("id", "commitment", "step", "progress", "why", "challenges", "evidence", "shown_on", "said_on"),
        )


class Report(Model):
    """A follow-up report as it stood on a day; it leaves the society only once a second person has cleared it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # "" for all, an instrument, "society:SLUG" or "route:XX-YY" (two countries): see ``rules.scope_of``.
    about = models.CharField(max_length=60, blank=True, default="")
    language = models.CharField(max_length=10)
    # What is said, frozen: {"title", "parts": [["heading" | "text", …] | ["table", rows]], "papers": [[text, day,
    # source]]}.
    content = models.JSONField(default=dict)
    # It says "no evidence" somewhere.
    says_none = models.BooleanField(default=False)
    # Whether paired societies are told, once it is cleared, the words about commitments that stand in it: these.
    tells = models.CharField(max_length=5, choices=words.Tells, blank=True, default=words.Tells.NOBODY)
    told = models.ManyToManyField(Status, related_name="+")
    state = models.CharField(max_length=7, choices=words.ReportState, default=words.ReportState.DRAFT)
    made_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    remark = models.CharField(max_length=500, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_report_is_decided_by_another",
                condition=models.Q(state="draft", decided_by=None, decided_on=None)
                | (
                    ~models.Q(state="draft")
                    & models.Q(decided_by__isnull=False, decided_on__isnull=False)
                    & ~models.Q(decided_by=models.F("made_by"))
                ),
            )
        ]

    class Privacy:
        personal = ("made_by", "decided_by")
        ordinary = (
            *("id", "society", "about", "language", "content", "says_none", "tells", "state", "made_at"),
            *("decided_on", "remark"),
        )


class Policy(Model):
    """A version of the society's own policy: from the model text to what the board adopted."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=words.PolicyState, default=words.PolicyState.DRAFT)
    changed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    adopted_on = models.DateField(null=True)
    # The board's decision: number or place of the minutes.
    decision = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "language", "version"], name="one_policy_a_version_and_language"
            ),
            models.CheckConstraint(
                name="an_adopted_policy_names_the_decision",
                condition=models.Q(state="draft", adopted_on=None)
                | (~models.Q(state="draft") & models.Q(adopted_on__isnull=False) & ~models.Q(decision="")),
            ),
        ]

    class Privacy:
        personal = ("changed_by", "entered_by")
        ordinary = (
            *("id", "society", "version", "language", "text", "state", "edited_at", "adopted_on", "decision"),
        )


class PolicyComment(Model):
    """What a colleague says to a draft of the policy."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    class Privacy:
        personal = ("by",)
        ordinary = ("id", "policy", "text", "on")


class DialogueQuerySet(TenantQuerySet["Dialogue"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """The dialogues whose file was sealed to this colleague: the author's and the focal points'."""
        rows = super().visible(to=to)
        return rows if to is None else rows.filter(granted_to(to))


class Dialogue(Model):
    """A dialogue with an authority. With whom, about what and what came of it lies in its sealed file."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=words.DialogueState, default=words.DialogueState.OPEN)
    begun_on = models.DateField()
    closed_on = models.DateField(null=True)
    keep_until = models.DateField(null=True)

    objects = DialogueQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_closed_dialogue_says_how_long_it_is_kept",
                condition=models.Q(state="open", closed_on=None, keep_until=None)
                | models.Q(state="closed", closed_on__isnull=False, keep_until__isnull=False),
            )
        ]

    class Privacy:
        ordinary = ("id", "society", "number", "file", "state", "begun_on", "closed_on", "keep_until")
