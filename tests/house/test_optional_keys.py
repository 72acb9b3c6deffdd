"""A page never fails because one key of a stored dict is not there: not every request has a receiver."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import JSONField

from tests.optional_keys import missed, parser, reads

EVERY = sorted((Path(__file__).parents[2] / "src").rglob("*.html"))
# (template, name) that is no stored dict though one is called so, or one that a single action writes whole.
ALWAYS_WHOLE = {
    ("diplomacy/report.html", "content"),
    ("diplomacy/reports.html", "content"),
    ("figures/figure.html", "found"),
    ("intake/report.html", "report"),
    ("referrals/find.html", "told"),
    ("volunteers/own_page.html", "told"),
}


def stored():
    """The names of all stored dicts, and that of what a sealed part holds."""
    rows = [one for one in apps.get_models() if one.__module__.startswith("panah.")]
    found = {each.name for one in rows for each in one._meta.get_fields() if isinstance(each, JSONField)}
    return found | {"value"}


def test_no_page_fails_because_a_stored_dict_lacks_a_key():
    wrong, needed = [], set()
    for path in EVERY:
        name = "/".join(path.parts[-2:])
        whole = {field for template, field in ALWAYS_WHOLE if template == name}
        source = path.read_text()
        needed |= {(name, field) for field, _key in reads(parser().parse(source), stored()) if field in whole}
        wrong += [f"{name}: {one}" for one in missed(source, stored() - whole)]
    assert not wrong, "\n".join(wrong)
    assert needed == ALWAYS_WHOLE, "what is not read any more needs no exception"


@pytest.mark.parametrize(
    "template",
    [
        "{% if one.facts.receiver %}x{% endif %}",
        "{% if one.state == 'no' %}{% else %}{{ _('%(a)s', a=one.facts.receiver) }}{% endif %}",
        "{% for a, (b, c) in rows %}{{ 'x' if a else c.facts['receiver'] }}{% endfor %}",
        "{% macro m(one) %}{% call n() %}{{ one.facts.receiver|day }}{% endcall %}{% endmacro %}",
        "{% if one.facts.get('receiver') %}{{ one.facts.accepted_by }}{% endif %}",
    ],
)
def test_a_template_that_needs_a_key_is_found_wherever_it_asks(template):
    assert missed(template, {"facts"})


@pytest.mark.parametrize(
    "template",
    [
        "{{ one.facts.get('receiver', '') }}",
        "{% if one.facts.get('receiver') %}{{ one.facts.receiver }}{% endif %}",
        "{% if one.facts.receiver is defined %}{{ one.facts.receiver }}{% endif %}",
        "{{ one.facts.receiver|default('') }}",
    ],
)
def test_a_template_that_expects_a_key_to_be_missing_is_let_be(template):
    assert not missed(template, {"facts"})
