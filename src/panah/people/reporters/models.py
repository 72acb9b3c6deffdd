"""What is kept of reports, words, files and chats: codes, days and sizes. No content, no receipt, nobody's address."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.models import DayOnlyField, Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.work.words import Urgency
from panah.people.reporters.words import (
    ChatState,
    Child,
    Counted,
    Direction,
    ReportState,
    SealedBy,
    Told,
    UploadKind,
    Within,
)

STAFF = settings.AUTH_USER_MODEL


class Report(ProtectedModel):
    """What a stranger told the door. Its content lies at the arrival; whether that was read stands there too.

    ``once``: mark of the form, so that a press that comes twice makes one report. ``verifier`` finds it by its
    receipt, ``reply_public`` is what answers are sealed to; both are null where she wanted no receipt.
    ``beyond_budget``: it came without proof of work beyond the budget of the hour; whether it is read after others
    stands at the arrival. ``last_number``: of the last word in either direction. ``words_public``: what later words are
    sealed to once it became a complaint; its readers alone have the other half.
    """

    protection = Protection(
        kind="reports",
        by="pk",
        society="society",
        columns=("verifier", "reply_public", "words_public"),
        comes_back=False,
        why="who opens what is answered to a person, and what she says later",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    arrival = models.OneToOneField("inbox.Arrival", on_delete=models.PROTECT, related_name="+")
    once = models.BinaryField(unique=True, max_length=32)
    verifier = models.BinaryField(null=True, unique=True, max_length=32)
    reply_public = models.BinaryField(null=True, max_length=1216)
    words_public = models.BinaryField(null=True, max_length=1216)
    state = models.CharField(max_length=9, choices=ReportState.choices, default=ReportState.OPEN)
    told = models.CharField(max_length=7, choices=Told.choices, blank=True, default="")
    language = models.CharField(max_length=12)
    urgency = models.CharField(max_length=6, choices=Urgency.choices)
    child = models.CharField(max_length=7, choices=Child.choices)
    sealed_by = models.CharField(max_length=7, choices=SealedBy.choices)
    beyond_budget = models.BooleanField(default=False)
    came_back = models.BooleanField(default=False)
    within = models.CharField(max_length=10, choices=Within.choices, blank=True, default="")
    last_number = models.PositiveIntegerField(default=0)
    sent_on = DayOnlyField()
    last_on = DayOnlyField()
    kept_until = DayOnlyField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_receipt_has_both_halves",
                condition=models.Q(verifier__isnull=True, reply_public__isnull=True)
                | models.Q(verifier__isnull=False, reply_public__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["society", "kept_until"], name="reports_kept_until"),
            # A receipt that leads nowhere reads the row that would stand behind it.
            models.Index(fields=["society", "verifier"], name="reports_by_receipt"),
        ]

    class Privacy:
        ordinary = (
            "id", "society", "arrival", "once", "verifier", "reply_public", "words_public", "state", "told", "language",
            "urgency", "child", "sealed_by", "beyond_budget", "came_back", "within", "last_number", "sent_on",
            "last_on", "kept_until",
        )  # fmt: skip


class Word(Model):
    """Something said after the report. To staff: an arrival of its own; to the reporter: sealed in the shred store."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="words")
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=11, choices=Direction.choices)
    arrival = models.OneToOneField("inbox.Arrival", on_delete=models.PROTECT, null=True, related_name="+")
    once = models.BinaryField(null=True, unique=True, max_length=32)
    size = models.PositiveIntegerField()
    sent_on = DayOnlyField()
    seen = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="words_of_a_report_are_numbered"),
            models.CheckConstraint(
                name="what_goes_to_staff_is_an_arrival",
                condition=models.Q(direction=Direction.TO_STAFF, arrival__isnull=False)
                | models.Q(direction=Direction.TO_REPORTER, arrival__isnull=True),
            ),
        ]

    class Privacy:
        ordinary = ("id", "report", "number", "direction", "arrival", "once", "size", "sent_on", "seen")


class Upload(Model):
    """A file, picture or voice message in sealed pieces. Name, type and key stand in the words that it came with.

    ``held``: it stays when those words are settled, until a room above lets go of it.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="uploads")
    # Whose sealed body holds its key; null where it lies in an answer.
    arrival = models.ForeignKey("inbox.Arrival", on_delete=models.PROTECT, null=True, related_name="+")
    direction = models.CharField(max_length=11, choices=Direction.choices)
    kind = models.CharField(max_length=7, choices=UploadKind.choices)
    size = models.PositiveIntegerField()
    sent_on = DayOnlyField()
    held = models.BooleanField(default=False)

    class Privacy:
        ordinary = ("id", "report", "arrival", "direction", "kind", "size", "sent_on", "held")


class Piece(Model):
    """At most 256 KiB of a file, locked under a key that lies in sealed words alone."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "number"], name="pieces_of_an_upload_are_numbered")
        ]

    class Privacy:
        ordinary = ("id", "upload", "number", "sealed")


class Chat(ProtectedModel):
    """A chat: of a report, or with a receipt of its own. Its lines are sealed to its own key and to the reporter's.

    ``public``: the chat's own key; its private half is sealed to each key that may answer (``ChatGrant``).
    """

    protection = Protection(
        kind="chats",
        by="pk",
        society="society",
        columns=("report", "verifier", "reply_public", "public"),
        comes_back=False,
        why="who opens the lines of a chat, in either direction",
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, related_name="chats")
    once = models.BinaryField(unique=True, max_length=32)
    # Null for the chat of a report: the report's receipt finds it.
    verifier = models.BinaryField(null=True, unique=True, max_length=32)
    reply_public = models.BinaryField(max_length=1216)
    public = models.BinaryField(max_length=1216)
    state = models.CharField(max_length=7, choices=ChatState.choices, default=ChatState.OPEN)
    language = models.CharField(max_length=12)
    urgency = models.CharField(max_length=6, choices=Urgency.choices)
    later = models.BooleanField(default=False)
    claimed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    ended_by_staff = models.BooleanField(null=True)
    last_number = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    # When somebody last said something: what is silent for long is ended by the node.
    spoken_at = models.DateTimeField()
    kept_until = DayOnlyField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_chat_is_found_by_a_receipt",
                condition=models.Q(verifier__isnull=False) | models.Q(report__isnull=False),
            ),
            models.CheckConstraint(
                name="a_claimed_chat_says_by_whom",
                condition=~models.Q(state=ChatState.CLAIMED) | models.Q(claimed_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["society", "state", "started_at"], name="chats_in_order")]

    class Privacy:
        personal = ("claimed_by",)
        ordinary = (
            "id", "society", "report", "once", "verifier", "reply_public", "public", "state", "language", "urgency",
            "later", "ended_by_staff", "last_number", "started_at", "spoken_at", "kept_until",
        )  # fmt: skip


class ChatGrant(Model):
    """A chat's private half, sealed to a key that colleagues on duty hold."""

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="grants")
    key = models.ForeignKey("vault.SocietyKey", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chat", "key"], name="a_chat_is_granted_to_a_key_once")
        ]

    class Privacy:
        ordinary = ("id", "chat", "key", "sealed")


class ChatLine(Model):
    """One line of a chat; its text lies sealed in the shred store. ``once``: a line that is sent again stands once."""

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=11, choices=Direction.choices)
    once = models.UUIDField()
    size = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chat", "number"], name="lines_of_a_chat_are_numbered"),
            models.UniqueConstraint(fields=["chat", "once"], name="a_line_sent_twice_stands_once"),
        ]

    class Privacy:
        ordinary = ("id", "chat", "number", "direction", "once", "size")


class Tally(Model):
    """A number of an hour or a month of one society. In shards, so that nobody waits for a row that another writes."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=Counted.choices)
    window = models.CharField(max_length=16)
    shard = models.PositiveSmallIntegerField()
    amount = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "what", "window", "shard"], name="a_tally_has_a_row_for_each_shard"
            )
        ]

    class Privacy:
        ordinary = ("id", "society", "what", "window", "shard", "amount")


class NodeTally(Model):
    """A number of a minute or an hour of the whole node: how often receipts were shown, how many bytes came."""

    what = models.CharField(max_length=20, choices=Counted.choices)
    window = models.CharField(max_length=16)
    shard = models.PositiveSmallIntegerField()
    amount = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["what", "window", "shard"], name="a_node_tally_has_a_row_for_each_shard"
            )
        ]

    class Privacy:
        ordinary = ("id", "what", "window", "shard", "amount")
