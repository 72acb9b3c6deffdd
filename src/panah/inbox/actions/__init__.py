"""What can be done with what arrived; other rooms import from here."""

from panah.inbox.actions.closing import close_answered, close_arrival, closings_of, is_damaged, why_not_closed
from panah.inbox.actions.conversion import (
    TARGETS,
    CheckedContent,
    Result,
    Target,
    content_for_work,
    convert,
    fields_in,
    person_in,
    targets_of,
)
from panah.inbox.actions.expiry import expire, forget_subject, look_after, remind, sweep_bodies, withdraw
from panah.inbox.actions.ingest import keep_envelope, keep_envelopes, take_in
from panah.inbox.actions.opening import content_of, open_arrival, seen, settle
