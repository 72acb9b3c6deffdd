"""Which societies work on this node: the node's own setting, not a delivered fact."""

from datetime import datetime

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.network import events
from panah.ground.network.models import Society


def practise_elsewhere(*, society: Society | None) -> None:
    """Let an invented society be one of another node; for practice alone, before anybody works there."""
    if society is not None and society.practice:
        Society.objects.filter(pk=society.pk).update(hosted=False)


@transaction.atomic
def host_society(*, society: Society, at: datetime) -> None:
    """Let a society work on this node. Doing it twice changes nothing."""
    if Society.objects.filter(pk=society.pk, hosted=False).update(hosted=True):
        audit.record(event=events.HOSTED, by=None, society=society.pk, at=at)
