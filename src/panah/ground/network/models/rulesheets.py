"""Rule sheets: what differs by country, each line dated, and checked by someone or not."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.network import words
from panah.ground.network.models.societies import Society


class RuleLine(HasDialledNumbers, ProtectedModel):
    """One line of a rule sheet. Never changed in its meaning: a correction is a newer line.

    A line with a society is that society's own word and counts before the line of its
    country; a line of the country counts before the one for any country ("ZZ").
    """

    protection = Protection(
        kind="rules",
        by="",
        society="",
        columns=(
            *("iso2", "society", "key", "value", "text_en", "text_ru", "source", "valid_from"),
            *("checked_on", "checked_by", "entered_at", "entered_by"),
        ),
        why="what the sheet of a country says: emergency numbers, periods, duties, what was checked",
    )

    iso2 = models.CharField(_("country, two letters"), max_length=2)
    society = models.ForeignKey(
        Society,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rule_lines",
        verbose_name=_("society"),
    )
    key = models.CharField(_("rule"), max_length=40, choices=words.RuleKey)
    # The shape depends on the key: see words.RuleKind. None means "not known yet".
    value = models.JSONField(_("value"), null=True, blank=True)
    text_en = models.TextField(_("in words, English"), blank=True, default="")
    text_ru = models.TextField(_("in words, Russian"), blank=True, default="")
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    valid_from = models.DateField(_("counts from"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True, default="")
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.CharField(_("entered by"), max_length=120, blank=True, default="")

    class Privacy:
        personal = ("checked_by", "entered_by")
        ordinary = (
            "id",
            "iso2",
            "society",
            "key",
            "value",
            "text_en",
            "text_ru",
            "source",
            "valid_from",
            "checked_on",
            "entered_at",
        )

    class Meta:
        ordering: ClassVar = ["iso2", "key", "-valid_from", "-entered_at"]
        indexes: ClassVar = [models.Index(fields=["iso2", "key"], name="rule_line_by_country")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rule_line_checked_on_and_by_go_together",
                condition=(
                    models.Q(checked_on=None, checked_by="")
                    | (models.Q(checked_on__isnull=False) & ~models.Q(checked_by=""))
                ),
            )
        ]
        verbose_name = _("line of a rule sheet")
        verbose_name_plural = _("lines of rule sheets")

    def __str__(self) -> str:
        return f"{self.iso2} {self.key} {self.valid_from}"

    def dialled(self) -> tuple[object, ...] | None:
        if self.key != words.RuleKey.EMERGENCY_NUMBERS:
            return None
        return self.iso2, self.society_id, self.valid_from, self.value, self.text_en, self.text_ru
