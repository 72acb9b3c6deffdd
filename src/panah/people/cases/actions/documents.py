"""Photos and documents of a case: the original unchanged with its hash; who gave it and who looked."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from panah.ground.audit.events import Event
from panah.ground.foundation.errors import Refusal
from panah.ground.kit import image_sandbox
from panah.ground.kit.empty_files import must_hold_something
from panah.ground.kit.file_types import TEXT, FileType, file_type_of
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.people.cases import events
from panah.people.cases.actions.case_record import journal, must_be_open
from panah.people.cases.models import Case
from panah.people.cases.permissions import policy, require
from panah.people.cases.queries.documents import document_of, same_content
from panah.people.cases.words import CasePart
from panah.people.cases.words.documents import MOST, Preview

DESCRIBED = ("what", "from", "giver", "on", "received", "custody")


@dataclass(frozen=True)
class KeptDocument:
    """What became of an upload: its ref, and whether exactly this content was there already."""

    ref: UUID
    known: bool


def keep_document(*, keys: Keyring, case: Case, name: str, body: bytes, at: datetime) -> KeptDocument:
    """Seal a content as it came, with its hash. Whether it can be shown is tried in a limited process before.

    The same content twice is kept once: the second time its ref is returned as *known*.
    """
    must_be_open(case)
    must_fit(body)
    digest = hashlib.sha256(body).hexdigest()
    twin = same_content(case, digest, keys=keys)
    if twin is not None:
        return KeptDocument(twin.ref, True)
    content = file_type_of(body)
    value = {
        "name": safe_file_name(name),
        "kind": content.kind,
        "type": content.type,
        "ending": content.ending,
        "size": len(body),
        "sha256": digest,
        "came": at.isoformat(),
        "came_by": keys.staff.name,
        **_inspected(body, content),
    }
    return KeptDocument(_write(keys, case, body, value, at), False)


@transaction.atomic
def _write(keys: Keyring, case: Case, body: bytes, value: Mapping[str, object], at: datetime) -> UUID:
    ref = vault.keep_attachment(keys=keys, file=case.file_id, body=body)
    vault.write(keys=keys, file=case.file_id, part=CasePart.DOCUMENT, ref=ref, value=value, at=at)
    journal(events.DOCUMENT_KEPT, keys=keys, case=case, at=at, facts={"attachment": str(ref)})
    return ref


def must_fit(body: bytes) -> None:
    """Refuse nothing at all, and too much."""
    must_hold_something(len(body))
    if len(body) > MOST:
        raise Refusal(
            _("This file has more than 25 MB."),
            next_step=_("Send a smaller photograph, or a part of the document."),
            code="too-large",
        )


def safe_file_name(name: str) -> str:
    """A file's name as it can be shown: no path, nothing unseen that turns the reading around."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    return seen.strip()


def _inspected(body: bytes, content: FileType) -> dict[str, object]:
    if content.kind == TEXT:
        return {"shows": Preview.YES.value}
    if not content.drawn:
        return {"shows": Preview.NO.value}
    try:
        drawn = image_sandbox.probe(body, content)
    except image_sandbox.CannotRender as why:
        if why.why == "busy":
            raise too_busy() from None
        return {"shows": Preview(why.why).value}
    return {"shows": Preview.YES.value, "width": drawn.width, "height": drawn.height, "pages": drawn.pages}


def too_busy() -> Refusal:
    return Refusal(
        _("Other pictures are being drawn just now."), next_step=_("Try again in a minute."), code="busy"
    )


@transaction.atomic
def describe_document(
    *, keys: Keyring, case: Case, ref: UUID, described: Mapping[str, str], at: datetime, based_on: int
) -> int:
    """Write or correct what it is and how it came (``DESCRIBED``); what was written before stays to be read."""
    must_be_open(case)
    kept = document_of(case, ref, keys=keys)
    must_be_there(kept.v)
    before = {name: kept.v[name] for name in DESCRIBED if kept.v.get(name)}
    earlier = list(kept.v.get("earlier", []))
    if before:
        earlier.append({**before, "until": at.isoformat(), "changed_by": keys.staff.name})
    rest = {name: value for name, value in kept.v.items() if name not in DESCRIBED}
    new = {name: described[name] for name in DESCRIBED if described.get(name)}
    version = vault.write(
        keys=keys,
        file=case.file_id,
        part=CasePart.DOCUMENT,
        ref=ref,
        value={**rest, **new, "earlier": earlier},
        at=at,
        based_on=based_on,
    )
    journal(events.DOCUMENT_DESCRIBED, keys=keys, case=case, at=at, facts={"attachment": str(ref)})
    return version


def must_be_there(value: Mapping[str, object]) -> None:
    """Refuse what was destroyed."""
    if value.get("destroyed"):
        raise Refusal(
            _("This photo or document was destroyed."),
            next_step=_("Its page says when, by whom and why."),
            code="destroyed",
        )


def show_document(*, keys: Keyring, case: Case, ref: UUID, purpose: RevealPurpose, at: datetime) -> bytes:
    """Open it to be looked at for a purpose, and journal that. What the page shows is drawn anew from it."""
    return _opened(keys, case, ref, purpose, events.DOCUMENT_SHOWN, at)


def take_original(*, keys: Keyring, case: Case, ref: UUID, purpose: RevealPurpose, at: datetime) -> bytes:
    """Hand out the original, unchanged, and journal that: a plain copy then lies outside."""
    return _opened(keys, case, ref, purpose, events.ORIGINAL_TAKEN, at)


def take_copy(
    *, keys: Keyring, case: Case, ref: UUID, purpose: RevealPurpose, at: datetime, number: int = 1
) -> image_sandbox.Rendered:
    """Hand out a picture drawn anew, without what lay in the original beside its pixels, and journal that."""
    kept = document_of(case, ref, keys=keys)
    content = FileType(kept.v["kind"], kept.v["type"], kept.v["ending"])
    with transaction.atomic():
        body = _opened(keys, case, ref, purpose, events.COPY_TAKEN, at)
    try:
        return image_sandbox.render(body, content, number=number, edge=image_sandbox.WHOLE_EDGE)
    except image_sandbox.CannotRender as why:
        if why.why == "busy":
            raise too_busy() from None
        raise Refusal(
            _("A copy without traces cannot be made of this."),
            next_step=_("Export a copy of the original, or look at it here."),
            code="no-copy",
        ) from None


def _opened(
    keys: Keyring, case: Case, ref: UUID, purpose: RevealPurpose, event: Event, at: datetime
) -> bytes:
    must_be_there(document_of(case, ref, keys=keys).v)
    return vault.show_attachment(
        keys=keys, file=case.file_id, attachment=ref, purpose=purpose, event=event, at=at
    )


@transaction.atomic
def destroy_document(*, keys: Keyring, case: Case, ref: UUID, reason: str, at: datetime) -> None:
    """Destroy content and description in every copy; that it was there, its hash, and why it went stay."""
    must_be_open(case)
    require(
        policy.may_destroy(keys.staff, case),
        _("What may be proof is destroyed by the holder of the case or a focal point."),
        _("Ask one of them."),
        "not-the-holder",
    )
    kept = document_of(case, ref, keys=keys)
    must_be_there(kept.v)
    stays = ("kind", "type", "ending", "size", "sha256", "came", "came_by")
    value = {name: kept.v[name] for name in stays if name in kept.v} | {
        "destroyed": at.isoformat(),
        "destroyed_by": keys.staff.name,
        "reason": reason,
    }
    vault.write(keys=keys, file=case.file_id, part=CasePart.DOCUMENT, ref=ref, value=value, at=at)
    journal(events.DOCUMENT_REMOVED, keys=keys, case=case, at=at, facts={"attachment": str(ref)})
    vault.destroy_attachment(keys=keys, file=case.file_id, attachment=ref)
