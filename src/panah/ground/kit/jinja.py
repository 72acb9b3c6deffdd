"""Our pages are Jinja2: one environment, parts as globals, any named block alone as a fragment.

Settings::

    TEMPLATES = [{"BACKEND": "panah.ground.kit.jinja.Templates", "NAME": "panah", "APP_DIRS": True, "DIRS": [],
                  "OPTIONS": {"context_processors": ["panah.ground.kit.pages.common"]}}]
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import django.forms
import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.template import TemplateDoesNotExist, engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import translation
from jinja2 import nodes
from markupsafe import Markup, escape

from panah.ground.foundation.ids import ALPHABET
from panah.ground.kit import corrected_words, dates, fields, numbers, reading_aid
from panah.ground.kit.constant_folding import fold
from panah.ground.kit.sealed_addresses import sealed
from panah.ground.kit.whitespace import squeeze

# In this order: a part may hold a picture.
SHARED = ("kit/icons.html", "kit/parts.html")
# Django's own widget templates come last: for what the kit has not drawn itself (an upload that clears, say).
DJANGO_FORMS = Path(django.forms.__file__).parent / "jinja2"


class Environment(jinja2.Environment):
    """A Jinja2 environment that cannot swallow a missing name and speaks one language."""

    language = ""

    def __init__(self, **options: Any) -> None:
        options.setdefault("undefined", jinja2.StrictUndefined)
        # Every template is kept: to know which was used longest ago costs each page a twentieth.
        options.setdefault("cache_size", -1)
        options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
        super().__init__(**{"trim_blocks": True, "lstrip_blocks": True, **options})
        self.install_gettext_callables(  # type: ignore[attr-defined]
            translation.gettext,
            translation.ngettext,
            newstyle=True,
            pgettext=translation.pgettext,
            npgettext=translation.npgettext,
        )
        self.globals.update(
            static=static,
            url=url,
            url_or_nothing=url_or_nothing,
            once=once,
            sealed=sealed,
            part_of=fields.part_of,
            room_in=fields.room_in,
            has_errors=False,
        )
        self.filters.update(
            {
                name: for_the_reader(one)
                for name, one in (dates.FILTERS | numbers.FILTERS | reading_aid.FILTERS).items()
            }
        )
        # Jinja's own would write "Medicine against hiv": it makes all other letters small.
        self.filters["capitalize"] = capfirst
        self.filters["typed"] = isolated
        self.filters["web"] = on_the_web

    def speaking(self, language: str) -> "Environment":
        """Return this environment for one language, every macro of ``SHARED`` a global in it.

        A block rendered alone loses its imports, never these.
        """
        spoken = self.overlay()
        spoken.language, spoken.globals = language, dict(self.globals)
        for shared in SHARED:
            parts = vars(spoken.get_template(shared).module)
            spoken.globals.update({name: part for name, part in parts.items() if not name.startswith("_")})
            # There are some thirty pictures, named by our templates alone: each is drawn once.
            if shared == "kit/icons.html":
                spoken.globals["icon"] = lru_cache(maxsize=256)(parts["icon"])
        spoken.globals["tag"] = precompiled(parts["tag"])
        return spoken

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = squeeze(super()._parse(source, name, filename))
        return fold(parsed, self.globals, self.language) if self.language else parsed


def precompiled(part: Callable[..., str]) -> Callable[..., Markup]:
    """Return a part that is drawn once for each way it looks, then only filled with its text: a list holds hundreds."""
    here = "\N{OBJECT REPLACEMENT CHARACTER}"

    @lru_cache(maxsize=256)
    def halves(*look: str, **named: str) -> list[str]:
        return str(part(here, *look, **named)).split(here)

    def filled(text: object, *look: str, **named: str) -> Markup:
        before, after = halves(*look, **named)
        return Markup(f"{before}{escape(text)}{after}")  # noqa: S704  the halves are the part's own

    return filled


def once(part: Callable[..., str]) -> Callable[..., str]:
    """Return a part that is drawn once for each ``key``, which names all that it reads: ``drawn(key, row)``.

    For one page: it is made while the page is drawn.
    """
    kept: dict[object, str] = {}

    def drawn(key: object, *about: object) -> str:
        if key not in kept:
            kept[key] = part(*about)
        return kept[key]

    return drawn


def capfirst(text: object) -> str:
    """Return the text with a capital first letter and everything after it as it is."""
    said = str(text)
    return said[:1].upper() + said[1:]


def on_the_web(address: object) -> str:
    """Return an address of the web as it may stand in a link; of anything else (a script, a file) nothing.

    Who writes in the database, or a society that tells of its services, chooses what stands in such a column.
    """
    found = str(address or "").strip()
    return found if found.lower().startswith(("https://", "http://")) else ""


def isolated(text: object) -> Markup:
    """What a person typed, or is called: set apart, so that its direction does not turn the sentence around it."""
    return Markup("<bdi>{}</bdi>").format(text) if str(text or "") else Markup("")


def for_the_reader(say: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from working out ``{{ 1040|number }}`` once, at compile time, in whatever language was active."""

    @jinja2.pass_context
    def said(_context: jinja2.runtime.Context, *args: object, **kwargs: object) -> str:
        return say(*args, **kwargs)

    return said


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: ``url("cases:case", case.number)``."""
    any_row = placeholder(args)
    if kwargs or any_row is None:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    # No request has addresses of its own here (`request.urlconf`): to ask for them costs as much as all the rest.
    before, after = split_row_address(name, any_row, settings.ROOT_URLCONF, get_script_prefix())
    return f"{before}{args[0]}{after}" if any_row else before


ANY_ROW, ANY_NUMBER = UUID("f0000000-0000-4000-8000-00000000000f"), "3W4-6X7-Y"
A_NUMBER = re.compile(rf"[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}-[{ALPHABET}]")


def placeholder(args: tuple[object, ...]) -> UUID | str | None:
    """What stands in an address for any row like this one; "" where it names none, None where each is its own."""
    if not args:
        return ""
    if len(args) == 1 and type(args[0]) is UUID:
        return ANY_ROW
    return ANY_NUMBER if len(args) == 1 and type(args[0]) is str and A_NUMBER.fullmatch(args[0]) else None


@lru_cache(maxsize=1024)
def split_row_address(name: str, any_row: UUID | str, _addresses: str, _prefix: str) -> tuple[str, str]:
    """The address of a page before and after what names the row; a list names three pages for each of its rows."""
    if not any_row:
        return reverse(name), ""
    before, _row, after = reverse(name, args=[any_row]).partition(str(any_row))
    return before, after


def url_or_nothing(name: str, *args: object, **kwargs: object) -> str:
    """The same, or "" where that room is not installed: for links of the frame that a lower room cannot count on."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


class Templates(Jinja2):
    """Django's Jinja2 backend with the kit's environment and fragments."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        # Said here, because Django's backend would otherwise let a missing name pass as nothing.
        strict = {"environment": "panah.ground.kit.jinja.Environment", "undefined": jinja2.StrictUndefined}
        options = {**strict, **params.get("OPTIONS", {})}
        super().__init__({**params, "OPTIONS": options})

    @property  # type: ignore[override]  # one for each language
    def env(self) -> Environment:
        """The environment of the reader's language: each has its own, in which the sentences stand already."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        if (words := corrected_words.current(language)) is not None:
            return self.corrected_env(words)
        found = self.spoken.get(language)
        if found is None:
            found = self.spoken[language] = self.pattern.speaking(language)
        return found

    @env.setter
    def env(self, made: Environment) -> None:
        # Django makes one; those of the languages are made after it when the first reader comes.
        self.pattern = made
        self.spoken: dict[str, Environment] = {}
        self.corrected: dict[str, tuple[str, Environment]] = {}
        made.loader = jinja2.FileSystemLoader([*self.template_dirs, DJANGO_FORMS])

    def corrected_env(self, words: corrected_words.Words) -> Environment:
        """The environment in which corrected sentences stand: the last one of a language is kept."""
        found = self.corrected.get(words.language)
        if found is None or found[0] != words.stamp:
            found = words.stamp, self.pattern.speaking(words.language)
            self.corrected[words.language] = found
        return found[1]

    def render_page(self, template: str, context: Mapping[str, object], request: HttpRequest) -> Markup:
        """Render a whole template. What a view passes goes before what the frame calls the same, as in a fragment."""
        found = self.get_template(template).template
        return Markup(found.render(self.whole_context(context, request)))  # noqa: S704  escaped by the template

    def render_block(
        self, template: str, block: str, context: Mapping[str, object], request: HttpRequest
    ) -> Markup:
        """Render one named block of ``template`` alone.

        What the template sets at its top level is not there in a fragment: pass it in, or set it inside the block.
        Raises KeyError for a block which the template does not have itself.
        """
        found = self.get_template(template).template
        if block not in found.blocks:
            raise KeyError(f"{template} has no block {block!r}; it has {sorted(found.blocks)}")
        parts = found.blocks[block](found.new_context(self.whole_context(context, request)))
        return Markup("".join(parts))  # noqa: S704  the template has escaped what it was given

    def whole_context(self, context: Mapping[str, object], request: HttpRequest) -> dict[str, object]:
        whole: dict[str, object] = {
            "request": request,
            "csrf_input": csrf_input_lazy(request),
            "csrf_token": csrf_token_lazy(request),
        }
        for add in self.template_context_processors:
            whole.update(add(request))
        return {**whole, **context}


def engine() -> Templates:
    """The configured engine of the kit, whatever its place in TEMPLATES."""
    for one in engines.all():
        if isinstance(one, Templates):
            return one
    raise TemplateDoesNotExist("No panah.ground.kit.jinja.Templates in settings.TEMPLATES")
