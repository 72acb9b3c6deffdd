"""A release of North that Nurlan began, with a package as it would be read."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from panah.programmes.evidence import actions as evidence
from panah.programmes.evidence import products, queries
from panah.programmes.evidence.actions.packing import keep_package
from tests.conftest import World
from tests.evidence.conftest import few_countries


def released(world: World) -> dict[str, str]:
    by, at = world.staff["nurlan"], timezone.now()
    signed = evidence.sign_columns(keys=world.keys("bakyt"), at=at)
    evidence.sign_columns(keys=world.keys("rustam"), at=at)
    row = evidence.begin(
        what="cases", year=at.year - 1, product="microdata", title="x", contact="x", epsilon="1", by=by, at=at
    )
    keep_package(row, by=by, at=at)
    given = evidence.begin(
        what="rehearsal", year=at.year - 1, product="tables", title="x", contact="x", by=by, at=at
    )
    # Six countries instead of a hundred: every file of tests of this folder waits for it.
    few = few_countries()
    given = evidence.prepare(
        keys=world.keys("nurlan"),
        release=given,
        at=at,
        make=lambda asked, told: products.make(replace(asked, columns=few), told),
    )
    # Only what two people let out is given to another society.
    second = world.staff["bakyt"]
    evidence.read(release=given, seen=queries.fingerprint(given, to=second), by=second, at=at)
    evidence.decide(release=given, decision="publish", remark="", by=second, at=at)
    return {"release": str(row.pk), "given_release": str(given.pk), "signed_columns": str(signed.pk)}
