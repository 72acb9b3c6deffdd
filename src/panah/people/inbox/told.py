"""What of a reporter's letters is told where they went along: there is a key, and it is not given away."""

from django.utils.translation import gettext_lazy as _

from panah.ground.work.told_parts import KEYS, ToldPart, whole
from panah.people.inbox.words import REPORTER

SHEETS: dict[str, ToldPart] = {REPORTER: whole(_("The key to letters of whoever reported"), KEYS)}
