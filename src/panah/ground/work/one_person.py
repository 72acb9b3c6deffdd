"""Which subjects are about one person, where plain columns say so: what calls for one of them calls for all.

What is known with keys alone, joined contacts for one, never stands here: an alarm that was not raised, because another
one was open, would tell a thief what is sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from panah.ground.foundation.registry import Registry

# Called with subjects; returns pairs that are about one person: of these, and of those to which they lead.
SAME_PERSON: Registry[Callable[[Collection[UUID]], Iterable[tuple[UUID, UUID]]]] = Registry(
    "subjects that are about one person"
)


def about_one_person(subjects: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return for each subject all that are about the same person, itself among them."""
    groups = {subject: {subject} for subject in subjects}
    for pairs in SAME_PERSON:
        for one, other in pairs(subjects):
            together = groups.get(one, {one}) | groups.get(other, {other})
            groups |= dict.fromkeys(together, together)
    return {subject: groups[subject] for subject in subjects}
