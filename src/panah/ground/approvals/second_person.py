"""A second person: nobody who had a hand in something signs it, nor with another account.

Who had a hand in it says the journal (``audit.queries.hands_since_approval``): each room's events say which of them
write (``Event.does``). A column that names somebody is for showing; whoever changes it gains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from panah.ground.accounts.queries import colleagues, pseudonyms
from panah.ground.approvals.permissions import may_be_one, must_be_another
from panah.ground.audit.queries import hands_since_approval
from panah.ground.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class SecondPerson:
    """Whether a colleague may sign something as the second person, and what a page says where she may not.

    ``hands``: who had a hand in it, by name; ``others``: who here may sign instead.
    """

    may: bool
    known: bool = True
    hands: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    elsewhere: str = ""

    @property
    def sentence(self) -> str:
        if not self.known:
            return _("The journal does not say who wrote this: nobody can be the second person.")
        return _("A second person decides. Had a hand in it: %(who)s.") % {"who": ", ".join(self.hands)}

    @property
    def next_step(self) -> str:
        if not self.known:
            return _("Write it anew, and find out who changed the database.")
        if self.others:
            return _("May decide instead: %(who)s.") % {"who": ", ".join(self.others)}
        return self.elsewhere or _(
            "Nobody else here may decide. Give the role to somebody who had no hand in it, or let one person "
            "write it anew."
        )


def second_person(
    about: UUID,
    *,
    to: Staff,
    may: Callable[[Staff], bool],
    hands: Iterable[UUID] | None = None,
    elsewhere: str = "",
) -> SecondPerson:
    """Say whether a colleague had no hand in a record; ``may`` says whose role allows to sign it.

    ``hands``: as the room reads them, where the journal of one society is not enough. ``elsewhere``: whom else to ask.
    """
    had = frozenset(hands_since_approval(about) if hands is None else hands)
    if had and to.pk not in had and not may_be_one(to, had):
        return SecondPerson(may=True)
    # Of colleagues of another society the name may stand behind its wall.
    names = pseudonyms(had)
    shown = sorted(names.values()) + [_("a colleague of another society")] * (len(had) > len(names))
    others = [
        colleague.name
        for colleague in colleagues(to=to)
        if colleague.pk not in had
        and colleague.pk != to.pk
        and may(colleague)
        and not may_be_one(colleague, had)
    ]
    return SecondPerson(False, bool(had), tuple(shown), tuple(others), elsewhere)


def must_be_second(
    about: UUID,
    *,
    by: Staff,
    may: Callable[[Staff], bool],
    hands: Iterable[UUID] | None = None,
    elsewhere: str = "",
) -> None:
    """Refuse whoever had a hand in a record since it was last approved, also with another account."""
    had = frozenset(hands_since_approval(about) if hands is None else hands)
    if not had or by.pk in had:
        second = second_person(about, to=by, may=may, hands=had, elsewhere=elsewhere)
        raise Refusal(second.sentence, next_step=second.next_step, code="second-person", status=403)
    must_be_another(by, had)
