"""The register of interpreters: whoever may be asked comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.foundation.protected_rows import trusted_rows
from panah.ground.kit.languages import language_name
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.safety import permissions, rules
from panah.people.safety.models import Interpreter
from panah.people.safety.words import RESTRICTED, InterpretingMode, Standing

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class Listed:
    """One interpreter as she stands today, in the reader's words."""

    row: Interpreter
    standing: Standing
    speaks: list[str]
    ways: list[str]

    @property
    def hint(self) -> str:
        """What stands beside the name where one is chosen: languages, ways, and what to mind."""
        words = [", ".join(self.speaks), ", ".join(self.ways)]
        if self.standing != Standing.READY:
            words.append(str(self.standing.label))
        return " · ".join(word for word in words if word)


@dataclass(frozen=True)
class Restricted:
    """What the focal points alone read."""

    ties: str = ""
    not_for: str = ""
    checked: str = ""
    ended: str = ""


def _visible(to: Staff) -> list[Interpreter]:
    """Return the interpreters of the asker's society as Panah wrote them, whatever a row says of them now."""
    return trusted_rows(Interpreter, to.society_id) if permissions.names_interpreters(to) else []


def listed(*, to: Staff, language: str = "", today: date | None = None, ended: bool = False) -> list[Listed]:
    """Return the interpreters of the asker's society, vetted ones first; only who speaks ``language``, if given."""
    day = today or timezone.localdate()
    rows = [
        one
        for one in _visible(to)
        if (one.ended_on is not None) == ended and (not language or language in one.languages)
    ]
    found = [_one(row, day) for row in rows]
    return sorted(
        found,
        key=lambda one: rules.rank(
            standing=one.standing, speaks=one.row.languages, wanted=language, name=one.row.name
        ),
    )


def _one(row: Interpreter, today: date) -> Listed:
    reader = get_language() or "en"
    return Listed(
        row,
        Standing(
            rules.standing(
                vetted_until=row.vetted_until, undertaking=row.undertaking_on, ties=row.ties, today=today
            )
        ),
        [language_name(tag, reader) for tag in row.languages],
        [str(InterpretingMode(way).label) for way in row.ways],
    )


def suggestions(*, to: Staff, language: str = "") -> list[tuple[str, str]]:
    """Return names to choose from where an interpreter is named, each with a hint: whoever speaks ``language`` first.

    Whoever is not vetted is never before whoever is.
    """
    day = timezone.localdate()
    found = [_one(row, day) for row in _visible(to) if row.ended_on is None]
    found.sort(
        key=lambda one: rules.rank(
            standing=one.standing, speaks=one.row.languages, wanted=language, name=one.row.name
        )
    )
    return [(one.row.name, one.hint) for one in found]


def interpreter_or_404(pk: UUID, *, to: Staff) -> Listed:
    """Return one interpreter; whoever was taken off the list shows to the focal points alone."""
    row = next((one for one in _visible(to) if str(one.pk) == str(pk)), None)
    if row is None or (row.ended_on is not None and not permissions.leads(to)):
        raise Http404(_("There is no such page."))
    return _one(row, timezone.localdate())


def restricted(row: Interpreter, *, keys: Keyring) -> Restricted:
    """Return what the focal points alone read; empty for everybody whose keys do not open it."""
    kept = vault_queries.value_of(keys=keys, file=row.file_id, part=RESTRICTED)
    return Restricted(**{name: str(kept.get(name, "")) for name in ("ties", "not_for", "checked", "ended")})
