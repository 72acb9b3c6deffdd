"""Reading materials: drafts and versions for colleagues, and what everybody may take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max

from panah.ground.audit import queries as audit_queries
from panah.ground.foundation import dialled_numbers
from panah.people.materials import events, permissions, rules
from panah.people.materials.models import Draft, Version
from panah.people.materials.words import Audience, VersionState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff


# ---- for colleagues ------------------------------------------------------------------------------


def drafts(*, to: Staff) -> list[Draft]:
    """Return what waits for a second person, for whoever writes materials."""
    if not permissions.writes(to):
        return []
    return list(Draft.objects.visible(to=to).select_related("changed_by"))


def own_draft(pk: UUID, *, to: Staff) -> Draft | None:
    """Return a draft of the society for whoever writes materials, or None."""
    if not permissions.writes(to):
        return None
    row: Draft | None = Draft.objects.visible(to=to).select_related("changed_by").filter(pk=pk).first()
    return row


def was_dropped(pk: UUID, *, to: Staff) -> bool:
    """Say whether a draft of the society was thrown away: the journal knows."""
    if not permissions.writes(to):
        return False
    return pk in audit_queries.abouts_of(to.society_id, event=events.DROPPED.name)


def versions(*, to: Staff) -> list[Version]:
    """Return the newest version of each material of the society, each compared with what was published."""
    if not permissions.writes(to):
        return []
    rows = Version.objects.visible(to=to)
    newest = rows.order_by().values("material").annotate(last=Max("number")).values_list("material", "last")
    last = dict(newest)
    return dialled_numbers.compared([row for row in rows if last[row.material] == row.number])


def own_version(pk: UUID, *, to: Staff) -> Version | None:
    """Return a version of the society, compared, or None."""
    if not permissions.writes(to):
        return None
    found = dialled_numbers.compared(Version.objects.visible(to=to).filter(pk=pk))
    return found[0] if found else None


def history(material: UUID, *, to: Staff) -> list[Version]:
    """Return every version of a material of the society, the newest first, each compared."""
    if not permissions.writes(to):
        return []
    return dialled_numbers.compared(
        Version.objects.visible(to=to).filter(material=material).order_by("-number")
    )


def draft_body(draft: Draft) -> bytes:
    return b"".join(bytes(one) for one in draft.pieces.values_list("body", flat=True))


def all_versions(society: UUID) -> list[Version]:
    """Return every version of a society: what is kept of each is kept outside the database too."""
    return list(Version.objects.filter(society=society))


# ---- for everybody -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """A file that everybody may take along. ``titles``: language -> title; sizes in bytes, seconds and pages."""

    pk: UUID
    society: UUID
    titles: dict[str, str]
    audiences: list[str]
    what: str
    type: str
    size: int
    pages: int
    seconds: int

    @property
    def languages(self) -> list[str]:
        return list(self.titles)

    def title_in(self, language: str) -> tuple[str, str]:
        """The title and its language: this one, else the first that the file speaks."""
        spoken = language if language in self.titles else next(iter(self.titles), "")
        return self.titles.get(spoken, ""), spoken


def _at_the_door() -> QuerySet[Version]:
    # Who wrote it is no stranger's: the role of the door's own machine may not read that either.
    rows = Version.objects.filter(state=VersionState.SHOWN, society__hosted=True)
    return rows.defer("written_by", "published_by")


def published() -> list[Paper]:
    """Return what all societies of this node publish and what is as it was published. Two queries, however much."""
    rows = _at_the_door()
    return [_paper(one) for one in dialled_numbers.compared(rows) if not one.changed_outside]


def _paper(row: Version) -> Paper:
    titles = {language: row.titles[language] for language in row.languages}
    return Paper(
        row.pk, row.society_id, titles, row.audiences, row.what, row.type, row.size, row.pages, row.seconds
    )  # fmt: skip


def sound(language: str) -> Paper | None:
    """Return the sound to share of “Is this offer safe?” in this language, or None."""
    return _to_share(Audience.OFFER_SOUND, language)


def picture(language: str) -> Paper | None:
    """Return the picture to share of “Is this offer safe?” in this language, or None."""
    return _to_share(Audience.OFFER_PICTURE, language)


def _to_share(audience: Audience, language: str) -> Paper | None:
    found = (one for one in published() if audience in one.audiences and language in one.titles)
    return next(found, None)


@dataclass(frozen=True)
class Taken:
    """A published file: its bytes, its kind for the browser, and a name that says nothing."""

    body: bytes
    kind: str
    name: str


def file_of(pk: UUID) -> Taken | None:
    """Return a file that is at the door as it was published; None where it was withdrawn, replaced, or changed."""
    row = _at_the_door().filter(pk=pk).first()
    if row is None or dialled_numbers.compared([row])[0].changed_outside or row.type not in rules.ACCEPTED:
        return None
    return taken(row)


def taken(row: Version) -> Taken | None:
    """Return the file of a version, or None where its bytes are not those that were published."""
    body = b"".join(bytes(one) for one in row.pieces.values_list("body", flat=True))
    if not row.is_body(body):
        return None
    return Taken(body, rules.ACCEPTED[row.type][0], rules.file_name(row.type))
