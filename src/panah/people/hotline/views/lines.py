"""Lines and who answers them, kept by the focal points."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.accounts.queries import colleagues
from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.hotline import actions, permissions, queries
from panah.people.hotline.call_pages import redirect_to
from panah.people.hotline.forms import LineForm


@require_safe
def lines(request: StaffRequest) -> HttpResponse:
    """The society's lines, their numbers and who answers them."""
    rows = [(line, queries.operators_of(line)) for line in queries.visible_lines(to=request.staff)]
    return page(
        request,
        "hotline/lines.html",
        rows=rows,
        ended=queries.ended_lines(to=request.staff),
        leads=permissions.leads(request.staff),
        night_covers=queries.covered_by(to=request.staff, at=timezone.now()),
    )


def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a line: what follows from it, who covers instead, then the press that does it."""
    if not permissions.leads(request.staff):
        raise Http404
    one = get_object_or_404(queries.visible_lines(to=request.staff), pk=pk)
    others = [
        (line, queries.operators_of(line))
        for line in queries.visible_lines(to=request.staff)
        if line.pk != one.pk
    ]
    refused = None
    if request.method == "POST":
        try:
            actions.end_line(line=one, by=request.staff, at=timezone.now())
        except Refusal as refusal:
            refused = refusal
        else:
            add_message(
                request,
                _("The line has ended. Its contacts and call-backs stay with those who held its key."),
            )
            return redirect_to("lines")
    return page(
        request,
        "hotline/line_end.html",
        line=one,
        others=others,
        refused=refused,
        waiting=queries.waiting_on(one),
        status=409 if refused else 200,
    )


@vault_required
def edit(request: StaffRequest, pk: UUID | None = None) -> HttpResponse:
    """Make a line, or change what it is called."""
    if not permissions.leads(request.staff):
        raise Http404
    one = get_object_or_404(queries.visible_lines(to=request.staff), pk=pk) if pk else None
    initial = (
        {
            "name_en": one.name_en,
            "name_ru": one.name_ru,
            "languages": one.languages,
            "takes_chats": one.takes_chats,
            "numbers": "\n".join(
                filter(None, (dialled_numbers.to_edit(one, number) for number in one.numbers))
            ),
        }
        if one
        else {}
    )
    form = LineForm(request.POST or None, initial=initial)
    save = partial(actions.change_line, line=one) if one else partial(actions.make_line, keys=request.keys)
    if form.submit(save, by=request.staff, at=timezone.now()):
        add_message(request, _("The line is saved."))
        return redirect_to("line", (one or form.result).pk)
    return page(request, "hotline/line_form.html", form=form, line=one)


@vault_required
def line(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who holds a line's key; giving and taking it."""
    if not permissions.leads(request.staff):
        raise Http404
    one = get_object_or_404(queries.visible_lines(to=request.staff), pk=pk)
    holders = queries.operators_of(one)
    if request.method == "POST":
        who = next((c for c in colleagues(to=request.staff) if str(c.pk) == request.POST.get("staff")), None)
        if who is None:
            raise Http404
        if request.POST.get("do") == "take":
            actions.take_line_key(keys=request.keys, line=one, staff=who, by=request.staff, at=timezone.now())
            add_message(request, _("The key of the line was taken back."))
        else:
            actions.give_line_key(keys=request.keys, line=one, to=who, by=request.staff, at=timezone.now())
            add_message(request, _("The key of the line was given."))
        return redirect_to("line", pk)
    held = {h.pk for h in holders}
    others = [
        c for c in colleagues(to=request.staff) if c.pk not in held and may(c, Permission.HOTLINE_CALLS)
    ]
    covers = queries.covered_by(to=request.staff, at=timezone.now())
    return page(request, "hotline/line.html", line=one, holders=holders, others=others, night_covers=covers)
