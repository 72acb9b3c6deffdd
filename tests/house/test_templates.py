"""How templates are laid out: what tools/templates.py breaks means the same afterwards."""

import re
from pathlib import Path

import jinja2
import pytest

from panah.ground.kit.whitespace import squeeze
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


def test_a_reader_sees_the_same_after_it_was_laid_out(tmp_path):
    long = "x" * 50
    template = (
        f"<p>{{{{ who }}}}.{{% if a %}} {long}.{{% endif %}} {{% if b %}}{long}{{% endif %}}{{% if a %}}!{{% endif %}}</p>"
        f'<input type="radio" name="{long}"{{% if a %}} checked{{% endif %}}{{% if b %}} data-b="{long}"{{% endif %}}>'
        f'<form method="post"{{% if a %}} action="{long}"{{% endif %}}\n  {{%- if b %}} data-b="{long}"{{% endif %}}>x</form>'
    )
    (tmp_path / "page.html").write_text(template)
    assert templates.mend(tmp_path) == ""
    laid_out = (tmp_path / "page.html").read_text()
    assert laid_out.count("\n") > 8, "control: it was broken into lines"
    for a, b in ((1, 1), (1, 0), (0, 1), (0, 0)):
        was, now = (as_read(one, who="w", a=a, b=b) for one in (template, laid_out))
        assert now == was


def as_read(template: str, **given: object) -> str:
    """A page without the white space that nobody sees."""
    return jinja2.Template.from_code(
        PARSER, PARSER.compile(squeeze(PARSER.parse(template))), PARSER.globals
    ).render(given)


def test_a_template_whose_element_does_not_close_is_named(tmp_path):
    (tmp_path / "page.html").write_text("{% if a %}<div>{% endif %}<p>x</p>{% if a %}</div>{% endif %}")
    assert "page.html" in templates.mend(tmp_path)


def test_no_address_that_somebody_wrote_stands_in_a_link_unless_it_is_one_of_the_web():
    """Those that Panah makes itself are called ``address`` or ``url``; what was typed or told is ``website`` or a link."""
    typed = re.compile(r'''href="\{\{ *[\w.]*(?:website|link)( *\|[^}]*)? *\}\}"''')
    hrefs = {path.name: typed.findall(path.read_text()) for path in EVERY}
    assert sum(map(len, hrefs.values())) >= 7, "control"
    assert not {name for name, rest in hrefs.items() if any("|web" not in one for one in rest)}
