"""Reading referrals of a case, and what could be told from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.cases.queries import StillOpen
from panah.cases.words.codes import book, say_value
from panah.cases.words.terms import NameKind, PaperKind
from panah.consent.words import Field
from panah.network import queries as network
from panah.network.words import language_name
from panah.referrals.models import Referral
from panah.vault import queries as vault
from panah.vault.keyring import Keyring

PART = "referral"


@dataclass(frozen=True)
class Opened:
    """A referral with its sealed half."""

    row: Referral
    sealed: dict[str, Any]
    version: int


def of_case(*, case: Any, keys: Keyring | None) -> list[Opened]:
    """Return the referrals of a case that the asker was let in to, newest first: two queries and the file's."""
    rows = list(Referral.objects.filter(case=case).order_by("-made_at"))
    kept = {s.ref: s for s in vault.read_all(keys=keys, file=case.file_id, part=PART)}
    return [Opened(r, kept[r.pk].value, kept[r.pk].version) for r in rows if r.pk in kept]


# What waits for nobody any more. A draft has left nothing behind either, but is still to be decided about.
ENDED = ("done", "declined", "withdrawn")


def still_open(*, case: Any, keys: Keyring, at: Any) -> list[StillOpen]:
    """Return the referrals of a case that have not ended. One that was sent stops closing: someone may be waiting."""
    return [
        StillOpen(
            _("a referral is open: %(state)s") % {"state": row.get_state_display()},
            "referrals:one",
            row.state != "draft",
            (row.pk,),
        )
        for row in Referral.objects.filter(case=case).exclude(state__in=ENDED).order_by("-made_at")
    ]


def one_or_404(*, case: Any, keys: Keyring | None, referral: UUID) -> Opened:
    """Return one referral of this case, or 404."""
    row = Referral.objects.filter(case=case, pk=referral).first()
    sealed = vault.read(keys=keys, file=case.file_id, part=PART, ref=referral) if row else None
    if row is None or sealed is None:
        raise Http404
    return Opened(row, sealed.value, sealed.version)


def receiver_name(receiver: str, *, other: str = "", at: Any = None) -> str:
    """Return the name of a receiver ``service:<id>`` or ``society:<slug>``, or what was typed for another."""
    kind, _, key = receiver.partition(":")
    if kind == "service":
        sheet = network.service_or_none(UUID(key), at=at)
        return f"{sheet.card.name}, {sheet.card.organization}" if sheet else ""
    if kind == "society":
        society = network.society_or_none(key)
        return society.name_in(get_language() or "en") if society else ""
    return other


def known_values(
    *, identity: dict[str, Any], codes: dict[str, Any], case: Any, language: str
) -> dict[str, str]:
    """Return what the case knows for the fields of a packet, as text a caseworker looks over before it leaves."""
    names, papers = identity.get("names") or (), identity.get("papers") or ()
    found = {
        Field.CALLED: next((n["text"] for n in names if n.get("kind") == NameKind.CALLED), ""),
        # What the person wishes to be called is agreed to by itself, the other names by themselves.
        Field.NAMES: _texts(n for n in names if n.get("kind") != NameKind.CALLED),
        Field.PHONE: "; ".join(_phone(p) for p in identity.get("phones") or () if p.get("safe") != "no"),
        Field.LANGUAGE: language_name(case.language, language) if case.language else "",
        Field.AGE: str(case.get_age_group_display()) if case.age_group != "unknown" else "",
        Field.SEX: _coded(codes, "prs_Gender"),
        Field.CITIZENSHIP: _coded(codes, "prs_Citizenship"),
        Field.DOCUMENTS: "; ".join(
            str(PaperKind(p["kind"]).label) for p in papers if p.get("kind") in PaperKind.values
        ),
    }
    return {str(name): text for name, text in found.items() if text}


def _phone(phone: dict[str, Any]) -> str:
    return " ".join(x for x in (phone.get("number", ""), phone.get("note", "")) if x)


def _texts(names: Iterable[dict[str, Any]]) -> str:
    return "; ".join(n["text"] for n in names if n.get("text"))


def _coded(codes: dict[str, Any], name: str) -> str:
    answer = codes.get(name) or {}
    if answer.get("answer") != "yes":
        return ""
    return ", ".join(say_value(book().fields[name], value) for value in answer.get("values") or ())


def case_number(referral: UUID) -> str:
    """Return the number of the case a referral belongs to; the page behind it checks who asks."""
    return str(Referral.objects.values_list("case__number", flat=True).get(pk=referral))
