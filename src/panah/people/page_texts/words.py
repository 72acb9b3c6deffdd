"""Texts of the public door: how a correction stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOM = "page_texts"
# Why a draft is on a list: a second person looks at it.
LOOK = "page_text_look"
ANOTHER_OF_THE_NODE = _("Ask another focal point, of your society or of another one on this node.")


class TextState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a corrected text", "waits for a second person")
    SHOWN = "shown", pgettext_lazy("a corrected text", "published")
    REPLACED = "replaced", pgettext_lazy("a corrected text", "replaced by a newer one")
    TAKEN_BACK = "taken_back", pgettext_lazy("a corrected text", "taken back")
