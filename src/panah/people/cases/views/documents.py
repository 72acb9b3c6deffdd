"""Photos and documents of a case: covered until asked for; shown only as pictures that we drew; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit import image_sandbox
from panah.ground.kit.file_types import TEXT, FileType, text_of
from panah.ground.kit.pages import add_message, posted
from panah.ground.vault.attachments import content_of
from panah.ground.vault.words import RevealPurpose
from panah.people.cases import actions
from panah.people.cases.forms.documents import COPY, ORIGINAL, AddForm, DescribeForm, DestroyForm, TakeForm
from panah.people.cases.models import Case
from panah.people.cases.queries import documents as reading
from panah.people.cases.queries.page import OpenedPart
from panah.people.cases.views.case import PURPOSES, date_text
from panah.people.cases.views.common import back_to, of_case, show, show_form
from panah.people.cases.views.dates import moment_of
from panah.people.cases.words import documents as words
from panah.people.cases.words import terms

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django_stubs_ext import StrOrPromise

OPEN_SECONDS = 600
PAGES_AT_ONCE = 4
LONGEST_TEXT = 100_000
# What came from outside, or was drawn from it: no script, no form, no frame, never read as another type.
GUARDED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@require_GET
@of_case
def documents(request: StaffRequest, case: Case) -> HttpResponse:
    """What is there, without a picture of it."""
    rows = reading.documents_of(case, keys=request.keys)
    return show(
        request,
        "cases/documents.html",
        case,
        "documents",
        rows=rows,
        words=words,
        terms=terms,
        moment_of=moment_of,
    )


@require_http_methods(["GET", "POST"])
@of_case
def add(request: StaffRequest, case: Case) -> HttpResponse:
    """Take files in. A script sends them one by one and reads a short answer; without it all come in one form."""
    form = AddForm(posted(request), request.FILES if request.method == "POST" else None)
    alone = "X-Upload" in request.headers
    if form.is_bound and form.is_valid():
        kept, refusals = keep_all(request, case, form.chosen())
        if alone:
            return upload_answer(case, kept, refusals)
        if kept and not refusals:
            return after_upload(request, case, kept)
        for refusal in refusals:
            form.refuse(refusal)
        if kept:
            say_kept(request, kept)
    if alone:
        return JsonResponse({"text": " ".join(one.text for one in form.summary)}, status=422)
    return show(request, "cases/document_add.html", case, "documents", form=form)


def keep_all(
    request: StaffRequest, case: Case, files: list[UploadedFile[bytes]]
) -> tuple[list[actions.KeptDocument], list[Refusal]]:
    """Keep what can be kept: one that is refused does not take the others with it."""
    kept, refusals = [], []
    for file in files:
        try:
            kept.append(
                actions.keep_document(
                    keys=request.keys, case=case, name=file.name or "", body=file.read(), at=timezone.now()
                )
            )
        except Refusal as refusal:
            refusals.append(refusal)
    return kept, refusals


def upload_answer(case: Case, kept: list[actions.KeptDocument], refusals: list[Refusal]) -> JsonResponse:
    """The answer to a script: where to go on, or what was wrong."""
    if refusals:
        return JsonResponse({"text": f"{refusals[0].sentence} {refusals[0].next_step}"}, status=422)
    one = kept[0]
    name = "cases:document" if one.known else "cases:document_describe"
    return JsonResponse({"href": reverse(name, args=[case.number, one.ref]), "known": one.known})


def say_kept(request: StaffRequest, kept: list[actions.KeptDocument]) -> None:
    new = sum(not one.known for one in kept)
    if new:
        text = ngettext("%(num)s file is kept and protected.", "%(num)s files are kept and protected.", new)
        add_message(request, text % {"num": new})
    if len(kept) > new:
        add_message(request, _("Exactly this content was here already. It was not kept twice."), tone="info")


def after_upload(request: StaffRequest, case: Case, kept: list[actions.KeptDocument]) -> HttpResponse:
    """One file: say what it is. Several: the list, where each waits for its words."""
    say_kept(request, kept)
    if len(kept) > 1:
        return back_to("cases:documents", case)
    return back_to("cases:document" if kept[0].known else "cases:document_describe", case, kept[0].ref)


@require_GET
@of_case
def document(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    return one(request, case, ref)


def one(request: StaffRequest, case: Case, ref: UUID, *, opened: OpenedContent | None = None) -> HttpResponse:
    """The page of one document; with ``opened`` its content stands in it until it is covered again."""
    return show(
        request,
        "cases/document.html",
        case,
        "documents",
        one=reading.document_of(case, ref, keys=request.keys),
        history=reading.history_of(case, ref),
        opened=opened,
        purposes=[(p.value, p.label) for p in PURPOSES],
        words=words,
        terms=terms,
        said_date=date_text,
        moment_of=moment_of,
        staff=request.staff,
        seconds=OPEN_SECONDS,
    )


@dataclass(frozen=True)
class OpenedContent:
    """What an opened page shows: addresses of pictures, or a text; the purpose, and where more pages begin."""

    purpose: str
    label: str
    pictures: list[tuple[int, str]]
    text: str
    more: int
    goes_on: bool = False


@require_http_methods(["GET", "POST"])
@of_case
def open_document(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    """Show it for a purpose: journalled, on a page that covers itself again."""
    kept = reading.document_of(case, ref, keys=request.keys)
    purpose = request.POST.get("purpose", "")
    if request.method == "GET" or purpose not in RevealPurpose or kept.v.get("shows") != words.Preview.YES:
        return back_to("cases:document", case, ref)
    body = actions.show_document(
        keys=request.keys, case=case, ref=ref, purpose=RevealPurpose(purpose), at=timezone.now()
    )
    return one(request, case, ref, opened=as_shown(request, case, kept, body, purpose))


def as_shown(request: StaffRequest, case: Case, kept: OpenedPart, body: bytes, purpose: str) -> OpenedContent:
    label = str(RevealPurpose(purpose).label)
    if kept.v["kind"] == TEXT:
        text = text_of(body)
        return OpenedContent(purpose, label, [], text[:LONGEST_TEXT], 0, goes_on=len(text) > LONGEST_TEXT)
    pages = int(kept.v.get("pages", 1))
    first = page_number(request.POST.get("page"), pages)
    last = min(first + PAGES_AT_ONCE - 1, pages)
    address = reverse("cases:document_seen", args=[case.number, kept.ref, token_for(request, kept.ref)])
    found = [(number, f"{address}?page={number}") for number in range(first, last + 1)]
    return OpenedContent(purpose, label, found, "", last + 1 if last < pages else 0)


def page_number(text: str | None, pages: int) -> int:
    """A page that exists: the first one in doubt."""
    return int(text) if text is not None and text.isdecimal() and 1 <= int(text) <= pages else 1


def token_owner(request: StaffRequest, ref: UUID) -> str:
    return f"{ref}/{request.staff.pk}/{request.session.session_key}"


def token_for(request: StaffRequest, ref: UUID) -> str:
    """A proof that this colleague, in this session, has just opened this document for a purpose. It says nothing."""
    return TimestampSigner(salt="cases.documents").sign(token_owner(request, ref)).partition(":")[2]


def was_opened(request: StaffRequest, ref: UUID, token: str) -> bool:
    try:
        TimestampSigner(salt="cases.documents").unsign(
            f"{token_owner(request, ref)}:{token}", max_age=OPEN_SECONDS
        )
    except BadSignature:
        return False
    return True


@require_GET
@of_case
def picture(request: StaffRequest, case: Case, ref: UUID, token: str) -> HttpResponse:
    """One picture of an opened document, drawn now and stored nowhere."""
    if not was_opened(request, ref, token):
        raise Http404
    kept = reading.document_of(case, ref, keys=request.keys)
    body = content_of(keys=request.keys, file=case.file_id, attachment=ref)
    if body is None:
        raise Http404
    content = FileType(kept.v["kind"], kept.v["type"], kept.v["ending"])
    number = page_number(request.GET.get("page"), int(kept.v.get("pages", 1)))
    try:
        drawn = image_sandbox.render(body, content, number=number)
    except image_sandbox.CannotRender:
        return HttpResponse(status=503, headers=GUARDED)
    return HttpResponse(
        drawn.body,
        content_type=f"image/{drawn.type}",
        headers={**GUARDED, "Content-Disposition": f'inline; filename="{shown_name(kept, drawn.type)}"'},
    )


def shown_name(kept: OpenedPart, ending: str) -> str:
    """A name for what leaves: neither the person nor the case, only by which the original is known again."""
    return f"{kept.v['sha256'][:8]}.{'jpg' if ending == 'jpeg' else ending}"


@require_POST
@of_case
def cover(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    return back_to("cases:document", case, ref)


@require_http_methods(["GET", "POST"])
@of_case
def describe(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    """Say or correct what it is and how it came."""
    kept = reading.document_of(case, ref, keys=request.keys)
    form = DescribeForm(posted(request), initial={**kept.v, "whence": kept.v.get("from", "")})
    if form.submit(
        lambda **_data: actions.describe_document(
            keys=request.keys,
            case=case,
            ref=ref,
            described=form.described(),
            at=timezone.now(),
            based_on=kept.version,
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:document", case, ref)
    return show_form(
        request,
        case,
        "documents",
        form,
        heading=_("What it is and how it came"),
        button=_("Keep the description"),
        hint=_("It is protected like everything in the case. What was written before stays to be read."),
    )


@require_http_methods(["GET", "POST"])
@of_case
def take(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    """Take out the original, or a copy without traces: the answer to the form is the file itself."""
    kept = reading.document_of(case, ref, keys=request.keys)
    form = TakeForm(posted(request), which=ways_to_take_out(kept))
    if form.submit(lambda **data: handed(request, case, kept, data)):
        return cast(HttpResponse, form.result)
    return show(request, "cases/document_take.html", case, "documents", one=kept, form=form)


def ways_to_take_out(kept: OpenedPart) -> list[tuple[str, StrOrPromise]]:
    """What can be taken out of it."""
    copy = (COPY, _("a picture drawn anew, without place, time and telephone"))
    if kept.v["kind"] == words.DocumentFormat.PDF:
        copy = (COPY, _("the first page as a picture drawn anew"))
    drawn = kept.v.get("shows") == words.Preview.YES and kept.v["kind"] in (
        words.DocumentFormat.PICTURE,
        words.DocumentFormat.PDF,
    )
    original = (ORIGINAL, _("the original, unchanged, with everything that lies in it"))
    return [copy, original] if drawn else [original]


def handed(request: StaffRequest, case: Case, kept: OpenedPart, data: dict[str, Any]) -> HttpResponse:
    asked: dict[str, Any] = {
        "keys": request.keys,
        "case": case,
        "ref": kept.ref,
        "purpose": RevealPurpose(data["purpose"]),
        "at": timezone.now(),
    }
    if data["which"] == COPY:
        drawn = actions.take_copy(**asked)
        return leaving(drawn.body, f"copy-{shown_name(kept, drawn.type)}")
    return leaving(actions.take_original(**asked), f"original-{shown_name(kept, kept.v['ending'])}")


def leaving(body: bytes, name: str) -> HttpResponse:
    """A file to be saved, never shown in the browser, whatever it is."""
    return HttpResponse(
        body,
        content_type="application/octet-stream",
        headers={**GUARDED, "Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
@of_case
def destroy(request: StaffRequest, case: Case, ref: UUID) -> HttpResponse:
    """Destroy it for good, with a reason that stays."""
    kept = reading.document_of(case, ref, keys=request.keys)
    form = DestroyForm(posted(request))
    if form.submit(
        lambda **data: actions.destroy_document(
            keys=request.keys, case=case, ref=ref, reason=data["reason"], at=timezone.now()
        )
    ):
        add_message(request, _("Destroyed. That it was here, and why it went, stays."))
        return back_to("cases:documents", case)
    return show(request, "cases/document_destroy.html", case, "documents", one=kept, form=form)
