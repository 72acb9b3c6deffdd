"""The questions of a referral, one page each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.directory.words import Admits, Need
from panah.ground.kit.forms import (
    DateTimeField,
    Form,
    by_name,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.people.cases.words.terms import Assistance
from panah.people.consent.words import STAY_BY_DEFAULT, ConsentPurpose, SharedField
from panah.people.referrals.forms.across import SealForm
from panah.people.referrals.words import (
    DeclineReason,
    DeliveryMethod,
    MeetingCallOutcome,
    ProgrammeAnswer,
    ReferralOutcome,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff


class FindForm(Form):
    """What is needed, where: finds services, the one to try first on top."""

    need = picked(_("What is needed"))
    region = picked(_("Where"))
    language = spoken_language(_("Language"), _("any language"))
    admits = picked(_("Who must be admitted"))
    open_now = ticked(_("Open now"))

    def __init__(self, *args: object, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("need", [("", _("anything")), *Need.choices])
        self.offer("region", [("", _("anywhere")), *regions])
        self.offer("admits", [("", _("anyone")), *Admits.choices])


class PacketForm(Form):
    """What leaves: one text a field that the person agreed to; empty ones stay."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    need = one_line(_("What the receiver is asked for"), required=True)
    note = paragraph(_("For us only: what to keep in mind"), rows=2)

    def __init__(
        self, *args: object, agreed: set[str], across: bool = False, child: bool = False, **kwargs: Any
    ) -> None:
        """``across``: it crosses a border; ``child``: a child, or perhaps one."""
        super().__init__(*args, **kwargs)
        self.agreed = [f for f in SharedField if f.value in agreed]
        for name in self.agreed:
            long = name in STAY_BY_DEFAULT or name in (SharedField.NEEDS, SharedField.SAFETY)
            label = capfirst(name.label)
            self.fields[f"tell_{name.value}"] = (
                paragraph(label, rows=2) if long else one_line(label, most=2000)
            )

        if across:
            self._add_across(child)

    def _add_across(self, child: bool) -> None:
        self.fields["wish"] = one_line(
            _("What the person wishes for the arrival"),
            hint=_("For example from which day on, or who should meet the person. It is told too."),
            most=500,
        )
        if SharedField.NEEDS in self.agreed:
            self.fields["needs"] = many_of(
                _("What is needed there"),
                Assistance.choices,
                line=True,
                hint=_("What is ticked becomes a plan there: nothing is typed again."),
            )
        if child:
            self.fields["authority"] = one_line(
                _("Whom to call at the authority"),
                hint=_(
                    "For a child, or perhaps a child: office, name and telephone of the authority that is"
                    " competent. Without it nothing leaves."
                ),
            )
        for name in ("wish", "needs", "authority"):
            if name in self.fields:
                self.keep_quiet(self.fields[name].widget)

    def across(self) -> dict[str, object]:
        """What was typed for whoever is across a border."""
        names = ("wish", "needs", "authority")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def around(self) -> list[forms.BoundField]:
        """The fields that are not part of what is told, as bound fields."""
        return [self[name] for name in ("wish", "needs", "authority") if name in self.fields]

    def content(self) -> dict[str, object]:
        """What a prepared referral keeps of it."""
        data = self.cleaned_data
        return {"need": data["need"], "note": data["note"], "values": self.values(), **self.across()}

    def tell(self) -> list[forms.BoundField]:
        """The fields that may leave, as bound fields."""
        return [self[f"tell_{name.value}"] for name in self.agreed]

    def values(self) -> dict[str, str]:
        """The text told for each agreed field: what was typed; for needs, what was ticked if nothing was typed."""
        told = {n.value: self.cleaned_data[f"tell_{n.value}"] for n in self.agreed}
        ticked_needs = [str(Assistance(n).label) for n in self.cleaned_data.get("needs", ())]
        if ticked_needs and not told[SharedField.NEEDS.value].strip():
            told[SharedField.NEEDS.value] = ", ".join(ticked_needs)
        return told


class SendForm(SealForm):
    """Another way than sealed: the same question, whether it was read to the person, and how it goes."""

    way = one_of(_("How it goes"), DeliveryMethod.choices)
    field_order = ("way", "read", "life")

    def __init__(self, *args: object, across: bool = True, ours: Staff | None = None, **kwargs: Any) -> None:
        """``ours``: the colleague who takes what is referred to this programme of our own."""
        super().__init__(*args, across=across, **kwargs)
        ways: list[tuple[str, StrOrPromise]] = [
            w for w in DeliveryMethod.choices if w[0] not in (DeliveryMethod.NODE, DeliveryMethod.OURS)
        ]
        if ours:
            to_her = gettext("sealed, to %(name)s of our own programme") % {"name": ours.name}
            # With whose name was shown: if somebody else takes the programme since, it is chosen again.
            ways.insert(0, (f"{DeliveryMethod.OURS.value}:{ours.pk}", to_her))
            self.initial["way"] = ways[0][0]
        self.offer("way", ways)
        self.fields["way"].error_messages["invalid_choice"] = _(
            "Who takes this programme, or how it can go, has changed: nothing was sent. Look again, and choose."
        )
        if not across and "life" in self.fields:
            self.fields["life"].help_text = _("Both focal points see this at once.")

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"].partition(":")[0]
        return way


class AnswerForm(Form):
    answer = one_of(
        _("The answer"),
        [
            ("accepted", _("They accept, there is room")),
            ("more_asked", _("They ask for more")),
            ("declined", _("They decline")),
        ],
    )
    reason = picked(_("If they decline: why"), [("", _("choose")), *DeclineReason.choices])
    note = paragraph(_("Who said what"), rows=2)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("answer") == "declined" and not data.get("reason"):
            self.add_error("reason", _("Choose why, so that others need not ask again."))
        return data


class MeetingForm(Form):
    when = DateTimeField(label=_("When they meet, or when the person arrives"), near=True)
    where = one_line(
        _("Where exactly"),
        hint=_("Not an arrival hall if it can be avoided: recruiters wait there."),
        required=True,
    )
    who = one_line(_("Who meets the person"), required=True, most=200)
    sign = one_line(
        _("How they recognise each other"),
        hint=_("A word or a thing, never a sign with a name."),
        required=True,
        most=200,
    )
    fallback = paragraph(_("If nobody is met within 30 minutes"), required=True, rows=2)
    escort = one_line(_("Who comes along"), most=200)
    papers = one_line(_("Papers to bring"))
    medical = one_line(_("Medical needs on the way"))

    def __init__(
        self, *args: object, without: Iterable[str] = (), by_telephone: bool = False, **kwargs: Any
    ) -> None:
        """``without``: what may not be told, since the person did not agree to it; ``by_telephone``: no Panah there."""
        super().__init__(*args, **kwargs)
        if by_telephone:
            self.fields["stands"] = one_of(_("What the call led to"), MeetingCallOutcome.choices)
        for name in without:
            del self.fields[name]


class MetForm(Form):
    met = one_of(_("Did they meet?"), [("yes", _("Yes, they met")), ("no", _("No, nobody was met"))])
    note = paragraph(_("What happened"), rows=2)


class OutcomeForm(Form):
    person_says = paragraph(
        _("What the person says"), hint=_("It is measured by the person, not for the person.")
    )
    partner_says = paragraph(_("What the partner says"))
    outcome = one_of(_("How is it now?"), ReferralOutcome.choices)
    final = ticked(_("This was the last time: the referral is done"))

    def __init__(self, *args: object, again: bool = False, **kwargs: Any) -> None:
        """``again``: it is asked several times within a year; else this ends it."""
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["final"]

    def clean(self) -> dict[str, object]:
        return {"final": True, **(super().clean() or {})}


class OnceForm(Form):
    code = one_line(_("The code you were told by phone"), required=True, most=12)


class OnceAnswerForm(Form):
    answer = one_of(
        _("Your answer"),
        [
            ("accepted", _("We can help")),
            ("more_asked", _("We need to know more")),
            ("declined", _("We cannot")),
        ],
    )
    note = paragraph(_("Anything to add"), rows=2)


PURPOSES = [(p.value, p.label) for p in (ConsentPurpose.PARTNER, ConsentPurpose.CROSS_BORDER)]


class ProgrammeAnswerForm(Form):
    """What a colleague of an own programme says to the caseworker who asked."""

    answer = one_of(_("Your answer"), ProgrammeAnswer.choices)
    note = paragraph(
        _("To the caseworker"),
        hint=_("When and where, what you need to know, or how it went. Only what the person wants told."),
        required=True,
    )


class ProgrammeForm(Form):
    """Who takes what is referred to a service of our own."""

    colleague = picked(_("Who takes what is referred to it"))

    def __init__(self, *args: object, staff: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("colleague", [("", _("nobody: it is told like a partner’s")), *by_name(staff)[1:]])
