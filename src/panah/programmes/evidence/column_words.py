"""The columns that tables count by, and their values, as people say them; files keep the codebook's own names."""

from __future__ import annotations

import re

from django.utils.translation import get_language, gettext_lazy, pgettext

from panah.ground.network.words import country_name
from panah.programmes.evidence import ctdc
from panah.programmes.evidence.products import NOT_KNOWN, TABLES
from panah.programmes.release.cells import TOTAL

COLUMNS = {
    "CountryOfExploitation": gettext_lazy("country of exploitation"),
    "citizenship": gettext_lazy("citizenship"),
    "gender": gettext_lazy("gender"),
    "isForcedLabour": gettext_lazy("forced labour"),
    "isSexualExploit": gettext_lazy("sexual exploitation"),
    "isOtherExploit": gettext_lazy("other exploitation"),
}
VALUES = {
    "Man": gettext_lazy("man"),
    "Woman": gettext_lazy("woman"),
    "Trans/Transgender/NonConforming": gettext_lazy("transgender or non-conforming"),
    ctdc.OTHER_COUNTRY: gettext_lazy("another country, or several"),
    NOT_KNOWN: gettext_lazy("not known"),
    "1": gettext_lazy("yes"),
}
_OF_COUNTRIES = ("CountryOfExploitation", "citizenship")
# As ``release.cells.cell_name`` writes a cell: columns with their values, one after the other.
_IN_A_CELL = re.compile(
    rf"(?:^|, )({'|'.join(dict.fromkeys(one for _n, names in TABLES for one in names))}) "
)


def column_name(column: str) -> str:
    return str(COLUMNS.get(column, column))


def value_name(column: str, value: str) -> str:
    """Return a value as a reader says it; one that a society's own file declares stays as it is there."""
    if value == TOTAL:
        return pgettext("every value of a column", "all")
    if column in _OF_COUNTRIES and (code := ctdc.two_letters(value)):
        return country_name(code, get_language() or "en")
    return str(VALUES.get(value, value))


def cell_in_words(cell: str) -> str:
    """Return a cell of a table: “country of exploitation: Russia, gender: man”."""
    _before, *said = _IN_A_CELL.split(cell)
    named = zip(said[::2], said[1::2], strict=True)
    return ", ".join(f"{column_name(name)}: {value_name(name, value)}" for name, value in named) or cell
