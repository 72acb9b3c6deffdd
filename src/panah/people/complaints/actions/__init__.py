"""What can be done with complaints and requests about own data; the composition imports from here."""

from panah.people.complaints.actions.colleague_requests import ask_colleague, leave_word, read_word, reply
from panah.people.complaints.actions.intake import take
from panah.people.complaints.actions.reader_handover import can_pass_on, hand_over_all, pass_on
from panah.people.complaints.actions.readers import confirm, decline, name_second
from panah.people.complaints.actions.steps import (
    acknowledge,
    answer,
    close,
    erase_matter,
    forget,
    look_into,
    note,
    reopen,
)
from panah.people.complaints.actions.subject_access import note_gathering
from panah.people.complaints.actions.who_is_meant import say_who_is_meant
