"""What a trainer says before a knowledge test is read aloud, and in the languages of the region."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.read_aloud import in_other_languages

if TYPE_CHECKING:
    from panah.ground.kit.read_aloud import ReadAloudIn

TEXTS = Path(__file__).parent / "read_aloud.json"
SAID = (
    ("judged", _("“Nobody is judged by it: it shows what the course should be about.”")),
    ("twice", _("“I read each question and its answers twice.”")),
    ("hands", _("“Close your eyes, and raise a hand for the answer that you think is right.”")),
    ("leave", _("“Raise no hand for what you do not know.”")),
)


def said_before() -> list[ReadAloudIn]:
    return list(in_other_languages(TEXTS, SAID))
