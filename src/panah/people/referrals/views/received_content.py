"""What came with a referral that was taken back: erased, or kept on a ground of our own."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panah.ground.accounts.queries import pseudonyms
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases.queries import by_number_or_404
from panah.people.cases.words import CasePart
from panah.people.referrals import actions, offer_schema, queries
from panah.people.referrals.forms import WithdrawnForm
from panah.people.referrals.words import ReferralDirection, ReferralState


@require_http_methods(["GET", "POST"])
@vault_required
def received_content(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """List what was received, and decide about it; the sender is told what was done, never why."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    row = opened.row
    if row.direction != ReferralDirection.IN or row.state != ReferralState.WITHDRAWN:
        raise Http404
    left = actions.texts_left(keys=request.keys, case=case, opened=opened)
    form = WithdrawnForm(request.POST or None, texts=left)

    def settle(*, how: str, ground: str, **_texts: object) -> None:
        actions.settle_withdrawal(
            keys=request.keys,
            case=case,
            opened=opened,
            how=how,
            ground=ground,
            texts=form.decided(),
            at=timezone.now(),
        )

    if form.submit(settle):
        add_message(request, _("Written down, and the sender is told."))
        return redirect("referrals:one", number, referral)
    offer = opened.sealed.get("offer")
    who = pseudonyms({one.by for one in left if one.by})
    return page(
        request,
        "referrals/came.html",
        case=case,
        opened=opened,
        form=form,
        offer=offer_schema.offer_rows(offer_schema.read(offer)) if offer else None,
        texts=[
            (_where(one.part), one, marked(one), who.get(one.by, ""), question)
            for one, question in form.beside()
        ],
        erased=[offer_schema.field_name(field) for field in opened.sealed.get("erased", ())],
        kept=[offer_schema.field_name(field) for field in opened.sealed.get("kept", ())],
    )


def marked(one: actions.ResidualMention) -> list[tuple[str, bool]]:
    """Return a text in pieces, with whether each tells what came."""
    pieces, at = [], 0
    for span in one.spans:
        pieces += [(one.text[at : span.start], False), (one.text[span.start : span.end], True)]
        at = span.end
    return [piece for piece in (*pieces, (one.text[at:], False)) if piece[0]]


def _where(part: str) -> str:
    named = {
        "consent": _("consent"),
        "screening": _("screening"),
        "referral": _("referral"),
        "due": _("thing to do"),
    }
    return str(named.get(part) or CasePart(part).label)
