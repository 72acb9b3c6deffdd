"""What of a reporter's letters is told where they went along: there is a key, and it is not given away."""

from django.utils.translation import gettext_lazy as _

from panah.inbox.words import REPORTER
from panah.work.telling import KEYS, Sheet, whole

SHEETS: dict[str, Sheet] = {REPORTER: whole(_("The key to letters of whoever reported"), KEYS)}
