"""The pages of a referral for whoever holds the case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.kit.sealed_addresses import unsealed
from panah.ground.network import queries as network_queries
from panah.ground.sign_in.middleware import vault_required
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import RevealPurpose
from panah.ground.work.words import AgeGroup
from panah.people.cases.queries import by_number_or_404
from panah.people.cases.queries.consent import standing_yes
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import FOR_A_LIFE, WHY_NOT, ConsentPurpose, SharedField
from panah.people.referrals import actions, offer_schema, queries
from panah.people.referrals.forms import PURPOSES, FindForm, PacketForm
from panah.people.referrals.words import ReferralState

if TYPE_CHECKING:
    from panah.ground.directory.queries import AgreementCard
    from panah.people.cases.models import Case
    from panah.people.referrals.queries import OpenedReferral


@require_GET
@vault_required
def listing(request: StaffRequest, number: str) -> HttpResponse:
    """The referrals of a case."""
    case = by_number_or_404(number, to=request.staff)
    return page(request, "referrals/list.html", case=case, rows=queries.of_case(case=case, keys=request.keys))


@require_http_methods(["GET", "POST"])
@vault_required
def find(request: StaffRequest, number: str) -> HttpResponse:
    """Find who could help: services of the directory, the one to try first on top; or a society, or another."""
    case = by_number_or_404(number, to=request.staff)
    iso2 = request.staff.society.iso2
    form = FindForm(
        request.POST or None,
        regions=list(network_queries.region_choices(iso2)),
        initial={"language": case.language},
    )
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    search = directory_queries.Search(
        need=wanted.get("need", ""),
        iso2=iso2,
        region=wanted.get("region", ""),
        language=wanted.get("language", case.language),
        admits=wanted.get("admits", ""),
        open_now=wanted.get("open_now", False),
    )
    reachable = {society.slug for society in exchange_queries.reachable_societies(to=request.staff)}
    agreed = [
        answer
        for a in consent_queries.latest(keys=request.keys, file=case.file_id)
        if a.consent.purpose in dict(PURPOSES)
        and (answer := _answer(request, case, a.consent.purpose, a.consent.receiver))
    ]
    return page(
        request,
        "referrals/find.html",
        case=case,
        form=form,
        agreed=agreed,
        ours=queries.programmes(request.staff.society_id),
        services=directory_queries.search_services(search, at=timezone.now(), society=request.staff.society),
        pathway=next(iter(directory_queries.pathways_of(request.staff.society, need=search.need)), None)
        if search.need
        else None,
        societies=[
            (s, s.slug in reachable)
            for s in network_queries.societies()
            if (s.central_asian or s.practice or s.slug in reachable) and s.id != request.staff.society_id
        ],
    )


@require_http_methods(["GET", "POST"])
@vault_required
def new(request: StaffRequest, number: str, purpose: str, receiver: str) -> HttpResponse:
    """Prepare the packet for one receiver: only what the person agreed to can be filled in."""
    case = by_number_or_404(number, to=request.staff)
    name = _receiver_name(request, case, receiver)
    if purpose not in dict(PURPOSES) or not name:
        raise Http404
    answer = _answer(request, case, purpose, receiver)
    agreed = set(answer.consent.fields) if answer else set()
    form = _packet_form(request, case, agreed, across=_crosses(purpose), life=_for_life(request))
    if request.method == "POST" and form.is_valid():
        content = {"purpose": purpose, "receiver": receiver, "receiver_name": name, **form.content()}
        row = actions.prepare(keys=request.keys, case=case, content=content, at=timezone.now())
        return redirect("referrals:one", number, row.pk)
    return _show_packet(request, case, form, purpose=purpose, receiver=receiver, name=name)


@require_http_methods(["GET", "POST"])
@vault_required
def change(request: StaffRequest, number: str, referral: UUID) -> HttpResponse:
    """Change what was prepared and has not left; what was not agreed to meanwhile falls out."""
    case = by_number_or_404(number, to=request.staff)
    opened = queries.one_or_404(case=case, keys=request.keys, referral=referral)
    content = opened.sealed
    if opened.row.state != ReferralState.DRAFT:
        raise Http404
    answer = _answer(request, case, content["purpose"], content["receiver"])
    form = _packet_form(
        request,
        case,
        set(answer.consent.fields) if answer else set(),
        across=_crosses(content["purpose"]),
        prepared=opened,
        life=_for_life(request),
    )

    def rewrite(*, version: int | None, **_given: object) -> None:
        seen = replace(opened, version=version or opened.version)
        actions.rewrite(keys=request.keys, case=case, opened=seen, content=form.content(), at=timezone.now())

    if form.submit(rewrite):
        add_message(request, _("Written down."))
        return redirect("referrals:one", number, referral)
    return _show_packet(
        request,
        case,
        form,
        purpose=content["purpose"],
        receiver=content["receiver"],
        name=content["receiver_name"],
        prepared=opened,
    )


def _for_life(request: StaffRequest) -> bool:
    """Whether a life is at risk and consent cannot be asked: each field can be filled, sending asks for the reason."""
    return unsealed(request.GET.get("why", "")) == "life"


def _crosses(purpose: str) -> bool:
    return purpose == ConsentPurpose.CROSS_BORDER


def _show_packet(
    request: StaffRequest,
    case: Case,
    form: PacketForm,
    *,
    purpose: str,
    receiver: str,
    name: str,
    prepared: object = None,
) -> HttpResponse:
    agreed = {field.value for field in form.agreed}
    age = actions.age_that_is_told(keys=request.keys, case=case)
    crosses = _crosses(purpose)
    # That a child is one leaves in any case: then it is not said to stay.
    leaves = agreed | ({SharedField.AGE.value} if crosses and age == AgeGroup.CHILD else set())
    return page(
        request,
        "referrals/new.html",
        case=case,
        form=form,
        name=name,
        purpose=purpose,
        receiver=receiver,
        prepared=prepared,
        agreement=_agreement(request, receiver),
        life=_for_life(request),
        risk=consent_queries.authority_risk(receiver, name, at=timezone.now()),
        verdict=actions.coverage(
            keys=request.keys, case=case, purpose=purpose, receiver=receiver, fields=(), at=timezone.now()
        ),
        why_not=WHY_NOT,
        stays=[f.label for f in SharedField if f.value not in leaves],
        leaves_anyway=offer_schema.leaves_anyway(case, age) if crosses else [],
        across=queries.can_reach(receiver, society=case.society_id),
    )


def _answer(
    request: StaffRequest, case: Case, purpose: str, receiver: str
) -> consent_queries.WrittenConsent | None:
    return standing_yes(keys=request.keys, case=case, purpose=purpose, receiver=receiver)


def _agreement(request: StaffRequest, receiver: str) -> AgreementCard | None:
    """How our agreement with the receiver stands, where it is a service; None where there never was one."""
    kind, _colon, key = receiver.partition(":")
    if kind != "service":
        return None
    return directory_queries.agreement_with(
        service=UUID(key), society=request.staff.society, at=timezone.now()
    )


def _receiver_name(request: StaffRequest, case: Case, receiver: str) -> str:
    names = [
        a.kept.get("receiver_name", "")
        for a in consent_queries.latest(keys=request.keys, file=case.file_id)
        if a.consent.receiver == receiver
    ]
    try:
        return queries.receiver_name(receiver, other=names[0] if names else "", at=timezone.now())
    except ValueError:
        raise Http404 from None


def _packet_form(
    request: StaffRequest,
    case: Case,
    agreed: set[str],
    *,
    across: bool,
    prepared: OpenedReferral | None = None,
    life: bool = False,
) -> PacketForm:
    # Only what was agreed to is filled in from the case; for a life, the rest is typed as far as it is needed.
    offered = agreed | {f.value for f in FOR_A_LIFE} if life else agreed
    child = actions.age_that_is_told(keys=request.keys, case=case) != AgeGroup.ADULT
    about: dict[str, Any] = {"agreed": offered, "across": across, "child": child}
    if request.method == "POST":
        return PacketForm(request.POST, **about)
    typed = prepared.sealed["values"] if prepared else {}
    initial: dict[str, object] = {f"tell_{name}": text for name, text in typed.items()}
    if prepared is not None:
        initial |= {**prepared.sealed, "version": prepared.version}
    # What was agreed to since it was prepared is filled in too; what a colleague emptied stays empty.
    if lacking := agreed - set(typed):
        initial |= _known(request, case, lacking)
    if across and "needs" not in initial:
        needs = vault_queries.read_all(keys=request.keys, file=case.file_id, part="need")
        initial["needs"] = [n.value["type"] for n in needs if n.value.get("state") in ("open", "planned")]
    return PacketForm(initial=initial, **about)


def _known(request: StaffRequest, case: Case, fields: set[str]) -> dict[str, str]:
    """What the case knows for these fields of a packet."""
    shown = vault.reveal(keys=request.keys, file=case.file_id, purpose=RevealPurpose.REFER, at=timezone.now())
    values = queries.known_values(
        identity=shown.value if shown else {},
        case=case,
        language=get_language() or "en",
        codes=vault_queries.value_of(keys=request.keys, file=case.file_id, part="codes"),
    )
    return {f"tell_{name}": text for name, text in values.items() if name in fields}
