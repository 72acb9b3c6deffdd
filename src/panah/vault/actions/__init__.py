"""What can be done with the vault; other rooms import from here."""

from panah.vault.actions.admission import admit
from panah.vault.actions.attachments import destroy_attachment, keep_attachment, show_attachment
from panah.vault.actions.ceremony import give_key, hold_ceremony, make_line_key, new_generation, take_key
from panah.vault.actions.corruption import note_damage
from panah.vault.actions.drafts import draft_info, drop_drafts, keep_draft, open_draft, seal_draft
from panah.vault.actions.erasure import erase, erase_unopened, finish_erasures, shred
from panah.vault.actions.files import WHOLE, Stale, add, begin_file, grant, grant_line, remove, revoke, write
from panah.vault.actions.host_maintenance import (
    check_host_file,
    make_host_file,
    put_back_host_file,
    replace_store_keys,
)
from panah.vault.actions.importing import SealingOnly, drop_upload, mark_of, open_upload, seal_upload
from panah.vault.actions.linked_files import pass_along, take_passed
from panah.vault.actions.locking import call_elsewhere, open_typed, own_public_key, typed_info
from panah.vault.actions.maintenance import (
    REFERENCED_BLOBS,
    MaintenanceDone,
    MaintenanceNeeds,
    drop_overdue_segments,
    maintain,
    maintain_a_little,
    maintenance_needs,
    overdue,
    shuffle_facts,
    sweep_orphans,
)
from panah.vault.actions.offboarding import (
    HandoverResult,
    HeldWork,
    end_access,
    end_focal_point,
    hand_over_all,
    loads,
    work_held,
)
from panah.vault.actions.pending_sign_in import (
    WAITS,
    ask_passkey,
    finish,
    over,
    wait_for_second_factor,
    waiting,
)
from panah.vault.actions.replication import fill_empty_copies, make_folders
from panah.vault.actions.revealing import reveal
from panah.vault.actions.roles import (
    Changed,
    change_roles,
    end_officer,
    give_keys_of_roles,
    make_focal_point,
    make_officer,
)
from panah.vault.actions.rotation import (
    Progress,
    behind_recovery,
    files_to_reseal,
    files_with_leavers,
    regrant_chunk,
)
from panah.vault.actions.second_factors import (
    add_passkey,
    change_code_app,
    confirm_words,
    make_recovery_codes,
    name_passkey,
    remove_passkey,
)
from panah.vault.actions.sessions import (
    CheckedPassphrase,
    Pending,
    begin_sign_in,
    check_passphrase,
    keys_of,
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
from panah.vault.actions.shred_blobs import destroy, put_away, put_away_many, taken, taken_many
from panah.vault.actions.sign_in_attempts import name_waits_until, of_browser, of_ceremony, open_name
from panah.vault.actions.signing import accept_by_telephone, confirm_signing_key, propose_signing_key
from panah.vault.actions.signing_hooks import SIGNS_TOO, SigningKeyChange, signing_public_of, society_signs
from panah.vault.actions.staff_keys import (
    begin_again,
    invite,
    invite_again,
    join,
    make_staff_key,
    new_code_app,
    new_passphrase_for,
)
from panah.vault.actions.two_people import approve, ask, decided_by_two, must_be_plain
