"""Lines, contacts, and what hangs on them. Plain columns hold work facts; everything a person said is sealed."""

from __future__ import annotations

from secrets import token_bytes
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.dialled_numbers import HasDialledNumbers, number_of
from panah.ground.foundation.ids import new_number
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import (
    ProtectedFocalPointQuerySet,
    ProtectedModel,
    ProtectedQuerySet,
)
from panah.ground.foundation.protection import Protection, found_as_written
from panah.ground.vault.queries import lines_held
from panah.ground.work.words import AgeGroup, Urgency
from panah.people.hotline import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

STAFF = settings.AUTH_USER_MODEL


class Line(HasDialledNumbers, Model):
    """A hotline line of a society. Its numbers are the society's own and public; its key is its operators'."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    name_en = models.CharField(max_length=80)
    name_ru = models.CharField(max_length=80, blank=True, default="")
    languages = models.JSONField(default=list, blank=True)
    numbers = models.JSONField(default=list, blank=True)
    # Whether whoever is on duty for calls here also answers chats of the public door.
    takes_chats = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name_en"]

    class Privacy:
        ordinary = (
            *(
                "id",
                "society",
                "name_en",
                "name_ru",
                "languages",
                "numbers",
                "takes_chats",
                "made_at",
                "ended_at",
            ),
        )

    def dialled(self) -> tuple[object, ...] | None:
        return (self.society_id, self.name_en, self.name_ru, self.numbers) if self.numbers else None

    @property
    def shown_numbers(self) -> list[str]:
        """Its numbers as they are shown; where they were changed outside Panah, that once."""
        return list(dict.fromkeys(number_of(self, number) for number in self.numbers))

    def __str__(self) -> str:
        return (self.name_ru if (get_language() or "").startswith("ru") else "") or self.name_en


class ContactQuerySet(ProtectedQuerySet["Contact"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """The contacts of the lines whose key she holds; for a focal point those of the whole society."""
        rows = super().visible(to=to)
        if to is None or may(to, Permission.HOTLINE_LEAD):
            return rows
        return rows.filter(line__in=lines_held(to))


MARK_BYTES = 16


def no_mark() -> bytes:
    """Bytes that nothing is found by and that look like a mark: a row does not tell whether a number is kept."""
    return token_bytes(MARK_BYTES)


class Contact(ProtectedModel):
    """One call, chat or visit. Everything that was said lies sealed in its file, to the line's key."""

    protection = found_as_written("contacts", "line", "number", "file", "channel", "became_case", "erase_on")

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="contacts")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=words.ContactState.choices, default=words.ContactState.OPEN
    )
    channel = models.CharField(max_length=10, choices=words.Channel.choices, default=words.Channel.PHONE)
    language = models.CharField(max_length=8, blank=True, default="")
    age_group = models.CharField(max_length=8, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN)
    urgency = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.TODAY)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by_itself = models.BooleanField(default=False)
    typed_in_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    with_whom = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    last_sign_of_life = models.DateTimeField()
    # The case that a contact became: shown only to those who may see that case, emptied when it is erased.
    became_case = models.UUIDField(null=True)
    # The day on which the sealed file goes, once the focal points were told; and until when it was kept longer.
    erase_on = models.DateField(null=True)
    kept_until = models.DateField(null=True)
    # By which whoever holds the line's key finds the earlier contacts of a number or of the word a person goes by.
    # No two are alike, also of one person: without the key they tell neither who rang nor that somebody rang twice.
    phone_mark = models.BinaryField(max_length=MARK_BYTES, default=no_mark)
    name_mark = models.BinaryField(max_length=MARK_BYTES, default=no_mark)

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_open_contact_has_not_ended",
                condition=models.Q(state="open", ended_at__isnull=True)
                | (~models.Q(state="open") & models.Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_contact_that_became_a_case_names_one",
                condition=models.Q(became_case__isnull=True) | models.Q(state="case"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["society", "-started_at"], name="contacts_of_society"),
            models.Index(fields=["line", "-started_at"], name="contacts_of_line"),
            models.Index(
                fields=["last_sign_of_life"], name="contacts_on_the_line", condition=models.Q(state="open")
            ),
            models.Index(
                fields=["society", "erase_on"],
                name="contacts_to_erase",
                condition=models.Q(erase_on__isnull=False),
            ),
            models.Index(fields=["phone_mark"], name="contacts_by_phone_mark"),
            models.Index(fields=["name_mark"], name="contacts_by_name_mark"),
            models.Index(
                fields=["became_case"], name="contacts_by_case", condition=models.Q(became_case__isnull=False)
            ),
        ]

    class Privacy:
        personal = ("taken_by", "with_whom")
        ordinary = (
            "id",
            "society",
            "line",
            "number",
            "file",
            "state",
            "channel",
            "language",
            "age_group",
            "urgency",
            "started_at",
            "ended_at",
            "ended_by_itself",
            "typed_in_at",
            "last_sign_of_life",
            "became_case",
            "erase_on",
            "kept_until",
            "phone_mark",
            "name_mark",
        )

    def __str__(self) -> str:
        return self.number


class WaitingDraft(Model):
    """A draft that was sealed while the line or the vault was closed. ``id`` finds it in the shred store."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="drafts")
    key = models.UUIDField()
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Privacy:
        personal = ("by",)
        ordinary = ("id", "contact", "key", "kept_at")


class RehearsedCall(Model):
    """A call that was practised, with its times: no contact, and in no figure, list or export.

    Nothing that was typed is kept, and nobody is paged.
    """

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    script = models.CharField(max_length=20)
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    # When the first four questions were answered, *danger now* was pressed, a colleague answered, the call ended.
    asked_at = models.DateTimeField(null=True)
    paged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_rehearsed_page_is_answered_by_somebody",
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False, paged_at__isnull=False),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["society", "-began_at"], name="rehearsed_of_society")]

    class Privacy:
        personal = ("by", "answered_by")
        ordinary = (
            *("id", "society", "script", "began_at", "asked_at", "paged_at", "answered_at", "ended_at"),
        )


class AidCount(Model):
    """Help without a name and without a case: how often in a month. There is no row for one person."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, null=True, related_name="+")
    month = models.DateField()
    kind = models.CharField(max_length=12, choices=words.AidKind.choices)
    number = models.PositiveIntegerField(default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "branch", "month", "kind"], name="aid_is_counted_by_branch_and_month"
            ),
            # On SQLite two nulls are always distinct: the whole society has a constraint of its own.
            models.UniqueConstraint(
                fields=["society", "month", "kind"],
                name="aid_is_counted_by_month",
                condition=models.Q(branch__isnull=True),
            ),
        ]

    class Privacy:
        ordinary = ("id", "society", "branch", "month", "kind", "number")


class AuthorityRequest(ProtectedModel):
    """Police, a court, an embassy or a ministry asks. Two people decide; the content is sealed."""

    protection = found_as_written(
        "authorities", "number", "file", "state", "first_decider", "second_decider", "answered_at"
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12, unique=True, default=new_number)
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=words.AskedState.choices, default=words.AskedState.WAITING
    )
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    first_decider = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    second_decider = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[ProtectedFocalPointQuerySet[Self]] = ProtectedFocalPointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="two_different_people_decide",
                condition=models.Q(second_decider__isnull=True)
                | (
                    models.Q(first_decider__isnull=False)
                    & ~models.Q(second_decider=models.F("first_decider"))
                ),
            )
        ]

    class Privacy:
        personal = ("taken_by", "first_decider", "second_decider")
        ordinary = ("id", "society", "number", "file", "state", "asked_at", "answered_at")


class NightCover(HasDialledNumbers, ProtectedModel):
    """Two societies agreed that the line of one is given to callers of the other in some hours, mostly at night.

    Each keeps a row of its own under the same ``agreement``. Hours are those of the society that is covered.
    """

    protection = Protection(
        kind="night-covers",
        by="society",
        society="society",
        columns=(
            *("society", "theirs", "agreement", "covering", "state", "begins", "ends", "number", "languages"),
            *("ended_at", "rang_at"),
        ),
        why="which line answers for another at night, and whose duty is called",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    theirs = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    agreement = models.UUIDField()
    # Whether we cover them; else they cover us.
    covering = models.BooleanField()
    state = models.CharField(max_length=8, choices=words.CoverState.choices, default=words.CoverState.OFFERED)
    begins = models.TimeField()
    ends = models.TimeField()
    # The line that answers, public as every line is.
    number = models.CharField(max_length=30)
    languages = models.JSONField(default=list, blank=True)
    offered_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # When their duty was last called because nobody here answered.
    rang_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "agreement"], name="a_night_cover_is_kept_once_a_society"
            )
        ]

    class Privacy:
        ordinary = (
            "id",
            "society",
            "theirs",
            "agreement",
            "covering",
            "state",
            "begins",
            "ends",
            "number",
            "languages",
            "offered_at",
            "agreed_at",
            "ended_at",
            "rang_at",
        )

    def dialled(self) -> tuple[object, ...] | None:
        hours = self.begins, self.ends
        return self.society_id, self.theirs_id, self.agreement, self.covering, self.number, *hours

    @property
    def shown_number(self) -> str:
        """The number of the line that answers, as it is shown."""
        return number_of(self, self.number)
