"""Nothing typed is ever cut: what is longer than its place is refused with everything still there, or kept whole."""

from pathlib import Path
from typing import Any

import panah
from panah.kit.forms import LONGEST
from tests.guard.forms import Form, Page, page_of
from tests.guard.journey import filled_as_meant
from tests.guard.test_fuzzing import forms_of

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


def test_no_browser_is_told_to_cut_what_is_pasted(house):
    cut = {
        f"{form.action} {one.name}"
        for _who, form in forms_of(house)
        for one in form.fields.values()
        if one.cut_by_browser
    }
    assert not cut, sorted(cut)
    rooms = Path(panah.__file__).parent
    assert not [one for one in rooms.rglob("*.html") if "maxlength" in one.read_text()]
    assert Page('<form><input name="a" maxlength="3"></form>').forms[0].fields["a"].cut_by_browser, "control"


def test_a_text_that_is_too_long_is_refused_with_everything_still_there_or_kept_whole(house):
    lost, tried, refused = [], 0, 0
    for who, form in forms_of(house):
        texts = too_long(form)
        if form.method != "post" or not texts or form.action.startswith(COMPARED):
            continue
        with house.undone():
            browser = house.client(who)
            response = browser.post(form.action, filled_as_meant(house, form) | texts)
            assert response.status_code < 500, (form.action, response.status_code)
            still_there = refused_in(response, form)
            left = {name for name, text in texts.items() if (name, text) not in still_there}
            missing = left if still_there else not_shown(browser, response, form, texts)
        lost += [f"{who} {form.action} {name}" for name in missing]
        tried, refused = tried + len(texts), refused + len(still_there)
    assert not lost, "\n".join(lost)
    assert tried - refused >= 10, "control: some texts are kept, whole"
    assert refused > 250, "control: most are refused"


def refused_in(response: Any, form: Form) -> set[tuple[str, str]]:
    """The fields of the page that came back that are marked as wrong, each with what stands in it."""
    again = (one for back in page_of(response, form.action).forms for one in back.fields.values())
    return {(one.name, one.value.strip()) for one in again if one.wrong}


def not_shown(browser: Any, response: Any, form: Form, texts: dict[str, str]) -> list[str]:
    """The texts that stand in whole neither in the answer, nor on the page that follows, nor where they were typed."""
    places = {form.action, response.get("Location", "") or form.action}
    pages = [page_of(response), *(page_of(browser.get(one)) for one in places)]
    seen = "".join("".join(page.texts) for page in pages)
    seen += "".join(one.value for page in pages for again in page.forms for one in again.fields.values())
    covered = COVERED if form.action.startswith("/calls/") else set()
    return [name for name, text in texts.items() if text not in seen and name not in covered]
