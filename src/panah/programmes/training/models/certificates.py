"""Certificates: what somebody completed, under a number, with a page on which whoever is shown it can check."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.training import words
from panah.programmes.training.models.courses import Course, Enrolment


class Certificate(Model):
    """One certificate as it was handed out. It is never changed: a corrected one has a number of its own."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="certificates")
    # Whoever is erased takes the certificates along: their pages show nothing any more.
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="certificates")
    number = models.CharField(max_length=9)
    # {"name"} as printed, bound to the row. Empty: erased.
    sealed_name = models.BinaryField()
    language = models.CharField(max_length=2, choices=words.CertificateLanguage)
    minutes = models.PositiveIntegerField()
    issued_on = models.DateField()
    # None: what was learnt does not run out.
    valid_until = models.DateField(null=True)
    state = models.CharField(
        max_length=8, choices=words.CertificateState, default=words.CertificateState.VALID
    )
    ended_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="replaced_by")
    token_hash = models.BinaryField(unique=True)
    # The holder may switch the page off.
    checkable = models.BooleanField(default=True)
    # Names that did not fit, on the last day on which one was tried.
    tried_on = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["issued_on", "number"]
        indexes: ClassVar = [models.Index(fields=["enrolment", "state"], name="certificates_of_people")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "number"], name="a_certificate_has_a_number_of_its_own"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(state="valid"),
                name="of_a_course_somebody_holds_one_certificate",
            ),
            models.CheckConstraint(
                name="a_certificate_that_ended_says_when",
                condition=models.Q(state="valid", ended_on__isnull=True)
                | (~models.Q(state="valid") & models.Q(ended_on__isnull=False)),
            ),
        ]

    class Privacy:
        personal = (
            "enrolment",
            "sealed_name",
            "minutes",
            "issued_on",
            "valid_until",
            "state",
            "ended_on",
            "checkable",
        )
        ordinary = (
            *("id", "society", "course", "number", "language", "replaces", "token_hash", "tried_on", "tries"),
        )
