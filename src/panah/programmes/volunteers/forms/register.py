"""A volunteer as written down, and what the list is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.create_form import CreateForm
from panah.ground.kit.forms import DateField, Form, many_of, one_line, one_of, picked, ticked
from panah.ground.kit.languages import spoken
from panah.programmes.volunteers import queries, rules, sealed_details, words
from panah.programmes.volunteers.models import Volunteer

if TYPE_CHECKING:
    from django.http import QueryDict

    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.sealed_details import Details


def year_of_birth(*, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Year of birth"),
        required=required,
        help_text=_("The year is enough. Where it is not known, somebody counts as under 18."),
    )


class PersonForm(Form):
    """What a volunteer says of herself; in the register and at the public door alike."""

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_born_year(self) -> int | None:
        year: int | None = self.cleaned_data["born_year"]
        today = timezone.localdate()
        if year is not None and not rules.YOUNGEST <= today.year - year <= rules.OLDEST:
            raise ValidationError(
                _("Write the year with four digits, between %(first)s and %(last)s.")
                % {"first": today.year - rules.OLDEST, "last": today.year - rules.YOUNGEST}
            )
        return year

    def clean_phone(self) -> str:
        phone = " ".join(str(self.cleaned_data["phone"]).split())
        if phone and sum(one.isdigit() for one in phone) < 5:
            raise ValidationError(_("Write the telephone in digits, for example +996 555 123 456."))
        return phone

    def is_minor(self) -> bool:
        year = self.cleaned_data.get("born_year")
        return year is not None and not rules.is_grown_up(year, timezone.localdate())


class ChangeForm(PersonForm):
    name = one_line(_("Name"), required=True, most=120)
    sex = one_of(_("Sex"), words.Sex.choices, required=False, line=True)
    born_year = year_of_birth()
    languages = many_of(_("Languages"), spoken, line=True)
    skills = many_of(_("Skills"), words.Skill.choices, line=True)
    availability = many_of(_("When"), words.Availability.choices, line=True)
    phone = one_line(_("Telephone"), most=40)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=120)
    other = one_line(_("Another way to reach this volunteer"), most=120)
    may_be_contacted = ticked(_("Agrees to be called and written to by the branch"))
    address = one_line(_("Address"), most=200)
    ties = one_line(
        _("Communities and ties"),
        hint=_(
            "Home village, family, workplace, as the volunteer says: so that nobody meets a recruiter’s cousin."
        ),
    )
    code_signed_on = DateField(label=_("Code of conduct signed on"), past=True, required=False)
    guardian_name = one_line(_("Parent or legal guardian"), hint=_("Under 18."), most=120)
    guardian_phone = one_line(_("Telephone of parent or guardian"), most=40)
    guardian_agreed_on = DateField(
        label=_("Parent or guardian agreed on"),
        past=True,
        required=False,
        help_text=_(
            "Under 18 nobody helps without it, and an adult is there wherever somebody under 18 helps."
        ),
    )

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("guardian_agreed_on") and not given.get("guardian_name"):
            self.add_error("guardian_name", ValidationError(_("Write down who agreed.")))

    @staticmethod
    def first(row: Volunteer, kept: Details) -> dict[str, object]:
        """Return what stands in the form of a volunteer.

        What was changed past Panah stands there no more: whoever saves something else would make it true.
        """
        guardian, stands = kept.get("guardian", {}), sealed_details.standing(row)
        plain = {
            name: getattr(stands if name in sealed_details.STANDING else row, name)
            for name in ChangeForm.base_fields
            if hasattr(row, name)
        }
        return {
            **plain,
            **{name: kept.get(name, "") for name in ("phone", "email", "other", "address", "ties")},
            "guardian_name": guardian.get("name", ""),
            "guardian_phone": guardian.get("phone", ""),
        }


class AddForm(ChangeForm, CreateForm):
    makes = Volunteer
    branch = picked(_("Branch"), required=True)
    role = one_of(_("Role"), words.VolunteerRole.choices, line=True, initial=words.VolunteerRole.MEMBER)
    joined_on = DateField(label=_("Volunteer since"), past=True, required=False)

    field_order = ("branch", "role", "joined_on")

    def __init__(self, data: QueryDict | None = None, *, by: Staff) -> None:
        super().__init__(data)
        branches = queries.branches_kept(by=by)
        self.offer("branch", branches if len(branches) == 1 else [("", "–"), *branches])
        if len(branches) == 1:
            self.initial.setdefault("branch", branches[0][0])


class ListForm(Form):
    """The filters of the list. The name goes sealed into the address."""

    name = one_line(_("Name"), hint=_("The beginning is enough, in any script."), most=80)
    state = picked(
        _("State"),
        [
            ("", _("asked, takes part, pauses")),
            *words.VolunteerState.choices,
            ("expiring", _("vetting, safeguarding or insurance runs out")),
        ],
    )
    language = picked(_("Language"), lambda: spoken(_("any language")))
    may = picked(_("May do"), [("", _("anything")), *words.MayDo.choices])
    branch = picked(_("Branch"))

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        initial: dict[str, str] | None = None,
        branches: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        if len(branches) > 1:
            self.offer("branch", [("", _("all branches")), *branches])
        else:
            del self.fields["branch"]
