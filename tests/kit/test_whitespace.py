"""A page carries no white space that its reader does not see, however its template is laid out."""

import re
from pathlib import Path

import jinja2
import pytest

from panah.ground.kit.whitespace import BLOCKS, squeeze

SRC = Path(__file__).parents[2] / "src"


class Squeezed(jinja2.Environment):
    def _parse(self, source, name, filename):
        return squeeze(super()._parse(source, name, filename))


ENVIRONMENT = Squeezed(
    trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True
)


def drawn(text, **context):
    return ENVIRONMENT.from_string(text).render(context)


def test_what_is_laid_out_over_lines_reads_as_if_it_stood_in_one():
    laid_out = """
      <section
        class="sheet"
        aria-label="Two  words"
      >
        <h2>
          {{ title }}
        </h2>
        <p>
          <b>Bakyt</b>,
          <span>on duty</span>.
        </p>
      </section>
    """
    assert drawn(laid_out, title="Duty") == (
        '<section class="sheet" aria-label="Two  words"><h2>Duty</h2>'
        "<p><b>Bakyt</b>, <span>on duty</span>.</p></section>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<p><b>a</b> <i>b</i> c</p>",
        "<p><b>a</b>, <span>b</span>.</p>",
        "<p>a\N{NO-BREAK SPACE} b</p>",
        "<pre>\n  a\n    b\n</pre>",
        "<p>a</p><textarea>\n  typed  \n</textarea><p>b</p>",
        "<script>\n  a( );\n</script>",
        '<p title="a  b\n c">d</p>',
        "<p>1 < 2 and a &amp; b</p>",
        "<button>a</button> <button>b</button>",
    ],
)
def test_what_a_reader_sees_stays(text):
    assert drawn(text) == text


@pytest.mark.parametrize(
    ("template", "given", "page"),
    [
        ("<p>a {% if b %}<b>b</b>{% endif %}</p>", {"b": 1}, "<p>a <b>b</b></p>"),
        ("<p>a {% if b %}<b>b</b>{% endif %}</p>", {"b": 0}, "<p>a</p>"),
        ("<p>a {% if b %}b{% endif %}c</p>", {"b": 1}, "<p>a bc</p>"),
        ("<p>a {% if b %}b{% endif %}c</p>", {"b": 0}, "<p>a c</p>"),
        ("<p>{% if b %}b {% elif c %}c{% else %}d {% endif %}e</p>", {"b": 1}, "<p>b e</p>"),
        ("<p>{% if b %}b {% elif c %}c{% else %}d {% endif %}e</p>", {"b": 0, "c": 1}, "<p>ce</p>"),
        ("<p>{% if b %}b {% elif c %}c{% else %}d {% endif %}e</p>", {"b": 0, "c": 0}, "<p>d e</p>"),
        ("<p>a {% if b %}{% if c %}c{% endif %}{% endif %}d</p>", {"b": 1, "c": 0}, "<p>a d</p>"),
        ("<p>a {% if b %}{% if c %}c{% endif %}{% endif %}d</p>", {"b": 1, "c": 1}, "<p>a cd</p>"),
        ("<p>a {% if b %}b{% endif %}{% if c %}c{% endif %}</p>", {"b": 0, "c": 1}, "<p>a c</p>"),
        ("<p>a {% with c=b %}{{ c }} {% endwith %}</p>", {"b": "b"}, "<p>a b</p>"),
        ("<p>a {% for b in c %}{{ b }} {% endfor %}d</p>", {"c": "xy"}, "<p>a x y d</p>"),
        ("<ul> {% for b in c %} <li> {{ b }} </li> {% endfor %} </ul>", {"c": "xy"}, "<ul><li>x</li><li>y</li></ul>"),
        ("{% macro m(x) %} <p> {{ x }} </p> {% endmacro %}<b>{{ m(1) }}</b>", {}, "<b><p>1</p></b>"),
        ("{% set s %} a  b {% endset %}<p>{{ s }}c</p>", {}, "<p> a b c</p>"),
        ("<p>a {{ b }} {# why #} {{ b }} c</p>", {"b": "b"}, "<p>a b b c</p>"),
    ],
)  # fmt: skip
def test_a_space_stands_whichever_way_the_template_goes(template, given, page):
    assert drawn(template, **given) == page


@pytest.mark.parametrize(("a", "b"), [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_attributes_stay_apart_and_leave_no_space_behind(a, b):
    template = """<input
      name="x"
      {% if a %}checked{% endif %}
      {%+ if b %}data-b="{{ b }} c"{% endif %}
    >"""
    attributes = ['name="x"', *["checked"] * a, *['data-b="1 c"'] * b]
    assert drawn(template, a=a, b=b) == f"<input {' '.join(attributes)}>"


@pytest.mark.parametrize("names", ["", "a", "ab"])
def test_a_loop_over_attributes_puts_one_space_before_each(names):
    template = """<option
      value="1"
      {% for name in names %}
        {{ name }}{% if name == "b" %}="{{ name }}"
        {% endif %}
      {%+ endfor %}
    >"""
    expected = {"": '<option value="1">', "a": '<option value="1" a>', "ab": '<option value="1" a b="b">'}
    assert drawn(template, names=names) == expected[names]


def test_every_template_takes_the_same_way_through_tags_in_each_branch():
    """``squeeze`` follows the first branch: so none may end inside a tag that another has closed."""
    for path in SRC.rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
        for branch in re.findall(
            r"\{%[-+]? *(?:if|elif|else)[^%]*%\}((?:(?!\{%).)*)\{%[-+]? *(?:el|endif)", text, re.DOTALL
        ):
            plain = re.sub(r"\{\{.*?\}\}", "", branch, flags=re.DOTALL)
            opened = len(re.findall(r"</?[a-zA-Z]", plain))
            assert opened in (0, plain.count(">")), (path, branch)


def test_no_style_makes_a_block_stand_in_a_line_of_text():
    """Spaces beside blocks are left out, so a block that a style lets flow with words would stick to them."""
    styles = "".join(path.read_text() for path in SRC.rglob("*.css"))
    inline = re.findall(r"([^{}]*)\{[^{}]*display: *inline[^{}]*\}", styles)
    assert inline, "control: some are"
    last = {re.split(r"[ >+~]", one.strip())[-1] for rule in inline for one in rule.split(",")}
    named = {re.match(r"[a-z0-9]*", one)[0] for one in last if not one.endswith("::before")}
    assert named & BLOCKS == {"td"}, "a row of a narrow table, whose cells are parted by a margin"
