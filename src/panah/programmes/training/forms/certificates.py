"""Issuing certificates, correcting one, checking one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import Form, one_line, one_of
from panah.programmes.training.words import CertificateLanguage


class IssueForm(Form):
    language = one_of(_("Language of the certificates"), CertificateLanguage.choices, line=True)


class CorrectForm(Form):
    name = one_line(_("Name as it is to be printed"), required=True, most=120)
    language = one_of(_("Language of the certificate"), CertificateLanguage.choices, line=True)


class CheckForm(Form):
    name = one_line(
        _("Name on the certificate"),
        hint=_("First name and surname, in the letters that you are used to."),
        required=True,
        most=120,
    )
