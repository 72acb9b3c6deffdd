"""Reading screenings: the sets of questions, the meetings of a file, the picture they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from panah.ground.vault import queries as vault_queries
from panah.ground.work.told_parts import OF_ANOTHER
from panah.people.screening import rules
from panah.people.screening.profiles import Sets, load
from panah.people.screening.rules import MergedAnswers, Result
from panah.people.screening.schema import Answer, Depth, Meeting, Profile

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring
    from panah.people.cases.models import Case

PART = "screening"


@dataclass(frozen=True)
class StoredMeeting:
    """One meeting as it lies in the file, with its version there."""

    meeting: Meeting
    version: int
    declined: bool = False
    """The person would rather not be asked. It changes nothing about the help."""
    typed_at: datetime | None = None
    writers: tuple[str, ...] = ()
    """Ids of the staff members who wrote in it, as the journal says too."""
    changed: Mapping[str, tuple[int, str]] | None = None
    """For each code the version in which it was last changed, and by whom (staff id)."""
    interpreter: str = ""
    of_another: bool = False
    """Somebody else answered, or may have, on a call that became a case."""

    @property
    def id(self) -> UUID:
        return UUID(self.meeting.id)

    @property
    def is_open(self) -> bool:
        return self.meeting.finished_at is None and not self.declined

    @property
    def answered(self) -> int:
        return sum(1 for a in self.meeting.answers.values() if a.was_asked)


@dataclass(frozen=True)
class Assessment:
    """All meetings of a file seen through one set of questions."""

    profile: Profile
    held: tuple[StoredMeeting, ...]
    merged: MergedAnswers
    result: Result


@dataclass(frozen=True)
class Summary:
    """The few things that the case's own page shows."""

    meetings: int
    open_meeting: UUID | None
    last_at: datetime | None
    result: Result | None


# --- sets of questions ---


def own_folders() -> tuple[Path, ...]:
    """The folders of the societies' own sets (setting PANAH_SCREENING_PROFILES, one or several)."""
    setting = getattr(settings, "PANAH_SCREENING_PROFILES", ())
    folders = [setting] if isinstance(setting, str | Path) else setting
    return tuple(Path(f) for f in folders if f)


def sets() -> Sets:
    """Every set of questions that may be used; read from the files once."""
    return _read(own_folders())


@lru_cache(maxsize=4)
def _read(folders: tuple[Path, ...]) -> Sets:
    return load(*folders)


# --- meetings ---


def meetings(*, keys: Keyring | None, file: UUID) -> tuple[StoredMeeting, ...]:
    """Return the meetings of a file, by the time they took place; none if it does not open."""
    found = (_held(s) for s in vault_queries.read_all(keys=keys, file=file, part=PART))
    return tuple(sorted(found, key=lambda h: (h.meeting.at, h.meeting.id)))


def meeting(*, keys: Keyring, file: UUID, id: UUID) -> StoredMeeting | None:  # noqa: A002  it is the id
    """Return one meeting of a file, or None."""
    sealed = vault_queries.read(keys=keys, file=file, part=PART, ref=id)
    return _held(sealed) if sealed else None


def _held(sealed: vault_queries.DecryptedPart) -> StoredMeeting:
    value = sealed.value
    return StoredMeeting(
        meeting=Meeting(
            id=str(sealed.ref),
            at=datetime.fromisoformat(value["at"]),
            profile=value["profile"],
            version=value["profile_version"],
            depth=Depth(value["depth"]),
            answers={c: Answer(a) for c, a in value["answers"].items()},
            by=value["by"],
            finished_at=_moment(value.get("finished_at")),
        ),
        version=sealed.version,
        declined=value.get("declined", False),
        typed_at=_moment(value.get("typed_at")),
        writers=tuple(value.get("writers", ())),
        interpreter=value.get("interpreter", ""),
        of_another=value.get(OF_ANOTHER, False),
        changed={c: (n, by) for c, (n, by) in value.get("changed", {}).items()},
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# --- the picture ---


def merged(held: Iterable[StoredMeeting]) -> MergedAnswers:
    """What counts now, over all meetings and depths."""
    return rules.merge((h.meeting for h in held), sets().prompts())


def picture(*, held: tuple[StoredMeeting, ...], profile: Profile) -> Assessment:
    """Work out what all meetings together suggest by one set of questions."""
    together = merged(held)
    result = rules.work_out(profile, together.answers, early=sets().early())
    return Assessment(profile, held, together, result)


def suggested(*, age: str, types_of_exploitation: Iterable[str] = ()) -> tuple[Profile, ...]:
    """Full sets that may be used for this age, the best fitting first."""
    return tuple(
        p
        for p in rules.suggest(sets().by_code.values(), age=age, types_of_exploitation=types_of_exploitation)
        if rules.may_be_used(p, age=age)
    )


def profile_in_use(
    *, held: Iterable[StoredMeeting], age: str, types_of_exploitation: Iterable[str] = ()
) -> Profile:
    """The set of the latest full meeting if it still fits the age, else the best fitting one."""
    used = [sets().get(h.meeting.profile) for h in held if h.meeting.depth is Depth.FULL]
    fitting = suggested(age=age, types_of_exploitation=types_of_exploitation)
    for profile in reversed(used):
        if profile is not None and profile in fitting:
            return profile
    return fitting[0]


def glance(*, keys: Keyring, file: UUID, age: str, types_of_exploitation: Iterable[str] = ()) -> Summary:
    """What a case's page says about its screening; empty when there was none or it is closed."""
    held = meetings(keys=keys, file=file)
    if not held:
        return Summary(0, None, None, None)
    profile = profile_in_use(held=held, age=age, types_of_exploitation=types_of_exploitation)
    asked = any(h.answered for h in held)
    return Summary(
        meetings=len(held),
        open_meeting=next((h.id for h in reversed(held) if h.is_open), None),
        last_at=held[-1].meeting.at,
        result=picture(held=held, profile=profile).result if asked else None,
    )


def was_screened(*, keys: Keyring, case: Case) -> dict[str, str]:
    """For the facts card of somebody who agreed to be counted: indicators were asked for, yes or nothing."""
    asked = any(one.answered for one in meetings(keys=keys, file=case.file_id))
    return {"screened": "yes"} if asked else {}
