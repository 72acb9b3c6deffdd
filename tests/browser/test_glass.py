"""What is shown to a browser is looked at in earnest: each fault that is planted is found."""

import pytest

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
