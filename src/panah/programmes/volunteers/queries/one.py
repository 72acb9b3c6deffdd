"""One volunteer: contact data, history, what few may read, and all that is held, for the volunteer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.kit.dates import dated
from panah.ground.kit.languages import language_name
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.programmes.volunteers import sealed_details
from panah.programmes.volunteers.models import IncidentReport, Membership, Volunteer
from panah.programmes.volunteers.own_data import HELD
from panah.programmes.volunteers.queries.register import memberships
from panah.programmes.volunteers.sealed_details import Details
from panah.programmes.volunteers.words import INCIDENT, VETTED, Availability, Happened, Skill

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class HistoryLine:
    on: date
    what: str
    text: str


@dataclass(frozen=True)
class SealedNote:
    """One vetting or incident, as the focal points read it."""

    on: date
    what: str
    text: str
    more: str = ""


def contact(kept: Details) -> list[Fact]:
    """Return how to reach a volunteer, and a guardian: what is known."""
    guardian = kept.get("guardian", {})
    lines = [
        (_("Telephone"), kept.get("phone", "")),
        (_("E-mail"), kept.get("email", "")),
        (_("Another way"), kept.get("other", "")),
        (_("Address"), kept.get("address", "")),
        (_("Parent or legal guardian"), guardian.get("name", "")),
        (_("Telephone of parent or guardian"), guardian.get("phone", "")),
        (_("Communities and ties"), kept.get("ties", "")),
    ]
    return [Fact(label, str(text)) for label, text in lines if text]


def history(kept: Details) -> list[HistoryLine]:
    """Return what happened when, and why, the newest first."""
    return [
        HistoryLine(date.fromisoformat(one["on"]), str(Happened(one["what"]).label), one["text"])
        for one in reversed(kept.get("history", []))
    ]


def sealed_notes(row: Volunteer, *, keys: Keyring) -> list[SealedNote]:
    """Return vettings and incidents, the newest first; none for whoever has no key to them."""
    if row.file_id is None:
        return []
    found = []
    parts = vault_queries.read_parts(keys=keys, file=row.file_id, names=[VETTED, INCIDENT])
    for part in parts.get(VETTED, []):
        until = part.value["until"]
        more = (
            _("vetted until %(day)s") % {"day": dated(date.fromisoformat(until))}
            if until
            else _("not vetted")
        )
        found.append(SealedNote(date.fromisoformat(part.value["on"]), _("Vetting"), part.value["text"], more))
    for part in parts.get(INCIDENT, []):
        told = part.value
        found.append(SealedNote(date.fromisoformat(told["on"]), _("Incident"), told["text"], told["decided"]))
    return sorted(found, key=lambda one: one.on, reverse=True)


def incident_or_404(pk: UUID, *, to: Staff) -> IncidentReport:
    """Return what a branch told of, for a focal point."""
    return get_object_or_404(IncidentReport.objects.visible(to=to), pk=pk)


def incident_told(report: IncidentReport, *, keys: Keyring) -> tuple[SealedNote | None, Volunteer | None]:
    """Return what was told, None without a key to it, and about whom, None where she was erased meanwhile."""
    told = vault_queries.value_of(keys=keys, file=report.file_id, part=INCIDENT)
    if not told:
        return None, None
    row = Volunteer.objects.filter(pk=told["volunteer"], society=report.society_id).first()
    return SealedNote(date.fromisoformat(told["on"]), _("Incident"), told["text"]), row


def languages_of(row: Volunteer) -> str:
    return ", ".join(language_name(tag) for tag in row.languages)


def labels(row: Volunteer) -> dict[str, str]:
    """Return languages, skills and availability as words."""
    return {
        "languages": languages_of(row),
        "skills": ", ".join(str(Skill(one).label) for one in row.skills if one in Skill.values),
        "availability": ", ".join(
            str(Availability(one).label) for one in row.availability if one in Availability.values
        ),
    }


def memberships_held(row: Volunteer) -> tuple[str, list[tuple[str, str]]]:
    """For the registry of what is held of a volunteer."""
    return _("In which branches"), [_membership(one) for one in memberships(row)]


def insurance_held(row: Volunteer) -> tuple[str, list[tuple[str, str]]]:
    """For the registry of what is held: until when a volunteer is insured, and by what."""
    until = sealed_details.standing(row).insured_until
    if until is None:
        return _("Insurance"), [(_("Until"), _("no insurance is written down"))]
    cover = (sealed_details.readable(row) or {}).get("insurance", "")
    return _("Insurance"), [(_("Until"), f"{dated(until)}, {cover}")]


def _membership(one: Membership) -> tuple[str, str]:
    where = f"{one.get_role_display()}, {one.branch.name_in(get_language() or 'en')}"
    until = dated(one.until) if one.until else _("today")
    return where, _("%(since)s to %(until)s") % {"since": dated(one.since), "until": until}


def known(row: Volunteer) -> list[Fact]:
    """Return what the register says of a volunteer in plain; what is not known is left out."""
    said = labels(row)
    dates = [
        (_("Became a volunteer"), row.joined_on),
        (_("No longer a volunteer since"), row.left_on),
        (_("Code of conduct signed"), row.code_signed_on),
        (_("Vetted until"), row.vetted_until),
        (_("Safeguarding until"), row.safeguarding_until),
        (_("Parent or guardian agreed"), row.guardian_agreed_on),
    ]
    facts = [
        Fact(_("Name"), row.name),
        Fact(_("Branch"), row.branch.name_in(get_language() or "en")),
        Fact(_("Sex"), row.get_sex_display() if row.sex else ""),
        Fact(_("Year of birth"), str(row.born_year or "")),
        Fact(_("Languages"), said["languages"]),
        Fact(_("Skills"), said["skills"]),
        Fact(_("When"), said["availability"]),
        Fact(_("May be contacted"), _("yes") if row.may_be_contacted else _("no")),
        Fact(_("State"), row.get_state_display()),
        *(Fact(label, dated(on)) for label, on in dates if on),
    ]
    return [one for one in facts if one.text]


def own_data(row: Volunteer) -> list[tuple[str, list[Fact]]]:
    """Return all that is held of a volunteer, by heading; vetting and incidents are asked for apart."""
    kept = sealed_details.readable(row) or Details()
    told = [
        (_("About you"), known(row)),
        (_("How to reach you"), contact(kept)),
        (
            _("What happened"),
            [Fact(dated(one.on), f"{one.what}. {one.text}".strip()) for one in history(kept)],
        ),
    ]
    for find in HELD:
        heading, lines = find(row)
        told.append((heading, [Fact(label, text) for label, text in lines]))
    return [(heading, facts) for heading, facts in told if facts]
