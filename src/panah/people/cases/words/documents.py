"""Words of photos and documents. All of them live inside sealed parts only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 25 * 1024 * 1024


class DocumentFormat(models.TextChoices):
    """What the content is, told by its bytes."""

    PICTURE = "picture", _("photo or picture")
    PDF = "pdf", _("document (PDF)")
    TEXT = "text", _("text")
    SOUND = "sound", _("sound recording")
    FILM = "film", _("film")
    OFFICE = "office", _("document or table of an office program")
    OTHER = "other", _("something else")


class Preview(models.TextChoices):
    """Whether it can be looked at here, and if not, why."""

    YES = "yes", _("It can be looked at here.")
    NO = "no", _("This kind of file cannot be shown here. It is kept unchanged, and a copy can be exported.")
    DAMAGED = (
        "damaged",
        _("It cannot be looked at here: it is damaged or not what it says it is. It is kept as it came."),
    )
    TOO_LARGE = (
        "too-large",
        _(
            "It cannot be looked at here: opened, it would take more memory than is safe. It is kept as it came."
        ),
    )
    TOO_LONG = (
        "too-long",
        _("It cannot be looked at here: drawing it takes longer than is safe. It is kept as it came."),
    )
    LOCKED = (
        "locked",
        _("It cannot be looked at here: it asks for a password of its own. It is kept as it came."),
    )


class DocumentSource(models.TextChoices):
    """From whom it came: the beginning of the chain of custody."""

    PERSON = "person", _("the person")
    FAMILY = "family", _("the family or a friend")
    STAFF = "staff", _("a colleague made it")
    PARTNER = "partner", _("a partner organisation")
    AUTHORITY = "authority", _("an office, police or court")
    FOUND = "found", _("found or published")
    OTHER = "other", _("somebody else")


class DocumentMedium(models.TextChoices):
    """On what it came."""

    PHONE = "phone", _("from a telephone")
    MESSAGE = "message", _("in a message")
    PAPER = "paper", _("on paper, photographed or scanned by us")
    STICK = "stick", _("on a stick, card or disk")
    MADE = "made", _("made here")
    OTHER = "other", _("in another way")
