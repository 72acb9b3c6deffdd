"""Which set of questions fits, from what is recorded already."""

from __future__ import annotations

from collections.abc import Iterable

from panah.people.screening.schema import AgeScope, Depth, Profile, Rule


def rule_for_age(age: str) -> Rule:
    """`age` is the case's work fact: adult, child or unknown. In doubt the rule for children."""
    return Rule.ADULT if age == "adult" else Rule.CHILD


def suggest(
    profiles: Iterable[Profile], *, age: str, types_of_exploitation: Iterable[str] = ()
) -> tuple[Profile, ...]:
    """Full sets, the fitting ones first: by age, by what is recorded already, then labour."""
    types = set(types_of_exploitation)
    about = rule_for_age(age).value

    def rank(profile: Profile) -> tuple[int, int, int, str]:
        fits_age = profile.about.value in (about, "anyone")
        return (not fits_age, not types & set(profile.htcds), not profile.is_weighted, profile.code)

    return tuple(sorted((p for p in profiles if p.depth is Depth.FULL), key=rank))


def may_be_used(profile: Profile, *, age: str) -> bool:
    """Sets for adults are for those known to be adults; sets for children are open to all.

    A grown person may have been a child when it happened.
    """
    return profile.about is not AgeScope.ADULT or age == "adult"
