"""Modules that a society writes itself: begun, changed part by part, looked at by a second person, published."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.approvals.second_person import second_person
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import SPOKEN, language_name, spoken
from panah.ground.kit.optimistic_lock import mark
from panah.ground.kit.pages import add_message, page
from panah.programmes.training import actions, drafting, forms, permissions, queries
from panah.programmes.training.curricula import Curriculum
from panah.programmes.training.models import ModuleDraft
from panah.programmes.training.queries.modules import in_language
from panah.programmes.training.views.courses import must_plan, posted
from panah.programmes.training.views.modules import audience_of
from panah.programmes.training.words import DraftState
from panah.programmes.volunteers.words import TrainedIn


def of_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the draft to a view. Whoever comes after its end, also by a second press, is led to what became of it.

    What was typed meanwhile is shown again: the form says what happened.
    """

    @wraps(view)
    def answered(request: StaffRequest, pk: UUID, **which: object) -> HttpResponse:
        row = queries.own_draft(pk, to=request.staff)
        if row is not None:
            return view(request, row, **which)
        if not permissions.writes_modules(request.staff):
            raise Http404
        # A published module has the id of its draft.
        is_published = queries.is_published(pk, to=request.staff)
        if not is_published and not queries.was_dropped(pk, to=request.staff):
            raise Http404
        languages = [one for one in SPOKEN if any(name.startswith(f"{one}_") for name in request.POST)]
        if languages:
            return view(request, _ended(pk, languages), **which)
        if is_published:
            return HttpResponseRedirect(reverse("training:module", args=[pk]))
        return _thrown_away(request)

    return answered


def _ended(pk: UUID, languages: list[str]) -> ModuleDraft:
    """A draft that is no more: it bears the form in which somebody still types, and no action takes it."""
    content = {one: drafting.begun("", title=_("A draft"), language=one)[one] for one in languages}
    return ModuleDraft(pk=pk, content=content, edited_at=timezone.now())


def _thrown_away(request: StaffRequest) -> HttpResponseRedirect:
    add_message(request, _("The draft was thrown away. What is taught stays."))
    return HttpResponseRedirect(reverse("training:modules"))


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
@of_draft
def draft(request: StaffRequest, row: ModuleDraft) -> HttpResponse:
    """A draft as it will be read, with what can be changed beside each part."""
    return _draft(request, row, forms.SendBackForm())


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
        second=second_person(row.pk, to=request.staff, may=permissions.adopts_modules)
        if row.state == DraftState.READY and permissions.adopts_modules(request.staff)
        else None,
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
@of_draft
def about(request: StaffRequest, row: ModuleDraft) -> HttpResponse:
    """Title, aims, for whom, what it teaches."""
    form = forms.AboutForm(posted(request), languages=row.content, initial=forms.AboutForm.first(row))
    return _part_form(request, row, form, actions.change_about, _("Title, aims, for whom"), "")


@require_http_methods(["GET", "POST"])
@of_draft
def part(request: StaffRequest, row: ModuleDraft, number: int = 0) -> HttpResponse:
    """A part of the session plan, by its number; none: one more."""
    parts = len(next(iter(row.content.values()))["parts"])
    # A part that a colleague took off meanwhile is still one in which somebody types.
    if number > parts and request.method == "GET":
        raise Http404
    place = number - 1 if number else None
    first = forms.PartForm.first(row.content, place) if place is not None and place < parts else {}
    form = forms.PartForm(posted(request), languages=row.content, initial=first)
    heading = _("Change the part") if number else _("Add a part")
    return _part_form(
        request, row, form, actions.change_part, heading, f"#part-{number or parts + 1}", place=place
    )


@require_http_methods(["GET", "POST"])
@of_draft
def question(request: StaffRequest, row: ModuleDraft, which: str = "") -> HttpResponse:
    """A question of the knowledge test; none: one more."""
    known = {one["id"] for one in next(iter(row.content.values())).get("questions", ())}
    if which and which not in known and request.method == "GET":
        raise Http404
    first = forms.QuestionForm.first(row.content, which) if which in known else {}
    form = forms.QuestionForm(posted(request), languages=row.content, initial=first)
    heading = _("Change the question") if which else _("Add a question")
    return _part_form(request, row, form, actions.change_question, heading, "#questions", which=which)


def _number(text: str) -> int | None:
    return int(text) - 1 if text.isascii() and text.isdecimal() and len(text) < 4 else None


@require_POST
@of_draft
def arrange(request: StaffRequest, row: ModuleDraft) -> HttpResponse:
    """Move a part up, take one or a question off, add a language."""
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
@of_draft
def ready(request: StaffRequest, row: ModuleDraft) -> HttpResponse:
    """Ask a second person to look at it."""
    actions.make_ready(draft=row, by=request.staff, at=timezone.now())
    add_message(request, _("A focal point looks at it. Whatever is changed until then is looked at too."))
    return _to(row)


@require_POST
@of_draft
def drop(request: StaffRequest, row: ModuleDraft) -> HttpResponse:
    """Throw the draft away."""
    actions.drop_draft(draft=row, by=request.staff, at=timezone.now())
    return _thrown_away(request)


@require_POST
@of_draft
def decide(request: StaffRequest, row: ModuleDraft) -> HttpResponse:
    """Publish a draft, or send it back with a sentence."""
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
