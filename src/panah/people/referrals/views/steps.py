"""What can be done next with a referral: one table of steps, each with its form, its words and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import page
from panah.people.referrals import actions
from panah.people.referrals.actions.steps import SendResult
from panah.people.referrals.forms import (
    AnswerForm,
    ByTelephoneForm,
    ConfirmForm,
    DeclineForm,
    FirstDaysForm,
    MeetingForm,
    MetForm,
    OutcomeForm,
    SafeForm,
    SealForm,
    SendForm,
    ShareForm,
    TellForm,
    TheyCannotForm,
    ToldBackForm,
    TravelForm,
)
from panah.people.referrals.views import step_forms
from panah.people.referrals.words import DeliveryMethod, ReferralState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.people.cases.models import Case
    from panah.people.referrals.queries import OpenedReferral

WRITE = gettext_lazy("Write it down")


@dataclass(frozen=True)
class StepContext:
    """What the words of a step depend on: the state, whether the other side has a Panah, and its place on the page."""

    state: ReferralState
    across: bool
    first: bool


type Words = StrOrPromise | Callable[[StepContext], str]


@dataclass(frozen=True)
class Step[F: Form]:
    """One thing that can be done with a referral: the form that asks for it, its words, and what it does.

    ``form`` gives what makes the form from (data, auto_id); ``act`` returns a page only where it shows something once.
    """

    form: Callable[[StaffRequest, Case, OpenedReferral], Callable[..., F]]
    heading: Words
    button: Words
    act: Callable[[StaffRequest, Case, OpenedReferral, F, datetime], HttpResponse | None]

    def words(self, at: StepContext) -> tuple[str, str]:
        """Return the heading and the button."""
        heading, button = (one(at) if callable(one) else str(one) for one in (self.heading, self.button))
        return heading, button


def plain[F: Form](form: type[F]) -> Callable[[StaffRequest, Case, OpenedReferral], Callable[..., F]]:
    """A form that needs to know nothing."""
    return lambda _request, _case, _opened: form


def _meeting_heading(at: StepContext) -> str:
    return {
        ReferralState.NOT_MET: _("Agree a meeting again"),
        ReferralState.MEETING: _("Change the meeting"),
    }.get(at.state, _("Agree a meeting"))


# -- what each does ----------------------------------------------------------------------------


def _take_up(
    request: StaffRequest, case: Case, opened: OpenedReferral, _form: ConfirmForm, at: datetime
) -> None:
    actions.take_over_messages(keys=request.keys, case=case, opened=opened, at=at)


def _seal(request: StaffRequest, case: Case, opened: OpenedReferral, form: SealForm, at: datetime) -> None:
    actions.send(
        keys=request.keys,
        case=case,
        opened=opened,
        way=DeliveryMethod.NODE,
        life=form.cleaned_data.get("life", ""),
        at=at,
    )


def _send(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: SendForm, at: datetime
) -> HttpResponse | None:
    data = form.cleaned_data
    sent = actions.send(
        keys=request.keys, case=case, opened=opened, way=data["way"], life=data.get("life", ""), at=at
    )
    return _made_once(request, case, opened, sent) if sent.token else None


def _page_again(
    request: StaffRequest, case: Case, opened: OpenedReferral, _form: ConfirmForm, at: datetime
) -> HttpResponse:
    sent = actions.make_page_again(keys=request.keys, case=case, opened=opened, at=at)
    return _made_once(request, case, opened, sent)


def _made_once(request: StaffRequest, case: Case, opened: OpenedReferral, sent: SendResult) -> HttpResponse:
    # Shown once, on this answer itself: kept nowhere, so there is nothing to come back to.
    return page(
        request,
        "referrals/once_made.html",
        case=case,
        opened=opened,
        code=sent.code,
        address=request.build_absolute_uri(f"/r/{sent.token}/"),
    )


def _answered(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: AnswerForm, at: datetime
) -> None:
    data = form.cleaned_data
    actions.write_answer(
        keys=request.keys,
        case=case,
        opened=opened,
        answer=data["answer"],
        reason=data["reason"],
        note=data["note"],
        at=at,
    )


def _tell(request: StaffRequest, case: Case, opened: OpenedReferral, form: TellForm, at: datetime) -> None:
    text, values = form.cleaned_data["text"], form.values()
    actions.answer_question(keys=request.keys, case=case, opened=opened, text=text, values=values, at=at)


def _agree(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: ByTelephoneForm, at: datetime
) -> None:
    note = form.cleaned_data["note"]
    actions.confirm_meeting(keys=request.keys, case=case, opened=opened, note=note, at=at)


def _told(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: ByTelephoneForm, at: datetime
) -> None:
    actions.write_told(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _first_days(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: FirstDaysForm, at: datetime
) -> None:
    actions.write_heard(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _they_cannot(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: TheyCannotForm, at: datetime
) -> None:
    data = form.cleaned_data
    actions.write_answer(
        keys=request.keys,
        case=case,
        opened=opened,
        answer=ReferralState.DECLINED,
        reason=data["reason"],
        note=data["note"],
        at=at,
    )


def _told_back(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: ToldBackForm, at: datetime
) -> None:
    data = form.cleaned_data
    actions.write_told_back(
        keys=request.keys,
        case=case,
        opened=opened,
        how=data["how"],
        fields=data["fields_erased"],
        note=data["note"],
        at=at,
    )


def _meeting(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: MeetingForm, at: datetime
) -> None:
    actions.agree_meeting(keys=request.keys, case=case, opened=opened, meeting=form.cleaned_data, at=at)


def _confirm(
    request: StaffRequest, case: Case, opened: OpenedReferral, _form: ConfirmForm, at: datetime
) -> None:
    actions.confirm_meeting(keys=request.keys, case=case, opened=opened, at=at)


def _travel(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: TravelForm, at: datetime
) -> None:
    actions.write_travel(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _met(request: StaffRequest, case: Case, opened: OpenedReferral, form: MetForm, at: datetime) -> None:
    data = form.cleaned_data
    actions.write_met(
        keys=request.keys, case=case, opened=opened, met=data["met"] == "yes", note=data["note"], at=at
    )


def _safe(request: StaffRequest, case: Case, opened: OpenedReferral, form: SafeForm, at: datetime) -> None:
    actions.write_safe(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _outcome(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: OutcomeForm, at: datetime
) -> None:
    actions.write_outcome(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _share(request: StaffRequest, case: Case, opened: OpenedReferral, form: ShareForm, at: datetime) -> None:
    actions.tell_outcome(keys=request.keys, case=case, opened=opened, at=at, **form.cleaned_data)


def _after_all(
    request: StaffRequest, case: Case, opened: OpenedReferral, form: DeclineForm, at: datetime
) -> None:
    data = form.cleaned_data
    actions.decline_after_all(
        keys=request.keys,
        case=case,
        opened=opened,
        reason=data["reason"],
        note=data["note"],
        others=form.named(),
        at=at,
    )


STEPS: dict[str, Step[Any]] = {
    "take_up": Step(
        plain(ConfirmForm), gettext_lazy("They have written"), gettext_lazy("Open what they wrote"), _take_up
    ),
    "seal": Step(step_forms.seal, gettext_lazy("Send"), gettext_lazy("Seal and send exactly this"), _seal),
    "send": Step(
        step_forms.send,
        lambda at: _("Send") if at.first else _("Another way: letter, telephone, page"),
        gettext_lazy("Send exactly this"),
        _send,
    ),
    "answer": Step(
        step_forms.answer,
        lambda at: _("They answered by telephone") if at.across else _("What did they answer?"),
        WRITE,
        _answered,
    ),
    "tell": Step(
        step_forms.tell,
        gettext_lazy("Answer what they ask"),
        lambda at: _("Seal and send the answer") if at.across else _("It was told on the telephone"),
        _tell,
    ),
    "told": Step(
        plain(ByTelephoneForm),
        gettext_lazy("They wait to be told by telephone"),
        gettext_lazy("They have been told"),
        _told,
    ),
    "they_agree": Step(
        plain(ByTelephoneForm),
        gettext_lazy("Do they agree to this meeting?"),
        gettext_lazy("They agree to it"),
        _agree,
    ),
    "first_days": Step(plain(FirstDaysForm), gettext_lazy("The first three days"), WRITE, _first_days),
    "they_cannot": Step(
        plain(TheyCannotForm),
        gettext_lazy("They cannot after all"),
        gettext_lazy("Write down that they decline"),
        _they_cannot,
    ),
    "told_back": Step(
        step_forms.told_back, gettext_lazy("Tell them that it is withdrawn"), WRITE, _told_back
    ),
    "meeting": Step(step_forms.meeting, _meeting_heading, WRITE, _meeting),
    "confirm": Step(
        plain(ConfirmForm), gettext_lazy("Is this meeting agreed?"), gettext_lazy("Yes, agreed"), _confirm
    ),
    "travel": Step(
        step_forms.travel,
        gettext_lazy("News about the journey"),
        gettext_lazy("Note it and move the alarm"),
        _travel,
    ),
    "met": Step(plain(MetForm), gettext_lazy("Did they meet?"), WRITE, _met),
    "safe": Step(
        plain(SafeForm), gettext_lazy("Is the person safe?"), gettext_lazy("Write down the answer"), _safe
    ),
    "outcome": Step(step_forms.outcome, gettext_lazy("How did it go?"), WRITE, _outcome),
    "page_again": Step(
        plain(ConfirmForm),
        gettext_lazy("The address or the code was lost, or its time is over"),
        gettext_lazy("Make the page anew"),
        _page_again,
    ),
    "share": Step(
        plain(ShareForm), gettext_lazy("Tell them how it went on"), gettext_lazy("Tell them"), _share
    ),
    "after_all": Step(
        step_forms.after_all,
        gettext_lazy("It cannot be done after all"),
        gettext_lazy("Decline after all"),
        _after_all,
    ),
}
