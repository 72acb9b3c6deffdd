"""Campaigns: planned, checked against stigma, published, ended with what they reached."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.programmes.prevention import events, permissions, rules
from panah.programmes.prevention.models import Campaign, Material
from panah.programmes.prevention.words import CampaignState
from panah.programmes.volunteers import actions as volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def _branch(chosen: str, by: Staff) -> UUID | None:
    """A branch, or the whole society where whoever plans everywhere chose none."""
    if permissions.plans_everywhere(by) and not chosen:
        return None
    return volunteers.kept_branch(chosen, by=by)


@transaction.atomic
def plan_campaign(*, branch: str, by: Staff, at: datetime, **said: object) -> Campaign:
    """Plan a campaign; ``said``: what ``forms.ChangeCampaignForm`` asks, and its ``pk`` if it has one."""
    key = said.pop("pk", None)
    row = Campaign(
        pk=key if isinstance(key, UUID) else uuid4(), society_id=by.society_id, branch_id=_branch(branch, by)
    )
    _say(row, said)
    audit.record(event=events.CAMPAIGN_CHANGED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def change_campaign(*, campaign: Campaign, by: Staff, at: datetime, **said: object) -> None:
    """Change a campaign. Other messages are checked anew, and until then it is a draft again."""
    if said["messages"] != campaign.messages:
        campaign.stigma, campaign.state = {}, CampaignState.DRAFT
    _say(campaign, said)
    audit.record(event=events.CAMPAIGN_CHANGED, by=by, at=at, about=campaign.pk)


def _say(campaign: Campaign, said: dict[str, object]) -> None:
    begins, ends = said["begins_on"], said["ends_on"]
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        raise Refusal(
            _("The campaign would end before it begins."),
            next_step=_("Look at the two days."),
            code="ends-before-it-begins",
        )
    for name, value in said.items():
        setattr(campaign, name, value)
    campaign.save(force_insert=campaign._state.adding)


@transaction.atomic
def check_stigma(
    *, campaign: Campaign, blames: str, frightens: str, face: str, by: Staff, at: datetime
) -> None:
    """Keep the answers to the three questions about the messages."""
    campaign.stigma = {"blames": blames, "frightens": frightens, "face": face}
    if rules.next_to_check(campaign.stigma):
        campaign.state = CampaignState.DRAFT
    campaign.save(update_fields=["stigma", "state"])
    audit.record(event=events.CAMPAIGN_CHANGED, by=by, at=at, about=campaign.pk)


NOT_YET = {
    "blames": _("The messages blame somebody, or nobody has looked yet whether they do."),
    "frightens": _("The messages frighten without a way out, or nobody has looked yet whether they do."),
    "face": _("A face can be recognised, or nobody has looked yet whether one can."),
}


@transaction.atomic
def publish(*, campaign: Campaign, by: Staff, at: datetime) -> None:
    """Publish a campaign whose messages were checked, each question with a *no*."""
    missing = rules.next_to_check(campaign.stigma)
    if missing:
        raise Refusal(
            NOT_YET[missing],
            next_step=_("Change the messages, answer the three questions, then publish."),
            code=f"stigma-{missing}",
        )
    campaign.state = CampaignState.PUBLISHED
    campaign.save(update_fields=["state"])
    audit.record(event=events.PUBLISHED, by=by, at=at, about=campaign.pk)


@transaction.atomic
def end_campaign(
    *,
    campaign: Campaign,
    state: str,
    reach: int | None,
    cost: Decimal | None,
    currency: str,
    results: str,
    by: Staff,
    at: datetime,
) -> None:
    """Write down what a campaign reached, cost and led to; again: correct it. A draft can only be called off."""
    if state == CampaignState.ENDED and campaign.state == CampaignState.DRAFT:
        raise Refusal(
            _("This campaign was never published."),
            next_step=_("Publish it first, or call it off."),
            code="never-published",
        )
    campaign.state, campaign.reach, campaign.cost = state, reach, cost
    campaign.currency, campaign.results = currency, results
    campaign.save()
    audit.record(event=events.CAMPAIGN_ENDED, by=by, at=at, about=campaign.pk)


@transaction.atomic
def add_material(
    *, campaign: Campaign, title: str, language: str, version: str, by: Staff, at: datetime
) -> None:
    """List a material in one language and version; the same twice is once."""
    Material.objects.get_or_create(campaign=campaign, title=title, language=language, version=version)
    audit.record(event=events.CAMPAIGN_CHANGED, by=by, at=at, about=campaign.pk)


@transaction.atomic
def drop_material(*, material: Material, by: Staff, at: datetime) -> None:
    campaign = material.campaign_id
    material.delete()
    audit.record(event=events.CAMPAIGN_CHANGED, by=by, at=at, about=campaign)
