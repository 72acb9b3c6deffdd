"""The forms of family links requests."""

from panah.people.family_links.forms.requests import FamilyForm, LinksNoteForm
