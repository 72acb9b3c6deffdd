"""Files handed over with another file: their secrets are sealed in it until its new holder opens it.

So what goes along is granted by the one who takes, at a time of her own: no time joins the two in plain. The part is
written whether or not anything goes along, always of the same size, so that its presence tells nothing.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.audit import actions as audit
from panah.vault import events
from panah.vault.actions.files import _for_staff, _keep, remove, write
from panah.vault.keyring import Keyring
from panah.vault.models import File, StaffKey
from panah.vault.queries import holders, value_of

PASSED = "passed"
ALWAYS = 800  # bytes: with it the part falls into the same bucket for none and for seven files


@transaction.atomic
def hand_over_linked_files(*, keys: Keyring, into: UUID, files: Iterable[UUID], at: datetime) -> None:
    """Seal the secrets of ``files`` in the file ``into``; what was passed before and not taken yet stays."""
    earlier = value_of(keys=keys, file=into, part=PASSED).get("files", {})
    secrets = earlier | {str(file): keys.secret(file).hex() for file in files}
    fill = " " * max(0, ALWAYS - len(json.dumps(secrets)))
    write(keys=keys, file=into, part=PASSED, value={"files": secrets, "fill": fill}, at=at)


@transaction.atomic
def take_over_linked_files(*, keys: Keyring, file: UUID, at: datetime) -> list[UUID]:
    """Take over what lies in a file: a grant for whoever opens it. Returns the files, those she could open too."""
    found = value_of(keys=keys, file=file, part=PASSED)
    if not found:
        return []
    remove(keys=keys, file=file, part=PASSED)
    key = StaffKey.objects.filter(staff=keys.staff, admitted_at__isnull=False).first()
    there = File.objects.filter(
        pk__in=list(found["files"]), society=keys.staff.society_id, erasing_since=None, erased_at=None
    )
    taken = list(there.values_list("pk", flat=True)) if key is not None else []
    for one in taken:
        if key is not None and keys.staff not in holders(one):
            keys.must_trust(key)
            _keep(_for_staff(one, key, bytes.fromhex(found["files"][str(one)]), at))
            audit.record(
                event=events.GRANTED, by=keys.staff, at=at, about=one, facts={"to": str(keys.staff.pk)}
            )
    return taken
