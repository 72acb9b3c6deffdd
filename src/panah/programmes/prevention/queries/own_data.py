"""What is held here of a volunteer, for the export of her own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from panah.ground.kit.dates import day_of, long_day
from panah.programmes.prevention import library
from panah.programmes.prevention.models import GroupEducator, Session

if TYPE_CHECKING:
    from panah.programmes.volunteers.models import Volunteer


def held_of(volunteer: Volunteer) -> tuple[str, list[tuple[str, str]]]:
    """Return the groups she is or was in, and the sessions that she led, helped at or was the adult of."""
    places = GroupEducator.objects.filter(volunteer=volunteer).select_related("group").order_by("since", "pk")
    lines = [(one.group.name, _("since %(day)s") % {"day": long_day(day_of(one.since))}) for one in places]
    hers = Q(leader=volunteer) | Q(adult=volunteer) | Q(educators__volunteer=volunteer)
    sessions = list(Session.objects.filter(hers).distinct().select_related("own_plan").order_by("on", "pk"))
    titles = library.titles_of(sessions)
    lines += [(titles[str(one.pk)], long_day(day_of(one.on))) for one in sessions]
    return _("Peer education"), lines
