"""Whether a person hears of a request that names her: one word of two."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_of, paragraph
from panah.people.cases.words import Hears


class HearingForm(Form):
    says = one_of(_("Does the person hear of it?"), Hears.choices)
    why = paragraph(
        _("Why"), hint=_("A law, an order, a danger to somebody. What a lawyer says."), required=True, rows=2
    )
