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
from panah.inbox.actions.expiry import (
    expire,
    expire_and_remind,
    forget_subject,
    remind,
    sweep_bodies,
    withdraw,
    withdraw_arrivals,
)
from panah.inbox.actions.ingest import keep_envelope, keep_envelopes, receive, take_up
from panah.inbox.actions.opening import acknowledge_lost, content_of, open_arrival, settle
