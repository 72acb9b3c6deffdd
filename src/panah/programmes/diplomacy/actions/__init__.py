"""What can be done with commitments, reports, the policy and dialogues."""

from panah.programmes.diplomacy.actions.commitments import (
    add_indicator,
    add_step,
    add_supporter,
    carry_over,
    change_commitment,
    draft_commitment,
    end_commitment,
    hand_over_all,
    say_standing,
    send_back,
    sign_off,
)
from panah.programmes.diplomacy.actions.dialogues import (
    begin_dialogue,
    close_dialogue,
    erase_dialogue,
    forget,
    look_at_closed,
    reopen_dialogue,
    show_scan,
    write_entry,
)
from panah.programmes.diplomacy.actions.escalating import escalate_late
from panah.programmes.diplomacy.actions.policies import (
    adopt_policy,
    begin_policy,
    change_policy,
    comment_policy,
)
from panah.programmes.diplomacy.actions.progress import add_evidence, say_status
from panah.programmes.diplomacy.actions.reports import (
    FilesTooLarge,
    decide_report,
    make_report,
    record_taken,
    take_with_attachments,
    tell_no_more,
)
from panah.programmes.diplomacy.actions.tables import RowsRefused, bring_table
