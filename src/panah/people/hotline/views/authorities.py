"""Requests of authorities: taken down by anybody, decided by two focal points."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.answers import answer_rows
from panah.ground.kit.fields import ANSWERS
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.people.cases.words import AskedKind, Hears
from panah.people.hotline import actions, permissions, queries, rules
from panah.people.hotline.call_pages import for_focal_points, redirect_to, signed, take_down_page
from panah.people.hotline.forms import AuthorityAnswerForm, AuthorityForm, DecisionForm, PersonHearsForm
from panah.people.hotline.linked_case import link_form, linked, not_bound, was_linked
from panah.people.hotline.words import AskedState, PersonHears
from panah.people.hotline.words.parts import ANSWER, ASKED, DECISION

# What ends that telling the person stays due, by the button.
SETTLES = {"told": actions.note_person_told, "not_told": actions.note_not_told}


@vault_required
def take_authority(request: StaffRequest, number: str = "") -> HttpResponse:
    """Write down the request of an authority; nothing is confirmed or denied."""
    return take_down_page(
        request,
        number=number,
        form=AuthorityForm(request.POST or None),
        take=actions.take_request,
        template="hotline/take_authority.html",
        told=_("The request is before both focal points. Its number: %(number)s"),
    )


@require_safe
def authorities(request: StaffRequest) -> HttpResponse:
    """Requests of authorities, for the focal points."""
    for_focal_points(request)
    return page(
        request,
        "hotline/authorities.html",
        rows=list(queries.authority_requests(to=request.staff)[:100]),
        leads=permissions.leads(request.staff),
        now=timezone.now(),
    )


@vault_required
def authority(request: StaffRequest, number: str) -> HttpResponse:
    """One request: two decide, each alone; then what was answered."""
    row = get_object_or_404(queries.authority_requests(to=request.staff), number=number)
    waiting = row.state == AskedState.WAITING
    settle = SETTLES.get(request.POST.get("do", ""))
    if settle is not None:
        settle(keys=request.keys, request=row, by=request.staff, at=timezone.now())
        return _saved(request, number)
    parts = vault_queries.read_parts(keys=request.keys, file=row.file_id, names=[ASKED, DECISION, ANSWER])
    sheet = parts[ASKED][0].value if parts.get(ASKED) else {}
    links = link_form(request)
    if was_linked(
        request, links, row=row, kind=AskedKind.AUTHORITY, who=sheet.get("who"), what=sheet.get("what")
    ):
        return _saved(request, number)
    form, act = _asked_now(not_bound(links, request), row.state)
    if form.submit(act, keys=request.keys, request=row, by=request.staff, at=timezone.now()):
        return _saved(request, number)
    in_cases = linked(request, row)
    answers, decisions = [part.value for part in parts.get(ANSWER, [])], signed(parts.get(DECISION, []))
    return page(
        request,
        "hotline/authority.html",
        one=row,
        form=form,
        link_form=links,
        linked=in_cases,
        hears_in_case=dict(Hears.choices),
        by_case=rules.heard_by_case(in_cases.values()),
        AskedState=AskedState,
        waiting=waiting,
        asked=answer_rows(AuthorityForm, sheet),
        answered=signed(parts.get(ANSWER, [])),
        untold=rules.is_untold(answers),
        asks_if_heard=row.state == AskedState.ANSWERED and rules.asks_if_person_hears(answers),
        told_in_words=dict(ANSWERS),
        hears_in_words=dict(PersonHears.choices),
        # The first decision is not shown to the second person before she has decided herself, but the ground for it.
        decisions=[(who, at, _decision_rows(value)) for who, at, value in decisions] if not waiting else [],
        grounds=[] if not waiting else [(who, at, _in_words("basis", value)) for who, at, value in decisions],
        i_decided=request.staff.pk in queries.deciders(row),
    )


def _saved(request: StaffRequest, number: str) -> HttpResponse:
    add_message(request, _("Saved and protected."))
    return redirect_to("authority", number)


def _asked_now(sent: QueryDict | None, state: str) -> tuple[Form, Callable[..., object]]:
    """The form of this stage, and what it does."""
    stages: dict[str, tuple[type[Form], Callable[..., object]]] = {
        AskedState.WAITING: (DecisionForm, actions.decide_request),
        AskedState.DECIDED: (AuthorityAnswerForm, actions.note_answer),
        AskedState.ANSWERED: (PersonHearsForm, actions.note_person_hears),
    }
    kind, act = stages[state]
    return kind(sent), act


def _decision_rows(value: dict[str, str]) -> list[tuple[object, str]]:
    """A decision in words: also that there is no ground, and that no lawyer was asked."""
    fields = DecisionForm.base_fields
    return [(field.label, _in_words(name, value)) for name, field in fields.items() if value.get(name)]


def _in_words(name: str, value: dict[str, str]) -> str:
    answer = value.get(name, "")
    return str(dict(getattr(DecisionForm.base_fields[name], "choices", ())).get(answer, answer))
