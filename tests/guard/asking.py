"""Questions between societies, for the house: what was asked elsewhere about a case, and what is asked about it here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.seals import Private
from panah.people.cases import actions as cases
from panah.people.cases.words import AskedKind
from panah.people.finding.actions.incoming_inquiries import BODY, _sealed
from panah.people.finding.message_schema import InquiryMessage
from panah.people.finding.models import IncomingInquiry, OutgoingInquiry, PairRegister
from panah.people.hotline import actions as hotline

REED = InquiryMessage(("Practice Person Reed",), 1990, "", Private(b"r" * 32).public)


def asked_about(know: dict[str, Any], case: Any, by: Any) -> dict[str, Any]:
    """A question of a case to the other society that is not answered, and one of that society laid before it."""
    at = timezone.now()
    theirs = Society.objects.exclude(pk=case.society_id).filter(practice=True).first()
    there = OutgoingInquiry.objects.create(
        society=case.society, case=case, theirs=theirs, conversation=uuid4(), asked_by=by, asked_at=at
    )
    here = IncomingInquiry.objects.create(
        society=case.society, theirs=theirs, conversation=uuid4(), arrived_at=at, compared_at=at,
        compared_by=by, leaves_at=at + timedelta(days=3), body_kept=True,
    )  # fmt: skip
    key = Private.new()
    vault.store_blob(kind=BODY, key=here.pk, sealed=_sealed(key, here, REED), society=case.society_id)
    asked = {"names": ["Practice Person Tulip"], "birth_year": 1990, "phone_tail": "", "seed": "00" * 32}
    keep = {"keys": know["keys"], "file": case.file_id, "at": at}
    vault.write(part="asked_there", ref=there.pk, value=asked, based_on=0, **keep)
    vault.add(part="asked_here", value={"question": str(here.pk), "seed": key.seed.hex()}, **keep)
    alike = {
        "number": "222-222-2",
        "why": [],
        "year_fits": True,
        "tail_fits": None,
        "not_by": [],
        "answer": "",
    }
    double = vault.add(part="double", value=alike, **keep)
    PairRegister.objects.get_or_create(society_id=case.society_id)
    return {"asked_there": there.pk, "laid": here.pk, "alike": double}


def names_her(world, case, *, lead):
    """A request of an authority that a focal point linked with the case; returns the part that says so."""
    keys, by, at = world.keys(lead), world.staff[lead], world.at
    one = hotline.take_request(keys=keys, typed={"who": "x", "what": "y"}, by=by, at=at)
    asked = {"on": at.isoformat(), "who": "x", "what": "y"}
    cases.link_request(
        keys=keys, case=case, kind=AskedKind.AUTHORITY, request=one.pk, file=one.file_id, asked=asked, at=at
    )
    return vault_queries.read_all(keys=keys, file=case.file_id, part="asked_after")[0].ref
