"""At start: are the society's own sets of questions readable? Each fault is one message."""

from django.core import checks

from panah.people.screening.profiles import ProfilesWrong, load
from panah.people.screening.queries import own_folders


def sets_of_questions_can_be_read(**_options: object) -> list[checks.CheckMessage]:
    """Report every fault in the files of PANAH_SCREENING_PROFILES before anyone meets it."""
    try:
        load(*own_folders())
    except ProfilesWrong as wrong:
        hint = "How such a file is written: docs/screening.md"
        return [checks.Error(p, hint=hint, id="screening.E001") for p in wrong.problems]
    return []
