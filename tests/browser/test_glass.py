"""What is shown to a browser is looked at in earnest: each fault that is planted is found."""

import pytest

from tests.browser.measures import axe_finds
from tests.walk import Sheet

POLICY = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'"}
PAGE = """<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
</head><body><main><h1>A page</h1>{}</main></body></html>"""
PLANTED = {
    "no such file: /static/panah/js/no_such.js": "<script src='/static/panah/js/no_such.js'></script>",
    "Content Security Policy": "<script>document.title = 'x'</script>",
    "axe label": "<input type='text' name='unlabelled'>",
    "axe color-contrast": "<p><font color='#dddddd'>Pale words.</font></p>",
    "scrolls sideways": "<p>" + "x" * 500 + "</p>",
    "outside: TABLE": "<table><tr><td>" + "x" * 500 + "</td></tr></table>",
    "cut: MARQUEE": "<marquee>" + "x" * 500 + "</marquee>",
    "too small to touch: BUTTON": "<button type='button'>B</button>",
}


def shown(what):
    body = PAGE.format(what).encode()
    return Sheet("nobody", "/x", "/x", "", "en", 200, {"Content-Type": "text/html", **POLICY}, body)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_that_was_planted_is_found(phone, fault):
    found = phone.finds(shown(PLANTED[fault]))
    assert any(fault in one for one in found), found


def test_a_page_without_a_fault_is_found_in_order(phone):
    assert phone.finds(shown("<p>Words.</p>")) == []


# A colour of which axe makes nothing, as a new browser may write one.
UNREADABLE = """() => {
  const color = axe.commons.color.Color.prototype, read = color.parseString;
  color.parseString = function (text) { return read.call(this, text === 'rgb(1, 2, 3)' ? {} : text); };
}"""


def test_a_rule_that_falls_over_is_not_taken_for_a_page_in_order(phone):
    page = phone.show(shown("<p><font color='#010203'>Dark.</font> <font color='#dddddd'>Pale.</font></p>"))
    page.evaluate(UNREADABLE)
    (found,) = axe_finds(page)
    assert found.startswith("axe color-contrast fell over: ")


def test_axe_is_brought_to_a_page_that_came_without_it(still_chromium):
    page = still_chromium.new_page()
    page.set_content(PAGE.format(PLANTED["axe color-contrast"]))
    assert [one for one in axe_finds(page) if one.startswith("axe color-contrast: ")]
    page.close()
