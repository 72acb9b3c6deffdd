"""Who else could help: picked by whoever declines, and shown to whoever asked, as entries of the directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from panah.ground.directory import queries as directory_queries
from panah.ground.directory.words import Need
from panah.ground.foundation.http import StaffRequest
from panah.ground.network import queries as network_queries
from panah.people.cases.words.terms import IN_DIRECTORY
from panah.people.consent.words import ConsentPurpose
from panah.people.referrals import offer_schema
from panah.people.referrals.forms import DeclineForm
from panah.people.referrals.words import ReferralDirection, ReferralState

if TYPE_CHECKING:
    from panah.ground.directory.queries import ServiceCard, ServiceSheet
    from panah.people.cases.models import Case
    from panah.people.referrals.queries import OpenedReferral


MOST, MOST_OF_OURS = 12, 5
KEPT = ("reason", "note", "need", "region", "language", "others")


def form_for(request: StaffRequest, offer: offer_schema.Offer, *, asked: bool, **more: object) -> DeclineForm:
    """Return the form to decline with: services that fit what is asked for, or what was searched for.

    ``asked``: this form was sent. A search shows it again with everything typed, and declines nothing.
    """
    society, sent = request.staff.society, request.POST if asked else {}
    chosen = request.POST.getlist("others") if asked else []
    found = _services(
        _needs_of(offer, sent.get("need", "")),
        iso2=society.iso2,
        region=sent.get("region", ""),
        language=sent.get("language", "") if asked else offer.language,
    )
    # What was ticked stays, whatever is searched for next.
    ticked = [sheet.card for pk in chosen if (sheet := _service(pk)) is not None]
    services = {one.id: one for one in (*ticked, *found)}
    initial: dict[str, object] = {"language": offer.language}
    if asked and "search" in sent:
        initial = {name: sent.get(name, "") for name in KEPT} | {"others": chosen}
    return DeclineForm(
        sent if asked and "search" not in sent else None,
        services=list(services.values())[: MOST + len(ticked)],
        regions=network_queries.region_choices(society.iso2),
        initial=initial,
        **more,
    )


def _needs_of(offer: offer_schema.Offer, need: str) -> list[str]:
    if need in Need.values:
        return [need]
    return [IN_DIRECTORY[one] for one in offer.needs if one in IN_DIRECTORY] or [""]


def _services(needs: Iterable[str], *, iso2: str, language: str, region: str = "") -> list[ServiceCard]:
    now = timezone.now()
    searches = [
        directory_queries.Search(need=need, iso2=iso2, region=region, language=language) for need in needs
    ]
    found = {
        service.id: service
        for search in searches
        for service in directory_queries.search_services(search, at=now)
        if service.works
    }
    return list(found.values())[:MOST]


def _service(pk: str) -> ServiceSheet | None:
    try:
        return directory_queries.service_or_none(UUID(pk), at=timezone.now())
    except ValueError:
        return None


# -- at the sender -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Alternative:
    """Somebody who could help: named by them, or found in our directory; ``service`` is its id here, if it has one."""

    name: str
    organization: str
    region: str
    phone: str
    service: UUID | None
    purpose: str
    theirs: bool


def alternatives_for(request: StaffRequest, case: Case, opened: OpenedReferral) -> list[Alternative]:
    """Return who else could help once a referral of ours was declined: whom they named, then our own directory."""
    if opened.row.state != ReferralState.DECLINED or opened.row.direction != ReferralDirection.OUT:
        return []
    ours = request.staff.society.iso2
    named = [one for step in opened.sealed["steps"] for one in step.get("others") or ()]
    theirs = [_named(one, ours) for one in named]
    needs = [IN_DIRECTORY[one] for one in opened.sealed.get("needs", ()) if one in IN_DIRECTORY]
    there = _country(opened.sealed["receiver"]) or ours
    known = {one.service for one in theirs}
    found = _services(needs or [""], iso2=there, language=case.language)
    own = [_ours(card, ours) for card in found if card.id not in known]
    return theirs + own[:MOST_OF_OURS]


def _named(one: dict[str, str], ours: str) -> Alternative:
    """Look for what they named in our own directory; else it is told to us with name and telephone alone."""
    same = (one["name"].casefold(), one["organization"].casefold())
    for card in directory_queries.search_services(
        directory_queries.Search(words=one["name"]), at=timezone.now()
    ):
        if (card.name.casefold(), card.organization.casefold()) == same:
            return _ours(card, ours, theirs=True)
    return Alternative(**one, service=None, purpose=ConsentPurpose.CROSS_BORDER, theirs=True)


def _ours(card: ServiceCard, ours: str, *, theirs: bool = False) -> Alternative:
    return Alternative(
        name=card.name,
        organization=card.organization,
        region=card.region or card.country,
        phone=card.phones[0].number if card.phones else "",
        service=card.id,
        purpose=ConsentPurpose.PARTNER if card.iso2 == ours else ConsentPurpose.CROSS_BORDER,
        theirs=theirs,
    )


def _country(receiver: str) -> str:
    kind, _colon, slug = receiver.partition(":")
    society = network_queries.society_or_none(slug) if kind == "society" else None
    return str(society.iso2) if society else ""
