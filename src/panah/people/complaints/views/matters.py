"""What the readers see: their list, one matter, its steps; and what a colleague was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from panah.ground.accounts.queries import colleagues
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network.queries import rule
from panah.ground.network.words import RuleKey
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import queries as vault_queries
from panah.people.complaints import actions, forms, queries, rules, words
from panah.people.complaints.queries.matters import MatterFilter
from panah.people.complaints.views.labels import spoken

if TYPE_CHECKING:
    from panah.ground.kit.forms import Form
    from panah.people.complaints.models import Matter


@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """What is open to this colleague, soonest first; for everybody else an empty list, whatever there is."""
    given = {name: request.GET.get(name, "") for name in ("kind", "state", "sort")}
    given = {**given, "state": given["state"] or "open", "sort": given["sort"] or "answer"}
    ask = MatterFilter(**given, after=request.GET.get("after", ""))
    found = queries.listed(ask, to=request.staff)
    kept = urlencode({name: value for name, value in given.items() if value})
    return page(
        request,
        "complaints/list.html",
        block="rows",
        rows=found.rows,
        by_coming=ask.sort == "newest",
        older=f"?{kept}{'&' if kept else ''}{urlencode({'after': found.more})}" if found.more else "",
        form=forms.ListForm(
            initial={**given, "kind": ask.kind if ask.kind in words.MatterKind.values else ""}
        ),
        filtered=any(request.GET.get(name) for name in given),
        left=queries.unread(to=request.staff),
        passing=actions.can_pass_on(keys=request.keys, staff=request.staff),
        State=words.MatterState,
        now=timezone.now(),
    )


@require_POST
@vault_required
def pass_on(request: StaffRequest) -> HttpResponse:
    """Let new readers into what waits for them."""
    given = actions.pass_on(keys=request.keys, at=timezone.now())
    add_message(
        request,
        ngettext("%(num)s matter was passed on.", "%(num)s matters were passed on.", given) % {"num": given},
    )
    return HttpResponseRedirect(reverse("complaints:list"))


@vault_required
def matter(request: StaffRequest, number: str) -> HttpResponse:
    """One matter with all that was said and done."""
    one = queries.matter_or_404(number, to=request.staff)
    found = queries.opened(one, keys=request.keys)
    waits = queries.who_left_out(one, keys=request.keys)
    return page(
        request,
        "complaints/matter.html",
        one=one,
        found=found,
        told=spoken(found.told, one.kind),
        answers=[(each, spoken(each.v, one.kind, answer=True)) for each in found.answers],
        behind=queries.report_behind(one, to=request.staff),
        opens=vault_queries.opens(keys=request.keys, file=one.file_id),
        abuse="abuse" in found.told.get("about", ()),
        steps=[
            name
            for name in rules.steps_of(one.state)
            if name != "ask" or one.kind == words.MatterKind.OWN_DATA
        ],
        waits=waits,
        says_who_is_meant=waits is not None and queries.may_say_who_is_meant(one, keys=request.keys),
        labels=LABELS,
        main=MAIN.get(one.state, "note"),
        Kind=words.MatterKind,
        State=words.MatterState,
        now=timezone.now(),
        done=STEPS_DONE,
        case=found.told.get("case", ""),
        outside=rule(society=request.staff.society, key=RuleKey.COMPLAINT_OUTSIDE, on=timezone.localdate()),
    )


LABELS = {
    "acknowledge": gettext_lazy("Confirm the receipt"),
    "look": gettext_lazy("Begin to look into it"),
    "note": gettext_lazy("Write a note"),
    "meant": gettext_lazy("Say whether they are meant"),
    "ask": gettext_lazy("Ask the one who holds the case"),
    "answer": gettext_lazy("Write down the answer"),
    "close": gettext_lazy("Close it"),
    "reopen": gettext_lazy("Open it again"),
    "erase": gettext_lazy("Erase it for good"),
}
STEPS_DONE = {
    "acknowledge": gettext_lazy("Receipt confirmed"),
    "look": gettext_lazy("Being looked into"),
    "note": gettext_lazy("Note"),
    "close": pgettext_lazy("a matter", "Closed"),
    "reopen": gettext_lazy("Opened again"),
}
# The one main button of the page, by state.
MAIN = {"received": "acknowledge", "acknowledged": "look", "looking": "answer", "answered": "close"}

FORMS: dict[str, Callable[..., Form]] = {
    "acknowledge": forms.AcknowledgeForm,
    "look": forms.LookForm,
    "note": forms.NoteForm,
    "meant": forms.MeantForm,
    "ask": forms.AskForm,
    "answer": forms.AnswerForm,
    "close": forms.CloseForm,
    "reopen": forms.ReopenForm,
    "erase": forms.EraseForm,
}


@vault_required
def step(request: StaffRequest, number: str, step: str) -> HttpResponse:
    """One step: its form, then back to the matter."""
    one = queries.matter_or_404(number, to=request.staff)
    if step not in FORMS or not vault_queries.opens(keys=request.keys, file=one.file_id):
        raise Http404
    if step == "meant" and not queries.may_say_who_is_meant(one, keys=request.keys):
        raise Http404
    form = _form(request, one, step)
    if form.submit(lambda **data: _act(request, one, step, data)):
        add_message(request, _("Erased for good.") if step == "erase" else _("Saved and protected."))
        to = reverse("complaints:list") if step == "erase" else reverse("complaints:matter", args=[number])
        return HttpResponseRedirect(to)
    return page(
        request,
        "complaints/step.html",
        one=one,
        step=step,
        form=form,
        label=LABELS[step],
        behind=queries.report_behind(one, to=request.staff) if step in ("acknowledge", "answer") else None,
        fits=step == "meant" or rules.may_step(step, one.state),
        outside=rule(society=request.staff.society, key=RuleKey.COMPLAINT_OUTSIDE, on=timezone.localdate())
        if step == "answer"
        else None,
    )


def _form(request: StaffRequest, one: Matter, step: str) -> Form:
    data = request.POST if request.method == "POST" else None
    if step == "ask":
        return forms.AskForm(data, people=list(colleagues(to=request.staff).exclude(pk=request.staff.pk)))
    if step == "answer" and one.kind == words.MatterKind.OWN_DATA:
        told = vault_queries.value_of(keys=request.keys, file=one.file_id, part=words.TOLD)
        return forms.DataAnswerForm(data, initial={"proof": told.get("proof", "none")})
    if step in ("acknowledge", "answer"):
        return FORMS[step](data, behind=queries.report_behind(one, to=request.staff))
    return FORMS[step](data)


def _act(request: StaffRequest, one: object, step: str, given: dict[str, Any]) -> None:
    about: dict[str, Any] = {"keys": request.keys, "matter": one, "at": timezone.now()}
    if step == "ask":
        of = get_object_or_404(colleagues(to=request.staff), pk=UUID(given["of"]))
        actions.ask_colleague(**about, of=of, text=given["text"])
    elif step == "answer":
        actions.answer(**about, said={k: v for k, v in given.items() if v not in ("", None)})
    else:
        simple: dict[str, Callable[..., None]] = {
            "acknowledge": actions.acknowledge,
            "look": actions.look_into,
            "note": actions.note,
            "meant": actions.say_who_is_meant,
            "close": actions.close,
            "reopen": actions.reopen,
            "erase": actions.erase_matter,
        }
        simple[step](**about, **given)


@vault_required
def asked(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a colleague was asked for, to that colleague and the readers. It says nothing else of the request."""
    one = queries.ask_or_404(pk, to=request.staff)
    mine = one.of_id == request.staff.pk
    text = vault_queries.value_of(keys=request.keys, file=one.file_id, part=words.ASKED)
    before = vault_queries.value_of(keys=request.keys, file=one.file_id, part=words.REPLY)
    form = forms.ReplyForm(
        request.POST if request.method == "POST" else None,
        initial={"text": before.get("text", ""), "knows": before.get("knows", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(keys=request.keys, ask=one, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            if not mine:
                raise  # her page has no form that could say it
            form.refuse(refusal)
        else:
            add_message(request, _("Your answer is with those who asked."))
            return HttpResponseRedirect(reverse("complaints:asked", args=[pk]))
    reads = None if mine else queries.visible(to=request.staff).filter(pk=one.matter_id).first()
    return page(
        request, "complaints/asked.html", one=one, mine=mine, text=text.get("text", ""), before=before,
        form=form, matter=reads, knows=dict(forms.ReplyForm.KNOWS),
    )  # fmt: skip


@vault_required
def left(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Word that was left with a code. Reading it takes it off the lists."""
    one = queries.message_or_404(pk, to=request.staff)
    if request.method == "POST":
        actions.read_word(keys=request.keys, message=one, at=timezone.now())
        add_message(request, _("Done, and off the list."))
        return HttpResponseRedirect(reverse("complaints:list"))
    value = vault_queries.value_of(keys=request.keys, file=one.file_id, part=words.MESSAGE)
    known = queries.visible(to=request.staff).filter(pk=one.matter_id).first() if one.matter_id else None
    told = vault_queries.value_of(keys=request.keys, file=known.file_id, part=words.TOLD) if known else {}
    return page(
        request,
        "complaints/left.html",
        one=one,
        value=value,
        matter=known,
        safe_word=told.get("safe_word", ""),
    )
