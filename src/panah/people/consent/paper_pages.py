"""Consent on paper: the sheet to print empty, typing it in, and a copy of what was agreed for the person."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import INTERFACE, language_asked
from panah.ground.kit.on_paper import ask_of_paper, number_labels
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.consent import actions, queries, subjects
from panah.people.consent.paper_form import FOR_ALL, ON_PAPER, CopyForm, PaperConsentForm
from panah.people.consent.read_aloud import Aloud, read_aloud_in
from panah.people.consent.rules import LEAVES
from panah.people.consent.views import exceptions_of, receivers
from panah.people.consent.words import AUTHORITY_RISKS, WHY_NOT, field_words


def _aloud(request: StaffRequest, purpose: str, language: str, *, who: str = "") -> Aloud:
    return read_aloud_in(language, purpose, who=who, society=request.staff.society, on=timezone.localdate())


@require_safe
def sheet(request: StaffRequest) -> HttpResponse:
    """The empty sheet: labels in the reader's language, what is read aloud in ``?aloud=``."""
    offered = dict(queries.read_aloud_languages())
    language = language_asked(request)
    aloud = request.GET.get("aloud", "")
    aloud = aloud if aloud in offered else language
    # The risk of an authority has words in the languages of the interface alone: else it is interpreted.
    risk_in = aloud if aloud in dict(INTERFACE) else language
    with translation.override(risk_in):
        risks = [str(risk) for risk in AUTHORITY_RISKS.values()]
    with translation.override(language):
        form = PaperConsentForm(receivers={}, age_group=None)
        number_labels(form, leave=_without_a_number())
        texts = {purpose.value: _aloud(request, purpose, aloud) for purpose in ON_PAPER}
        return page(
            request,
            "consent/sheet.html",
            form=form,
            purposes=[p.value for p in ON_PAPER],
            leaves=LEAVES,
            texts=texts,
            aloud=aloud,
            checked=all(text.checked for text in texts.values()),
            risks=risks,
            risk_in=risk_in,
            common=FOR_ALL,
            exceptions=exceptions_of(request.staff),
        )


def _without_a_number() -> set[str]:
    of_the_risk = {f"{name}_{purpose}" for purpose in LEAVES for name in ("risk", "receiver")}
    return of_the_risk | {f"review_{purpose}" for purpose in ON_PAPER}


@require_http_methods(["GET", "POST"])
@vault_required
def type_in(request: StaffRequest, number: str) -> HttpResponse:
    """Type in what stands on a sheet, in its order and with its numbers."""
    subject = subjects.load(number, to=request.staff, keys=request.keys)
    involved = subject.age_group != "adult" and subjects.guardian_may_be_involved(
        keys=request.keys, file=subject.file
    )
    form = _paper_form(request, subject, involved=involved)

    def keep(**_data: object) -> int:
        on, by = form.paper
        return actions.type_in(
            keys=request.keys, subject=subject, answers=form.answers(), on=on, by=by, at=timezone.localtime()
        )

    if form.submit(keep):
        result = form.result
        add_message(
            request,
            ngettext("%(num)s answer is kept.", "%(num)s answers are kept.", result) % {"num": result},
        )
        return redirect(reverse("consent:answers", args=[subject.number]))
    return page(
        request,
        "consent/type_in.html",
        subject=subject,
        form=form,
        no_notes=queries.notes_refused(keys=request.keys, file=subject.file),
        involved=involved,
    )


def _paper_form(
    request: StaffRequest, subject: subjects.ConsentSubject, *, involved: bool
) -> PaperConsentForm:
    offers = {purpose: receivers(purpose, to=request.staff) for purpose in LEAVES if purpose in ON_PAPER}
    form = PaperConsentForm(
        request.POST or None,
        receivers=offers,
        age_group=subject.age_group,
        initial={"language": subject.language},
    )
    if involved:
        form.without_the_guardian()
    ask_of_paper(form, leave=_without_a_number())
    if form.is_bound and form.is_valid():
        _ask_for_the_risk(form)
    return form


def _ask_for_the_risk(form: PaperConsentForm) -> None:
    """A yes to telling an authority counts only where its risk was read aloud, as on the screen."""
    for purpose in LEAVES:
        if form.cleaned_data.get(f"said_{purpose}") != "yes" or form.cleaned_data.get(f"risk_{purpose}"):
            continue
        receiver, name = form.receiver(purpose)
        if queries.authority_risk(receiver, name, at=timezone.now()) is not None:
            form.add_error(
                f"risk_{purpose}",
                _(
                    "If it was not read aloud, ask the person once more with the risk, and leave this answer empty."
                ),
            )


@require_http_methods(["GET", "POST"])
@vault_required
def copy(request: StaffRequest, number: str) -> HttpResponse:
    """What was agreed, for the person's own hand: a warning first; then the page to print, journalled."""
    subject = subjects.load(number, to=request.staff, keys=request.keys)
    languages = queries.read_aloud_languages()
    known = dict(languages)
    begin = subject.language if subject.language in known else request.LANGUAGE_CODE
    form = CopyForm(request.POST or None, languages=languages, initial={"language": begin})
    if form.submit(lambda **_data: actions.print_copy(keys=request.keys, subject=subject, at=timezone.now())):
        language = form.cleaned_data["language"]
        return page(
            request,
            "consent/copy.html",
            subject=subject,
            language=language,
            rows=list(_given(request, subject, language)),
            now=timezone.now(),
        )
    return page(request, "consent/copy_first.html", subject=subject, form=form)


def _lacks(request: StaffRequest, subject: subjects.ConsentSubject, answer: queries.WrittenConsent) -> str:
    """Why a yes that stands does not count yet; "" for every other answer."""
    return queries.lacks(
        keys=request.keys,
        file=subject.file,
        answer=answer.consent,
        on=timezone.localdate(),
        age_group=subject.age_group,
    )


def _given(
    request: StaffRequest, subject: subjects.ConsentSubject, language: str
) -> Iterator[dict[str, object]]:
    """The last answers that still stand, in the words that were read aloud."""
    today = timezone.localdate()
    for answer in queries.latest(keys=request.keys, file=subject.file):
        consent = answer.consent
        if consent.withdrawn_on or (consent.until and consent.until < today):
            continue
        who = answer.kept.get("receiver_name") or ""
        yield {
            "text": _aloud(request, consent.purpose, language, who=who).lines[0],
            "said": consent.said,
            "fields": [field_words(name) for name in sorted(consent.fields)],
            "until": consent.until,
            "why_not": WHY_NOT.get(_lacks(request, subject, answer)),
        }
