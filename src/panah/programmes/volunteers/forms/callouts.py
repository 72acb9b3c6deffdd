"""What a branch asks for, whom it asks, and what is heard about a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
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
from panah.programmes.volunteers import helping_rules as rules
from panah.programmes.volunteers import queries
from panah.programmes.volunteers.actions.callouts import NOT_SAME, SAME
from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.models import CallOut
from panah.programmes.volunteers.words import MayDo

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.queries.callouts import Candidate


class WhereWhenForm(Form):
    """Place and hours: told to whoever is chosen, and to nobody else."""

    starts_at = DateTimeField(label=_("From"), near=True)
    ends_at = DateTimeField(label=_("Until"), near=True)
    place = one_line(
        _("Where exactly"),
        hint=_("Only whoever is chosen reads it. No name of a person."),
        required=True,
        most=200,
    )
    note = paragraph(
        _("What else the chosen one needs to know"),
        hint=_("No name, nothing about a person’s story."),
        most=500,
    )


class CallOutForm(WhereWhenForm, CreateForm):
    makes = CallOut
    branch = picked(_("Near which branch"), required=True)
    what = one_of(_("What is needed"), MayDo.choices)
    meets_person = ticked(
        _("A person we serve is met"),
        _("Then ties to communities are asked about before somebody is chosen."),
    )
    language = spoken_language(_("Language"), _("any language"), required=False)
    wanted = forms.IntegerField(
        label=_("How many people"), min_value=1, max_value=rules.MOST_WANTED, initial=1, required=True
    )

    field_order = ("branch", "what", "meets_person", "language", "wanted")

    def __init__(self, *args: object, by: Staff, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        branches = queries.branches_kept(by=by)
        self.offer("branch", branches if len(branches) == 1 else [("", "–"), *branches])


class WhomForm(Form):
    """Whom to ask: everybody who fits without a reservation is ticked."""

    volunteers = many_of(_("Volunteers to ask"), required=True)

    def __init__(self, *args: object, candidates: list[Candidate], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("volunteers", [(str(one.row.pk), _line(one)) for one in candidates])
        self.initial.setdefault("volunteers", [str(one.row.pk) for one in candidates if not one.minds])


def _line(one: Candidate) -> str:
    return " · ".join([one.row.name, one.speaks, *one.minds, *filter(None, [one.insurance])])


class TieForm(Form):
    """The holder of the case is asked by telephone; the answer names neither the person nor the place."""

    tie = one_of(
        _("What you heard"),
        [
            (NOT_SAME, _("Not from the same community")),
            (SAME, _("From the same one, or nobody can say: somebody else is needed")),
        ],
    )


class ToldAnswerForm(Form):
    """What somebody said on the telephone."""

    answer = one_of(
        _("Answer"),
        [(one.value, one.label) for one in (Answer.YES, Answer.LATER, Answer.NO, Answer.NOT_REACHED)],
        line=True,
    )
