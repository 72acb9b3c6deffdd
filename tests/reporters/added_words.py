"""Words and files that a reporter adds later."""

from __future__ import annotations

from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.queries import PlainFile

PICTURE = PlainFile(b"\xff\xd8 Practice picture" * 20_000, "Practice.jpg", "image/jpeg", "picture")
VOICE = PlainFile(b"Practice voice", "voice.ogg", "audio/ogg", "voice")


def more(stranger, text="Practice: he has moved us to another house.", **said):
    given = {
        "token": reporters_queries.new_token(),
        "content": {"text": text},
        "at": stranger.world.at,
        **said,
    }
    reporters.add_words(opened=stranger.returns(), **given)
