"""What can be done with the vault; other rooms import from here."""

from panah.vault.actions.attachments import destroy_attachment, keep_attachment, show_attachment
from panah.vault.actions.ceremony import (
    admit,
    give_key,
    hold_ceremony,
    make_line_key,
    new_generation,
    take_key,
)
from panah.vault.actions.drafts import draft_info, drop_drafts, keep_draft, open_draft, seal_draft
from panah.vault.actions.erasing import erase, finish_erasures
from panah.vault.actions.files import WHOLE, Stale, add, begin_file, grant, grant_line, remove, revoke, write
from panah.vault.actions.importing import SealingOnly, drop_upload, mark_of, open_upload, seal_upload
from panah.vault.actions.keeping import destroy, put_away, taken
from panah.vault.actions.leaving import cases_held, end_access, hand_over_all
from panah.vault.actions.people import (
    begin_again,
    invite,
    invite_again,
    join,
    make_staff_key,
    new_code_app,
    new_passphrase_for,
)
from panah.vault.actions.revealing import reveal
from panah.vault.actions.rotation import Progress, files_to_reseal, regrant_chunk
from panah.vault.actions.sessions import (
    Opened,
    check_passphrase,
    lock_vault,
    open_vault,
    reopen_vault,
    sign_in,
    sign_of_life,
    sweep_sessions,
)
from panah.vault.actions.shares import (
    begin_ceremony,
    confirm_share,
    recovery_sheet,
    share_to_show,
    stop_ceremony,
    sweep_ceremonies,
)
from panah.vault.actions.tidying import drop_overdue_segments, shuffle_facts, sweep_orphans
from panah.vault.actions.upkeep import check_host_file, make_host_file, replace_store_keys

__all__ = [
    "WHOLE",
    "Opened",
    "Progress",
    "SealingOnly",
    "Stale",
    "add",
    "admit",
    "begin_again",
    "begin_ceremony",
    "begin_file",
    "cases_held",
    "check_host_file",
    "check_passphrase",
    "confirm_share",
    "destroy",
    "destroy_attachment",
    "draft_info",
    "drop_drafts",
    "drop_overdue_segments",
    "drop_upload",
    "end_access",
    "erase",
    "files_to_reseal",
    "finish_erasures",
    "give_key",
    "grant",
    "grant_line",
    "hand_over_all",
    "hold_ceremony",
    "invite",
    "invite_again",
    "join",
    "keep_attachment",
    "keep_draft",
    "lock_vault",
    "make_host_file",
    "make_line_key",
    "make_staff_key",
    "mark_of",
    "new_code_app",
    "new_generation",
    "new_passphrase_for",
    "open_draft",
    "open_upload",
    "open_vault",
    "put_away",
    "recovery_sheet",
    "regrant_chunk",
    "remove",
    "reopen_vault",
    "replace_store_keys",
    "reveal",
    "revoke",
    "seal_draft",
    "seal_upload",
    "share_to_show",
    "show_attachment",
    "shuffle_facts",
    "sign_in",
    "sign_of_life",
    "stop_ceremony",
    "sweep_ceremonies",
    "sweep_orphans",
    "sweep_sessions",
    "take_key",
    "taken",
    "write",
]
