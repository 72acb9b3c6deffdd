"""What signing in writes in the journal. The codes say ``vault``: they are frozen with the journal's chain."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

SIGNED_IN = event(
    "vault:session:opened", _("%(who)s signed in and opened the vault."), retention="names no one"
)
LOCKED = event("vault:session:locked", _("%(who)s locked the vault."), retention="names no one")
SIGN_IN_FAILED = event(
    "vault:session:refused", _("A sign-in as %(who)s was refused."), retention="names no one"
)
NAME_OPENED = event(
    "vault:name:opened", _("%(who)s let a colleague's name sign in again."), retention="names no one"
)
PIN_GONE = event(
    "vault:pins:gone",
    _("What %(who)s remembered of the society's keys was missing or changed."),
    retention="names no one",
)
CODES_MADE = event(
    "vault:recovery-codes:made", _("%(who)s made ten recovery codes."), retention="names no one"
)
CODE_USED = event(
    "vault:recovery-codes:used", _("%(who)s signed in with a recovery code."), retention="names no one"
)
PASSKEY_ADDED = event("vault:passkey:added", _("%(who)s added a passkey."), retention="names no one")
PASSKEY_NAMED = event(
    "vault:passkey:named", _("%(who)s gave a passkey another name."), retention="names no one"
)
PASSKEY_REMOVED = event("vault:passkey:removed", _("%(who)s removed a passkey."), retention="names no one")
NEW_APP = event("vault:second-factor:changed", _("%(who)s set up a new code app."), retention="names no one")
