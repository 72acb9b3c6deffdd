"""What imports register with rooms below them."""

from django.utils.translation import gettext_lazy as _

from panah.cases.queries.lists import LIST_ACTIONS, ListAction
from panah.imports import permissions

LIST_ACTIONS.register(
    "imports:export", ListAction(_("Export with names (HTCDS)"), permissions.may_export, filtered=True)
)
LIST_ACTIONS.register(
    "imports:bring", ListAction(_("Bring cases in from a table"), permissions.may_import), order=1
)
