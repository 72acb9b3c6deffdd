"""Materials: for whom they are, what they are, how they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOM = "materials"
# Why a draft is on a list: a second person looks at it.
LOOK = "material_look"

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
A_TITLE = 120
# What goes round in a messenger must arrive over a thin line: bytes and seconds.
PICTURE_TO_SHARE, SOUND_TO_SHARE = 100 * 1024, 45


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("everybody")
    TRAVELLING = "travelling", _("people who are about to travel")
    CHILDREN = "children", _("children and young people")
    FAMILIES = "families", _("families")
    RETURNED = "returned", _("people who came back")
    TEACHERS = "teachers", _("teachers")
    EMPLOYERS = "employers", _("employers")
    OFFER_SOUND = "offer-sound", _("sound to share from “Is this offer safe?”")
    OFFER_PICTURE = "offer-picture", _("picture to share from “Is this offer safe?”")


class What(models.TextChoices):
    LEAFLET = "leaflet", pgettext_lazy("a material", "leaflet")
    POSTER = "poster", pgettext_lazy("a material", "poster")
    BOOKLET = "booklet", pgettext_lazy("a material", "booklet")
    PICTURE = "picture", pgettext_lazy("a material", "picture")
    SOUND = "sound", pgettext_lazy("a material", "sound")
    TEXT = "text", pgettext_lazy("a material", "text")


class VersionState(models.TextChoices):
    SHOWN = "shown", pgettext_lazy("a material", "published")
    REPLACED = "replaced", pgettext_lazy("a material", "replaced by a newer version")
    WITHDRAWN = "withdrawn", pgettext_lazy("a material", "withdrawn")
