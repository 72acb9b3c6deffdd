"""Campaigns: the list, planning one, its check against stigma, its materials, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.network.goals import goal_choices
from panah.programmes.prevention import actions, forms, permissions, queries, rules
from panah.programmes.prevention.steps import CAMPAIGN_STEPS
from panah.programmes.prevention.views.common import form_page, must_plan
from panah.programmes.prevention.words import CampaignAudience, CampaignState, Channel

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest


def _to_campaign(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("prevention:campaign", args=[pk]))


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """Campaigns of the branch and of the society."""
    must_plan(request)
    found, more = queries.campaigns(to=request.staff, after=request.GET.get("after", ""))
    return page(request, "prevention/campaigns.html", found=found, more=more, State=CampaignState)


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest) -> HttpResponse:
    """Plan a campaign."""
    must_plan(request)
    form = forms.CampaignForm(posted(request), staff=request.staff)
    if form.submit(actions.plan_campaign, by=request.staff, at=timezone.now()):
        add_message(request, _("Planned as a draft. Next: the three questions about its messages."))
        return _to_campaign(form.result.pk)
    return form_page(
        request, form, _("Plan a campaign"), _("Plan the campaign"), reverse("prevention:campaigns")
    )


@require_GET
def campaign(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A campaign: what it says, whether that was checked, what it led to."""
    one = queries.campaign_or_404(pk, to=request.staff)
    keeps = one.branch_id == request.staff.branch_id or permissions.plans_everywhere(request.staff)
    questions = [
        (forms.StigmaForm.base_fields[name].label, one.stigma.get(name, "")) for name in rules.STIGMA
    ]
    return page(
        request,
        "prevention/campaign.html",
        one=one,
        keeps=keeps,
        questions=questions,
        audiences=[each.label for each in CampaignAudience if each in one.audiences],
        channels=[each.label for each in Channel if each in one.channels],
        language_name=language_name,
        materials=list(one.materials.all()),
        goal=dict(goal_choices(one.society_id)).get(one.goal, ""),
        State=CampaignState,
        open_steps=CAMPAIGN_STEPS.offered(one, to=request.staff) if keeps else {},
    )


@require_POST
def drop_material(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a material off the list."""
    one = queries.material_or_404(pk, to=request.staff)
    actions.drop_material(material=one, by=request.staff, at=timezone.now())
    add_message(request, _("Taken off the list."))
    return _to_campaign(one.campaign_id)
