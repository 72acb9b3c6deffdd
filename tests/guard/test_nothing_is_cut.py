"""Every form, sent: nothing typed is ever cut, and no press writes about two people but where SECURITY.md says so.

What is longer than its place is refused with everything still there, or kept whole.
"""

from pathlib import Path
from typing import Any

import pytest

import panah
from panah.kit.forms import LONGEST
from tests.guard.forms import Form, Page, page_of
from tests.guard.journey import filled_as_meant
from tests.guard.test_fuzzing import forms_of
from tests.guard.writes import joined

# Words and codes that are compared with what is known and then forgotten, and a number that is looked up.
COMPARED = ("/vault/",)
# What a call keeps of who the person is stands covered on every page: tests/hotline looks at it with the line's key.
COVERED = {"called", "phone"}


def too_long(form: Form) -> dict[str, str]:
    """For each text of a form one that is a character longer than its place, with a beginning and an end of its own."""
    return {
        one.name: f"Начало {one.name} {'ы' * 50_000}"[: (one.limit or LONGEST) - 5] + " конец"
        for one in form.fields.values()
        if one.is_text and one.kind != "password" and not one.is_part_of_a_date
    }


@pytest.fixture(scope="module")
def every_form(house):
    """Every form with who sends it; to ask for all pages takes longer than to send what stands on them."""
    return list(forms_of(house))


def test_no_browser_is_told_to_cut_what_is_pasted(every_form):
    cut = {
        f"{form.action} {one.name}"
        for _who, form in every_form
        for one in form.fields.values()
        if one.cut_by_browser
    }
    assert not cut, sorted(cut)
    rooms = Path(panah.__file__).parent
    assert not [one for one in rooms.rglob("*.html") if "maxlength" in one.read_text()]
    assert Page('<form><input name="a" maxlength="3"></form>').forms[0].fields["a"].cut_by_browser, "control"


def test_a_text_that_is_too_long_is_refused_with_everything_still_there_or_kept_whole(house, every_form):
    lost, tried, refused = [], 0, 0
    for who, form in every_form:
        texts = too_long(form)
        if form.method != "post" or not texts or form.action.startswith(COMPARED):
            continue
        with house.undone():
            browser = house.client(who)
            response = browser.post(form.action, filled_as_meant(house, form) | texts)
            assert response.status_code < 500, (form.action, response.status_code)
            refused_here = refused_in(response, form, texts)
            missing = not_shown(browser, response, form, texts.keys() - refused_here, texts)
        lost += [f"{who} {form.action} {name}" for name in missing]
        tried, refused = tried + len(texts), refused + len(refused_here)
    assert not lost, "\n".join(lost)
    assert tried - refused >= 10, "control: some texts are kept, whole"
    assert refused > 250, "control: most are refused"


def refused_in(response: Any, form: Form, texts: dict[str, str]) -> set[str]:
    """The texts that came back whole in a field which is marked as wrong, or has no limit of its own.

    What was typed in the bar of every page comes back in the field of the page that looks for it.
    """
    back = [one for again in page_of(response, form.action).forms for one in again.fields.values()]
    if not any(one.wrong for one in back):
        return set()
    whole = {one.value.strip() for one in back if one.wrong or not one.limit}
    return {name for name, text in texts.items() if text in whole}


def not_shown(browser: Any, response: Any, form: Form, names: set[str], texts: dict[str, str]) -> list[str]:
    """The texts that stand in whole neither in the answer, nor on the page that follows, nor where they were typed.

    Where the page came back because something was refused, a text with a limit has to be among what was.
    """
    if any(one.wrong for again in page_of(response, form.action).forms for one in again.fields.values()):
        return sorted(names)
    places = {form.action, response.get("Location", "") or form.action}
    pages = [page_of(response), *(page_of(browser.get(one)) for one in places)] if names else []
    seen = "".join("".join(page.texts) for page in pages)
    seen += "".join(one.value for page in pages for again in page.forms for one in again.fields.values())
    covered = COVERED if form.action.startswith("/calls/") else set()
    return [name for name in sorted(names) if texts[name] not in seen and name not in covered]


# About two people or stories is written in one transaction, and in which number of SECURITY.md that is said.
SAID = {
    ("arrival", "case"): 39,
    ("arrival", "complaint"): 39,
    ("arrival", "relative sought"): 39,
    ("arrival", "report"): 50,
    ("case", "case"): 39,
    ("case", "contact"): 39,
    ("case", "household or event"): 39,
    ("chat", "contact"): 39,
    ("contact", "relative sought"): 39,
    ("incident", "volunteer"): 44,
    ("volunteer", "volunteer"): 44,
}
# Where cases are written together that need not belong together, and where they do: people who came in one night.
OF_MANY_CASES = {"/cases/group/", "/imports/export/"}


def test_no_press_writes_about_two_people_in_one_transaction_but_where_it_is_said(
    house, every_form, undecided_endings
):
    """Each form as it is meant, endings too, and undone: links, households, hand-overs, beds, erasures, doubles."""
    found: dict[tuple[str, str], set[str]] = {}
    for who, form in every_form:
        if form.method == "post":
            browser = house.client(who)
            with house.undone(), joined() as pairs:
                browser.post(form.action, filled_as_meant(house, form))
            for pair in pairs:
                found.setdefault(pair, set()).add(form.action)
    undecided_endings.discard(("cases", "practice"))  # the due line of the house is nobody's
    assert set(found) <= set(SAID), {pair: where for pair, where in found.items() if pair not in SAID}
    assert found["case", "case"] <= OF_MANY_CASES, found["case", "case"]
    assert {("case", "contact"), ("arrival", "case"), ("case", "household or event")} <= set(found), "control"
