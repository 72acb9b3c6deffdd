"""The list of a course, and who was at a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.dates import long_day
from panah.ground.kit.forms import ChoiceLabel, Form, many_of, one_line, paragraph
from panah.ground.kit.on_paper import AUTHOR, DAY, ask_of_paper
from panah.programmes.training.words import EnrolmentState

if TYPE_CHECKING:
    from uuid import UUID

    from panah.programmes.training.queries import Need, Person

LONGEST_NAME = 120
MOST_NAMES = 500 * (LONGEST_NAME + 1)


def names_in(typed: str) -> str:
    """Return lines of one name each as they were typed; a line too long for a name was meant as several."""
    for number, line in enumerate(typed.splitlines(), 1):
        if len(line.strip()) > LONGEST_NAME:
            raise ValidationError(
                _(
                    "Line %(number)s is longer than a name: one name on each line, of at most %(most)s letters."
                ),
                params={"number": number, "most": LONGEST_NAME},
            )
    return typed


class FindForm(Form):
    name = one_line(
        _("Name of a volunteer"),
        hint=_("In any script, or only a part of it."),
        required=True,
        most=LONGEST_NAME,
    )


class WhoNeedItForm(Form):
    """Those who need what a course teaches: as many are ticked as there are places."""

    volunteers = many_of(_("Who is to come"), required=True)

    def __init__(self, *args: object, needs: Iterable[Need], left: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(need.volunteer.pk), _need(need)) for need in needs]
        self.offer("volunteers", offered)
        self.initial.setdefault("volunteers", [pk for pk, _said in offered[:left]])


def _need(one: Need) -> ChoiceLabel:
    if one.until is not None:
        why = gettext("runs out on %(day)s") % {"day": long_day(one.until)}
    else:
        why = gettext("is trained in “%(base)s” and lacks it") % {"base": one.base.label if one.base else ""}
    return ChoiceLabel(one.volunteer.name, why)


class NamesForm(Form):
    names = paragraph(
        _("Names, one on each line"),
        hint=_(
            "Pupils and others who are no volunteers: the name alone, first name first. It is protected, a telephone "
            "shows only the first name and an initial, and a year after the course it is erased."
        ),
        required=True,
        rows=10,
        most=MOST_NAMES,
    )

    def clean_names(self) -> str:
        return names_in(self.cleaned_data["names"])


class RegisterForm(Form):
    """Everybody was there but those who are ticked: the fewest marks for a full room."""

    absent = many_of(_("Who was not there"), hint=_("Tick those alone. All others were there."))
    came = many_of(_("Who came without a place"), hint=_("They waited for one, or had cancelled."))
    added = paragraph(
        _("Names added on the spot, one on each line"),
        hint=_("Whoever came and stands on no list."),
        rows=4,
        most=MOST_NAMES,
    )

    def __init__(
        self,
        *args: object,
        people: Iterable[Person],
        session: UUID,
        paper: bool = False,
        wrote: str = "",
        **kwargs: object,
    ) -> None:
        people = list(people)
        placed = [person for person in people if person.row.state == EnrolmentState.ENROLLED]
        others = [person for person in people if person.row.state != EnrolmentState.ENROLLED]
        away = [str(one.row.pk) for one in placed if one.was.get(session) is False]
        super().__init__(*args, initial={"absent": away, AUTHOR: wrote}, **kwargs)
        self.offer("absent", [(str(one.row.pk), one.numbered) for one in placed])
        self.offer("came", [(str(other.row.pk), other.numbered) for other in others])
        for name, offered in (("absent", placed), ("came", others)):
            if not offered:
                self.fields.pop(name)
        if paper:
            ask_of_paper(self, leave=self.fields)

    def clean_added(self) -> str:
        return names_in(self.cleaned_data["added"])

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        answers = {"absent": [], "came": [], **found}
        return {
            **{name: answers[name] for name in ("absent", "came") if name in answers},
            "added": found.get("added", ""),
            "paper_on": found.get(DAY),
            "paper_by": found.get(AUTHOR, ""),
        }
