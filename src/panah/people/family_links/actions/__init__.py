"""What can be done with a request to restore family links; other rooms import from here."""

from panah.people.family_links.actions.answering import write_search
from panah.people.family_links.actions.incoming import (
    key_for_links,
    links_arrived,
    links_closed_there,
    take_links_over,
)
from panah.people.family_links.actions.outgoing import note_printed, note_sent, prepare_across, send_across
from panah.people.family_links.actions.requests import close_links, note_links, take_links_request
