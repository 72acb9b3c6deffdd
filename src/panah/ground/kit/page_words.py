"""The languages of the region on the pages of strangers, volunteers and trainers: a room's ``page_words.json``.

Pages of the public door are read in the languages of destination countries too (``languages.DOOR``): the file of the
room ``public`` has all of them whole; another room's has of those what stands on a page of the door.

The file is one of ``kit.read_aloud``, marked until somebody who speaks the language from childhood has checked it; its
keys are the English sentences of the pages, written as gettext does it: a context before U+0004, and between the
singular and the plural U+0000. After a number these languages need one form alone. Colleagues are told that a
language is unchecked; whoever reads the page is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from panah.ground.kit.languages import DOOR, INTERFACE, REGION, language_name
from panah.ground.kit.read_aloud import Voice, voices
from panah.rooms import PANAH

ROOMS = PANAH
FILE = "page_words.json"
# Whose pages are read in every language of the door.
OF_THE_DOOR = "public"


def catalogue(voice: Voice) -> Catalog:
    """One language of a room as gettext keeps it."""
    found = Catalog(locale=to_locale(voice.language), charset="utf-8")
    for key, said in voice.texts.items():
        context, _sign, sentence = key.rpartition("\4")
        one, _sign, many = sentence.partition("\0")
        if many:
            found.add((one, many), (said,) * found.num_plurals, context=context or None)
        else:
            found.add(one, said, context=context or None)
    return found


def files(root: Path = ROOMS) -> list[Path]:
    """The files of all rooms that have one."""
    return sorted((*root.glob(f"*/{FILE}"), *root.glob(f"*/*/{FILE}")))


def compiled(root: Path = ROOMS) -> Iterator[tuple[Path, bytes]]:
    """What gettext reads, and where, of each file that changed since."""
    for file in files(root):
        changed = file.stat().st_mtime_ns
        for voice in voices(file):
            path = file.parent / "locale" / to_locale(voice.language) / "LC_MESSAGES" / "django.mo"
            if not path.exists() or path.stat().st_mtime_ns < changed:
                out = BytesIO()
                write_mo(out, catalogue(voice))
                yield path, out.getvalue()


def languages_of(room: str) -> list[str]:
    """The tags in which a room's file says every one of its sentences, in the order of the file."""
    read = dict(INTERFACE)
    return [tag for tag, _name in (DOOR if room == OF_THE_DOOR else REGION) if tag not in read]


def unchecked(*languages: str) -> str:
    """Tell a colleague which of these, of all where none is named, no native speaker has checked; "" for none."""
    wanted = languages or tuple(tag for tag, _name in REGION)
    spoken = [one for file in files() for one in voices(file)]
    # What nobody has begun is no more checked than what nobody has looked at.
    checked = {one.language for one in spoken} - {one.language for one in spoken if not one.checked_by}
    read = dict(INTERFACE)
    names = [language_name(tag) for tag in wanted if tag not in checked and tag not in read]
    return (
        _("No native speaker has checked: %(languages)s.") % {"languages": ", ".join(names)} if names else ""
    )
