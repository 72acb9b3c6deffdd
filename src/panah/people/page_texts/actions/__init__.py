"""Everything that changes the texts of the public door."""

from panah.people.page_texts.actions.checks import mark_checked
from panah.people.page_texts.actions.corrections import correct, drop, publish, take_back
