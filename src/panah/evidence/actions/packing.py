"""The package of a release: written once, signed with the node's key, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.evidence import ctdc, events, method, package_file, queries
from panah.evidence.models import Package, Release
from panah.evidence.words import READ, ROOM, ReleaseState, What
from panah.foundation.errors import Refusal
from panah.vault import node_keys
from panah.work import actions as work
from panah.work.words import DueKind, Urgency

if TYPE_CHECKING:
    from panah.accounts.models import Staff

DATA = "data/"


def keep_package(row: Release, *, files: Mapping[str, str], by: Staff, at: datetime) -> Package:
    """Write the next package of a release around these files; its hash goes into the journal."""
    return _write(row, {DATA + name: text.encode() for name, text in files.items()}, by, at)


def pack_again(row: Release, *, by: Staff, at: datetime) -> None:
    """Write what a release says of itself anew around the same data; it is read and decided once more."""
    package = queries.package_of(row)
    if package is None or not queries.is_as_written(row):
        raise Refusal(
            _("The package is not as it was written: somebody changed the database."),
            next_step=_("Tell whoever keeps this node, and publish nothing."),
            code="package-changed",
        )
    files = package_file.opened(bytes(package.body)).files
    _write(row, {name: body for name, body in files.items() if name.startswith(DATA)}, by, at)
    row.state, row.prepared_at = ReleaseState.PREPARED, at
    row.read_by, row.read_what = None, ""
    ask_to_read(row, at)


def _write(row: Release, data: Mapping[str, bytes], by: Staff, at: datetime) -> Package:
    last = queries.package_of(row)
    facts = _facts(row, number=last.number + 1 if last else 1, at=at)
    said = {"README.txt": method.readme(facts), "dictionary.csv": method.dictionary()}
    seed = node_keys.signing_seed()
    body = package_file.write(
        {**data, **{name: text.encode() for name, text in said.items()}},
        facts,
        sign=Ed25519PrivateKey.from_private_bytes(seed).sign,
        key=node_keys.public(),
    )
    package = Package.objects.create(
        release=row,
        number=last.number + 1 if last else 1,
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
        made_on=timezone.localtime(at).date(),
    )
    audit.record(event=events.PREPARED, by=by, at=at, about=row.pk, facts={"hash": package.sha256})
    return package


def _facts(row: Release, *, number: int, at: datetime) -> dict[str, object]:
    return {
        "format": "panah-release-1",
        "title": row.title,
        "society": row.society.name_en,
        "about": row.about,
        "contact": row.contact,
        "year": row.population.year,
        "product": row.product,
        "made_up": row.population.what == What.REHEARSAL,
        "epsilon": str(row.epsilon) if row.epsilon is not None else None,
        "delta": str(row.population.delta) if row.epsilon is not None else None,
        "floor": queries.floor(),
        "columns": ctdc.domain().version,
        "columns_sha256": ctdc.domain().hash,
        "package": number,
        "made_on": timezone.localtime(at).date().isoformat(),
    }


def ask_to_read(row: Release, at: datetime) -> None:
    """Put it on the focal points' lists until one of them has decided."""
    work.add_for_focal_points(
        society=row.society_id,
        kind=DueKind.DECIDE,
        due_at=at + method.READ_WITHIN,
        room=ROOM,
        subject=row.pk,
        purpose=READ,
        urgency=Urgency.WEEK,
        at=at,
    )
