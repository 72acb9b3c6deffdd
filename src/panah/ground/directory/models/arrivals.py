"""A directory that somebody has brought and nobody has decided about yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.models import Model


class BroughtDirectory(Model):
    """What was read from a file, until the person who brought it decides; then, or after a week, it goes.

    `entries` are organisations with their services as hsds.drafts has them, `problems` what was wrong in the file.
    """

    # Whose colleague brought it; `kept_by` is who will keep the entries, nobody for the network's coordinator.
    society = models.ForeignKey(
        "network.Society", on_delete=models.PROTECT, related_name="brought", verbose_name=_("society")
    )
    kept_by = models.ForeignKey(
        "network.Society",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="to_keep",
        verbose_name=_("who will keep the entries"),
    )
    by = models.UUIDField(_("by"))
    at = models.DateTimeField(_("when"))
    source = models.CharField(_("told by"), max_length=120)
    source_at = models.DateTimeField(_("as of"))
    entries = models.JSONField(_("entries"), default=list)
    problems = models.JSONField(_("problems"), default=list)

    class Privacy:
        personal = ("by", "entries")
        ordinary = ("id", "society", "kept_by", "at", "source", "source_at", "problems")

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name = _("directory that was brought")
        verbose_name_plural = _("directories that were brought")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
