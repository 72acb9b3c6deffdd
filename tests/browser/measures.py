"""What is measured on a page that stands in a browser: by axe, and by our own eyes for what sticks out or is too small."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What is in order is neither counted nor told: that halves the time that a page takes.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
# What has room enough on a phone has it on a desk.
ON_A_DESK = {**RULES, "rules": {"target-size": {"enabled": False}}}
# What the same page may show otherwise in another size, colour and language.
ONLY_THE_LOOK = {**RULES, "runOnly": {"type": "rule", "values": [
    "color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable", "aria-hidden-focus", "html-has-lang",
    "html-lang-valid", "valid-lang", "document-title",
]}}  # fmt: skip
# Nor is the source of every part that is in order, up to the whole page, written out as text; and a colour, of which a page
# has few, is read once and not anew for every element and all that lie under it.
LESS_WORK = """;axe.configure({noHtml: true}); {
  const color = axe.commons.color.Color.prototype, read = color.parseString, known = new Map();
  color.parseString = function (text) {
    if (!known.has(text)) {
      read.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
}
axe.configure({rules: [{id: "color-contrast", selector: "[data-axe-contrast]"}]});
// Playwright calls what a script ends with, if that is a function.
"ready";"""
AXE = Axe().axe_script + LESS_WORK

# Of a hundred texts of a page some thirty differ in what their contrast depends on. Axe is asked about two of each, as it
# keeps silent about one that something else lies across.
TWO_OF_EACH_CONTRAST = """() => {
  const beneath = new Map(), found = new Map();
  const own = (one) => {
    const style = getComputedStyle(one), before = getComputedStyle(one, "::before"), after = getComputedStyle(one, "::after");
    const seen = [style.backgroundColor, style.backgroundImage, style.opacity, style.position, style.zIndex, style.clipPath,
      style.overflow, style.mixBlendMode, style.filter, before.content, after.content, one.matches(":disabled")];
    return seen.join("|");
  };
  const all = (one) => {
    if (!one) return "";
    if (!beneath.has(one)) beneath.set(one, `${all(one.parentElement)}>${own(one)}`);
    return beneath.get(one);
  };
  for (const one of document.querySelectorAll("body, body *")) {
    const said = [...one.childNodes].filter((part) => part.nodeType === Node.TEXT_NODE).map((part) => part.data.trim()).join("");
    if (!said && !one.matches("input, select, textarea")) continue;
    const style = getComputedStyle(one);
    const key = [style.color, style.fontSize, style.fontWeight, style.textShadow, style.visibility, one.offsetParent === null,
      said.length > 1, one.closest("label")?.control?.disabled, one.matches("input, select, textarea"), all(one)].join("/");
    found.set(key, (found.get(key) ?? 0) + 1);
    if (found.get(key) <= 2) one.dataset.axeContrast = "";
  }
  return found.size;
}"""

STICKS_OUT = """() => {
  const out = [], page = document.documentElement;
  const wide = page.scrollWidth, scrolls = new Set(['INPUT', 'SELECT', 'TEXTAREA', 'PROGRESS']);
  if (wide > page.clientWidth + 1) out.push(`scrolls sideways: ${wide} > ${page.clientWidth}`);
  for (const one of document.querySelectorAll('main *, header *, nav *, footer *')) {
    if (one.closest('.out, svg, [hidden], .table, .tabs, .wide, [popover]') || !one.offsetParent) continue;
    const box = one.getBoundingClientRect();
    const what = () => `${one.tagName}.${one.className} "${(one.textContent || '').trim().slice(0, 30)}"`;
    if (box.width && (box.right > page.clientWidth + 1 || box.left < -1)) out.push(`outside: ${what()}`);
    if (scrolls.has(one.tagName) || one.scrollWidth <= one.clientWidth + 1) continue;
    if (!['visible', 'auto'].includes(getComputedStyle(one).overflowX)) out.push(`cut: ${what()}`);
  }
  return out.slice(0, 6);
}"""
TOO_SMALL = """() => {
  const touched = 'a.btn, button, summary, .choice, .answers label, .leave, .tabs a, .rail a, select, textarea, '
    + 'input:not([type=radio], [type=checkbox], [type=hidden])';
  const height = (one) => Math.round(one.getBoundingClientRect().height);
  return [...document.querySelectorAll(touched)]
    .filter((one) => one.offsetParent && !one.closest('.out') && height(one) < 44)
    .map((one) => `too small to touch: ${one.tagName}.${one.className} ${height(one)} px ${one.textContent.trim()}`)
    .slice(0, 4);
}"""


def axe_finds(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE)
    page.evaluate(TWO_OF_EACH_CONTRAST)
    found, fell_over = page.evaluate(
        "rules => axe.run(rules).then(all => [all.violations, all.incomplete.filter(one => one.error)])",
        rules,
    )
    # A rule that falls over finds nothing on the whole page, and axe does not complain.
    return [f"axe {one['id']} fell over: {one['error']['message']}" for one in fell_over] + [
        f"axe {one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary'][:160]!r}"
        for one in found
    ]
