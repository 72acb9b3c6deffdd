"""The languages of the region on the pages of strangers, volunteers and trainers: a room's ``page_words.json``.

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

from panah.kit.languages import REGION, language_name
from panah.kit.read_aloud import Voice, voices

ROOMS = Path(__file__).parents[1]
FILE = "page_words.json"


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


def compiled(root: Path = ROOMS) -> Iterator[tuple[Path, bytes]]:
    """What gettext reads, and where, of each file that changed since."""
    for file in sorted(root.glob(f"*/{FILE}")):
        changed = file.stat().st_mtime_ns
        for voice in voices(file):
            path = file.parent / "locale" / to_locale(voice.language) / "LC_MESSAGES" / "django.mo"
            if not path.exists() or path.stat().st_mtime_ns < changed:
                out = BytesIO()
                write_mo(out, catalogue(voice))
                yield path, out.getvalue()


def unchecked(*languages: str) -> str:
    """Tell a colleague which of these, of all where none is named, no native speaker has checked; "" for none."""
    files = sorted(ROOMS.glob(f"*/{FILE}"))
    wanted = languages or tuple(tag for tag, _name in REGION)
    open_ones = {one.language for file in files for one in voices(file) if not one.checked_by}
    names = [language_name(tag) for tag in wanted if tag in open_ones]
    return (
        _("No native speaker has checked: %(languages)s.") % {"languages": ", ".join(names)} if names else ""
    )
