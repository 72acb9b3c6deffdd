"""Our pages are Jinja2: one environment, parts as globals, any named block alone as a fragment.

Settings::

    TEMPLATES = [{"BACKEND": "panah.kit.jinja.Templates", "NAME": "panah", "APP_DIRS": True, "DIRS": [],
                  "OPTIONS": {"context_processors": ["panah.kit.pages.common"]}}]
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import django.forms
import jinja2
from django.http import HttpRequest
from django.template import TemplateDoesNotExist, engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from markupsafe import Markup

from panah.kit import dates, fields, numbers

PARTS = "kit/parts.html"
# Django's own widget templates come last: for what the kit has not drawn itself (an upload that clears, say).
DJANGO_FORMS = Path(django.forms.__file__).parent / "jinja2"


class Environment(jinja2.Environment):
    """A Jinja2 environment that cannot swallow a missing name and speaks the reader's language."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("undefined", jinja2.StrictUndefined)
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
            static=static, url=url, url_or_nothing=url_or_nothing, part_of=fields.part_of, has_errors=False
        )
        self.filters.update(
            {name: for_the_reader(one) for name, one in (dates.FILTERS | numbers.FILTERS).items()}
        )
        # Jinja's own would write "Medicine against hiv": it makes all other letters small.
        self.filters["capitalize"] = begin_large

    def share_parts(self) -> None:
        """Make every macro of ``kit/parts.html`` a global: a block rendered alone loses its imports, never these."""
        parts = self.get_template(PARTS).module
        self.globals.update({name: part for name, part in vars(parts).items() if not name.startswith("_")})


def begin_large(text: Any) -> str:
    """Return the text with a capital first letter and everything after it as it is."""
    said = str(text)
    return said[:1].upper() + said[1:]


def for_the_reader(say: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from working out ``{{ 1040|number }}`` once, at compile time, in whatever language was active."""

    @jinja2.pass_context
    def said(_context: jinja2.runtime.Context, *args: Any, **kwargs: Any) -> str:
        return say(*args, **kwargs)

    return said


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page: ``url("cases:case", case.number)``."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_or_nothing(name: str, *args: Any, **kwargs: Any) -> str:
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
        strict = {"environment": "panah.kit.jinja.Environment", "undefined": jinja2.StrictUndefined}
        options = {**strict, **params.get("OPTIONS", {})}
        super().__init__({**params, "OPTIONS": options})
        self.env.loader = jinja2.FileSystemLoader([*self.template_dirs, DJANGO_FORMS])
        cast(Environment, self.env).share_parts()

    def render_block(
        self, template: str, block: str, context: Mapping[str, Any], request: HttpRequest
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

    def whole_context(self, context: Mapping[str, Any], request: HttpRequest) -> dict[str, Any]:
        whole = {
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
    raise TemplateDoesNotExist("No panah.kit.jinja.Templates in settings.TEMPLATES")
