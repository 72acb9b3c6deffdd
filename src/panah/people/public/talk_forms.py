"""The forms of a chat: how it begins, and a call-back where nobody is there to answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_line, one_of, paragraph, ticked

WHOSE = (
    ("mine", _("My own. Nobody else uses it.")),
    ("shared", _("Other people use it too, or look at it.")),
    ("another", _("It belongs to another person.")),
)
# What stands first is what holds where nothing is chosen.
RING = (("no", _("Do not call. Only keep my number.")), ("yes", _("You may call me, at the times below.")))


class StartForm(Form):
    """How a chat begins. Nothing must be filled in."""

    danger = ticked(_("I am in danger now"), _("We tell a second person."))
    text = paragraph(
        _("Your first words"),
        hint=_("You can leave it empty. You do not have to say your name."),
        rows=3,
        most=4000,
    )


class CallBackForm(Form):
    """A number to call back. Nobody rings unless she says that it is safe."""

    phone = one_line(_("The telephone number"), required=True, most=40)
    whose = one_of(_("Whose telephone is it?"), WHOSE, required=False)
    ring = one_of(_("May we call?"), RING, required=False, initial="no")
    hours = one_line(_("At what time is it safe to call?"), hint=_("A day and an hour, where you are."))
    until = one_line(_("Until when is it safe?"), hint=_("After that we do not call."))
    other = one_line(
        _("What do we say if another person answers?"),
        hint=_("Leave it empty: then we say that it was a wrong number."),
    )
    text = paragraph(_("What should we know before?"), rows=3, most=4000)

    def answers(self) -> dict[str, str]:
        """Return what was written; *do not ring* where nothing was chosen."""
        said = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return {**said, "ring": said["ring"] or "no"}
