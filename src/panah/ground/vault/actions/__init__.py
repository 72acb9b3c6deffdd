"""What can be done with the vault; other rooms import from here."""

from panah.ground.vault.actions.admission import admit, confirm_known
from panah.ground.vault.actions.admission_hooks import KNOWN_TO_ONE, WAITS, WAITS_NO_MORE, tell_waiting
from panah.ground.vault.actions.attachments import destroy_attachment, keep_attachment, show_attachment
from panah.ground.vault.actions.ceremony import (
    give_key,
    hold_ceremony,
    make_line_key,
    new_generation,
    take_key,
)
from panah.ground.vault.actions.drafts import draft_info, drop_drafts, keep_draft, open_draft, seal_draft
from panah.ground.vault.actions.erasure import (
    erase,
    erase_unopened,
    finish_erasures,
    put_erasures_right,
    shred,
)
from panah.ground.vault.actions.files import (
    StalePart,
    add,
    begin_file,
    grant,
    remove,
    revoke,
    take_grant,
    write,
)
from panah.ground.vault.actions.giving_roles import (
    Changed,
    change_roles,
    end_officer,
    give_keys_of_roles,
    make_focal_point,
    make_officer,
)
from panah.ground.vault.actions.host_maintenance import (
    check_host_file,
    make_door_file,
    make_host_file,
    put_back_host_file,
    replace_store_keys,
    truncate_logs,
)
from panah.ground.vault.actions.importing import (
    SealingOnly,
    drop_upload,
    drop_uploads_before,
    mark_of,
    open_upload,
    seal_upload,
)
from panah.ground.vault.actions.journal_by_day import record_by_day, write_journal_by_day
from panah.ground.vault.actions.journal_watch import examine_stored, forget_kept_entries, watch_journal
from panah.ground.vault.actions.maintenance import (
    REFERENCED_BLOBS,
    drop_overdue_segments,
    maintain,
    maintain_a_little,
    maintenance_needs,
    overdue,
    shuffle_facts,
    sweep_orphans,
)
from panah.ground.vault.actions.mixed_rows import mix_rows
from panah.ground.vault.actions.offboarding import (
    HandoverResult,
    HeldWork,
    end_focal_point,
    hand_over_all,
    loads,
    offboard,
    work_held,
)
from panah.ground.vault.actions.replication import fill_empty_copies, make_folders
from panah.ground.vault.actions.revealing import reveal
from panah.ground.vault.actions.rotation import (
    behind_recovery,
    files_to_reseal,
    files_with_leavers,
    regrant_chunk,
)
from panah.ground.vault.actions.rows_watch import accept_rows_from_before as accept_rows_from_before
from panah.ground.vault.actions.rows_watch import put_node_rows_right as put_node_rows_right
from panah.ground.vault.actions.rows_watch import put_rows_right as put_rows_right
from panah.ground.vault.actions.rows_watch import say_put_right as say_put_right
from panah.ground.vault.actions.sealed_grants import SealedGrant, seal_grant, write_grant
from panah.ground.vault.actions.set_back import accept_restored, look_for_set_back
from panah.ground.vault.actions.shares import (
    begin_ceremony,
    confirm_share,
    recovery_sheet,
    share_to_show,
    stop_ceremony,
)
from panah.ground.vault.actions.shred_blobs import (
    destroy,
    load_blob,
    load_blobs,
    store_blob,
    store_blobs,
    store_new_blobs,
    stored_together,
)
from panah.ground.vault.actions.signing import accept_by_telephone, confirm_signing_key, propose_signing_key
from panah.ground.vault.actions.signing_hooks import (
    SIGNS_TOO,
    SigningKeyChange,
    signing_public_of,
    society_signs,
)
from panah.ground.vault.actions.staff_keys import (
    drop_staff_key,
    keys_of,
    make_staff_key,
    must_manage_keys,
    rewrap_staff_key,
)
from panah.ground.vault.actions.two_people import (
    approve,
    ask,
    decided_by_two,
    must_be_plain,
    must_have_met,
    proves,
)
from panah.ground.vault.actions.typed import open_typed, own_public_key, typed_info
from panah.ground.vault.cards_when_committed import stored_at_once as cards_stored_at_once
from panah.ground.vault.file_pins import raised_together as pins_raised_together
