"""One referral prepared for several people of an event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.directory import queries as directory_queries
from panah.ground.kit.forms import Form, one_line, paragraph, picked

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class ReferralsForm(Form):
    """To which service, and for what. What leaves is chosen for each person afterwards."""

    service = picked(_("To which service"), required=True)
    need = one_line(_("What the receiver is asked for"), required=True)
    note = paragraph(_("For us only: what to keep in mind"), rows=2)

    def __init__(self, *args: object, staff: Staff, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        search = directory_queries.Search(iso2=staff.society.iso2)
        found = directory_queries.search_services(search, at=at, society=staff.society)
        self.offer(
            "service", [("", "–"), *((str(one.id), f"{one.name}, {one.organization}") for one in found)]
        )
