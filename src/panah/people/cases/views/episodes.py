"""What has happened: coded answers by section, and episodes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, posted
from panah.people.cases import actions
from panah.people.cases.forms.episodes import CodesForm, EpisodeForm
from panah.people.cases.models import Case
from panah.people.cases.queries import page as reading
from panah.people.cases.views.case import date_text
from panah.people.cases.views.common import back_to, no_notes, of_case, show, show_form
from panah.people.cases.words import CasePart, codes


@require_GET
@of_case
def episodes(request: StaffRequest, case: Case) -> HttpResponse:
    """Everything that is known, section by section, with *not asked* said as such."""
    found = reading.opened(case, (CasePart.CODES, CasePart.EPISODE), keys=request.keys)
    known = found.one(CasePart.CODES)
    sections = [
        (s, [(f, say_answer(f, known.get(f.field, {}))) for f in codes.book().of(s.key)])
        for s in codes.book().sections
    ]
    return show(
        request,
        "cases/told.html",
        case,
        "told",
        no_notes=no_notes(request, case),
        sections=sections,
        episodes=found.all(CasePart.EPISODE),
        codes=codes,
        said_date=date_text,
        country_name=dict(codes.country_choices(practice=True)),
    )


def say_answer(field: codes.CodeField, answer: dict[str, Any]) -> str:
    """One coded answer in words; empty when it was not asked."""
    state = answer.get("answer", "none")
    if state == "unknown":
        return _("unknown")
    if state == "no":
        return _("no") if field.kind == "flag" else _("none of these")
    if state == "yes":
        return ", ".join(codes.say_value(field, v) for v in answer.get("values", [])) or _("yes")
    return ""


@require_http_methods(["GET", "POST"])
@of_case
def section(request: StaffRequest, case: Case, key: str) -> HttpResponse:
    """Fill in one section. Only what was told or asked; the rest stays *not asked*."""
    part = next((s for s in codes.book().sections if s.key == key), None)
    if part is None:
        raise Http404
    found = reading.opened(case, [CasePart.CODES], keys=request.keys)
    form = CodesForm(posted(request), section=key, value=found.one(CasePart.CODES))
    if form.submit(
        lambda **_data: actions.write_codes(
            keys=request.keys, case=case, answers=form.answers(), at=timezone.now()
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:told", case, at=f"#{key}")
    return show_form(
        request,
        case,
        "told",
        form,
        no_notes=no_notes(request, case),
        heading=part.label,
        button=_("Keep the answers"),
        hint=_("Fill in what was told. What was not asked stays “not asked”."),
    )


@require_http_methods(["GET", "POST"])
@of_case
def episode(request: StaffRequest, case: Case, ref: UUID | None = None) -> HttpResponse:
    """One episode, new or changed."""
    kept = (
        reading.opened(case, [CasePart.EPISODE], keys=request.keys).get(CasePart.EPISODE, ref)
        if ref
        else None
    )
    if ref and kept is None:
        raise Http404
    form = EpisodeForm(posted(request), initial=dict(kept.v) if kept else {})
    if form.submit(
        lambda **_data: actions.write_episode(
            keys=request.keys, case=case, episode=form.value(), at=timezone.now(), ref=ref
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:told", case)
    return show_form(
        request,
        case,
        "told",
        form,
        no_notes=no_notes(request, case),
        heading=_("Episode"),
        button=_("Keep the episode"),
        hint=_("Everything may stay empty."),
    )
