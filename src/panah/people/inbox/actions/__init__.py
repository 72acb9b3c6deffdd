"""What can be done with what arrived; other rooms import from here."""

from panah.people.inbox.actions.aside import (
    COMPARED_AT_ONCE,
    compare_waiting,
    let_go_of_aside,
    put_back,
    set_aside,
)
from panah.people.inbox.actions.closing import (
    can_be_answered,
    closable,
    close_answered,
    close_with,
    closings_of,
    is_damaged,
)
from panah.people.inbox.actions.content import (
    CheckedContent,
    Converted,
    call_back_in,
    content_for_work,
    fields_in,
    hide_settled,
    pass_to_readers,
    person_in,
    seal_anew,
    wait_for_words,
    words_came,
)
from panah.people.inbox.actions.expiry import (
    expire,
    expire_and_remind,
    forget_subject,
    put_arrivals_right,
    remind,
    sweep_bodies,
    withdraw,
    withdraw_arrivals,
)
from panah.people.inbox.actions.ingest import keep_envelope, keep_envelopes, lock_arrivals, receive, take_up
from panah.people.inbox.actions.opening import (
    acknowledge_lost,
    answer_alarm_of,
    content_of,
    locked_row,
    not_opened,
    open_arrival,
    settle,
    take_on,
)
from panah.people.inbox.actions.past_intake import seal_past_intake, tell_new_readers
from panah.people.inbox.actions.posting import post_for_the_door
