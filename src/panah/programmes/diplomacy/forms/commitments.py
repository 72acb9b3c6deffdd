"""What is asked about commitments, their plan, evidence, and how far they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.dates import dated
from panah.ground.kit.forms import (
    ChoiceLabel,
    DateField,
    Form,
    PartialDateField,
    by_name,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    ticked,
)
from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.versioned_form import KeptForm
from panah.ground.network.words import country_name
from panah.programmes.diplomacy.instruments import STATES, provisions
from panah.programmes.diplomacy.models import Commitment, Evidence, Indicator, Standing, Step
from panah.programmes.diplomacy.words import (
    CommitmentKind,
    EvidenceKind,
    Progress,
    ReportState,
    StandingState,
    SupporterKind,
    Tells,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.queries.societies import SocietyCard

NO_NAMES = _("No name of a person we help, and none of a helper.")


def provision_choices() -> list[tuple[str, ChoiceLabel]]:
    return [
        (key, ChoiceLabel(f"{one.title}, {key.partition('/')[2]}", each.text))
        for key, (one, each) in provisions().items()
    ]


class StandingForm(CreateForm):
    makes = Standing
    party = picked(_("Who"), required=True)
    state = one_of(_("Standing"), StandingState.choices)
    since = PartialDateField(label=_("Since when"), required=False)
    source = one_line(_("Source"), required=True, hint=_("Where it can be read, and when you read it."))

    def __init__(
        self, *args: object, societies: Iterable[SocietyCard], language: str, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        states = [(f"state:{code}", country_name(code.upper(), language)) for code in STATES]
        others = [(f"society:{one.slug}", one.name) for one in societies]
        self.offer("party", [("", "–"), *states, *others])

    def clean_since(self) -> str:
        return str(self.cleaned_data["since"] or "")


class _CommitmentFields(Form):
    kind = one_of(_("Kind"), CommitmentKind.choices)
    title = one_line(_("Title"), required=True, most=200)
    provisions = many_of(_("Under which provisions"), required=True)
    objective = paragraph(
        _("Objective"),
        required=True,
        most=2000,
        hint=_("What is different at the end, so that it can be measured."),
    )
    resources = paragraph(_("What it takes"), most=2000, hint=_("People, money, agreements."))
    risks = paragraph(_("Risks"), most=2000, hint=NO_NAMES)
    begins_on = DateField(label=_("Begins on"))
    ends_on = DateField(label=_("Ends on"), future=True)
    focal = picked(_("Focal person"), required=True)

    def __init__(self, *args: object, people: Iterable[Staff], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("provisions", provision_choices())
        self.offer("focal", by_name(people))

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        begins, ends = data.get("begins_on"), data.get("ends_on")
        if begins and ends and str(ends) < str(begins):
            self.add_error("ends_on", _("It ends before it begins."))
        return data


class DraftForm(_CommitmentFields, CreateForm):
    makes = Commitment


class ChangeForm(_CommitmentFields, KeptForm):
    """Change a draft."""


class SendBackForm(Form):
    comment = paragraph(_("What is missing"), required=True, most=2000)


class SupporterForm(Form):
    name = one_line(
        _("Who supports it"),
        required=True,
        most=200,
        hint=_("A society, an organisation, a government: no person."),
    )
    kind = one_of(_("Kind"), SupporterKind.choices, line=True)


class StepForm(CreateForm):
    makes = Step
    text = one_line(_("What is done"), required=True)
    provisions = many_of(_("For which provisions"))
    owner = picked(_("By whom"), required=True)
    due_on = DateField(label=_("Until when"), future=True)
    budget = one_line(_("Budget"), most=100)
    risk = one_line(_("What may stand in the way"), hint=NO_NAMES)
    milestone = ticked(_("A milestone"))

    def __init__(
        self, *args: object, people: Iterable[Staff], commitment: Commitment, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", by_name(people))
        self.offer("provisions", [one for one in provision_choices() if one[0] in commitment.provisions])


class IndicatorForm(CreateForm):
    makes = Indicator
    text = one_line(_("What is measured"), required=True, most=200)
    begins_at = one_line(_("At the beginning"), most=60, hint=_("Leave it empty where it is not known."))
    aim = one_line(_("Aim"), required=True, most=60)
    steps = many_of(_("For which steps"))

    def __init__(self, *args: object, commitment: Commitment, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("steps", [(str(one.pk), one.text) for one in commitment.steps.all()])


class EvidenceForm(CreateForm):
    makes = Evidence
    kind = one_of(_("Kind"), EvidenceKind.choices, line=True)
    text = one_line(_("What it shows"), required=True, hint=NO_NAMES)
    source = one_line(
        _("Source"),
        required=True,
        hint=_(
            "Number and place of the document, or a link. A document’s number in the library, or number and day "
            "of a letter whose scan is kept, takes its file along with a report."
        ),
    )
    value = one_line(_("Value"), most=60, hint=_("If it is a figure."))
    shown_on = DateField(label=_("From which day it is"), past=True)
    steps = many_of(_("Of which steps"))
    indicators = many_of(_("Of which indicators"))

    def __init__(self, *args: object, commitment: Commitment, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("steps", [(str(one.pk), one.text) for one in commitment.steps.all()])
        self.offer("indicators", [(str(one.pk), one.text) for one in commitment.indicators.all()])


class StatusForm(Form):
    progress = one_of(_("How far is it?"), Progress.choices)
    evidence = picked(_("By which evidence"), hint=_("Newer than that of the last word."))
    why = one_line(_("Why"), most=500, hint=_("Needed for late and given up."))
    challenges = paragraph(_("Challenges, with an example"), most=2000, hint=NO_NAMES)

    def __init__(self, *args: object, rows: Iterable[Evidence], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "evidence", [("", "–"), *((str(one.pk), f"{dated(one.shown_on)}: {one.text}") for one in rows)]
        )


class RoundForm(CreateForm):
    makes = Commitment
    begins_on = DateField(label=_("Begins on"), future=True)
    ends_on = DateField(label=_("Ends on"), future=True)

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        begins, ends = data.get("begins_on"), data.get("ends_on")
        if begins and ends and str(ends) < str(begins):
            self.add_error("ends_on", _("It ends before it begins."))
        return data


class ReportForm(Form):
    about = picked(_("About"))
    language = one_of(_("Language"), INTERFACE, line=True)
    tells = one_of(
        _("Who is told how far these commitments are, once it is cleared?"), Tells.choices, required=False
    )

    def __init__(self, *args: object, abouts: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("about", list(abouts))


class DecideForm(Form):
    state = one_of(_("May it leave?"), [one for one in ReportState.choices if one[0] != ReportState.DRAFT])
    remark = one_line(_("Remark"), most=500, hint=_("Needed for a refusal: what must change."))
