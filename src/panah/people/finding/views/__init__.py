"""The pages of finding. Names travel only in the body of a request, never in an address."""

from panah.people.finding.views.doubles import double, doubles
from panah.people.finding.views.incoming_inquiries import decide, discard, incoming, incoming_list
from panah.people.finding.views.local_search import find, question
from panah.people.finding.views.outgoing_inquiries import ask_society, outgoing_list, take_answer
