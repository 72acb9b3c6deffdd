"""What can be done with a request to restore family links; other rooms import from here."""

from panah.people.family_links.actions.answering import (
    ask_back,
    draft_answer,
    erase_taken_back,
    send_answer,
    write_search,
)
from panah.people.family_links.actions.incoming import (
    key_for_links,
    links_arrived,
    links_closed_there,
    take_links_over,
    take_up_links,
)
from panah.people.family_links.actions.outgoing import (
    drop_draft,
    note_answer_by_hand,
    note_deleted,
    note_printed,
    note_sent,
    note_told,
    prepare_across,
    send_across,
    take_links_back,
    tell_more,
)
from panah.people.family_links.actions.requests import close_links, note_links, take_links_request
