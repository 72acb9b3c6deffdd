"""What the vault writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

KEY_MADE = event(
    "vault:staff-key:made", _("%(who)s made six words and a personal key."), retention="names no one"
)
PASSPHRASE_CHANGED = event(
    "vault:staff-key:changed", _("%(who)s made six new words."), retention="names no one"
)
ADMITTED = event(
    "vault:staff-key:admitted", _("%(who)s admitted a colleague's key."), retention="names no one"
)
KNOWN = event(
    "vault:staff-key:known",
    _("%(who)s said to know a colleague whom another one admitted."),
    retention="names no one",
)
PINNED = event(
    "vault:pins:kept", _("%(who)s remembered the society's keys as they are now."), retention="names no one"
)
DAMAGED = event("vault:part:damaged", _("%(who)s met a piece of a file that does not open."))
SET_BACK = event("vault:file:set-back", _("The node found a file set back to an older state."))
NOT_ERASED = event(
    "vault:file:not-erased",
    _("The node found a file that only the database said was erased or to be erased. It opens again."),
)
ROWS_CHANGED = event(
    "vault:rows:changed",
    _("The node found rows that decide changed outside Panah, and put them right."),
    retention="names no one",
)
NEVER_WRITTEN = event(
    "vault:journal:forged",
    _("The node found an entry in the journal that it never wrote. Nothing is decided by it."),
    retention="names no one",
)
WAS_NOT_AS_WRITTEN = event(
    "vault:journal:again",
    _(
        "The node found the journal, or something else that is stored, as it was written again. Before, it was not."
    ),
    retention="names no one",
)
RESTORED = event(
    "vault:files:restored",
    _("The node's files came back from a backup. What came after it is lost."),
    retention="names no one",
)
CEREMONY = event(
    "vault:society:ceremony", _("%(who)s made the society's keys in a ceremony."), retention="names no one"
)
GENERATION = event(
    "vault:society:generation", _("%(who)s made a new generation of a society key."), retention="names no one"
)
KEY_GIVEN = event(
    "vault:society-key:given", _("%(who)s gave a colleague a duty key."), retention="names no one"
)
KEY_TAKEN = event("vault:society-key:taken", _("%(who)s took a duty key back."), retention="names no one")
FILE_OPENED = event("vault:file:made", _("%(who)s began a sealed file."), retention="names no one")
GRANTED = event("vault:file:granted", _("%(who)s let a colleague open a file."))
REVOKED = event("vault:file:revoked", _("%(who)s took a colleague's way into a file back."))
SHOWN = event("vault:identity:shown", _("%(who)s looked at who this is."))
ERASE_WANTED = event("vault:file:erasing", _("%(who)s began to erase a file."), retention="names no one")
ERASED = event("vault:file:erased", _("The file was erased."), retention="names no one")
BEGAN_AGAIN = event(
    "vault:staff-key:dropped", _("%(who)s let a colleague make a new key."), retention="names no one"
)
LEFT = event("vault:staff:left", _("%(who)s ended a colleague's access."), retention="names no one")
SHEET = event(
    "vault:recovery-sheet:made",
    _("%(who)s made a recovery sheet of the host's keys."),
    retention="names no one",
)
BACKED_UP = event(
    "vault:backup:written", _("%(who)s wrote a backup of the main database."), retention="names no one"
)
RESEALED = event(
    "vault:files:resealed",
    _("%(who)s sealed files anew to the keys that hold now."),
    retention="names no one",
)
SIGNING_MADE = event(
    "vault:signing-key:made",
    _("%(who)s made a new signing key, which waits for a second focal point."),
    retention="names no one",
)
SIGNING_CONFIRMED = event(
    "vault:signing-key:confirmed",
    _("%(who)s confirmed the society's new signing key."),
    retention="names no one",
)
SIGNING_ACCEPTED = event(
    "vault:signing-key:accepted",
    _("%(who)s compared the words of the society's signing key by telephone."),
    retention="names no one",
)
FOCAL_POINT_MADE = event(
    "vault:focal-point:made", _("%(who)s made a colleague a focal point."), retention="names no one"
)
FOCAL_POINT_ENDED = event(
    "vault:focal-point:ended", _("%(who)s ended a colleague's work as focal point."), retention="names no one"
)
NEW_RECOVERY = event(
    "vault:society:new-recovery-key",
    _("%(who)s put a new recovery key in place in a ceremony."),
    retention="names no one",
)
RECOVERED = event(
    "vault:society:recovered",
    _("Two shares of the recovery key let a focal point in."),
    retention="names no one",
)
BEGAN_AGAIN_BY_R = event(
    "vault:staff-key:dropped-by-recovery",
    _("Two shares of the recovery key ended a lost key."),
    retention="names no one",
)
