"""What can be done with the vault; other rooms import from here."""

from panah.vault.actions.ceremony import admit, give_key, hold_ceremony, make_line_key, take_key
from panah.vault.actions.drafts import draft_info, drop_drafts, keep_draft, open_draft, seal_draft
from panah.vault.actions.erasing import erase, finish_erasures
from panah.vault.actions.files import (
    WHOLE,
    Stale,
    add,
    begin_file,
    grant,
    grant_line,
    remove,
    revoke,
    write,
)
from panah.vault.actions.people import invite, make_staff_key, new_passphrase_for
from panah.vault.actions.revealing import reveal
from panah.vault.actions.sessions import (
    Opened,
    check_passphrase,
    lock_vault,
    open_vault,
    sign_of_life,
)

__all__ = [
    "WHOLE", "Opened", "Stale", "add", "admit", "begin_file", "check_passphrase",
    "draft_info", "drop_drafts", "erase",
    "finish_erasures", "give_key", "grant", "grant_line", "hold_ceremony", "invite", "keep_draft", "lock_vault",
    "make_line_key", "make_staff_key", "new_passphrase_for", "open_draft", "open_vault", "remove", "reveal",
    "revoke", "seal_draft", "sign_of_life", "take_key", "write",
]
