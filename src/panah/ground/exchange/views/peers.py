"""With whom this society is paired, and pairing step by step: own card, their card, the words."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import actions, cards, forms, peer_trust, presenters
from panah.ground.exchange import permissions as exchange_permissions
from panah.ground.exchange.http_client import CONTENT
from panah.ground.exchange.models import OwnCard, Peer
from panah.ground.exchange.queries import stuck
from panah.ground.foundation import tenancy
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.kit.qr import svg
from panah.ground.network.queries import hosted_ids, societies, society_or_none
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import node_keys


def leads_or_404(request: StaffRequest) -> None:
    if not exchange_permissions.pairs(request.staff):
        raise Http404


def peer_or_404(request: StaffRequest, pk: UUID) -> presenters.PeerRow:
    """Return the peer, for the focal points of the society; for all others there is none."""
    leads_or_404(request)
    found = presenters.peer_row(request.staff.society_id, pk, at=timezone.now())
    if found is None:
        raise Http404
    return found


@require_GET
def peer_list(request: StaffRequest) -> HttpResponse:
    """All peers: whom they may send to is open to every colleague, what is to be done is for the focal points."""
    at, society = timezone.now(), request.staff.society_id
    leads = exchange_permissions.pairs(request.staff)
    coming = node_keys.next_keys() if leads else None
    peers = presenters.peer_rows(society, at=at)
    theirs = [one.peer.theirs_id for one in peers]
    numbers = directory_queries.own_numbers_of(theirs, at=at)
    return page(
        request,
        "exchange/peers.html",
        peers=peers,
        duty={society: numbers.get(society, []) for society in theirs},
        leads=leads,
        not_told=[p.theirs for p in actions.not_told(society, at=at)] if coming else [],
        coming=coming is not None,
    )


@require_POST
@vault_required
def announce(request: StaffRequest) -> HttpResponse:
    """Tell the paired societies which keys this node uses next."""
    leads_or_404(request)
    told = actions.announce_node(keys=request.keys, at=timezone.now())
    add_message(
        request,
        _("The new keys of this node are on their way to the paired societies: %(num)s.") % {"num": told},
    )
    return HttpResponseRedirect(reverse("exchange:peers"))


# -- our own card ------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@vault_required
def own_card(request: StaffRequest) -> HttpResponse:
    """Show our card for two days, or stop showing it."""
    leads_or_404(request)
    at, row = timezone.now(), peer_trust.own_card(request.staff.society_id)
    posted = request.POST if request.method == "POST" else None
    here = f"{request.scheme}://{request.get_host()}"
    known = _read(row).address if row else here
    form = forms.OwnCardForm(posted, initial={"address": known})
    if request.method == "POST" and request.POST.get("do") == "close":
        actions.close_card(keys=request.keys, at=at)
        add_message(request, _("The card is not shown any more."))
        return HttpResponseRedirect(reverse("exchange:card"))
    if form.submit(actions.open_card, keys=request.keys, at=at):
        add_message(request, _("The card is shown for two days."))
        return HttpResponseRedirect(reverse("exchange:card"))
    words = actions.own_words(request.keys)
    is_open = row is not None and row.open_until > at
    return page(
        request,
        "exchange/card.html",
        form=form,
        card=_read(row) if row and is_open else None,
        until=row.open_until if row and is_open else None,
        words=words,
        square=qr_of_words(words),
    )


def qr_of_words(words: str) -> str:
    """Return the words as a QR code, for somebody in the same room."""
    return svg(words, label=_("The six words as a square for a camera"))


def _read(row: OwnCard) -> cards.PeerCard:
    return cards.read_body(bytes(row.body), bytes(row.signature))


@require_GET
def card_file(request: StaffRequest) -> HttpResponse:
    """Our card as a file, while it is shown."""
    leads_or_404(request)
    row = peer_trust.own_card(request.staff.society_id)
    if row is None or row.open_until <= timezone.now():
        raise Http404
    response = HttpResponse(_read(row).pack(), content_type=CONTENT)
    response["Content-Disposition"] = f'attachment; filename="{request.staff.society.slug}.card"'
    return response


@login_not_required
@require_GET
def card_shown(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a society that works here, for the nodes of others, while it is shown; else nothing is here."""
    society = society_or_none(slug)
    if society is None or society.pk not in hosted_ids():
        raise Http404
    with tenancy.tenant_context(society.pk):
        row = peer_trust.own_card(society.pk)
    if row is None or row.open_until <= timezone.now():
        raise Http404
    return HttpResponse(_read(row).pack(), content_type=CONTENT)


# -- their card --------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@vault_required
def pair(request: StaffRequest) -> HttpResponse:
    """Step one: the card of the other society."""
    leads_or_404(request)
    posted = request.method == "POST"
    form = forms.TakeCard(
        request.POST if posted else None,
        request.FILES if posted else None,
        societies=[
            (s.slug, f"{s.name} ({s.country})") for s in societies() if s.id != request.staff.society_id
        ],
        initial={"society": request.GET.get("society", "")},
    )

    def take(*, society: str, address: str, **_brought: object) -> Peer:
        keys, at = request.keys, timezone.now()
        if address:
            return actions.fetch_card(keys=keys, address=address, society=society, at=at)
        return actions.take_card(keys=keys, raw=form.raw(), society=society, at=at)

    if form.submit(take):
        return HttpResponseRedirect(reverse("exchange:compare", args=[form.result.pk]))
    return page(request, "exchange/pair.html", form=form)


@require_http_methods(["GET", "POST"])
@vault_required
def compare(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Step two: the words, read over the telephone in both directions."""
    one = peer_or_404(request, pk)
    form = forms.CompareWordsForm(request.POST if request.method == "POST" else None)
    if form.submit(actions.compare, keys=request.keys, peer=one.peer, at=timezone.now()):
        add_message(
            request, _("The words are the same. The keys of this society count from now on, for a year.")
        )
        return HttpResponseRedirect(reverse("exchange:peer", args=[pk]))
    words = actions.own_words(request.keys)
    return page(request, "exchange/compare.html", form=form, one=one, words=words, square=qr_of_words(words))


@require_GET
def peer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One peer: its state, what waits for it, what is stuck, and the heads of its journal that we keep."""
    if pk == request.staff.society_id and exchange_permissions.pairs(request.staff):
        # What a list says about the society itself (a new key of the node) opens the page of all.
        return HttpResponseRedirect(reverse("exchange:peers"))
    one = peer_or_404(request, pk)
    return page(
        request,
        "exchange/peer.html",
        one=one,
        paired_by=presenters.paired_by(one.peer),
        waiting=presenters.waiting_by_kind(one.peer),
        stuck=list(stuck(to=request.staff, peer=one.peer.pk)[:100]),
        heads=presenters.heads_of(one.peer),
        numbers=directory_queries.own_numbers(one.peer.theirs, at=timezone.now()),
        at=timezone.now(),
    )
