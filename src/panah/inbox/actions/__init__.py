"""What can be done with what arrived; other rooms import from here."""

from panah.inbox.actions.closing import (
    can_be_answered,
    closable,
    close_answered,
    close_with,
    closings_of,
    is_damaged,
)
from panah.inbox.actions.content import CheckedContent, Converted, content_for_work, fields_in, person_in
from panah.inbox.actions.expiry import expire, forget_subject, look_after, remind, sweep_bodies, withdraw
from panah.inbox.actions.ingest import keep_envelope, keep_envelopes, take_in
from panah.inbox.actions.opening import content_of, open_arrival, seen, settle
