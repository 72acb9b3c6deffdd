"""Reading cases. Everything starts at ``visible``: her society's cases on which she has a grant of her own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.foundation.compiled_queries import Viewer, prepared
from panah.ground.foundation.ids import read_number
from panah.ground.foundation.registry import Registry
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import waiting_parts
from panah.ground.vault.keyring import Keyring
from panah.people.cases.models import Case, CaseGroup, Ceiling, Supervision
from panah.people.cases.permissions import policy
from panah.people.cases.rules import RETURN, guardian_may_act, may_return
from panah.people.cases.words import AgeGroup, CasePart

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff


class CaseTab(StrEnum):
    """The six tabs of a case, in their order."""

    OVERVIEW = "overview"
    STORY = "story"
    HELP = "help"
    SAFETY = "safety"
    CONSENT = "consent"
    FILE = "file"


@dataclass(frozen=True)
class Tab:
    """A page of a case that a higher room brings: ``url_name`` takes the case number, ``under`` is the tab it is in."""

    url_name: str
    label: StrOrPromise
    under: CaseTab


@dataclass(frozen=True)
class Fact:
    """One cell of the strip on top of a case: (tone, term, value, small)."""

    term: StrOrPromise
    value: StrOrPromise
    small: StrOrPromise = ""
    tone: str = ""


@dataclass(frozen=True)
class StillOpen:
    """Something that is not ended: a sentence without an end, the page where it is ended, whether it stops closing.

    ``args`` follow the number of the case in the address.
    """

    sentence: StrOrPromise
    url_name: str
    stops: bool
    args: tuple[object, ...] = ()


TABS: Registry[Tab] = Registry("tabs on every page of a case")
# Cells of the strip on a case page: ``say(case=, keys=, at=)`` returns a Fact or None.
STRIP: Registry[Callable[..., Fact | None]] = Registry("cells in the strip of a case")


def visible(*, to: Staff | Viewer) -> QuerySet[Case]:
    """Return the cases of the society of ``to`` on whose file she has a grant (a queryset of Case)."""
    return (
        policy.which(to, Case.objects.all())
        .filter(erased_at=None)
        .select_related("owner", "branch", "society")
    )


def of_visible[Rows: QuerySet[Any]](rows: Rows, *, to: Staff) -> Rows:
    """Return those rows of another room that belong to a case which the asker may see (a queryset)."""
    return policy.which_belong(to, rows)


def by_number(number: str, *, to: Staff) -> Case | None:
    """Return one case, or None for a wrong number, another's case and no case alike."""
    known = read_number(number)
    if not known or to is None or not to.is_active:
        return None
    rows = _with_number(staff=to.pk, society=to.society_id, number=known)
    return rows[0] if rows else None


@prepared
def _with_number(*, staff: UUID, society: UUID, number: str) -> QuerySet[Case]:
    """Every page of a case begins with this question."""
    found: QuerySet[Case] = visible(to=Viewer(staff, society)).filter(number=number)
    return found


def opened_before(staff: Staff, view: str, kwargs: Mapping[str, object], since: date) -> bool:
    """A case that was opened before the planning of cases closed stays as it was until it is closed or handed over.

    One that the asker may not see is answered like one that does not exist.
    """
    del view
    case = by_number(str(kwargs.get("number", "")), to=staff)
    return case is not None and case.opened_at < timezone.make_aware(datetime.combine(since, time.min))


def by_id(pk: UUID, *, to: Staff) -> Case | None:
    """Return one case by its id if ``to`` may see it, else None."""
    found: Case | None = visible(to=to).filter(pk=pk).first()
    return found


def may_open(case: UUID, *, staff: Staff) -> bool:
    """For alarms: say whether whoever is paged can open this case."""
    return by_id(case, to=staff) is not None


def told_apart(case: UUID, *, staff: Staff, may_open: bool) -> str:
    """For banners: that it is a case, and its number for whoever can open it."""
    return _("Case %(number)s.") % {"number": number_of(case)} if may_open else _("A case.")


def number_of(case: UUID) -> str:
    """Return the number of a case for the address of its page, which checks who asks."""
    return str(Case.objects.values_list("number", flat=True).get(pk=case))


def held_by(case: UUID) -> tuple[UUID, str] | None:
    """Return (who holds it, its number) of a case that is open: for what goes to its holder and says nothing else."""
    rows = Case.objects.filter(pk=case, closed_at=None, erased_at=None, owner__isnull=False)
    found: tuple[UUID, str] | None = rows.values_list("owner", "number").first()
    return found


def place_of(case: UUID) -> UUID | None:
    """Return the id of a case's file, or None once it is erased."""
    found: UUID | None = (
        Case.objects.filter(pk=case, erased_at=None).values_list("file_id", flat=True).first()
    )
    return found


def holders_by_id(case: UUID) -> list[Staff]:
    """For alarms: the colleagues who can open this case, by name."""
    return sorted(
        vault_queries.holders(Case.objects.values_list("file_id", flat=True).get(pk=case)),
        key=lambda s: s.name,
    )


def numbers_here(*, society: UUID, texts: Iterable[str]) -> set[str]:
    """Return those of these texts that are the number of a case of the society, also of one that was erased."""
    read = {text: number for text in texts if (number := read_number(text))}
    found = set(
        Case.objects.filter(society=society, number__in=read.values()).values_list("number", flat=True)
    )
    return {text for text, number in read.items() if number in found}


def id_of_file(file: UUID) -> UUID | None:
    """Return the id of the case with this file (the caller opens that file), or None."""
    found: UUID | None = Case.objects.filter(file_id=file).values_list("pk", flat=True).first()
    return found


def number_of_file(file: UUID) -> str:
    """Return the number of the case with this file, "" where it is none's."""
    return Case.objects.filter(file_id=file).values_list("number", flat=True).first() or ""


def by_number_or_404(number: str, *, to: Staff) -> Case:
    """The same for pages: 404 for all three."""
    found = by_number(number, to=to)
    if found is None:
        raise Http404
    return found


def count_held_by(*, staff: Staff) -> tuple[int, int]:
    """Return how many cases are in a colleague's hands: (open, closed)."""
    states = list(Case.objects.filter(owner=staff, erased_at=None).values_list("closed_at", flat=True))
    still_open = sum(closed is None for closed in states)
    return still_open, len(states) - still_open


def open_by_owner(*, staff: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many open cases each colleague holds: work facts, nothing about anybody served."""
    rows = Case.objects.filter(owner__in=list(staff), erased_at=None, closed_at=None)
    counted = rows.order_by().values("owner").annotate(number=Count("pk"))
    return {row["owner"]: row["number"] for row in counted}


def files_of_holder(*, keys: Keyring, staff: Staff) -> set[UUID]:
    """Return the files a caseworker needs for the cases in her hands, with their events, households and her notes.

    ``keys`` must open them (a focal point's): which case belongs to which event is sealed.
    """
    own = list(Case.objects.filter(owner=staff, erased_at=None).values_list("file_id", flat=True))
    gatherings = {
        link.value["gathering"]
        for file in own
        for link in waiting_parts.read_all(keys=keys, file=file, part=CasePart.LINK)
        if link.value.get("gathering")
    }
    about_her = Supervision.objects.filter(staff=staff, case__owner=staff)
    return (
        set(own)
        | set(CaseGroup.objects.filter(pk__in=gatherings).values_list("file_id", flat=True))
        | set(about_her.values_list("file_id", flat=True))
    )


def supervision_files(*, file: UUID) -> list[UUID]:
    """Return the files of the notes about colleagues' work with the case of this file; they go when it goes."""
    return list(Supervision.objects.filter(case__file_id=file).values_list("file_id", flat=True))


def guardian_may_be_involved(*, keys: Keyring | None, file: UUID) -> bool:
    """Return whether the case knows of a guardian of whom it is not clear that she is not involved.

    No guardian written down: nobody who could agree was looked at yet, and nothing is known against one.
    """
    guardian = vault_queries.value_of(keys=keys, file=file, part=CasePart.CHILD).get("guardian")
    return guardian is not None and not guardian_may_act(str(guardian.get("involved", "none")))


def sealed_age(*, keys: Keyring | None, file: UUID) -> AgeGroup:
    """Return the age group that decides: as it is sealed in the case. The plain column only sorts lists.

    With a closed vault, or where nothing is written down, it is not known, and then a child when in doubt.
    """
    child = vault_queries.value_of(keys=keys, file=file, part=CasePart.CHILD)
    return AgeGroup(child.get("age", {}).get("group") or child.get("group") or AgeGroup.UNKNOWN)


def is_child(*, keys: Keyring | None, case: Case) -> bool:
    """Say whether a case is a child's, by its seal or by the plain column.

    Whoever writes in the database takes no protection away.
    """
    return AgeGroup.CHILD in (case.age_group, sealed_age(keys=keys, file=case.file_id))


def return_lacks_determination(*, needs: Iterable[str], child: Mapping[str, object]) -> bool:
    """Say whether one of these kinds of help is a return, which a child's case does not carry yet."""
    return bool(RETURN & set(needs)) and not may_return(child)


@dataclass(frozen=True)
class Caseload:
    """Open cases by holder's id, and the society's ceiling (None: there is none)."""

    held: dict[UUID, int]
    most: int | None

    def told(self, staff: UUID) -> str:
        """*12 of 15*, or *12* without a ceiling."""
        number = self.held.get(staff, 0)
        return f"{number} / {self.most}" if self.most is not None else str(number)


def caseload(*, society: UUID) -> Caseload:
    """Return how many open cases each colleague holds; two queries."""
    rows = Case.objects.filter(society=society, closed_at=None, erased_at=None, owner__isnull=False)
    held = dict(rows.values_list("owner").annotate(Count("pk")).order_by())
    return Caseload(held, Ceiling.objects.filter(society=society).values_list("most", flat=True).first())
