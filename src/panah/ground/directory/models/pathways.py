"""Referral pathways: who refers whom for what, as a society has agreed it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.directory import words
from panah.ground.directory.models.organizations import Organization
from panah.ground.directory.models.services import Service
from panah.ground.foundation.models import Model


class PathwayStep(Model):
    """One step for one need: from whom, to whom, under which conditions, in which order."""

    society = models.ForeignKey(
        "network.Society", on_delete=models.PROTECT, related_name="pathway_steps", verbose_name=_("society")
    )
    need = models.CharField(_("need"), max_length=30, choices=words.Need)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    # Whoever works in this role, here or anywhere; or one organisation.
    from_role = models.CharField(
        _("from whom"), max_length=20, choices=words.Referrer, blank=True, default=""
    )
    from_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="refers",
        verbose_name=_("from which organisation"),
    )
    to_service = models.ForeignKey(
        Service,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reached_by",
        verbose_name=_("to which service"),
    )
    to_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reached_by",
        verbose_name=_("to which organisation"),
    )
    conditions_en = models.TextField(_("conditions, English"), blank=True, default="")
    conditions_ru = models.TextField(_("conditions, Russian"), blank=True, default="")
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        ordinary = (
            "id",
            "society",
            "need",
            "order",
            "from_role",
            "from_organization",
            "to_service",
            "to_organization",
            "conditions_en",
            "conditions_ru",
            "edited_at",
        )

    class Meta:
        ordering: ClassVar = ["need", "order"]
        indexes: ClassVar = [models.Index(fields=["society", "need"], name="pathway_by_need")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="pathway_step_from_one",
                condition=(
                    models.Q(from_role="", from_organization__isnull=False)
                    | (~models.Q(from_role="") & models.Q(from_organization=None))
                ),
            ),
            models.CheckConstraint(
                name="pathway_step_to_one",
                condition=(
                    models.Q(to_service=None, to_organization__isnull=False)
                    | models.Q(to_service__isnull=False, to_organization=None)
                ),
            ),
        ]
        verbose_name = _("step of a pathway")
        verbose_name_plural = _("steps of pathways")

    def __str__(self) -> str:
        return f"{self.need} {self.order}"
