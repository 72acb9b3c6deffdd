"""The package of a release: written once, signed with the node's key, never changed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db.models import Q
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.workbooks import xlsx
from panah.ground.vault import node_keys
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.evidence import events, method, queries
from panah.programmes.evidence.actions.journalled import journal_must_hold, not_as_journalled
from panah.programmes.evidence.models import Package, PublishedFile, Release
from panah.programmes.evidence.words import READ, ROOM, ReleaseState, What
from panah.programmes.release.package import MANIFEST, build, pem
from panah.programmes.release.verifying import Withdrawal, withdrawn_list

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

READ_IT = DueType(ROOM, READ, DueKind.DECIDE, within=method.READ_WITHIN, urgency=Urgency.WEEK)


def node_signs(text: bytes) -> bytes:
    """Return the signature of this node's key over bytes of ours."""
    return Ed25519PrivateKey.from_private_bytes(node_keys.signing_seed()).sign(text)


def keep_package(row: Release, *, by: Staff, at: datetime) -> Package:
    """Write the next package of a release around what was drawn for it; its hash goes into the journal."""
    last = queries.package_of(row)
    today = timezone.localtime(at).date()
    body = build(
        method.contents_of(
            row, queries.made_of(row), floor=queries.floor(), published=today if row.is_out else None
        ),
        as_workbook=xlsx,
        sign=node_signs,
        public_key=node_keys.public(),
    )
    package = Package.objects.create(
        release=row,
        number=last.number + 1 if last else 1,
        sha256=hashlib.sha256(body).hexdigest(),
        body=body,
        made_on=today,
    )
    facts = {"hash": package.sha256, "made": queries.hash_of_made(row)}
    audit.record(event=events.PREPARED, by=by, at=at, about=row.pk, facts=facts)
    return package


def tell_everybody(row: Release, package: Package) -> None:
    """Let the public door say of the file that left what it is."""
    told = _told_of(row, package.sha256, package.made_on)
    told.save()
    dialled_numbers.keep([told])


def _told_of(row: Release, digest: str, on: date) -> PublishedFile:
    return PublishedFile(
        release=row.pk,
        society_id=row.society_id,
        sha256=digest,
        title=row.title,
        contact=row.contact,
        year=row.population.year,
        made_up=row.population.what == What.REHEARSAL,
        published_on=on,
    )


def tell_withdrawn(row: Release, *, today: date) -> None:
    """The door says from now on that the file is not to be used any more, and why.

    Of which file, that row says as it is kept elsewhere too; where somebody changed it past Panah, it is written anew
    by the hash in the journal: what the package's row says may have been changed with it.
    """
    told = queries.file_of(row.pk)
    if told is None:
        told = _told_of(row, queries.hash_as_journalled(row), row.decided_on or today)
        there = dialled_numbers.compared(
            PublishedFile.objects.filter(Q(sha256=told.sha256) | Q(release=row.pk))
        )
        if any(not one.changed_outside for one in there):
            # What the journal calls this one's file is another's that stands.
            raise not_as_journalled()
        PublishedFile.objects.filter(pk__in=[one.pk for one in there]).delete()
    told.withdrawn_on, told.reason = today, row.reason
    told.save()
    dialled_numbers.keep([told])


def list_of_withdrawn(*, by: Staff, at: datetime) -> bytes:
    """Return a ZIP with the list of withdrawn releases as of today, its signature and the key."""
    today = timezone.localtime(at).date()
    journal_must_hold(by)
    withdrawn = _withdrawals(by.society_id)
    text, signature = withdrawn_list(withdrawn, of=by.society.name_en, as_of=today, sign=node_signs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("withdrawn.json", text)
        packed.writestr("withdrawn.sig", signature)
        packed.writestr("public-key.pem", pem(node_keys.public()))
    return out.getvalue()


def _withdrawals(society: UUID) -> list[Withdrawal]:
    """Return every package of what was withdrawn, the oldest first: refused where one would be left out."""
    gone = {
        one for one, state in queries.states_by_journal(society).items() if state == ReleaseState.WITHDRAWN
    }
    told = queries.told_withdrawn(society)
    packages = queries.packages_as_journalled(society, gone)
    if told is None or packages is None or {one.release for one in told} != gone:
        raise not_as_journalled()
    found = {one.release: one for one in told}
    listed = [
        Withdrawal(str(one.release_id), _mark_of(one), said.withdrawn_on, said.reason)
        for one in packages
        if (said := found[one.release_id]).withdrawn_on is not None
    ]
    return sorted(listed, key=lambda one: one.on)


def _mark_of(package: Package) -> str:
    """Return SHA-256 of its list of files, by which a list of withdrawn releases names a package."""
    with zipfile.ZipFile(io.BytesIO(bytes(package.body))) as packed:
        return hashlib.sha256(packed.read(MANIFEST)).hexdigest()


def pack_again(row: Release, *, by: Staff, at: datetime) -> None:
    """Write what a release says of itself anew around the same data; it is read and decided once more."""
    keep_package(row, by=by, at=at)
    row.state, row.prepared_at = ReleaseState.PREPARED, at
    row.read_by, row.read_what = None, ""
    ask_to_read(row, at)


def ask_to_read(row: Release, at: datetime) -> None:
    """Put it on the focal points' lists until one of them has decided."""
    work.due_for_focal_points(READ_IT, row, not_to={row.prepared_by_id, *map(UUID, row.hands)}, at=at)
