"""The closed lists of the register, and how a name is chosen for a reader."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


def name_in(language: str, *, en: str, ru: str = "", others: Mapping[str, str] | None = None) -> str:
    """The name for this language tag; its base language next ("uz" for "uz-Cyrl"); else English."""
    known = {**(others or {}), "en": en}
    if ru:
        known["ru"] = ru
    return known.get(language) or known.get(language.split("-")[0]) or en


class RegionKind(models.TextChoices):
    REGION = "region", _("region")
    CITY = "city", _("city of its own rank")
    CAPITAL = "capital", _("capital")
    AUTONOMOUS = "autonomous", _("autonomous region")
    REPUBLIC = "republic", _("republic within the country")
    DISTRICTS = "districts", _("districts under the republic")


class RegionScheme(models.TextChoices):
    ISO_BEFORE = "iso-before", _("ISO 3166-2 before the change")
    IFRC_GO = "ifrc-go", _("IFRC GO districts")
    OCHA = "ocha", _("OCHA place codes")
