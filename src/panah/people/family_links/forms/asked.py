"""Who asked the person sought, how and when: without these a tick is no yes."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import DateField, Form, one_line, paragraph

WITHOUT_IT = {
    "asked_by": _("Write who asked the person: without it this is not a yes."),
    "how": _("Write how the person was asked, and that it was alone: without it this is not a yes."),
    "asked_on": _("Write when the person was asked: without it this is not a yes."),
}


class AskedFields(Form):
    asked_by = one_line(_("Who asked the person sought"), most=200)
    how = paragraph(
        _("How the person was asked: alone, where, in which language"),
        hint=_("Never through a relative, an employer or a neighbour."),
        rows=2,
    )
    asked_on = DateField(label=_("When the person was asked"), required=False, past=True)

    def with_who_asked(self, data: Mapping[str, object], answer: str) -> dict[str, object]:
        """Refuse a yes under ``answer`` of which it is not said who asked, how and when; the day becomes text."""
        if data.get(answer) == "yes":
            for name, sentence in WITHOUT_IT.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        day = data.get("asked_on")
        return {**data, "asked_on": day.isoformat() if isinstance(day, date) else ""}
