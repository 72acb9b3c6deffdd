"""Call-outs and their answers, the volunteer's own page, hours and money. Places and hours to come lie sealed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.volunteers import helping_words as words
from panah.programmes.volunteers.visibility import BranchQuerySet
from panah.programmes.volunteers.words import MayDo

STAFF = settings.AUTH_USER_MODEL


class CallOut(Model):
    """Help that a branch asks for. ``sealed``: {"place", "note", "starts", "ends"}, told to whoever is chosen."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=MayDo.choices)
    language = models.CharField(max_length=16, blank=True)
    wanted = models.PositiveSmallIntegerField(default=1)
    # The day on which it begins: lists and the day's plan; the hour is sealed.
    day = models.DateField()
    sealed = models.BinaryField()
    # Somebody served is met: ties to communities are asked about.
    meets_person = models.BooleanField(default=False)
    state = models.CharField(
        max_length=6, choices=words.CallOutState.choices, default=words.CallOutState.OPEN
    )
    asked_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")

    objects = BranchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_call_out_wants_somebody", condition=models.Q(wanted__gte=1))
        ]
        indexes: ClassVar = [models.Index(fields=["society", "branch", "day"], name="call_outs_by_day")]

    class Privacy:
        personal = ("asked_by",)
        ordinary = (
            *("id", "society", "branch", "what", "language", "wanted", "day", "sealed", "meets_person"),
            "state",
        )


class Asked(Model):
    """One volunteer who was asked, and the answer. Why somebody is not taken is written nowhere."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    call_out = models.ForeignKey(CallOut, on_delete=models.CASCADE, related_name="asked")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=11, choices=words.Answer.choices, default=words.Answer.WAITING)
    # Which answer it was of this call-out: whoever said yes first is the first to be chosen.
    turn = models.PositiveSmallIntegerField(null=True)
    # What the one who asked confirmed where a tie is to be asked about.
    tie_asked = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call_out", "volunteer"], name="a_volunteer_is_asked_once_a_call_out"
            )
        ]

    class Privacy:
        personal = ("volunteer", "answer", "turn", "tie_asked")
        ordinary = ("id", "society", "call_out")


class OwnPage(Model):
    """A volunteer's page without an account. Its address and the PIN are kept as marks of the host's key."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    volunteer = models.OneToOneField(
        "volunteers.Volunteer", on_delete=models.CASCADE, related_name="own_page"
    )
    mark = models.BinaryField()
    pin = models.BinaryField(null=True)
    # Wrong PINs since the last right one.
    wrong = models.PositiveSmallIntegerField(default=0)
    made_on = models.DateField()
    opened_on = models.DateField(null=True)
    language = models.CharField(max_length=8, blank=True)
    # Nobody is written to from the one full hour to the other.
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mark"], name="a_page_of_a_volunteer_is_one_address"),
            models.CheckConstraint(
                name="quiet_hours_have_a_beginning_and_an_end",
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__lt=24, quiet_until__lt=24),
            ),
        ]

    class Privacy:
        personal = ("volunteer", "pin", "wrong", "opened_on", "language", "quiet_from", "quiet_until")
        ordinary = ("id", "society", "mark", "made_on")


class Hours(Model):
    """Time that somebody gave on a day; proposed by the volunteer it counts once the branch has confirmed it."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=8, choices=words.HoursFor.choices)
    state = models.CharField(max_length=9, choices=words.Claim.choices, default=words.Claim.ASKED)
    decided_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BranchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="hours_are_of_one_day", condition=models.Q(minutes__gte=1, minutes__lte=24 * 60)
            )
        ]
        indexes: ClassVar = [models.Index(fields=["volunteer", "on"], name="hours_of_a_volunteer")]

    class Privacy:
        personal = ("volunteer", "on", "minutes", "what", "decided_by")
        ordinary = ("id", "society", "branch", "state")


class Expense(Model):
    """A fare or phone credit that somebody asks back."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=8, choices=words.ExpenseKind.choices)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=9, choices=words.Claim.choices, default=words.Claim.ASKED)
    paid_on = models.DateField(null=True)
    decided_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BranchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_was_paid_says_when",
                condition=models.Q(state="confirmed", paid_on__isnull=False)
                | (~models.Q(state="confirmed") & models.Q(paid_on__isnull=True)),
            ),
            models.CheckConstraint(name="an_expense_is_above_nothing", condition=models.Q(amount__gt=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["volunteer", "on"], name="expenses_of_a_volunteer")]

    class Privacy:
        personal = ("volunteer", "on", "what", "amount", "currency", "paid_on", "decided_by")
        ordinary = ("id", "society", "branch", "state")
