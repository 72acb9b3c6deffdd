"""What can be done with a campaign, and with a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.steps import Step, StepTable
from panah.programmes.prevention import actions, forms, permissions, queries, rules
from panah.programmes.prevention.words import CampaignState, SessionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.prevention.models import Campaign, Session


def _goes_on(one: Campaign) -> bool:
    return one.state in (CampaignState.DRAFT, CampaignState.PUBLISHED)


def _can_be_published(one: Campaign) -> bool:
    return one.state == CampaignState.DRAFT and not rules.next_to_check(one.stigma)


CAMPAIGN_STEPS: StepTable[Campaign] = StepTable(
    app="prevention",
    place="prevention",
    row_name="campaign",
    find=queries.kept_campaign_or_404,
    may=permissions.plans,
    page=lambda one: reverse("prevention:campaign", args=[one.pk]),
    title=lambda one: one.title,
    steps=(
        Step(
            "change_campaign",
            "change",
            _("Change"),
            actions.change_campaign,
            forms.ChangeCampaignForm,
            heading=_("Change the campaign"),
            fits=_goes_on,
            given=lambda _one, staff: {"staff": staff},
            changes=(
                *("title", "objective", "audiences", "messages", "channels"),
                *("begins_on", "ends_on", "goal", "project"),
            ),
            done=_("Saved."),
        ),
        Step(
            "end_campaign",
            "end",
            _("How the campaign ended"),
            actions.end_campaign,
            forms.EndForm,
            changes=("state", "reach", "cost", "currency", "results"),
            done=_("Written down."),
        ),
        Step(
            "publish",
            "publish",
            _("Publish"),
            actions.publish,
            fits=_can_be_published,
            done=_("Published: it stands in the calendar."),
            main=True,
        ),
        Step(
            "check",
            "check",
            _("Answer the three questions"),
            actions.check_stigma,
            forms.StigmaForm,
            heading=_("Three questions about the messages"),
            fits=_goes_on,
            given=lambda one, _staff: {"initial": one.stigma},
            done=_("Answered."),
        ),
        Step(
            "add_material",
            "material",
            _("Add a material"),
            actions.add_material,
            forms.MaterialForm,
            done=_("Listed."),
        ),
    ),
)


def _is_planned(one: Session) -> bool:
    return one.state == SessionState.PLANNED


def _can_be_debriefed(one: Session) -> bool:
    was_on = one.state != SessionState.CALLED_OFF and one.on <= timezone.localdate()
    return was_on and queries.answered_on(one, "debrief") is None


def _as_planned(one: Session, staff: Staff) -> dict[str, object]:
    names = ("audience", "place_kind", "place", "language", "on", "begins", "goal", "project")
    initial = {
        **{name: getattr(one, name) for name in names},
        "plan": forms.plan_code(one),
        "access": str(one.access_id or ""),
        "leader": str(one.leader_id or ""),
        "adult": str(one.adult_id or ""),
        "educators": [str(each.volunteer_id) for each in one.educators.all()],
    }
    return {"staff": staff, "group": one.group, "on": one.on, "planned": one, "initial": initial}


SESSION_STEPS: StepTable[Session] = StepTable(
    app="prevention",
    place="prevention",
    row_name="session",
    find=queries.session_or_404,
    may=permissions.plans,
    page=lambda one: reverse("prevention:session", args=[one.pk]),
    steps=(
        Step(
            "change",
            "change",
            _("Change"),
            actions.change_session,
            forms.SessionForm,
            heading=_("Change the session"),
            fits=_is_planned,
            given=_as_planned,
            done=_("Saved."),
        ),
        Step(
            "tests",
            "tests",
            _("Tests before and after"),
            actions.write_tests,
            forms.TestsForm,
            fits=lambda one: one.state == SessionState.HELD,
            hint=_("Counts alone. Sheets with answers are destroyed after counting."),
            done=_("Written down. The page says what these numbers can carry."),
        ),
        Step(
            "debrief",
            "debriefing",
            _("Plan a debriefing"),
            actions.ask_debriefing,
            fits=_can_be_debriefed,
            done=_("A debriefing stands on your list. It says nothing about why."),
        ),
        Step(
            "call_off",
            "off",
            _("The session does not take place"),
            actions.call_off,
            fits=_is_planned,
            grave=True,
            done=_("Called off. Tell the place and whoever was to lead."),
        ),
    ),
)
