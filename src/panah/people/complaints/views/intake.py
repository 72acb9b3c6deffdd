"""Where anybody begins: take down, leave word, the words to say; and who reads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.foundation.ids import read_number
from panah.ground.kit.languages import language_asked
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number
from panah.people.complaints import actions, permissions, queries
from panah.people.complaints.forms import ComplaintForm, LeaveForm, NameForm, OwnDataForm
from panah.people.complaints.words import MatterKind

if TYPE_CHECKING:
    from panah.people.complaints.queries.readers import ComplaintPromise


def _call(request: StaffRequest) -> str:
    """The number of the call that goes on meanwhile, to lead back to it; nothing links it to what is taken down."""
    return read_number(request.GET.get("call", "")) or ""


def _back(request: StaffRequest) -> str:
    number = _call(request)
    return f"?call={number}" if number else ""


def _promise(request: StaffRequest) -> ComplaintPromise:
    return queries.promise(request.staff.society, on=timezone.localdate())


@require_GET
def start(request: StaffRequest) -> HttpResponse:
    """What anybody can do here; for readers, what is open to them."""
    return page(
        request,
        "complaints/start.html",
        call=_call(request),
        more=_back(request),
        route=queries.route(request.staff.society_id),
        promise=_promise(request),
        reads=queries.visible(to=request.staff).exists(),
        waiting=queries.waits_for_me(request.staff),
        leads=permissions.leads(request.staff),
        second=queries.second_reader(request.staff.society_id),
    )


@vault_required
def take(request: StaffRequest) -> HttpResponse:
    """Take a complaint down. Once sent it is closed to whoever took it."""
    return _take(request, MatterKind.COMPLAINT, ComplaintForm)


@vault_required
def take_data(request: StaffRequest) -> HttpResponse:
    """Take a request about own data down."""
    return _take(request, MatterKind.OWN_DATA, OwnDataForm)


def _take(
    request: StaffRequest, kind: MatterKind, form_of: type[ComplaintForm | OwnDataForm]
) -> HttpResponse:
    route = queries.route(request.staff.society_id)
    people = list(colleagues(to=request.staff))
    form = form_of(request.POST or None, people=people, readers=[person.pk for person in route.people])
    if (
        kind == MatterKind.OWN_DATA
        and "case" in request.GET
        and by_number(request.GET["case"], to=request.staff)
    ):
        form.fields["case"].initial = read_number(request.GET["case"])
    call, promise = _call(request), _promise(request)

    def take(*, once: UUID, **_more: object) -> object:
        return actions.take(
            keys=request.keys,
            once=once,
            kind=kind,
            typed=form.typed(),
            concerned=form.concerned(),
            at=timezone.now(),
        )

    if form.submit(take):
        # Not a redirect: the number is in no address, and whoever took it cannot open it again.
        return page(
            request, "complaints/taken.html", taken=form.result, call=call, promise=promise, Kind=MatterKind
        )
    return page(
        request,
        "complaints/take.html",
        form=form,
        kind=kind,
        more=_back(request),
        route=route,
        leads=permissions.leads(request.staff),
        call=call,
        promise=promise,
        Kind=MatterKind,
    )


@vault_required
def leave(request: StaffRequest) -> HttpResponse:
    """Somebody asks with a code. The page answers the same whether or not anything fits it."""
    form = LeaveForm(request.POST or None)
    if form.submit(
        lambda message, **data: actions.leave_word(keys=request.keys, text=message, at=timezone.now(), **data)
    ):
        add_message(
            request, _("It is with those who read complaints. They answer in the way that was agreed.")
        )
        return HttpResponseRedirect(reverse("complaints:start") + _back(request))
    return page(request, "complaints/leave.html", form=form, call=_call(request), more=_back(request))


@require_GET
def words_to_say(request: StaffRequest) -> HttpResponse:
    """How to complain, to read aloud or to print, in the language asked for."""
    language = language_asked(request)
    with translation.override(language):
        return page(
            request,
            "complaints/words.html",
            promise=_promise(request),
            route=queries.route(request.staff.society_id),
        )


@require_http_methods(["GET", "POST"])
def readers(request: StaffRequest) -> HttpResponse:
    """Who reads complaints: open to everybody. Focal points name the second reader, the officer confirms."""
    society = request.staff.society_id
    leads = permissions.leads(request.staff)
    people = list(colleagues(to=request.staff))
    naming = request.method == "POST" and request.POST.get("do") == "name"
    form = NameForm(request.POST if naming else None, people=people, by=request.staff)
    if request.method == "POST":
        done = _decide(request) if not naming else _name(request, form)
        if done:
            return HttpResponseRedirect(reverse("complaints:readers"))
    return page(
        request,
        "complaints/readers.html",
        form=form if leads else None,
        officers=queries.officers(society),
        second=queries.second_reader(society),
        named=queries.named(society),
        mine=queries.waits_for_me(request.staff),
        route=queries.route(society),
    )


def _name(request: StaffRequest, form: NameForm) -> bool:
    if not form.is_valid():
        return False
    staff = get_object_or_404(colleagues(to=request.staff), pk=UUID(form.cleaned_data["staff"]))
    try:
        actions.name_second(staff=staff, by=request.staff, at=timezone.now())
    except Refusal as refusal:
        if not permissions.leads(request.staff):
            raise  # her page has no form that could say it
        form.refuse(refusal)
        return False
    add_message(request, _("Named. It counts once it is confirmed."))
    return True


def _decide(request: StaffRequest) -> bool:
    row = queries.waits_for_me(request.staff)
    if row is None or request.POST.get("do") not in ("confirm", "decline"):
        return False
    act = actions.confirm if request.POST["do"] == "confirm" else actions.decline
    act(row=row, by=request.staff, at=timezone.now())
    add_message(request, _("Saved."))
    return True
