"""The forms of family links requests."""

from panah.family_links.forms.requests import FamilyForm, LinksNoteForm
