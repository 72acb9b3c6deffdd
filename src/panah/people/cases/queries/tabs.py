"""The tabs of a case: the same on every page of it, also on those that rooms above bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from panah.ground.kit.jinja import url
from panah.ground.kit.nav import is_closed
from panah.people.cases.queries import TABS, CaseTab

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Our own pages, each under its tab; those of rooms above follow them there. The first is where the tab leads.
OWN = {
    "overview": CaseTab.OVERVIEW,
    "told": CaseTab.STORY,
    "stage": CaseTab.STORY,
    "plan": CaseTab.HELP,
    "dates": CaseTab.HELP,
    "means": CaseTab.HELP,
    "safety": CaseTab.SAFETY,
    "child": CaseTab.SAFETY,
    "detention": CaseTab.SAFETY,
    "documents": CaseTab.FILE,
    "links": CaseTab.FILE,
    "team": CaseTab.FILE,
    "close": CaseTab.FILE,
}

# A label, then for each tab: the address, its text, whether it is this page.
type Row = tuple[str, list[tuple[str, str, bool]]]
# Its key, its address, its text.
type Page = tuple[str, str, str]


def tabs_of(staff: Staff, number: str, current: str) -> list[Row]:
    """Six tabs, and under them the pages of the tab in which the reader is, where it has more than one.

    Whoever may open the case may open each of them, but for what the society has closed. What is no case has none.
    """
    try:
        pages = _pages(staff, number)
    except NoReverseMatch:
        return []
    labels = _labels()
    inside = next((tab for tab, own in pages.items() if any(key == current for key, *_rest in own)), None)
    six = [(own[0][1], labels[tab], tab is inside) for tab, own in pages.items() if own]
    rows = [(_("Parts of the case"), six)]
    if inside is not None and len(pages[inside]) > 1:
        rows.append((labels[inside], [(href, text, key == current) for key, href, text in pages[inside]]))
    return rows


def _labels() -> dict[CaseTab, str]:
    return {
        CaseTab.OVERVIEW: _("Overview"),
        CaseTab.STORY: _("Story"),
        CaseTab.HELP: _("Plan and help"),
        CaseTab.SAFETY: _("Safety"),
        CaseTab.CONSENT: _("Consent and referrals"),
        CaseTab.FILE: _("File"),
    }


def _pages(staff: Staff, number: str) -> dict[CaseTab, list[Page]]:
    pages: dict[CaseTab, list[Page]] = {tab: [] for tab in CaseTab}
    labels = {
        "overview": _("Overview"),
        "told": _("What has happened"),
        "plan": _("Plan"),
        "safety": _("Safety"),
        "stage": _("Stage"),
        "child": _("Age and child"),
        "detention": _("Detention"),
        "dates": _("Dates"),
        "documents": _("Photos and documents"),
        "means": _("Means"),
        "links": _("Links"),
        "team": _("Team"),
        "close": _("Close"),
    }
    names = {"overview": "cases:case"}
    for key, tab in OWN.items():
        if not is_closed(staff, view := names.get(key, f"cases:{key}"), number=number):
            pages[tab].append((key, url(view, number), labels[key]))
    for key, one in TABS.items():
        if is_closed(staff, one.url_name, number=number):
            continue
        try:
            pages[one.under].append((key, url(one.url_name, number), str(one.label)))
        except NoReverseMatch:
            continue
    return pages
