"""Sessions: the list, planning one, its page, its numbers and tests; the safe-response card."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.kit.languages import READERS, language_asked, language_name
from panah.ground.kit.page_words import unchecked
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.network.goals import goal_choices
from panah.programmes.prevention import actions, forms, library, queries, rules
from panah.programmes.prevention.steps import SESSION_STEPS
from panah.programmes.prevention.views.common import form_page, must_plan, own_numbers
from panah.programmes.prevention.views.presenters import claims, counted
from panah.programmes.prevention.words import Audience, Counted, Feedback, SessionState

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest
    from panah.programmes.prevention.models import Group


def _to_session(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("prevention:session", args=[pk]))


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """The sessions of a coordinator's branch, or of all branches."""
    must_plan(request)
    over = request.GET.get("over") == "1"
    found = queries.sessions(to=request.staff, over=over, after=request.GET.get("after", ""))
    return page(request, "prevention/list.html", found=found, over=over, State=SessionState)


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Plan a session of a group; ``?access=`` for a place that asked for one, ``?plan=`` from the page of a plan."""
    group = queries.group_or_404(pk, to=request.staff)
    today = timezone.localdate()
    first = {
        "language": group.language,
        **_as_last_time(group),
        **_of_plan(request),
        **_asked_by_place(request),
    }
    form = forms.PlanSessionForm(posted(request), staff=request.staff, group=group, on=today, initial=first)
    if form.submit(actions.plan_session, group=group, by=request.staff, at=timezone.now()):
        add_message(request, _("Planned. Print the card for whoever leads."))
        return _to_session(form.result.pk)
    back = reverse("prevention:group", args=[pk])
    return form_page(request, form, _("Plan a session"), _("Plan the session"), back, back_text=group.name)


def _as_last_time(group: Group) -> dict[str, object]:
    """For whom and what for the group worked last."""
    last = queries.last_of(group)
    names = ("audience", "place_kind", "goal", "project")
    return {} if last is None else {name: getattr(last, name) for name in names}


def _of_plan(request: StaffRequest) -> dict[str, object]:
    """The plan that somebody came from, and for whom it is."""
    asked = request.GET.get("plan", "")
    brought = {
        str(place): (f"module:{slug}", plan) for place, (slug, plan) in enumerate(library.modules(), 1)
    }
    own = {str(pk): (f"own:{pk}", plan) for pk, plan in queries.own_plans(to=request.staff)} if asked else {}
    found = {**brought, **own}.get(asked)
    if found is None:
        return {}
    code, plan = found
    audience = next((one for one in plan.audience if one in Audience.values), "")
    return {"plan": code, **({"audience": audience} if audience else {})}


def _asked_by_place(request: StaffRequest) -> dict[str, object]:
    """What is known already where a session is planned from the page of an access."""
    try:
        one = queries.access_or_404(UUID(request.GET.get("access", "")), to=request.staff)
    except (ValueError, Http404):
        return {}
    return {"access": str(one.pk), "place": one.place, "place_kind": one.kind, "audience": one.audience}


@require_GET
def session(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A session: its plan, the card, who leads it; afterwards its numbers and what they can carry."""
    one = queries.session_or_404(pk, to=request.staff)
    plan = library.plan_of(one)
    return page(
        request,
        "prevention/session.html",
        one=one,
        plan=plan,
        title=plan.title if plan else one.module,
        language_name=language_name,
        helping=[each.volunteer for each in one.educators.select_related("volunteer")],
        no_access=queries.lacks_access(one),
        may_not_lead=queries.may_not_lead_now(one),
        numbers=own_numbers(request),
        counts=counted(one) if one.counted_on else None,
        Counted=Counted,
        feedback=[(each.label, one.feedback.get(each, 0)) for each in Feedback],
        claims=claims(
            (row.get_tested_display(), seen, row.compared) for row, seen in queries.changes_of(one)
        ),
        debriefing=queries.answered_on(one, "debrief"),
        goal=dict(goal_choices(one.society_id)).get(one.goal, ""),
        State=SessionState,
        over=one.on <= timezone.localdate(),
        open_steps=SESSION_STEPS.offered(one, to=request.staff),
    )


@require_http_methods(["GET", "POST"])
def count(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write down the numbers of a session."""
    one = queries.session_or_404(pk, to=request.staff)
    months = rules.months_between(one.on, one.test_again_on) if one.test_again_on else 0
    form = forms.CountForm(posted(request), session=one, initial={**one.feedback, "months": months})
    if form.submit(actions.count_session, session=one, by=request.staff, at=timezone.now()):
        add_message(request, _("Written down. Thank you, and thank those who led."))
        return _to_session(pk)
    return page(
        request, "prevention/count.html", one=one, form=form, numbers=own_numbers(request), Counted=Counted
    )


@require_GET
def card(request: StaffRequest) -> HttpResponse:
    """The safe-response card: on a telephone or on paper, for every colleague."""
    language = language_asked(request, READERS)
    told, numbers = unchecked(language), own_numbers(request)
    with override(language):
        return page(
            request,
            "prevention/card.html",
            numbers=numbers,
            minor=request.GET.get("minor") == "1",
            speaks=READERS,
            chosen=language,
            unchecked=told,
        )
