"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

SAVED = event("channels:channel:saved", _("%(who)s set up a way of paging."), retention="names no one")
REMOVED = event("channels:channel:removed", _("%(who)s removed a way of paging."), retention="names no one")
TESTED = event("channels:channel:tested", _("%(who)s tested a way of paging."), retention="names no one")
SUBSCRIBED = event(
    "channels:push:subscribed", _("%(who)s wants to be called in a browser."), retention="names no one"
)
UNSUBSCRIBED = event(
    "channels:push:unsubscribed", _("%(who)s is not called in a browser any more."), retention="names no one"
)
