"""Modules that a society writes itself: begun, changed part by part, looked at by a second person, published."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.foundation.errors import Refusal
from panah.foundation.http import StaffRequest
from panah.kit.languages import SPOKEN, language_name, spoken
from panah.kit.optimistic_lock import mark
from panah.kit.pages import add_message, page
from panah.training import actions, forms, permissions, queries
from panah.training.curricula import Curriculum
from panah.training.models import ModuleDraft
from panah.training.queries.modules import in_language
from panah.training.views.courses import must_plan, posted
from panah.training.views.modules import audience_of
from panah.training.words import DraftState
from panah.volunteers.words import TrainedIn


def _to(draft: ModuleDraft, part: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("training:draft", args=[draft.pk]) + part)


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest) -> HttpResponse:
    """Begin a module of the society's own."""
    must_plan(request)
    first = {"language": get_language() or "en"}
    form = forms.WriteModuleForm(posted(request), initial=first)
    if form.submit(actions.write_module, by=request.staff, at=timezone.now()):
        return _to(form.result)
    return page(
        request, "training/form.html", form=form, heading=_("Write a module"), button=_("Begin to write")
    )


@require_POST
def copy_brought(request: StaffRequest, slug: str) -> HttpResponse:
    """Make the society's own version of what Panah brings."""
    must_plan(request)
    languages = queries.delivered_or_404(slug)
    return _to(actions.begin_copy(languages=languages, by=request.staff, at=timezone.now()))


@require_POST
def copy_adopted(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Go on from a version that is taught here."""
    must_plan(request)
    row = queries.adopted_or_404(pk, to=request.staff)
    languages = {language: Curriculum.of(kept) for language, kept in row.content.items()}
    return _to(actions.begin_copy(languages=languages, of=row, by=request.staff, at=timezone.now()))


@require_GET
def draft(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A draft as it will be read, with what can be changed beside each part."""
    if (published := _published(request, pk)) is not None:
        return published
    row = queries.own_draft_or_404(pk, to=request.staff)
    return _draft(request, row, forms.SendBackForm())


def _published(request: StaffRequest, pk: UUID) -> HttpResponse | None:
    """Lead to what a draft became, also after a second press; a published module has the id of its draft."""
    if not queries.is_published(pk, to=request.staff):
        return None
    return HttpResponseRedirect(reverse("training:module", args=[pk]))


def _draft(request: StaffRequest, row: ModuleDraft, form: forms.SendBackForm) -> HttpResponse:
    languages = {language: Curriculum.of(kept) for language, kept in row.content.items()}
    asked = request.GET.get("in", "")
    one = languages[asked] if asked in languages else in_language(languages)
    shown = next(language for language, each in languages.items() if each is one)
    return page(
        request,
        "training/draft.html",
        row=row,
        one=one,
        shown=shown,
        spoken_in=[(language, language_name(language)) for language in languages],
        others=[each for each in spoken() if each[0] not in languages],
        form=form,
        seen=mark(row.edited_at),
        decides=permissions.adopts_modules(request.staff),
        mine=row.changed_by_id == request.staff.pk,
        State=DraftState,
        audience=audience_of(one),
        teaches=TrainedIn(one.teaches).label if one.teaches else "",
    )


def _part_form(
    request: StaffRequest,
    row: ModuleDraft,
    form: forms.InEachLanguage,
    act: Callable[..., object],
    heading: str,
    anchor: str,
    **which: object,
) -> HttpResponse:
    """Show a form about a part of the draft, or do what it says."""
    form.look_at(row)
    if form.submit(act, draft=row, by=request.staff, at=timezone.now(), **which):
        add_message(request, _("Saved in the draft."))
        return _to(row, anchor)
    title = row.in_language(get_language() or "en").title
    return page(
        request, "training/draft_form.html", form=form, heading=heading, row=row, title=title, anchor=anchor
    )


@require_http_methods(["GET", "POST"])
def about(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Title, aims, for whom, what it teaches."""
    row = queries.own_draft_or_404(pk, to=request.staff)
    form = forms.AboutForm(posted(request), languages=row.content, initial=forms.AboutForm.first(row))
    return _part_form(request, row, form, actions.change_about, _("Title, aims, for whom"), "")


@require_http_methods(["GET", "POST"])
def part(request: StaffRequest, pk: UUID, number: int = 0) -> HttpResponse:
    """A part of the session plan, by its number; none: one more."""
    row = queries.own_draft_or_404(pk, to=request.staff)
    parts = len(next(iter(row.content.values()))["parts"])
    if number > parts:
        raise Http404
    place = number - 1 if number else None
    first = forms.PartForm.first(row.content, place) if place is not None else {}
    form = forms.PartForm(posted(request), languages=row.content, initial=first)
    heading = _("Change the part") if number else _("Add a part")
    return _part_form(
        request, row, form, actions.change_part, heading, f"#part-{number or parts + 1}", place=place
    )


@require_http_methods(["GET", "POST"])
def question(request: StaffRequest, pk: UUID, which: str = "") -> HttpResponse:
    """A question of the knowledge test; none: one more."""
    row = queries.own_draft_or_404(pk, to=request.staff)
    known = {one["id"] for one in next(iter(row.content.values())).get("questions", ())}
    if which and which not in known:
        raise Http404
    first = forms.QuestionForm.first(row.content, which) if which else {}
    form = forms.QuestionForm(posted(request), languages=row.content, initial=first)
    heading = _("Change the question") if which else _("Add a question")
    return _part_form(request, row, form, actions.change_question, heading, "#questions", which=which)


def _number(text: str) -> int | None:
    return int(text) - 1 if text.isascii() and text.isdecimal() and len(text) < 4 else None


@require_POST
def arrange(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Move a part up, take one or a question off, add a language."""
    row = queries.own_draft_or_404(pk, to=request.staff)
    told = request.POST.get
    try:
        actions.rearrange(
            draft=row,
            part_earlier=_number(told("part_earlier", "")),
            part_off=_number(told("part_off", "")),
            question_off=told("question_off", ""),
            language=told("language", "") if told("language", "") in SPOKEN else "",
            seen=told("seen"),
            by=request.staff,
            at=timezone.now(),
        )
    except Refusal as refusal:
        add_message(request, f"{refusal.sentence} {refusal.next_step or ''}".strip(), tone="soon")
    return _to(row, "#questions" if told("question_off") else "#parts")


@require_POST
def ready(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask a second person to look at it."""
    row = queries.own_draft_or_404(pk, to=request.staff)
    actions.make_ready(draft=row, by=request.staff, at=timezone.now())
    add_message(request, _("A focal point looks at it. Whatever is changed until then is looked at too."))
    return _to(row)


@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Throw the draft away."""
    row = queries.own_draft_or_404(pk, to=request.staff)
    actions.drop_draft(draft=row, by=request.staff, at=timezone.now())
    add_message(request, _("The draft was thrown away. What is taught stays."))
    return HttpResponseRedirect(reverse("training:modules"))


@require_POST
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Publish a draft, or send it back with a sentence."""
    if (published := _published(request, pk)) is not None:
        return published
    row = queries.own_draft_or_404(pk, to=request.staff)
    if not permissions.adopts_modules(request.staff):
        raise Http404
    at = timezone.now()
    if "publish" in request.POST:
        seen = request.POST.get("seen")
        module = actions.publish_draft(draft=row, seen=seen, by=request.staff, at=at)
        add_message(
            request, _("Published. New courses teach it; those that were planned keep their version.")
        )
        return HttpResponseRedirect(reverse("training:module", args=[module.pk]))
    form = forms.SendBackForm(request.POST)
    if form.submit(actions.send_back, draft=row, by=request.staff, at=at):
        add_message(request, _("Sent back. What you wrote stands above the draft."))
        return _to(row)
    return _draft(request, row, form)
