"""The pages of a screening. Whoever may not open the file gets the same 404 as for none."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.accounts.queries import pseudonyms
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.kit.sealed_addresses import sealed, unsealed
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.people.consent import queries as consent_queries
from panah.people.safety.queries import suggestions
from panah.people.screening import actions, queries, result_text, subjects, wizard
from panah.people.screening.actions import AnsweredElsewhere
from panah.people.screening.forms import AnswersForm, BeginForm, SignsForm, name_of
from panah.people.screening.headline import headline
from panah.people.screening.queries import Assessment, StoredMeeting
from panah.people.screening.schema import Depth, Profile
from panah.people.screening.subjects import ScreeningSubject
from panah.people.screening.wizard import WizardStep


def _subject_or_404(request: StaffRequest, kind: str, number: str) -> ScreeningSubject:
    subject = subjects.find(kind, number, to=request.staff, keys=request.keys)
    if subject is None or not vault_queries.opens(keys=request.keys, file=subject.file):
        raise Http404
    return subject


def _meeting_or_404(
    request: StaffRequest, subject: ScreeningSubject, meeting: UUID
) -> tuple[StoredMeeting, Profile]:
    held = queries.meeting(keys=request.keys, file=subject.file, id=meeting)
    profile = queries.sets().get(held.meeting.profile) if held else None
    if held is None or profile is None:
        raise Http404
    return held, profile


def _in_use(request: StaffRequest, subject: ScreeningSubject, held: tuple[StoredMeeting, ...]) -> Profile:
    asked = queries.sets().get(unsealed(request.GET.get("set", "")))
    if asked is not None and asked in _fitting(subject):
        return asked
    return queries.profile_in_use(
        held=held, age=subject.age, types_of_exploitation=subject.types_of_exploitation
    )


def _fitting(subject: ScreeningSubject) -> tuple[Profile, ...]:
    return queries.suggested(age=subject.age, types_of_exploitation=subject.types_of_exploitation)


def _picture(request: StaffRequest, subject: ScreeningSubject) -> Assessment:
    held = queries.meetings(keys=request.keys, file=subject.file)
    return queries.picture(held=held, profile=_in_use(request, subject, held))


@require_http_methods(["GET", "POST"])
@vault_required
def start(request: StaffRequest, number: str, kind: str) -> HttpResponse:
    """Show the screening so far, and begin a meeting."""
    subject = _subject_or_404(request, kind, number)
    fitting = _fitting(subject)
    picture = _picture(request, subject)
    form = BeginForm(
        request.POST or None,
        fitting=fitting,
        interpreters=suggestions(to=request.staff),
        initial={"profile": picture.profile.code},
    )
    now = timezone.now()
    if form.submit(
        lambda held_at, interpreter, **_data: actions.begin(
            keys=request.keys,
            file=subject.file,
            profile=form.chosen,
            age=subject.age,
            by=request.staff,
            at=now,
            held_at=held_at or now,
            interpreter=interpreter,
        )
    ):
        return redirect("screening:meeting", subject.number, form.result)
    return page(
        request,
        "screening/start.html",
        subject=subject,
        form=form,
        picture=picture,
        headline=headline(picture, age=subject.age),
        no_notes=consent_queries.notes_refused(keys=request.keys, file=subject.file),
        held=[_shown(h) for h in reversed(picture.held)],
        names=_names(picture.held),
        suggested=result_text.said(fitting[0].label),
        blank=[(p.code, result_text.said(p.label)) for p in form.offered.values()],
    )


def _shown(held: StoredMeeting) -> dict[str, object]:
    profile = queries.sets().get(held.meeting.profile)
    return {
        "held": held,
        "depth": result_text.DEPTHS[held.meeting.depth],
        "label": result_text.said(profile.label) if profile else "",
    }


def _names(held: tuple[StoredMeeting, ...]) -> dict[str, str]:
    return {str(pk): name for pk, name in pseudonyms({h.meeting.by for h in held}).items()}


@require_POST
@vault_required
def decline(request: StaffRequest, number: str, kind: str) -> HttpResponse:
    """The person would rather not be asked; help goes on as before."""
    subject = _subject_or_404(request, kind, number)
    picture = _picture(request, subject)
    actions.note_declined(
        keys=request.keys, file=subject.file, profile=picture.profile, by=request.staff, at=timezone.now()
    )
    add_message(request, _("Noted. Nothing about the help changes."))
    return redirect("screening:start", number)


@require_GET
@vault_required
def meeting(request: StaffRequest, number: str, meeting: UUID, kind: str) -> HttpResponse:
    """One meeting: its parts while it goes on, its answers when it has ended."""
    subject = _subject_or_404(request, kind, number)
    held, profile = _meeting_or_404(request, subject, meeting)
    picture = queries.picture(held=queries.meetings(keys=request.keys, file=subject.file), profile=profile)
    parts = wizard.steps_of(profile, picture)
    if held.is_open and wizard.is_single(held):
        return redirect("screening:step", number, meeting, parts[0].code)
    return page(
        request,
        "screening/meeting.html",
        subject=subject,
        held=held,
        profile=profile,
        steps=parts,
        first=wizard.first(parts),
        answers=_answers_told(held, parts),
        shown=_shown(held),
        who=_names((held,)).get(held.meeting.by, ""),
    )


def _answers_told(held: StoredMeeting, parts: list[WizardStep]) -> list[tuple[str, list[tuple[str, Any]]]]:
    told = []
    for part in parts:
        lines = [
            (result_text.said(q.label), result_text.ANSWERS[held.meeting.answers[q.code]])
            for q in part.questions
            if q.code in held.meeting.answers and held.meeting.answers[q.code].was_asked
        ]
        if lines:
            told.append((part.name, lines))
    return told


@require_http_methods(["GET", "POST"])
@vault_required
def step(request: StaffRequest, number: str, meeting: UUID, step: str, kind: str) -> HttpResponse:
    """One part of a meeting: its questions, saved together."""
    subject = _subject_or_404(request, kind, number)
    held, profile = _meeting_or_404(request, subject, meeting)
    if not held.is_open:
        return redirect("screening:meeting", number, meeting)
    picture = queries.picture(held=queries.meetings(keys=request.keys, file=subject.file), profile=profile)
    parts = wizard.steps_of(profile, picture)
    part = _part_or_404(parts, step)
    form = _answers_form(request, held, picture, part)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, subject, held, profile, form)
        except AnsweredElsewhere as refusal:
            form = _with_theirs(form, refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _onwards(request, subject, held, part)
    return page(
        request,
        "screening/step.html",
        subject=subject,
        held=held,
        profile=profile,
        part=part,
        place=parts.index(part) + 1,
        steps=parts,
        form=form,
        single=wizard.is_single(held),
        signs=isinstance(form, SignsForm),
        no_notes=consent_queries.notes_refused(keys=request.keys, file=subject.file),
    )


def _part_or_404(parts: list[WizardStep], code: str) -> WizardStep:
    part = next((p for p in parts if p.code == code), None)
    if part is None:
        raise Http404
    return part


def _answers_form(
    request: StaffRequest, held: StoredMeeting, picture: Assessment, part: WizardStep
) -> AnswersForm | SignsForm:
    now_told = held.meeting.answers
    initial: dict[str, object] = {"seen": held.version}
    if picture.profile.depth is Depth.SIGNS:
        initial["noticed"] = [c for c, a in now_told.items() if a.was_asked]
        return SignsForm(request.POST or None, profile=picture.profile, initial=initial)
    initial |= {name_of(c): a.value for c, a in now_told.items()}
    before = queries.merged(h for h in picture.held if h.id != held.id)
    return AnswersForm(
        request.POST or None,
        questions=part.questions,
        earlier={c: (h[-1].at, h[-1].answer) for c, h in before.history.items()},
        pointed_at=picture.result.pointed_at,
        initial=initial,
    )


def _save(
    request: StaffRequest,
    subject: ScreeningSubject,
    held: StoredMeeting,
    profile: Profile,
    form: AnswersForm | SignsForm,
    *,
    draft: bool = False,
) -> None:
    actions.answer(
        keys=request.keys,
        file=subject.file,
        meeting_id=held.id,
        profile=profile,
        answers=form.answers,
        seen=form.version_seen,
        by=request.staff,
        at=timezone.now(),
        draft=draft,
    )


def _with_theirs(form: AnswersForm | SignsForm, refusal: AnsweredElsewhere) -> AnswersForm | SignsForm:
    """Keep what was chosen; show what the colleague answered; the next saving has seen it."""
    form.refuse(refusal)
    form.mark_elsewhere(refusal.codes)
    form.see(refusal.version)
    return form


def _onwards(
    request: StaffRequest, subject: ScreeningSubject, held: StoredMeeting, part: WizardStep
) -> HttpResponse:
    """After saving: to the next part that is worth asking about, or to rest."""
    then, number = request.POST.get("then"), subject.number
    if then == "end":
        return _end(request, subject, held)
    picture = queries.picture(
        held=queries.meetings(keys=request.keys, file=subject.file),
        profile=queries.sets().by_code[held.meeting.profile],
    )
    if then == "on":
        following = wizard.next_open(wizard.steps_of(picture.profile, picture), part.code)
        if following is not None:
            return redirect("screening:step", number, held.id, following.code)
        add_message(request, _("Saved and protected. No other part needs more questions."))
    else:
        add_message(request, _("Saved and protected."))
    if wizard.is_single(held):
        return redirect("screening:start", number)
    return redirect("screening:meeting", number, held.id)


@require_POST
@vault_required
def keep(request: StaffRequest, number: str, meeting: UUID, step: str, kind: str) -> HttpResponse:
    """Save while she chooses; the page says so with a time. 204: kept."""
    subject = _subject_or_404(request, kind, number)
    held, profile = _meeting_or_404(request, subject, meeting)
    picture = queries.picture(held=queries.meetings(keys=request.keys, file=subject.file), profile=profile)
    form = _answers_form(request, held, picture, _part_or_404(wizard.steps_of(profile, picture), step))
    if not form.is_valid():
        return HttpResponse(status=422)
    _save(request, subject, held, profile, form, draft=True)
    return HttpResponse(status=204)


@require_POST
@vault_required
def end(request: StaffRequest, number: str, meeting: UUID, kind: str) -> HttpResponse:
    """End a meeting; on to what the answers suggest."""
    subject = _subject_or_404(request, kind, number)
    held, _profile = _meeting_or_404(request, subject, meeting)
    return _end(request, subject, held)


def _end(request: StaffRequest, subject: ScreeningSubject, held: StoredMeeting) -> HttpResponse:
    kept = actions.end(
        keys=request.keys, file=subject.file, meeting_id=held.id, by=request.staff, at=timezone.now()
    )
    if not kept:
        add_message(request, _("Nothing was answered, so the meeting was not kept."))
        return redirect("screening:start", subject.number)
    add_message(request, _("The meeting has ended. Its answers are kept and protected."))
    return redirect("screening:result", subject.number)


def _told(picture: Assessment, subject: ScreeningSubject) -> dict[str, Any]:
    """Everything that both the page and the paper show of a picture."""
    return {
        "picture": picture,
        "result": picture.result,
        "headline": headline(picture, age=subject.age),
        "dimensions": result_text.dimensions(picture),
        "hints": result_text.hints(picture),
        "changes": result_text.changes(picture),
        "signs": result_text.signs_seen(picture),
        "label": result_text.said(picture.profile.label),
        "provenance": result_text.said(picture.profile.provenance),
    }


@require_GET
@vault_required
def result(request: StaffRequest, number: str, kind: str) -> HttpResponse:
    """What the answers of all meetings suggest together, in words."""
    subject = _subject_or_404(request, kind, number)
    picture = _picture(request, subject)
    here = reverse("screening:result", args=[number])
    return page(
        request,
        "screening/result.html",
        subject=subject,
        open_meeting=next((h for h in reversed(picture.held) if h.is_open), None),
        other_sets=[
            (f"{here}?set={sealed(p.code)}", result_text.said(p.label), p.code == picture.profile.code)
            for p in _fitting(subject)
        ],
        **_told(picture, subject),
    )


@require_POST
@vault_required
def paper(request: StaffRequest, number: str, kind: str) -> HttpResponse:
    """The result for printing; that it was printed goes into the journal."""
    subject = _subject_or_404(request, kind, number)
    picture = _picture(request, subject)
    now = timezone.now()
    actions.note_printed(file=subject.file, by=request.staff, at=now)
    return page(
        request,
        "screening/paper.html",
        subject=subject,
        now=now,
        held=picture.held,
        **_told(picture, subject),
    )


@require_GET
@vault_required
def blank(request: StaffRequest, number: str, code: str, kind: str) -> HttpResponse:
    """An empty set of questions for the pen, to be typed in later with its own time."""
    subject = _subject_or_404(request, kind, number)
    profile = queries.sets().get(code)
    if profile is None:
        raise Http404
    parts = wizard.steps_of(profile, queries.picture(held=(), profile=profile))
    sheets = [
        (
            p.name,
            p.hint,
            [(result_text.said(q.label), result_text.to_say(q.say) if q.say else "") for q in p.questions],
        )
        for p in parts
    ]
    return page(
        request,
        "screening/blank.html",
        subject=subject,
        label=result_text.said(profile.label),
        version=profile.version,
        signs=profile.depth is Depth.SIGNS,
        sheets=sheets,
    )
