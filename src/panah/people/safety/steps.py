"""What can be done with an interpreter who is on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.steps import Step, StepTable
from panah.ground.sign_in.middleware import vault_required
from panah.people.safety import actions, forms, permissions, queries

if TYPE_CHECKING:
    from panah.people.safety.models import Interpreter

PROTECT = _("Save and protect")


def _first_vetted(row: Interpreter) -> dict[str, object]:
    return {"undertaking_on": row.undertaking_on} if row.undertaking_on else {}


INTERPRETER_STEPS: StepTable[Interpreter] = StepTable(
    app="safety",
    place="interpreters",
    row_name="row",
    find=lambda pk, to: queries.interpreter_or_404(pk, to=to).row,
    may=permissions.leads,
    fits=lambda row: row.ended_on is None,
    page=lambda row: reverse("safety:interpreter", args=[row.pk]),
    title=lambda row: row.name,
    vault=vault_required,
    done=_("Saved."),
    steps=(
        Step(
            "change_interpreter",
            "change",
            _("Change"),
            actions.change_interpreter,
            forms.InterpreterForm,
            heading=_("Change what is known"),
            button=PROTECT,
            changes=tuple(forms.InterpreterForm.base_fields),
        ),
        Step(
            "ties",
            "ties",
            _("Ties to communities"),
            actions.ask_about_ties,
            forms.TiesForm,
            button=PROTECT,
            given=lambda _row, _staff: {"initial": {"on": timezone.localdate()}},
        ),
        Step(
            "vet",
            "vet",
            _("Vet"),
            actions.vet,
            forms.VetForm,
            heading=_("Vet the interpreter"),
            button=PROTECT,
            given=lambda row, _staff: {"initial": _first_vetted(row)},
        ),
        Step(
            "end_interpreter",
            "end",
            _("Take off the list"),
            actions.end_interpreter,
            forms.EndForm,
            button=_("Take off the list"),
            grave=True,
        ),
    ),
)
