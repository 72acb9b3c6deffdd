"""What can be done with a commitment, a version of the policy, and a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import colleagues
from panah.ground.approvals.second_person import second_person
from panah.ground.kit.steps import Step, StepTable
from panah.ground.sign_in.middleware import vault_required
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.diplomacy import permissions
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.forms import commitments as forms
from panah.programmes.diplomacy.forms.others import AdoptForm, CloseForm, PolicyForm
from panah.programmes.diplomacy.words import CommitmentState, DialogueState, PolicyState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.kit.steps import MaySign
    from panah.programmes.diplomacy.models import Commitment, Dialogue, Policy


def _signs(commitment: Commitment, staff: Staff) -> MaySign:
    return second_person(commitment.pk, to=staff, may=permissions.decides)


def _is_draft(commitment: Commitment) -> bool:
    return commitment.state == CommitmentState.DRAFT


def _runs(commitment: Commitment) -> bool:
    return commitment.state == CommitmentState.RUNNING


def _has_begun(commitment: Commitment) -> bool:
    return not _is_draft(commitment)


def _is_not_over(commitment: Commitment) -> bool:
    return commitment.state != CommitmentState.ENDED


def _as_drafted(row: Commitment, staff: Staff) -> dict[str, object]:
    names = ("kind", "title", "provisions", "objective", "resources", "risks", "begins_on", "ends_on")
    initial = {name: getattr(row, name) for name in names}
    return {"people": colleagues(to=staff), "initial": {**initial, "focal": str(row.focal_id)}}


COMMITMENT_STEPS: StepTable[Commitment] = StepTable(
    app="diplomacy",
    place="commitments",
    row_name="commitment",
    find=diplomacy_queries.commitment_or_404,
    may=permissions.keeps,
    page=lambda row: reverse("diplomacy:commitment", args=[row.pk]),
    title=lambda row: row.title,
    steps=(
        Step(
            "change",
            "change",
            _("Change the draft"),
            diplomacy.change_commitment,
            forms.ChangeForm,
            fits=_is_draft,
            given=_as_drafted,
        ),
        Step(
            "sign_off",
            "sign-off",
            _("Sign it off"),
            diplomacy.sign_off,
            may=permissions.decides,
            fits=_is_draft,
            second=_signs,
            seen=True,
            done=_("Signed off. From now on it runs."),
            main=True,
        ),
        Step(
            "send_back",
            "send-back",
            _("Send it back"),
            diplomacy.send_back,
            forms.SendBackForm,
            may=permissions.decides,
            fits=_is_draft,
            whose=lambda row, staff: _signs(row, staff).may,
            heading=_("Send the draft back"),
            done=_("Sent back with what is missing."),
        ),
        Step(
            "supporter",
            "supporter",
            _("Add a supporter"),
            diplomacy.add_supporter,
            forms.SupporterForm,
            fits=_is_not_over,
            heading=_("Who stands behind it too"),
        ),
        Step(
            "add_step",
            "step",
            _("Add a step"),
            diplomacy.add_step,
            forms.StepForm,
            fits=_is_not_over,
            given=lambda row, staff: {"people": colleagues(to=staff), "commitment": row},
            heading=_("A step of the plan"),
        ),
        Step(
            "add_indicator",
            "indicator",
            _("Add an indicator"),
            diplomacy.add_indicator,
            forms.IndicatorForm,
            fits=_is_not_over,
            given=lambda row, _staff: {"commitment": row},
            heading=_("An indicator"),
        ),
        Step(
            "carry_over",
            "carry-over",
            _("Carry it over into a new round"),
            diplomacy.carry_over,
            forms.RoundForm,
            fits=_has_begun,
            done=_("A draft of the next round. A second person signs it off."),
            to_result=True,
        ),
        Step(
            "end",
            "end",
            _("End this commitment"),
            diplomacy.end_commitment,
            may=permissions.decides,
            fits=_runs,
            done=_("Ended."),
        ),
    ),
)


def _policy_is_draft(policy: Policy) -> bool:
    return policy.state == PolicyState.DRAFT


POLICY_STEPS: StepTable[Policy] = StepTable(
    app="diplomacy",
    place="commitments",
    row_name="policy",
    find=diplomacy_queries.policy_or_404,
    may=permissions.keeps,
    page=lambda row: reverse("diplomacy:policy", args=[row.pk]),
    fits=_policy_is_draft,
    steps=(
        Step(
            "change_policy",
            "change",
            _("Change the text"),
            diplomacy.change_policy,
            PolicyForm,
            changes=("text",),
        ),
        Step(
            "adopt_policy",
            "adopt",
            _("The board has adopted it"),
            diplomacy.adopt_policy,
            AdoptForm,
            may=permissions.decides,
            done=_("Written down: it is the society’s policy now."),
        ),
    ),
)

DIALOGUE_STEPS: StepTable[Dialogue] = StepTable(
    app="diplomacy",
    place="commitments",
    row_name="dialogue",
    named_by="number",
    vault=vault_required,
    find=diplomacy_queries.dialogue_or_404,
    may=permissions.decides,
    page=lambda row: reverse("diplomacy:dialogue", args=[row.number]),
    steps=(
        Step(
            "close_dialogue",
            "close",
            _("Close the dialogue"),
            diplomacy.close_dialogue,
            CloseForm,
            fits=lambda row: row.state == DialogueState.OPEN,
            done=_("Closed. It stays to be read until the day that stands on the page."),
        ),
        Step(
            "reopen_dialogue",
            "reopen",
            _("Open it again"),
            diplomacy.reopen_dialogue,
            fits=lambda row: row.state == DialogueState.CLOSED,
            done=_("Open again."),
        ),
    ),
)
