"""What the library writes in the journal: no entry names a document, its title or its number."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

BROUGHT = event(
    "library:document:brought", _("%(who)s brought a document to the library."), retention="names no one"
)
VERSION = event(
    "library:document:version", _("%(who)s brought a new version of a document."), retention="names no one"
)
CHANGED = event(
    "library:document:changed", _("%(who)s changed what is said of a document."), retention="names no one"
)
REPLACED = event(
    "library:document:replaced",
    _("%(who)s said that a document is replaced by another."),
    retention="names no one",
)
WITHDRAWN = event("library:document:withdrawn", _("%(who)s withdrew a document."), retention="names no one")
IN_FORCE = event(
    "library:document:in-force",
    _("%(who)s said that a document is in force again."),
    retention="names no one",
)
SEEN_BY = event(
    "library:document:visibility", _("%(who)s changed who finds a document."), retention="names no one"
)
AGAIN = event("library:document:again", _("%(who)s had a document read again."), retention="names no one")
LANGUAGE = event(
    "library:document:language", _("%(who)s corrected the language of a page."), retention="names no one"
)
LINKED = event("library:document:linked", _("%(who)s linked a document."), retention="names no one")
UNLINKED = event(
    "library:document:unlinked", _("%(who)s took a link of a document away."), retention="names no one"
)
DESTROYED = event(
    "library:document:destroyed", _("%(who)s destroyed a document of the library."), retention="names no one"
)
TAKEN = event(
    "library:document:taken", _("%(who)s took a file out of the library."), retention="names no one"
)
COLLECTED = event(
    "library:collection:changed", _("%(who)s changed a collection of documents."), retention="names no one"
)
COLLECTION_TAKEN = event(
    "library:collection:taken",
    _("%(who)s took a collection of documents out as a file."),
    retention="names no one",
)
