"""The small forms about one volunteer, each one step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import colleagues
from panah.ground.kit.forms import DateField, Form, by_name, one_line, one_of, paragraph, picked, ticked
from panah.ground.network import queries as network_queries
from panah.programmes.volunteers import permissions, queries, rules, sealed_details, words
from panah.programmes.volunteers.forms.register import ChangeForm
from panah.programmes.volunteers.queries.helping import AsksToBeRung, asks_to_be_rung

if TYPE_CHECKING:
    from django.http import QueryDict

    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer

LONGEST = timedelta(days=3 * 365)


class StepForm(Form):
    """A step about a volunteer, for whoever asks; both are needed to know what can be chosen."""

    def __init__(self, data: QueryDict | None = None, *, row: Volunteer, by: Staff) -> None:
        super().__init__(data)
        self.row, self.by = row, by
        self.prepare()

    def prepare(self) -> None:
        """Set what can be chosen and what stands there first."""


class NothingForm(StepForm):
    """A step that asks nothing but to be confirmed."""

    sure = ticked(_("Yes, do it"), required=True)


class WhenWhyForm(StepForm):
    on = DateField(label=_("From which day"), past=True, required=True)
    why = paragraph(_("Why"), hint=_("For the branch alone; it may stay empty."), most=500)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate())


class AnswerForm(StepForm):
    """The branch's answer to a request."""

    answer = one_of(_("Answer"), [("yes", _("Take on")), ("no", _("Do not take on"))], line=True)
    role = one_of(_("Role"), words.VolunteerRole.choices, line=True, initial=words.VolunteerRole.MEMBER)
    why = paragraph(
        _("In a sentence"),
        hint=_(
            "What you tell the person on the telephone. Needed where the answer is no; it is kept protected."
        ),
        most=500,
    )

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("answer") == "no" and not given.get("why"):
            self.add_error("why", ValidationError(_("Say in a sentence why not: the person is told.")))


class ChangeStepForm(StepForm, ChangeForm):
    """What is known of a volunteer, as it stands, to be changed."""

    def prepare(self) -> None:
        self.initial = self.first(self.row, sealed_details.readable(self.row) or {})


class MoveForm(StepForm):
    branch = picked(_("To which branch"), required=True)
    why = paragraph(_("A word for the other branch"), most=500)

    def prepare(self) -> None:
        every = network_queries.branch_names(self.row.society_id)
        self.offer("branch", [("", "–"), *(one for one in every if one[0] != str(self.row.branch_id))])


class MoveAnswerForm(StepForm):
    answer = one_of(_("Answer"), [("yes", _("Take over")), ("no", _("Do not take over"))], line=True)
    why = paragraph(_("In a sentence"), hint=_("Needed where the answer is no."), most=500)

    def prepare(self) -> None:
        if self.row.moving_to_id and self.by.branch_id and self.by.branch_id != self.row.moving_to_id:
            self.offer("answer", [("no", _("Take the question back"))])

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("answer") == "no" and not given.get("why"):
            self.add_error("why", ValidationError(_("Say in a sentence why not.")))


class RoleForm(StepForm):
    branch = picked(_("Branch"), required=True)
    role = one_of(_("Role"), words.VolunteerRole.choices, line=True)
    since = DateField(label=_("Since"), past=True, required=True)

    def prepare(self) -> None:
        self.offer("branch", queries.branches_kept(by=self.by))
        self.initial.setdefault("branch", str(self.row.branch_id))
        self.initial.setdefault("since", timezone.localdate())


class RoleEndForm(StepForm):
    which = one_of(_("Which role ends"))
    until = DateField(label=_("On which day"), past=True, required=True)

    def prepare(self) -> None:
        kept, language = dict(queries.branches_kept(by=self.by)), get_language() or "en"
        held = [
            one for one in queries.memberships(self.row) if one.until is None and str(one.branch_id) in kept
        ]
        self.offer(
            "which",
            [(str(one.pk), f"{one.get_role_display()}, {one.branch.name_in(language)}") for one in held],
        )
        self.initial.setdefault("until", timezone.localdate())


class SafeguardingForm(StepForm):
    until = DateField(label=_("Instructed in safeguarding until"), future=True, required=True)

    def prepare(self) -> None:
        self.initial.setdefault("until", timezone.localdate() + timedelta(days=rules.SAFEGUARDING_DAYS))

    def clean_until(self) -> date:
        return within(self.cleaned_data["until"])


class InsuranceForm(StepForm):
    until = DateField(label=_("Insured until"), required=False)
    cover = one_line(
        _("Which insurance"),
        hint=_("By whom, and its number: for example the society’s group insurance."),
        most=120,
    )

    def prepare(self) -> None:
        kept = sealed_details.readable(self.row) or {}
        self.initial.setdefault("until", sealed_details.standing(self.row).insured_until)
        self.initial.setdefault("cover", kept.get("insurance", ""))

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        return within(until) if until else None

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if "until" in given and bool(given["until"]) != bool(given.get("cover")):
            missing = "cover" if given["until"] else "until"
            said = _("Write the day and the insurance, or leave both empty where there is none.")
            self.add_error(missing, ValidationError(said))


class SealedStepForm(StepForm):
    """A step that seals something. The page carries a fresh id: pressed twice, it is one."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("once", uuid4())


class VetForm(SealedStepForm):
    found = paragraph(
        _("What was looked at and found"),
        hint=_("Papers, references, who was asked. Protected for the focal points."),
        required=True,
    )
    vouched = one_of(_("Vetted"), [("yes", _("yes, until the day below")), ("no", _("no"))])
    until = DateField(label=_("Vetted until"), future=True, required=False)

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("until", timezone.localdate() + timedelta(days=rules.VETTED_DAYS))

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        vouched = given.pop("vouched", "")
        if vouched == "no":
            given["until"] = None
        elif vouched == "yes" and "until" not in self.errors:
            if not given.get("until"):
                self.add_error("until", ValidationError(_("Write until when it holds.")))
            elif given["until"] > timezone.localdate() + LONGEST:
                self.add_error("until", ValidationError(_("Within three years somebody looks again.")))


def within(until: date) -> date:
    if until > timezone.localdate() + LONGEST:
        raise ValidationError(_("Within three years somebody looks again."))
    return until


class IncidentForm(SealedStepForm):
    on = DateField(label=_("When"), past=True, required=True)
    what = paragraph(
        _("What happened"),
        hint=_("No name of a person we serve: that belongs into the case. Protected for the focal points."),
        required=True,
    )
    decided = paragraph(_("What was decided"))

    def prepare(self) -> None:
        super().prepare()
        if not permissions.decides(self.by):
            del self.fields["decided"]
        if (rung := asks_to_be_rung(self.row)) is not None:
            self.initial.setdefault("on", rung.on)
            self.initial.setdefault("what", _told_of(rung))


def _told_of(rung: AsksToBeRung) -> str:
    """What stands in the form already where a volunteer asked to be rung."""
    return "\n".join(
        [
            gettext("The volunteer asked to be rung."),
            *(
                gettext("On a call-out: %(what)s.") % {"what": one.get_what_display()}
                for one in rung.call_outs
            ),
            "",
        ]
    )


class DecidedForm(Form):
    decided = paragraph(_("What was decided"), required=True)


class StaffLinkForm(StepForm):
    colleague = picked(_("Signs in as"))

    def prepare(self) -> None:
        self.offer("colleague", by_name(colleagues(to=self.by)))
        self.initial.setdefault("colleague", str(self.row.staff_id or ""))


class EraseForm(StepForm):
    sure = ticked(
        _("Yes, erase for good"),
        _("Hours, trainings and certificates go along. Nobody can bring it back."),
        required=True,
    )
