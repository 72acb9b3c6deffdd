"""What can be done on the hotline; other rooms import from here."""

from panah.people.hotline.actions.anonymous_aid import note_aid
from panah.people.hotline.actions.authorities import (
    decide_request,
    note_answer,
    note_not_told,
    note_person_hears,
    note_person_told,
    take_request,
)
from panah.people.hotline.actions.call_outcomes import (
    give_number,
    give_service,
    hand_over,
    note_attempt,
    plan_call_back,
    show_identity,
)
from panah.people.hotline.actions.calls import (
    begin_contact,
    close_contact,
    close_silent_calls,
    finish_call,
    keep_call_alive,
    resume_call,
)
from panah.people.hotline.actions.chat_locks import lock_calls, lock_chats
from panah.people.hotline.actions.chats import (
    call_second_for_chats,
    chats_held,
    choose_transcript,
    claim_chat,
    end_by_person,
    hand_over_chats,
    keep_chat,
    mark_danger,
    pass_on_chats,
    say_to_person,
    start_chat,
    take_up_chats,
    take_up_danger,
)
from panah.people.hotline.actions.convert_to_case import convert_to_case, finish_conversion, take_late_drafts
from panah.people.hotline.actions.drafts import (
    CallDraft,
    forget_contact,
    keep_locked_draft,
    keep_waiting,
    merge_waiting,
    save_typed,
)
from panah.people.hotline.actions.emergency import (
    ask_for_debriefing,
    complete_debriefing,
    end_emergency,
    start_emergency,
    take_in_danger,
)
from panah.people.hotline.actions.facts_cards import count
from panah.people.hotline.actions.from_inbox import take_arrival
from panah.people.hotline.actions.groups import begin_group_of_people
from panah.people.hotline.actions.held import end_held, write_held
from panah.people.hotline.actions.joined_contacts import join_contacts, look_back, part_contacts
from panah.people.hotline.actions.lines import change_line, end_line, give_line_key, make_line, take_line_key
from panah.people.hotline.actions.next_steps import write_next_step
from panah.people.hotline.actions.night_cover import (
    agree_to_cover,
    end_cover,
    offer_cover,
    ring_cover,
    take_cover,
)
from panah.people.hotline.actions.note_erasure import erase_note
from panah.people.hotline.actions.paper import record_call_tree, type_in
from panah.people.hotline.actions.pending_decisions import is_undecided, summary_of
from panah.people.hotline.actions.rehearsals import (
    answer_rehearsal,
    begin_rehearsal,
    erase_old_rehearsals,
    note_rehearsal,
)
from panah.people.hotline.actions.retention import (
    announce_erasing,
    erase_contact,
    erase_due_contacts,
    keep_contact,
    may_be_proof,
    to_be_erased,
)
