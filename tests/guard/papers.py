"""What a society shows at the public door: a file that waits and one that is published, a text likewise."""

from __future__ import annotations

from django.utils import timezone

from panah.people.materials import actions as materials
from panah.people.page_texts import actions as page_texts
from panah.people.page_texts.sentences import sentence_of
from tests.conftest import World

SECOND = {"bakyt": "saule", "rustam": "malika"}


def papers_of(world: World, lead: str) -> dict[str, str]:
    """Make them; returns their ids. The door is one for the node: of its texts each society writes another."""
    at, by, second = timezone.now(), world.staff[lead], world.staff[SECOND[lead]]
    given = {"titles": {"en": "Practice"}, "audiences": ["everybody"], "what": "text"}
    shown = materials.publish(
        draft=materials.bring(file=b"Practice", **given, by=by, at=at), by=second, at=at
    )
    author = world.staff["ibrat"] if lead == "bakyt" else by
    waiting = materials.bring(file=b"Practice", **given, by=author, at=at)
    language = {"bakyt": "ru", "rustam": "tg"}[lead]
    said = page_texts.publish(
        correction=page_texts.correct(
            sentence=sentence_of("Practice data."), language=language, texts=["Practice"], by=by, at=at
        ),
        by=second,
        at=at,
    )
    draft = page_texts.correct(
        sentence=sentence_of("Error:"), language=language, texts=["Practice"], by=by, at=at
    )
    return {
        "waiting_file": str(waiting.pk),
        "shown_file": str(shown.pk),
        "text_draft": str(draft.pk),
        "text_shown": str(said.pk),
    }
