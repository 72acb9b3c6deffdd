"""The letter that asks for access to a place, as PDF in the language that its reader speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from panah.ground.kit.dates import long_day

if TYPE_CHECKING:
    from panah.ground.network.models import Society
    from panah.programmes.prevention.models import Access


def access_letter(one: Access, *, us: Society) -> bytes:
    # Drawing a letter takes 15 MB: loaded by whoever makes one, not by every worker.
    from panah.ground.kit.letter import letter

    reader = translation.get_language() or "en"
    intro = _("From %(us)s, %(branch)s, to %(office)s. %(day)s") % {
        "us": us.name_in(reader),
        "branch": one.branch.name_in(reader),
        "office": one.office,
        "day": long_day(timezone.localdate()),
    }
    return letter(
        title=_("Request for access"),
        intro=intro,
        rows=_rows(one),
        closing=[
            _(
                "We act by the Fundamental Principles: humanity, impartiality, neutrality, independence, voluntary "
                "service, unity, universality."
            ),
            _("Name, function, signature, stamp:"),
            "______________________________",
        ],
        practice=_("Practice data.") if settings.PANAH_PRACTICE else "",
    )


def _rows(one: Access) -> list[tuple[str, str]]:
    return [
        (_("What we ask for"), _("To hold sessions about safe migration and trafficking in human beings.")),
        (_("Where"), f"{one.place} ({one.get_kind_display()})"),
        (_("For whom"), str(one.get_audience_display())),
        (_("Who comes"), _("Trained volunteers of the branch, vetted, who have signed our code of conduct.")),
        (
            _("What we write down"),
            _(
                "How many took part, by sex and band of age. No names, no photographs, nothing that anybody tells."
            ),
        ),
        (
            _("If somebody needs help"),
            _(
                "The person decides whom to tell; for a child our safeguarding rules hold. We give the number of our "
                "hotline."
            ),
        ),
        (
            _("What we ask you to answer"),
            _(
                "Whether we may come, from when until when, and on what conditions. A written answer helps us."
            ),
        ),
    ]
