"""Everything that changes what a society publishes."""

from panah.people.materials.actions.drafts import begin_next, bring, change_draft, drop_draft
from panah.people.materials.actions.versions import publish, withdraw
