"""What is taken down of who looks for whom, and what was done about it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import AnswerField, one_line, paragraph, spoken_language
from panah.ground.kit.written_form import Written
from panah.people.family_links.forms.asked import AskedFields


class FamilyForm(Written):
    """Who looks for whom. Everything is sealed to the focal points."""

    asks = one_line(_("Who asks, and how to reach them"), most=2000)
    relation = one_line(_("How they are related"), most=2000)
    proof = one_line(
        _("How we know that"),
        hint=_("A document, a photograph together, something only the family knows."),
        most=2000,
    )
    sought = one_line(_("Who is sought: names as written, year of birth"), most=2000)
    last_news = paragraph(_("Last news: when, where, from whom"))
    why = paragraph(_("Why they look now"), rows=2)
    danger = AnswerField(label=_("Could finding the person put anyone in danger?"))
    message = paragraph(_("A message to pass on, if the person wants to hear it"))
    language = spoken_language(_("Language"))


class LinksNoteForm(AskedFields):
    text = paragraph(_("What was done"), rows=4)
    consent = AnswerField(label=_("Does the person sought agree that whereabouts are given?"), safe=True)
    told = paragraph(
        _("What was told to the one who asks"), hint=_("Only with a clear yes of the person sought."), rows=2
    )
    field_order = ("text", "consent", "asked_by", "how", "asked_on", "told")

    def clean(self) -> dict[str, object]:
        return self.with_who_asked(super().clean() or {}, "consent")
