"""Chats of the public door, from outside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import found_as_written
from panah.ground.work.words import Urgency
from panah.people.hotline.models.contacts import Contact, Line
from panah.people.reporters.words import ChatState


class LineChat(ProtectedModel):
    """A chat of the public door on a line, from outside: what was said lies in ``reporters``, then in the contact.

    Its id is that of the chat, and of the contact that it becomes. ``waits_since``: nobody answers it; null while
    somebody does. ``may_go_along``: whether the person lets what was written go into her case; null: not asked yet.
    """

    # What the door changes of a chat that is there is not kept: on a machine of its own it may only add.
    protection = found_as_written(
        "line-chats", "line", "chat", "contact", "later", "waits_since", "second_called_at"
    )

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="chats")
    chat = models.OneToOneField("reporters.Chat", on_delete=models.CASCADE, related_name="+")
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=12)
    urgency = models.CharField(max_length=6, choices=Urgency.choices)
    # Beyond what an hour may bring: it calls nobody, and stands after the others.
    later = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)
    second_called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_person = models.BooleanField(default=False)
    may_go_along = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["society", "waits_since"],
                name="chats_that_wait",
                condition=models.Q(waits_since__isnull=False),
            )
        ]

    class Privacy:
        ordinary = (
            *(
                "id",
                "society",
                "line",
                "chat",
                "contact",
                "language",
                "urgency",
                "later",
                "began_at",
                "waits_since",
            ),
            *("second_called_at", "ended_at", "ended_by_person", "may_go_along"),
        )

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended yet, by either side or by itself."""
        return self.ended_at is None and self.chat.state != ChatState.ENDED

    @property
    def put_off(self) -> bool:
        """Whether it came with more than an hour can bring, and nobody has taken it yet: nobody was called to it."""
        return bool(self.later and self.contact_id is None)
