"""The paper kit: forms to print for bad days, and typing them in later."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.foundation.http import StaffRequest
from panah.hotline import actions, queries
from panah.hotline.forms import AuthorityForm, CallForm, EmergencyForm, FamilyForm, PaperForm
from panah.hotline.models import Contact
from panah.hotline.views.common import go
from panah.hotline.words.cards import CARDS
from panah.kit.pages import add_message, page
from panah.sign_in.middleware import vault_required

SHEETS: dict[str, Any] = {
    "call": CallForm,
    "emergency": EmergencyForm,
    "family": FamilyForm,
    "authority": AuthorityForm,
    "cards": None,
}
# The last two stand on top of every sheet.
HIDDEN = {"based_on", "note_version", "tab", "forget_identity", "written_at", "author", "once"}
# Whose hint speaks of what the screen does: on paper it would not be true.
OF_THE_SCREEN = {"note", "interpreter_name", "phone"}


@require_safe
def kit(request: StaffRequest) -> HttpResponse:
    """What can be printed, and where paper is typed in."""
    return page(request, "hotline/paper.html")


@require_safe
def sheet(request: StaffRequest, kind: str) -> HttpResponse:
    """One form to print, in the language asked for."""
    if kind not in SHEETS:
        raise Http404
    language = (
        "ru"
        if request.GET.get("in") == "ru"
        else "en"
        if request.GET.get("in") == "en"
        else translation.get_language()
    )
    now = timezone.now()
    with translation.override(language):
        form = SHEETS[kind]() if SHEETS[kind] else None
        rows = [one for one in form if one.name not in HIDDEN] if form else []
        return page(
            request,
            "hotline/sheet.html",
            kind=kind,
            rows=rows,
            of_the_screen=OF_THE_SCREEN,
            cards=CARDS,
            lang=language,
            promise=queries.promise(society=request.staff.society, at=now),
            lines=list(queries.visible_lines(to=request.staff)),
            numbers=queries.emergency(society=request.staff.society, iso2="", at=now),
        )


@vault_required
def type_in(request: StaffRequest) -> HttpResponse:
    """Begin a contact from paper: when it was written and by whom, then the usual form."""
    lines = queries.lines_of(request.staff)
    form = PaperForm(request.POST or None, lines=lines)

    def begin(*, line: str, **written: Any) -> Contact:
        chosen = next(one for one in lines if str(one.pk) == line)
        return actions.type_in(keys=request.keys, line=chosen, by=request.staff, at=timezone.now(), **written)

    if form.submit(begin):
        add_message(request, _("The contact is made. Type in what stands on the paper."))
        return go("call", form.result.number)
    return page(request, "hotline/type_in.html", form=form, lines=lines)
