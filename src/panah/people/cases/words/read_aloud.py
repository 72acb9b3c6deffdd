"""What is said to a whole group before anybody is heard alone, also in the languages of the region."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.read_aloud import voices

TEXTS = Path(__file__).parents[1] / "read_aloud.json"
TO_A_GROUP = {
    "urgent": _("“Whoever is hurt, ill, pregnant or in danger right now: tell me at once.”"),
    "alone": _("“I speak with each of you alone. Nobody speaks for the others.”"),
    "not_told": _("“What one of you says we do not tell the others.”"),
    "number": _("“You need not say your name: you get a number.”"),
}


def said_to_a_group(language: str) -> tuple[list[str], bool]:
    """Return the sentences in this language, and whether a native speaker or we ourselves stand for them."""
    if language in dict(INTERFACE):
        with override(language):
            return [str(one) for one in TO_A_GROUP.values()], True
    voice = next(one for one in voices(TEXTS) if one.language == language)
    return [voice.texts[key] for key in TO_A_GROUP], bool(voice.checked_by)
