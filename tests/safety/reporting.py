"""Somebody who works here reports a threat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.urls import reverse

STORY = "A man in a grey car said he knows where Tulip goes to school."


def send(world: Any, who: str = "amina", concerns: Sequence[str] = (), **more: Any) -> Any:
    form = {"once": str(uuid4()), "story": STORY, "against": "me", "source": "unknown", "where": "road"}
    form |= {"concerns": [str(world.staff[name].pk) for name in concerns]}
    return world.client(who).post(reverse("safety:report"), form | more)
