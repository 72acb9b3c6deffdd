"""The pages of finding. Names travel only in the body of a request, never in an address."""

from panah.finding.views.incoming_inquiries import asked, decide, let_go, others
from panah.finding.views.local_search import find, question
from panah.finding.views.outgoing_inquiries import ask_there, take_answer, there
