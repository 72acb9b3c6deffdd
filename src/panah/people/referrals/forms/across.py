"""The questions of a referral across a border: sending it sealed, answering it, the journey, how it went on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from panah.ground.directory.words import Need
from panah.ground.kit.forms import (
    DateTimeField,
    Form,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.people.consent.words import SharedField
from panah.people.referrals.words import (
    AfterWithdrawal,
    DeclineReason,
    ReferralOutcome,
    SafetyAnswer,
    TextDecision,
    TheyErased,
    TravelNews,
)

if TYPE_CHECKING:
    from django.forms import BoundField

    from panah.ground.accounts.models import Staff
    from panah.ground.directory.queries import ServiceCard
    from panah.people.cases.queries import Caseload
    from panah.people.referrals.actions import ResidualMention


class SealForm(Form):
    """Before it leaves: it was read to the person. ``life`` is asked only where no consent covers it."""

    read = ticked(_("I read this to the person in a language the person speaks, and the person agrees to it"))
    life = paragraph(
        _("Only without consent: what threatens the person's life, and why consent cannot be asked"),
        hint=_("Both focal points see this at once, and the receiver reads it."),
    )

    def __init__(self, *args: object, covered: bool = True, across: bool = True, **kwargs: object) -> None:
        """``across``: it crosses a border, so it is read to the person once more as it will leave."""
        super().__init__(*args, **kwargs)
        self.covered = covered
        del self.fields["life" if covered else "read"]
        if not across:
            self.fields.pop("read", None)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if "read" in self.fields and not data.get("read"):
            self.add_error(
                "read", _("Read it to the person first: exactly this will leave, and nothing else.")
            )
        if not self.covered and not data.get("life"):
            self.add_error(
                "life", _("Without a consent only a risk to life lets it leave: write the reason.")
            )
        return data


class TellForm(Form):
    """The answer to what was asked; only what the person agreed to can be filled in."""

    text = paragraph(
        _("The answer"),
        hint=_("Nothing that the person has not agreed to: ask for consent first."),
        required=True,
    )

    def __init__(self, *args: object, agreed: Iterable[str] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.agreed = [f for f in SharedField if f.value in set(agreed)]
        for name in self.agreed:
            self.fields[f"tell_{name.value}"] = one_line(capfirst(name.label), most=2000)
            self.keep_quiet(self.fields[f"tell_{name.value}"].widget)

    def values(self) -> dict[str, str]:
        return {n.value: self.cleaned_data[f"tell_{n.value}"] for n in self.agreed}


class WithdrawReferralForm(Form):
    """Before a referral is withdrawn: why. What each means stands above."""

    why = one_of(_("Why?"))
    note = paragraph(
        _("For us only: what was said or what happened"),
        hint=_("The person needs no reason. It is not told to the other side."),
        rows=2,
    )

    def __init__(self, *args: object, whys: list[tuple[str, object]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("why", whys)


class SafeForm(Form):
    """Whether somebody is safe who was on the way when a referral was taken back."""

    how = one_of(_("What is known now?"), SafetyAnswer.choices)
    note = paragraph(
        _("How do you know, or what did you try?"),
        required=True,
        hint=_("Who spoke with the person, when, and what was said. Only words end the question."),
        rows=2,
    )


class ConfirmForm(Form):
    """Yes to the meeting as it stands: nothing to fill in."""


class ByTelephoneForm(Form):
    """What was said on the telephone, written down by hand."""

    note = paragraph(_("Who said what"))


class FirstDaysForm(Form):
    note = paragraph(
        _("What they say about the first days"),
        hint=_("Only what the person agrees to. Is the person safe, has a bed, is well, knows whom to call?"),
        required=True,
    )


class ToldBackForm(Form):
    """They were telephoned about a withdrawal: what they say they have erased."""

    how = one_of(_("What do they say?"), TheyErased.choices)
    fields_erased = many_of(_("What they say they have erased"))
    note = paragraph(_("Who said what"))

    def __init__(self, *args: object, told: Iterable[str] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        told = set(told)
        self.offer("fields_erased", [(f.value, capfirst(f.label)) for f in SharedField if f.value in told])

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("how") == TheyErased.ERASED and not data.get("fields_erased"):
            self.add_error("fields_erased", _("Ask what exactly they have erased, and tick it."))
        return data


class TravelForm(Form):
    what = one_of(_("What is known of the journey?"), TravelNews.choices)
    when = DateTimeField(label=_("When the person arrives, or has arrived"), near=True)
    note = one_line(
        _("Train, flight, place of crossing"),
        hint=_("The alarm moves: it rings half an hour after this time, on both sides."),
    )
    known = ticked(
        _("They know it: it was said on the telephone"),
        _("Otherwise calling them goes on the list at once: nothing tells them by itself."),
    )

    def __init__(self, *args: object, by_telephone: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if by_telephone:
            self.fields["note"].help_text = _("The alarm moves: it rings here half an hour after this time.")
        else:
            del self.fields["known"]


class AcceptForm(Form):
    """The offer becomes a case of our own; nothing that came is typed again."""

    note = paragraph(
        _("What we can do, from when"),
        hint=_("The bed, who meets the person, what is not possible. The sender reads it."),
        required=True,
    )
    owner = picked(_("Who holds the case here?"), required=True)
    branch = picked(_("Branch"))
    beyond = one_line(_("Why beyond the ceiling, if it is"), most=200)

    def __init__(
        self,
        *args: object,
        holders: Iterable[Staff],
        load: Caseload,
        branches: Iterable[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        ceiling = load.most is not None
        self.offer(
            "owner", [(str(s.pk), f"{s.name} ({load.told(s.pk)})" if ceiling else s.name) for s in holders]
        )
        self.offer("branch", [("", "–"), *branches])
        if not ceiling:
            del self.fields["beyond"]


class DeclineForm(Form):
    reason = one_of(_("Why not?"), DeclineReason.choices)
    note = paragraph(_("Anything to add"), hint=_("The sender reads it."))
    need = picked(_("What is needed"))
    region = picked(_("Where"))
    language = spoken_language(_("Language"), _("any language"))
    others = many_of(
        _("Who else could help"),
        hint=_("From our directory of services. The sender sees name, region and telephone."),
    )

    def __init__(
        self,
        *args: object,
        services: Iterable[ServiceCard] = (),
        regions: Iterable[tuple[str, str]] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("need", [("", _("what they ask for")), *Need.choices])
        self.offer("region", [("", _("anywhere")), *regions])
        self.services = {str(service.id): service for service in services}
        self.offer("others", [(pk, _place(one)) for pk, one in self.services.items()])
        if not self.services:
            del self.fields["others"]

    def named(self) -> list[dict[str, str]]:
        """The services that were chosen, as the sender sees them."""
        chosen = [self.services[pk] for pk in self.cleaned_data.get("others", ())]
        return [
            {
                "name": str(one.name),
                "organization": str(one.organization),
                "region": str(one.region or one.country),
                "phone": one.phones[0].number if one.phones else "",
            }
            for one in chosen
        ]


def _place(one: ServiceCard) -> str:
    phone = one.phones[0].number if one.phones else ""
    return ", ".join(str(x) for x in (one.name, one.organization, one.region or one.country, phone) if x)


class AskMoreForm(Form):
    text = paragraph(
        _("What do you need to know?"),
        hint=_("Only what you need to decide. The person is asked there before anything more is told."),
        required=True,
    )


class TheyCannotForm(Form):
    reason = one_of(_("Why not, after all?"), DeclineReason.choices)
    note = paragraph(_("Who said what"))


class ShareForm(Form):
    """How it went on, for the sender: only with the person's yes."""

    outcome = one_of(
        _("How is it now?"), [c for c in ReferralOutcome.choices if c[0] != ReferralOutcome.NOT_TOLD]
    )
    person = paragraph(_("What the person says"), hint=_("It is measured by the person, not for the person."))
    society = paragraph(_("What we say"))
    agreed = ticked(
        _("The person agrees that exactly this is told to them"),
        _("Without it only this leaves: the person does not want it told. The rest stays here."),
    )
    final = ticked(_("This was the last time: the referral is done"))


class WithdrawnForm(Form):
    how = one_of(_("What is done with it?"), AfterWithdrawal.choices)
    ground = paragraph(
        _("If it is kept: the ground of our own"),
        hint=_("When and how the person agreed to it here, or which law or court demands it. It stays here."),
    )

    def __init__(self, *args: object, texts: Iterable[ResidualMention] = (), **kwargs: object) -> None:
        """``texts``: what still tells it; each is decided about when what came is erased."""
        super().__init__(*args, **kwargs)
        self.left = list(texts)
        for one in self.left:
            self.fields[f"text_{one.key}"] = one_of(
                _("What is done with this text?"), TextDecision.choices, required=False
            )

    def beside(self) -> list[tuple[ResidualMention, BoundField]]:
        """The texts, each with its question."""
        return [(one, self[f"text_{one.key}"]) for one in self.left]

    def decided(self) -> dict[str, str]:
        """What was chosen, by the key of the text."""
        return {one.key: self.cleaned_data.get(f"text_{one.key}", "") for one in self.left}

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        erased = data.get("how") == AfterWithdrawal.ERASED
        for one in self.left if erased else ():
            if not data.get(f"text_{one.key}"):
                self.add_error(f"text_{one.key}", _("Look at this text and choose."))
        keeps = (data.get("how") and not erased) or (erased and TextDecision.KEEP in self.decided().values())
        if keeps and not data.get("ground"):
            self.add_error("ground", _("What is kept needs a ground of our own: write it."))
        return data
