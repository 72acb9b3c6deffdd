"""What of a meeting about what has happened is told: every question that was answered, as it was asked."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.ground.work.told_parts import (
    COLLEAGUES,
    HowTold,
    Kept,
    ToldField,
    ToldPart,
    answers,
    disclosed,
    marks,
    when_asked,
    withheld,
)
from panah.people.screening.queries import sets
from panah.people.screening.schema import said_in


def asked_questions(value: Kept) -> Iterator[tuple[str, str]]:
    indicators, language = sets(), get_language() or "en"
    for code, answer in value.items():
        indicator = indicators.indicator(code)
        yield (said_in(indicator.label, language) if indicator else code), str(answer)


NO_FACT = _("What the answers suggest is no fact about you.")

SHEETS: dict[str, ToldPart] = {
    "screening": ToldPart(
        _("Answers about what has happened"),
        {
            "answers": answers(asked_questions),
            "at": disclosed(_("When")),
            "declined": disclosed(_("You would rather not be asked")),
            "interpreter": when_asked(_("Who interpreted")),
            "by": withheld(_("Who asked"), COLLEAGUES),
            "writers": withheld(_("Who wrote it"), COLLEAGUES),
            "profile": ToldField(HowTold.WITHHELD, _("By which list it was compared"), NO_FACT),
            **marks("typed_at", "profile_version", "depth", "changed", "finished_at"),
        },
    )
}
