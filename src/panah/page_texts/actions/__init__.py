"""Everything that changes the texts of the public door."""

from panah.page_texts.actions.checks import mark_checked
from panah.page_texts.actions.corrections import correct, drop, publish, take_back
