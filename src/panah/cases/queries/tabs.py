"""The tabs of a case: the same on every page of it, also on those that rooms above bring."""

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from panah.cases.queries import TABS
from panah.kit.jinja import url

OWN = (
    "overview",
    "told",
    "plan",
    "safety",
    "stage",
    "child",
    "dates",
    "documents",
    "means",
    "links",
    "team",
    "close",
)
BEFORE_OTHERS = 7  # tabs of rooms above come after this many of ours

# A label, then for each tab: the address, its text, whether it is this page.
type Row = tuple[str, list[tuple[str, str, bool]]]


def tabs_of(number: str, current: str) -> list[Row]:
    """Two rows of tabs: what is done with the person; then those of rooms above, and what is around the case.

    Whoever may open the case may open each of them. Asks the database nothing. What is no case has none.
    """
    try:
        own = _own(number)
    except NoReverseMatch:
        return []
    rows = (
        (_("Parts of the case"), own[:BEFORE_OTHERS]),
        (_("More of the case"), [*_of_others(number), *own[BEFORE_OTHERS:]]),
    )
    return [(label, [(href, text, key == current) for key, href, text in row]) for label, row in rows]


def _own(number: str) -> list[tuple[str, str, str]]:
    labels = {
        "overview": _("Overview"),
        "told": _("What has happened"),
        "plan": _("Plan"),
        "safety": _("Safety"),
        "stage": _("Stage"),
        "child": _("Age and child"),
        "dates": _("Dates"),
        "documents": _("Photos and documents"),
        "means": _("Means"),
        "links": _("Links"),
        "team": _("Team"),
        "close": _("Close"),
    }
    names = {"overview": "cases:case"}
    return [(key, url(names.get(key, f"cases:{key}"), number), labels[key]) for key in OWN]


def _of_others(number: str) -> list[tuple[str, str, str]]:
    """Tabs that higher rooms brought: (key, address, label)."""
    found = []
    for key, tab in TABS.items():
        try:
            found.append((key, url(tab.url_name, number), str(tab.label)))
        except NoReverseMatch:
            continue
    return found
