"""What strangers and colleagues do with reports, words and chats; other rooms import from here."""

from panah.people.reporters.actions.chat_bodies import lock_chats
from panah.people.reporters.actions.chats import claim_chat, end_chat, hand_over_chat, release_chat, say
from panah.people.reporters.actions.chats_of_strangers import end_own_chat, say_as_reporter, start_chat
from panah.people.reporters.actions.giving_up import give_up_receipt, take_up_giving_up
from panah.people.reporters.actions.replies import (
    answer,
    close,
    destroy_file,
    hold_file,
    lock_report,
    seal_words_to,
)
from panah.people.reporters.actions.retention import (
    close_to_staff,
    end_silent_chats,
    erase,
    erase_chat,
    erase_old,
    forget_minutes,
    forget_tallies,
    forget_tallies_here,
)
from panah.people.reporters.actions.returning import come_back, come_back_to_chat, mark_seen
from panah.people.reporters.actions.submitting import submit_report
from panah.people.reporters.actions.withdrawal import (
    Withdrawn,
    lock_to_withdraw,
    take_up_withdrawals,
    withdraw,
)
from panah.people.reporters.actions.words_of_reporters import add_words, whose_words
from panah.people.reporters.errors import closed as door_closed
from panah.people.reporters.errors import nobody_else_reads
