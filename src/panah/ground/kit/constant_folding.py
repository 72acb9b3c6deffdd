"""What no reader and no row changes is worked out once, when a template is compiled for a language.

A page holds hundreds of sentences and pictures that are the same for everyone who reads that language: looked up and
drawn anew for each page they were a third of its cost. A call of ``_`` or of a part in ``FIXED`` whose arguments all
stand in the template becomes the text that it gives.
"""

from collections.abc import Mapping

from django.utils import translation
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

# Parts that look at nothing but their arguments: no clock, no reader, no address.
FIXED = frozenset({"icon", "mark", "wordmark", "tag", "covered"})


def fold(template: nodes.Template, shared: Mapping[str, object], language: str) -> nodes.Template:
    """Return the tree with every fixed call replaced by its text; ``shared`` are the globals of the environment."""
    Folding(shared, language, names_given(template)).visit(template)
    return template


def names_given(template: nodes.Template) -> set[str]:
    """The names that the template itself gives a meaning to: these are not the shared ones there."""
    own = {one.name for one in template.find_all(nodes.Name) if one.ctx != "load"}
    own |= {one.name for one in template.find_all(nodes.Macro)}
    for one in template.find_all(nodes.FromImport):
        own |= {name if isinstance(name, str) else name[1] for name in one.names}
    return own


class Folding(NodeTransformer):
    """Replaces calls from the inside out."""

    def __init__(self, shared: Mapping[str, object], language: str, own: set[str]) -> None:
        self.shared, self.language, self.own = shared, language, own

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  Jinja's name for it
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in self.own or node.dyn_args or node.dyn_kwargs:
            return node
        given = [*node.args, *(pair.value for pair in node.kwargs)]
        if not all(isinstance(one, nodes.Const) for one in given):
            return node
        args = [one.value for one in node.args if isinstance(one, nodes.Const)]
        if name == "_" and len(args) == 1 and not node.kwargs:
            return self.const(node, self.said(args[0]))
        part = self.shared.get(name) if name in FIXED else None
        if callable(part):
            kwargs = {
                pair.key: pair.value.value for pair in node.kwargs if isinstance(pair.value, nodes.Const)
            }
            with translation.override(self.language):
                return self.const(node, Markup(part(*args, **kwargs)))  # noqa: S704  a macro escapes
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  Jinja's name for it
        # Jinja joins what stands fast as plain text, which it escapes: a picture would be read as its source.
        self.generic_visit(node)
        parts = [one.value for one in node.nodes if isinstance(one, nodes.Const)]
        return self.const(node, Markup().join(parts)) if len(parts) == len(node.nodes) else node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802  Jinja's name for it
        # `{% call part(…) %}` needs its call: only what is inside can be folded.
        self.generic_visit(node.call)
        node.body = [self.visit(one) for one in node.body]
        return node

    def said(self, sentence: str) -> Markup:
        # As Jinja's own gettext does it: our sentences are no input, and a literal per cent sign is written %%.
        with translation.override(self.language):
            return Markup(translation.gettext(sentence)) % {}  # noqa: S704

    @staticmethod
    def const(node: nodes.Node, value: object) -> nodes.Const:
        return nodes.Const(value, lineno=node.lineno, environment=node.environment)
