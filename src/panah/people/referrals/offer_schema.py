"""The content of an offer across a border: what is put together, how it is read, how both sides see it.

The sender's page is drawn from ``shown(read(compose(…)))`` before anything leaves, the receiver's from
``shown(read(what came))``: the same words, so that what is looked at is what crosses. What comes from another node is
believed in nothing: ``read`` takes texts, whole (an envelope holds 256 KiB), and codes of known lists, and passes over
the rest.
The fields are described in docs/federation.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from panah.ground.kit.dates import long_day
from panah.ground.kit.languages import SPOKEN, language_name
from panah.ground.vault.seals import XWING_PUBLIC
from panah.ground.work.words import AgeGroup, Joined, LazySentence, Sentence, Urgency, in_each_language
from panah.people.cases.words.codes import book, say_value
from panah.people.cases.words.terms import Assistance
from panah.people.consent.words import ConsentMethod, GuardianRole, SharedField

if TYPE_CHECKING:
    from panah.people.cases.models import Case
    from panah.people.consent.queries import WrittenConsent

VERSION = 1
# Codes of the case that go along with a field, so that nothing is typed again there.
CODED = {"sex": "prs_Gender", "citizenship": "prs_Citizenship"}


@dataclass(frozen=True)
class Offer:
    """What an offer says. ``values`` are texts by field, ``codes`` lists of codes by HTCDS field."""

    need: str = ""
    wish: str = ""
    values: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    language: str = ""
    age_group: str = "unknown"
    urgency: str = "today"
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    child: dict[str, str] = field(default_factory=dict)
    consent: dict[str, Any] = field(default_factory=dict)
    life: str = ""
    reference: str = ""
    reply_key: bytes = b""


def compose(
    *,
    sealed: Mapping[str, Any],
    packet: Mapping[str, str],
    case: Case,
    codes: Mapping[str, Any],
    child: Mapping[str, object],
    age_group: str,
    answer: WrittenConsent | None,
    life: str = "",
    reference: str = "",
    reply_key: bytes = b"",
) -> dict[str, object]:
    """Return the content of an offer: nothing whose field is not in ``packet``, whatever the case knows.

    ``sealed`` is the prepared referral, ``answer`` the consent (or None: a risk to life). In any case leave how urgent
    it is, and that a child is one, with what protects the child: the page says so before (``leaves_anyway``).
    """
    return {
        "v": VERSION,
        "purpose": "cross_border",
        "need": sealed["need"],
        "wish": sealed.get("wish", ""),
        "values": dict(packet),
        "needs": list(sealed.get("needs", ())) if "needs" in packet else [],
        "language": case.language if "language" in packet else "",
        # Not told is not *adult*: the receiver then treats the person as perhaps a child.
        "age_group": age_group if "age" in packet or age_group == AgeGroup.CHILD else AgeGroup.UNKNOWN.value,
        "urgency": case.urgency,
        "codes": {
            name: list(codes[name].get("values") or ())
            for shared, name in CODED.items()
            if shared in packet and codes.get(name, {}).get("answer") == "yes"
        },
        "child": _child(age_group, child, sealed.get("authority", "")),
        "consent": _consent(answer),
        "life": life,
        "reference": reference,
        "reply_key": reply_key.hex(),
    }


def leaves_anyway(case: Case, age_group: str) -> list[tuple[str, str]]:
    """Return what leaves with an offer whatever the person chose, as (term, text): for the page where it is chosen."""
    rows = [(_("How urgent"), str(Urgency(case.urgency).label))]
    if age_group == AgeGroup.CHILD:
        rows.append((_("Adult or child"), _("a child, and what protects the child")))
    elif age_group != AgeGroup.ADULT:
        rows.append((_("Adult or child"), _("perhaps a child, and what protects the child")))
    return rows


def _child(age_group: str, child: Mapping[str, Any], authority: str) -> dict[str, str]:
    if age_group == AgeGroup.ADULT:
        return {}
    assessed = str((child.get("assessment") or {}).get("at", ""))[:10]
    guardian = child.get("guardian") or {}
    cleared = str(guardian.get("involved", "none")) == "no"
    return {
        "assessed_on": assessed,
        "guardian": "not_involved" if cleared else "none",
        "authority": authority,
    }


def _consent(answer: WrittenConsent | None) -> dict[str, object]:
    if answer is None:
        return {}
    sheet = answer.kept
    return {
        "asked_on": str(sheet.get("given_at", ""))[:10],
        "language": sheet.get("language", ""),
        "way": sheet.get("way", ""),
        "until": sheet.get("until", ""),
        "guardian": sheet.get("guardian", ""),
        "fields": sorted(sheet.get("fields", ())),
    }


# -- reading what came -------------------------------------------------------------------------


def text(value: object) -> str:
    """Return a text as it came; anything else is an empty one."""
    return value if isinstance(value, str) else ""


def _of(value: object, allowed: Iterable[str], otherwise: str = "") -> str:
    return value if isinstance(value, str) and value in allowed else otherwise


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """Return the texts of a list; anything else is none."""
    return [text(item) for item in _list(value) if text(item)]


def read(content: Mapping[str, object]) -> Offer:
    """Return what an opened body says, as far as it can be understood. Never raises."""
    values = _mapping(content.get("values")).items()
    fields = book().fields
    codes = {
        name: tuple(
            item for item in _list(value) if isinstance(item, str) and item.isalpha() and len(item) <= 60
        )
        for name, value in _mapping(content.get("codes")).items()
        if name in CODED.values() and name in fields
    }
    consent = _mapping(content.get("consent"))
    return Offer(
        need=text(content.get("need")),
        wish=text(content.get("wish")),
        values={name: text(value) for name, value in values if text(value).strip()},
        needs=tuple(n for n in texts(content.get("needs")) if _of(n, Assistance.values)),
        language=_of(content.get("language"), SPOKEN),
        age_group=_of(content.get("age_group"), AgeGroup.values, "unknown"),
        urgency=_of(content.get("urgency"), Urgency.values, "today"),
        codes={name: found for name, found in codes.items() if found},
        child={
            name: text(_mapping(content.get("child")).get(name))
            for name in ("assessed_on", "guardian", "authority")
            if text(_mapping(content.get("child")).get(name))
        },
        consent={
            **{
                name: text(consent.get(name)) for name in ("asked_on", "language", "way", "until", "guardian")
            },
            "fields": texts(consent.get("fields")),
        }
        if consent
        else {},
        life=text(content.get("life")),
        reference=text(content.get("reference")),
        reply_key=key_of(content.get("reply_key")),
    )


def key_of(value: object) -> bytes:
    """Return a public key in hex as bytes, or nothing when it is none."""
    try:
        raw = bytes.fromhex(text(value))
    except ValueError:
        return b""
    return raw if len(raw) == XWING_PUBLIC else b""


# -- as both sides see it ----------------------------------------------------------------------


@dataclass(frozen=True)
class OfferRows:
    """An offer in the reader's words: rows of (term, text). ``told`` names the fields, for *what stays*."""

    need: str
    rows: list[tuple[str, str]]
    coded: list[tuple[str, str]]
    child: list[tuple[str, str]]
    consent: list[tuple[str, str]]
    life: str
    told: frozenset[str]


def offer_rows(offer: Offer) -> OfferRows:
    """Return an offer as it is drawn, on both sides alike."""
    return OfferRows(
        need=offer.need,
        rows=_rows(offer),
        coded=_coded(offer),
        child=_child_rows(offer),
        consent=_consent_rows(offer),
        life=offer.life,
        told=_told(offer),
    )


def _told(offer: Offer) -> frozenset[str]:
    """The fields of which anything is told: as a text, or as a code that leaves without one."""
    coded = {"age": offer.age_group != AgeGroup.UNKNOWN, "needs": offer.needs, "language": offer.language}
    coded |= {shared: offer.codes.get(name) for shared, name in CODED.items()}
    return frozenset(offer.values) | {name for name, value in coded.items() if value}


def _rows(offer: Offer) -> list[tuple[str, str]]:
    rows = [(field_name(name), value) for name, value in offer.values.items()]
    return [*rows, (_("What is wished for the arrival"), offer.wish)] if offer.wish else rows


def field_name(name: str) -> str:
    """Return a field of consent in words; what another version of Panah knows is told as it is."""
    return capfirst(str(SharedField(name).label)) if name in SharedField.values else name


def _coded(offer: Offer) -> list[tuple[str, str]]:
    reader = get_language() or "en"
    rows = [
        (_("Language to speak"), language_name(offer.language, reader) if offer.language else ""),
        (_("Adult or child"), str(AgeGroup(offer.age_group).label)),
        (_("How urgent"), str(Urgency(offer.urgency).label)),
        (_("What is needed"), ", ".join(str(Assistance(n).label) for n in offer.needs)),
    ]
    rows += [
        (book().fields[name].label, ", ".join(say_value(book().fields[name], v) for v in values))
        for name, values in offer.codes.items()
    ]
    return [(term, value) for term, value in rows if value]


def _child_rows(offer: Offer) -> list[tuple[str, str]]:
    if not offer.child:
        return []
    guardian = {
        "not_involved": _("known not to be involved"),
        "none": _("nobody is known who may act for the child"),
    }.get(offer.child.get("guardian", ""), offer.child.get("guardian", ""))
    assessed = offer.child.get("assessed_on", "")
    return [
        (_("Best interests assessed on"), _day(assessed) or _("not yet: a note for tonight")),
        (_("Legal guardian"), guardian),
        (_("Whom to call at the authority"), offer.child.get("authority", "")),
    ]


def _day(value: str) -> str:
    return long_day(day_of(value))


def _consent_rows(offer: Offer) -> list[tuple[str, str]]:
    consent, reader = offer.consent, get_language() or "en"
    if not consent:
        return []
    guardian = consent.get("guardian", "")
    rows = [
        (_("Asked on"), _day(consent.get("asked_on", ""))),
        (
            _("How"),
            str(ConsentMethod(consent["way"]).label) if consent.get("way") in ConsentMethod.values else "",
        ),
        (
            _("In which language"),
            language_name(consent["language"], reader) if consent.get("language") in SPOKEN else "",
        ),
        (_("Until"), _day(consent.get("until", ""))),
        (
            _("Fields"),
            ", ".join(
                str(SharedField(f).label) if f in SharedField.values else f for f in consent.get("fields", ())
            ),
        ),
        (
            _("For a child"),
            str(GuardianRole(guardian).label)
            if guardian in GuardianRole.values and guardian != "not_needed"
            else "",
        ),
    ]
    return [(term, value) for term, value in rows if value]


# -- into a case of our own --------------------------------------------------------------------


def identity_of(offer: Offer, *, sender: str) -> dict[str, object]:
    """Return what came as the identity of a new case, in the words of the room of cases."""
    names = [
        {"text": offer.values[name], "kind": kind}
        for name, kind in (("called", "called"), ("names", "full"))
        if name in offer.values
    ]
    phone = offer.values.get("phone", "")
    identity: dict[str, object] = {}
    if names:
        identity["names"] = names
    if phone:
        note = _("As %(who)s told us: %(text)s") % {"who": sender, "text": phone}
        # A number that was safe there is not known to be safe here.
        identity["phones"] = [{"number": _number(phone), "safe": "unknown", "note": note}]
    return identity


def _number(phone: str) -> str:
    beginning = phone.split(";")[0].split(",")[0].strip()
    return beginning[:40]


def codes_of(offer: Offer) -> dict[str, object]:
    """Return the coded answers that came, as the room of cases keeps them."""
    return {name: {"answer": "yes", "values": list(values)} for name, values in offer.codes.items()}


def note_of(offer: Offer, *, sender: Sentence) -> Joined:
    """Return everything that has no place of its own as the first note of the new case, said to each reader."""
    placed = {"called", "names", "phone"}
    left = replace(offer, values={name: value for name, value in offer.values.items() if name not in placed})
    asks = LazySentence(gettext_lazy("%(who)s asks: %(need)s"), who=sender, need=offer.need)
    child = [in_each_language(partial(_child_row, offer, n)) for n in range(len(_child_rows(offer)))]
    return Joined("\n", [asks, *lines_of(left), *child])


def lines_of(offer: Offer) -> list[Sentence]:
    """Return what was told in an offer, a line each: the field in each reader's language, its text as it came."""
    texts_of_rows = [text for _field, text in _rows(offer)]
    return [
        Joined(" ", [in_each_language(partial(_field, offer, n)), one]) for n, one in enumerate(texts_of_rows)
    ]


def _field(offer: Offer, n: int) -> str:
    return f"{_rows(offer)[n][0]}:"


def _child_row(offer: Offer, n: int) -> str:
    return ": ".join(_child_rows(offer)[n])


def day_of(value: str) -> date | None:
    """Return an ISO day, or None when it is none."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
