"""A referral on paper and by voice: the letter, the letter that opens with a code, the telephone script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panah.ground.directory import queries as directory_queries
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.dates import when
from panah.ground.kit.pages import page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number_or_404
from panah.people.referrals import actions, events, offer_schema, queries
from panah.people.referrals.views.detail import meeting_kept
from panah.people.referrals.views.presenters import field_rows
from panah.people.referrals.views.step_forms import moment
from panah.people.referrals.words import ASK_LATER, FIRST_NEEDS, THEIR_DUTY, ReferralState

if TYPE_CHECKING:
    from panah.ground.directory.queries import HotlineCard
    from panah.people.referrals.queries import OpenedReferral

# Nothing of it is handed over or said any more.
TAKEN_BACK = (ReferralState.WITHDRAWN, ReferralState.NOT_NEEDED)


@require_POST
@vault_required
def as_pdf(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """The letter on paper as PDF, made in memory; making it is journalled."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    _must_have_left(opened)
    actions.record_print(keys=request.keys, case=case, at=timezone.now())
    return _pdf(_letter(request, opened))


@require_POST
@vault_required
def locked(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """A letter for e-mail or a stick: first its code, shown once; then the file that only opens with it."""
    # Drawing a letter takes 15 MB: loaded by whoever makes one, not by every worker.
    from panah.people.referrals.pdf_encryption import is_code, new_code

    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    _must_have_left(opened)
    code = request.POST.get("code", "")
    if is_code(code):
        actions.record_print(keys=request.keys, case=case, at=timezone.now(), event=events.LOCKED)
        return _pdf(_letter(request, opened, code=code))
    # The code is kept nowhere: it stands on this answer alone, and comes back from it for the file.
    return page(request, "referrals/locked_made.html", case=case, opened=opened, code=new_code())


def _pdf(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return response


def _our_numbers(request: StaffRequest) -> list[HotlineCard]:
    """Our own numbers for a paper that leaves: without what was changed outside Panah."""
    found = directory_queries.own_numbers(request.staff.society, at=timezone.now())
    return [one for one in found if not one.changed]


def _letter(request: StaffRequest, opened: OpenedReferral, *, code: str = "") -> bytes:
    from panah.people.referrals.letter import letter

    content = opened.sealed
    us = request.staff.society.name_in(get_language() or "en")
    closing = [
        _("The person agreed that exactly this is told to you, and nothing else. Do not pass it on."),
        _("Answer by telephone to the colleague who gave you this letter. Destroy it when it is not needed."),
    ]
    numbers = _our_numbers(request)
    if numbers:
        ours = ", ".join(f"{number.name} {number.number}" for number in numbers)
        closing.append(_("If something is unclear or urgent, ring us: %(numbers)s.") % {"numbers": ours})
    shown = offer_schema.offer_rows(offer_schema.read(content["offer"])) if content.get("offer") else None
    if queries.reason_without_consent(content):
        closing[0] = _("It is told to you without consent, because of a risk to life. Do not pass it on.")
    return letter(
        title=_("Referral"),
        intro=_("From %(us)s to %(who)s") % {"us": us, "who": content["receiver_name"]},
        rows=[*_told(content, shown), *_meeting_rows(content)],
        closing=[*closing, *(map(str, THEIR_DUTY) if content.get("meeting") else ())],
        practice=str(_("Practice data.")) if settings.PANAH_PRACTICE else "",
        code=code,
    )


def _told(content: dict[str, Any], shown: offer_schema.OfferRows | None) -> list[tuple[str, str]]:
    rows = [(str(_("Asked for")), content["need"])]
    if shown is None:
        why = queries.reason_without_consent(content)
        rows += [(str(_("Without consent, because of a risk to life.")), why)] if why else []
        return rows + [(str(label), text) for label, text in field_rows(content["packet"])]
    named = [(str(_("Code for the telephone:")), content.get("reference", "")), *rows]
    consent = [(f"{_('Consent')}: {label}", text) for label, text in shown.consent]
    life = [(str(_("Without consent, because of a risk to life.")), shown.life)] if shown.life else []
    return [(str(a), str(b)) for a, b in (*named, *shown.rows, *shown.coded, *shown.child, *consent, *life)]


def _meeting_rows(content: dict[str, object]) -> list[tuple[str, str]]:
    meeting = meeting_kept(content)
    if not meeting:
        return []
    at = moment(meeting.get("arrives") or meeting["when"])
    rows = [
        (_("Meeting"), when(at, zoned=True) if at else ""),
        (_("Where"), meeting["where"]),
        (_("Who meets"), meeting["who"]),
        (_("Recognise each other by"), meeting["sign"]),
        (_("If nobody is met"), meeting["fallback"]),
        (_("Comes along"), meeting["escort"]),
        (_("Papers"), meeting["papers"]),
        (_("Medical"), meeting["medical"]),
    ]
    return [(str(label), str(text)) for label, text in rows if text]


@require_GET
@vault_required
def script(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """What to say on the telephone: check who answers first, then only what belongs to where the referral stands."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    withdrawn = opened.row.state in TAKEN_BACK
    if not (withdrawn and opened.row.sent_at):
        _must_have_left(opened)
    content = opened.sealed
    shown = offer_schema.offer_rows(offer_schema.read(content["offer"])) if content.get("offer") else None
    return page(
        request,
        "referrals/script.html",
        case=case,
        opened=opened,
        withdrawn=withdrawn,
        watched=queries.safety_unconfirmed(opened.row),
        # Once it is taken back nothing of it is said any more.
        told=[] if withdrawn else _told(content, shown),
        meeting=[] if withdrawn else _meeting_rows(content),
        duty=THEIR_DUTY,
        first_needs=FIRST_NEEDS if opened.row.state == ReferralState.MET else (),
        ask_later=ASK_LATER,
        reference=content.get("reference", ""),
        us=request.staff.society.name_in(get_language() or "en"),
        life=queries.reason_without_consent(content),
        our_numbers=_our_numbers(request),
    )


def _must_have_left(opened: OpenedReferral) -> None:
    # A letter before the consent was checked would be a way around it.
    if "packet" not in opened.sealed or opened.row.state in TAKEN_BACK:
        raise Refusal(
            _("There is nothing to hand over: this referral has not left, or it was withdrawn."),
            next_step=_("Send it first."),
            code="not-sent",
        )
