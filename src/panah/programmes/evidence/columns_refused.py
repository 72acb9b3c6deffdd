"""Why a file of columns cannot be used, as whoever brought it reads it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

WHY = {
    "begins": _("%(column)s: “begins” is a list of whole numbers."),
    "column-twice": _("Two columns have the same name."),
    "head": _("The file needs version = “…” and declared_on = a day."),
    "holds": _("%(column)s: “values”, “values_of”, “years” or “flag” says what it may hold."),
    "how-many-columns": _("There is at least one column, and %(most)s at most."),
    "how-many-values": _("%(column)s: there is at least one value, and %(most)s at most."),
    "name": _("“%(column)s” is no name for a column."),
    "needed": _("Tables need these columns too: %(columns)s."),
    "no-card": _("Nothing that is written down in cases fills these columns: %(columns)s."),
    "no-columns": _("The file needs a [[column]] for each column."),
    "not-toml": _("It is not a file in TOML. What the reader says: %(problem)s"),
    "rising-bins": _("%(column)s: each bin begins above the one before, and there is one for each value."),
    "texts": _("Each column needs a name, and “other” is a text."),
    "unknown-keys": _("%(column)s: these words mean nothing here: %(keys)s."),
    "values": _("%(column)s: values must differ, and begin with a letter or a digit."),
}


def why_not(why: str, named: Mapping[str, str | int]) -> str:
    """Return the sentence for a reason of ``release.errors.BadDomain``; what no file can say stays a word."""
    return str(WHY[why]) % named if why in WHY else why
