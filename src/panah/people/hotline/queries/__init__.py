"""What other rooms and the pages ask the hotline."""

from panah.people.hotline.queries.authorities import authority_requests, deciders
from panah.people.hotline.queries.chats import (
    CHATS,
    TOGETHER,
    chat_of,
    chat_row,
    danger_waits,
    how_chat_stands,
    is_chat,
    is_on_duty_for_calls,
    languages_of_chats,
    line_for_chat,
    lines_told,
    may_take_chat,
    somebody_is_told,
    unsent_replies,
    waiting_chat,
    waiting_chats,
)
from panah.people.hotline.queries.confidentiality_texts import (
    NumbersThere,
    emergency,
    emergency_elsewhere,
    numbers_there,
    promise,
)
from panah.people.hotline.queries.contacts import (
    answers_of,
    attempts_of,
    became_a_case,
    call_backs,
    call_elsewhere,
    call_open,
    case_of,
    contacts_log,
    ended_at,
    finished_today,
    given_of,
    handed_over_of,
    held_of,
    history_of,
    hours_are_sealed,
    may_open,
    next_steps_of,
    notes_of,
    open_calls,
    open_dangers,
    undecided,
    visible,
    when_due,
)
from panah.people.hotline.queries.dangers import (
    OtherDanger,
    call_told_apart,
    chat_told_apart,
    engaged,
    holders_of_case,
    other_dangers,
    same_person,
)
from panah.people.hotline.queries.joined import earlier_contacts, joined_with, repeated
from panah.people.hotline.queries.lines import (
    ended_lines,
    first_steps,
    lines_of,
    operators_of,
    rows_with_numbers,
    visible_lines,
    waiting_on,
)
from panah.people.hotline.queries.month import aid_of_month, contacts_of_month
from panah.people.hotline.queries.night_covers import (
    cover_or_404,
    cover_sentences,
    covered_by,
    night_covers,
    who_calls,
)
from panah.people.hotline.queries.rehearsals import rehearsed_by, rehearsed_calls, rehearsed_pages
