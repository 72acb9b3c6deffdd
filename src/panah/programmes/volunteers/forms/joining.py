"""What a stranger is asked at a branch's link, and how the branch answers."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import many_of, one_line, ticked
from panah.ground.kit.languages import spoken
from panah.programmes.volunteers.forms.register import PersonForm


class JoinForm(PersonForm):
    once = forms.UUIDField(widget=forms.HiddenInput)
    name = one_line(_("Your name"), required=True, most=120)
    born_year = forms.IntegerField(label=_("The year in which you were born"), required=True)
    languages = many_of(_("Languages you speak"), spoken, required=True, line=True)
    phone = one_line(_("Your telephone"), most=40)
    other = one_line(
        _("Or another way to reach you"), hint=_("E-mail, a messenger, a relative’s telephone."), most=120
    )
    may_be_contacted = ticked(_("Yes, the branch may call me or write to me about this."))
    guardian_name = one_line(_("If you are under 18: the name of your parent or legal guardian"), most=120)
    guardian_phone = one_line(_("Telephone of your parent or legal guardian"), most=40)

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if self.is_minor():
            for name in ("guardian_name", "guardian_phone"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(
                        name,
                        ValidationError(
                            _("Under 18 we ask a parent or guardian too: write name and telephone.")
                        ),
                    )
        reached = given.get("phone") or given.get("other")
        if not reached and "phone" not in self.errors:
            self.add_error("phone", ValidationError(_("Write one way in which the branch can reach you.")))
        if not given.get("may_be_contacted"):
            self.add_error(
                "may_be_contacted",
                ValidationError(
                    _("Without your yes the branch may not answer you. You can also come by instead.")
                ),
            )
