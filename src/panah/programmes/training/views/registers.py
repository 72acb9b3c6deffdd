"""Who was at a session: on the page, on paper, typed in from paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.languages import language_asked
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.training import actions, forms, queries
from panah.programmes.training.views.courses import say_left_out, to_course
from panah.programmes.training.words import EnrolmentState

# Lines to write a name on.
BLANK_LINES = 10


def _page(request: StaffRequest, pk: UUID, *, paper: bool) -> HttpResponse:
    session = queries.session_or_404(pk, to=request.staff)
    people = queries.people_of(session.course)
    on_paper = queries.leading_volunteers(session.course) if paper else []
    form = forms.RegisterForm(
        posted(request),
        people=people,
        session=session.pk,
        paper=paper,
        wrote=on_paper[0].name if len(on_paper) == 1 else "",
    )
    if form.submit(actions.keep_from_page, session=session, by=request.staff, at=timezone.now()):
        add_message(request, _("Kept: who was there, and who was not."))
        say_left_out(request, form.result)
        return to_course(session.course)
    return page(
        request,
        "training/register.html",
        form=form,
        session=session,
        one=session.course,
        paper=paper,
        been=timezone.localdate() >= session.on,
        there=sum(each.was.get(session.pk) is True for each in people),
        placed=sum(each.row.state == EnrolmentState.ENROLLED for each in people),
    )


@require_http_methods(["GET", "POST"])
def register(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Mark who was not there; all others were."""
    return _page(request, pk, paper=False)


@require_http_methods(["GET", "POST"])
def typed(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Type in what stands on the printed list."""
    return _page(request, pk, paper=True)


@require_GET
def paper(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The list to print, in the language asked for."""
    session = queries.session_or_404(pk, to=request.staff)
    people = queries.people_of(session.course)
    with override(language_asked(request)):
        return page(
            request,
            "training/paper.html",
            session=session,
            one=session.course,
            people=[each for each in people if each.row.state != EnrolmentState.CANCELLED],
            trainers=", ".join(each.name for each in queries.leading(session.course)),
            blank=range(BLANK_LINES),
            Waiting=EnrolmentState.WAITING,
        )
