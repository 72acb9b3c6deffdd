"""How templates are laid out: what tools/templates.py breaks means the same afterwards."""

from pathlib import Path

import jinja2
import pytest

from tools import templates

SRC = Path(__file__).parents[2] / "src"
EVERY = sorted(SRC.rglob("*.html"))
PARSER = jinja2.Environment(
    trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True
)


@pytest.mark.parametrize("width", [40, 70, 100])
def test_a_broken_expression_means_what_it_meant(monkeypatch, width):
    monkeypatch.setattr(templates, "WIDTH", width)
    changed = 0
    for path in EVERY:
        text = path.read_text()
        broken = templates.with_broken_expressions(text)
        changed += broken != text
        assert PARSER.parse(broken) == PARSER.parse(text), path
    assert changed > 100, "control: it broke something"


def test_a_long_call_is_broken_at_its_commas_and_a_long_sentence_at_a_space():
    words = "one word and another " * 8
    broken = templates.with_broken_expressions(
        f'<p>{{{{ row(_("{words}"), [name, "b"], tone="soon") }}}}</p>'
    )
    assert max(map(len, broken.splitlines())) <= templates.WIDTH
    assert broken.splitlines()[1].startswith("  row(")
    assert broken.count('"one word') == 1


def test_templates_are_mended_once_and_then_stay(tmp_path):
    here = tmp_path / "src" / "room" / "templates" / "page.html"
    here.parent.mkdir(parents=True)
    here.write_text('<div><p>{% if a %}{{ say("' + "x y " * 60 + '", b, c) }}{% endif %}</p></div>')
    assert templates.mend(tmp_path / "src") == ""
    once = here.read_text()
    assert list(templates.too_long(tmp_path / "src")) == []
    templates.mend(tmp_path / "src")
    assert here.read_text() == once


def test_a_template_whose_element_does_not_close_is_named(tmp_path):
    (tmp_path / "page.html").write_text("{% if a %}<div>{% endif %}<p>x</p>{% if a %}</div>{% endif %}")
    assert "page.html" in templates.mend(tmp_path)
