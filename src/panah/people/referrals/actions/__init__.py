"""What can be done with a referral."""

from panah.people.referrals.actions.bulk import prepare_one_of_many
from panah.people.referrals.actions.incoming_messages import (
    forget,
    key_for,
    receive_message,
    take_over_messages,
)
from panah.people.referrals.actions.incoming_offers import (
    accept,
    ask_more,
    decline,
    decline_after_all,
    decline_unreadable,
    tell_outcome,
)
from panah.people.referrals.actions.meeting import (
    agree_meeting,
    confirm_meeting,
    not_told,
    write_met,
    write_travel,
)
from panah.people.referrals.actions.one_time_page import answer_page, open_page, tidy_pages
from panah.people.referrals.actions.outgoing_messages import age_that_is_told, child_lacks, offer_of
from panah.people.referrals.actions.own_programmes import (
    answer_caseworker,
    forget_told,
    forget_told_waiting,
    hand_over_programmes,
    name_colleague,
    read_told,
    told_files,
)
from panah.people.referrals.actions.phone_fallback import write_heard, write_told, write_told_back
from panah.people.referrals.actions.steps import (
    answer_question,
    coverage,
    make_page_again,
    prepare,
    record_print,
    rewrite,
    send,
    write_answer,
    write_outcome,
)
from panah.people.referrals.actions.travel_watch import raise_due_alarms, write_safe
from panah.people.referrals.actions.undelivered import say_held_up
from panah.people.referrals.actions.withdrawal import (
    GOES_ON,
    preview_stop,
    settle_withdrawal,
    stop,
    withdraw_referral,
)
from panah.people.referrals.actions.withdrawal_redaction import ResidualMention, texts_left
from panah.people.referrals.actions.workflow import travels
