"""What is read aloud to somebody in danger: yes and no, whether it is safe, how the line stays. Taps can answer it."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.read_aloud import ReadAloudIn, in_other_languages

TEXTS = Path(__file__).parents[1] / "read_aloud.json"
SENTENCES = (
    ("first", _("“You have called the helpline. You need not say your name. Are you safe to talk?”")),
    ("tap", _("“If you cannot speak, tap once for yes, twice for no. Can you hear me?”")),
    ("alone", _("“Are you alone now?”")),
    ("speak", _("“Can you speak freely?”")),
    ("danger", _("“Are you in danger right now?”")),
    ("injured", _("“Is anyone hurt?”")),
    ("children", _("“Are there children with you?”")),
    ("locked", _("“Are you locked in?”")),
    ("ambulance", _("“Shall we call an ambulance?”")),
    ("police", _("“Shall we call the police?”")),
    ("call_back", _("“If we are cut off, may we call you back?”")),
    ("interrupted", _("“If somebody comes in, say: wrong number.”")),
    ("stay", _("“I am staying on the line.”")),
)


def safety_texts() -> list[ReadAloudIn]:
    """The sentences in every language of the region that the room has them in."""
    return list(in_other_languages(TEXTS, SENTENCES))
