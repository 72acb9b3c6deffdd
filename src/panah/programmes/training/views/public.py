"""Pages for whoever has no account: a knowledge test on a telephone, and checking a certificate."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.pages import posted
from panah.ground.kit.public import public, public_page
from panah.programmes.training import actions, forms, queries
from panah.programmes.training.models import AnswerSheet, Certificate, KnowledgeTest
from panah.programmes.training.words import CertificateState, TestTime


def _closed(request: HttpRequest) -> HttpResponse:
    # One answer for a test that is over, one of another day, and none at all.
    return public_page(
        request,
        "training/public_said.html",
        status=410,
        heading=_("This page is closed"),
        text=_("Ask whoever gave you the address."),
    )


def _once(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()


@public
def knowledge(request: HttpRequest, token: str) -> HttpResponse:
    """The knowledge test of a course, for whoever sits in it."""
    with queries.found_by_token(KnowledgeTest, token) as test:
        if test is None or not actions.is_open(test, at=timezone.now()):
            return _closed(request)
        once = _once(request)
        sheet = test.sheets.filter(pk=once).first()
        if sheet is not None:
            return _thanks(request, test, sheet)
        asked = queries.questions_of(test, _language(test))
        form = forms.PhoneTestForm(
            posted(request),
            people=queries.who_may_answer(test),
            asked=asked,
            shuffled=test.shuffled,
            once=once,
        )
        if not form.submit(actions.answer_on_phone, test=test, at=timezone.now()):
            return public_page(request, "training/public_test.html", form=form)
        return _thanks(request, test, form.result)


def _language(test: KnowledgeTest) -> str:
    return queries.readable_language(test, translation.get_language() or "en")


def _thanks(request: HttpRequest, test: KnowledgeTest, sheet: AnswerSheet | None) -> HttpResponse:
    """Say that the answers are in; after the course also what was right, and why. Before it, nothing is given away."""
    if sheet is None:
        return public_page(
            request,
            "training/public_said.html",
            heading=_("Answers under this name are in already"),
            text=_("If you have not answered yet, tell your trainer."),
        )
    told = []
    if test.when == TestTime.AFTER:
        asked = queries.questions_of(test, _language(test))
        told = [
            (one, set(chosen) == set(one.question.right))
            for one, chosen in zip(asked, sheet.answers, strict=False)
        ]
    return public_page(
        request, "training/public_thanks.html", told=told, right=sheet.right, number=len(test.asked)
    )


@public
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """Check a certificate: what it is for and whether it holds, once the name that stands on it was typed."""
    form = forms.CheckForm(posted(request))
    with queries.found_by_token(Certificate, token) as row:
        try:
            fits = form.is_bound and form.is_valid()
            if fits:
                actions.check_certificate(certificate=row, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
            return public_page(request, "training/public_check.html", form=form, status=refusal.status)
        if not fits or row is None:
            return public_page(request, "training/public_check.html", form=form)
        language = translation.get_language() or "en"
        (said,) = queries.on_certificates([row], language, on=timezone.localdate())
        return public_page(
            request, "training/public_certificate.html", shows=said, row=row, State=CertificateState
        )
