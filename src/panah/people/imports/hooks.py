"""What imports register with rooms below them."""

from django.utils.translation import gettext_lazy as _

from panah.ground.approvals import actions as approvals
from panah.ground.network.capabilities import CAPABILITIES, Capability
from panah.people.cases.queries.lists import LIST_ACTIONS, ListAction
from panah.people.imports import actions, permissions

LIST_ACTIONS.register(
    "imports:export", ListAction(_("Export with names (HTCDS)"), permissions.may_export, filtered=True)
)
LIST_ACTIONS.register(
    "imports:bring", ListAction(_("Bring cases in from a table"), permissions.may_import), order=1
)
approvals.WHEN_ENDED.register("imports", actions.forget_list)
# Closes bringing cases in from a table; the export of what is there stays open.
CAPABILITIES.register(
    "imports",
    Capability(
        _("Bringing in cases from a table"),
        _("The table stays where it is. Whoever works on those cases can bring it in there."),
        frozenset(f"imports:{view}" for view in ("bring", "headings", "look", "go_on")),
        levels={"data_protection": 3},
    ),
)
