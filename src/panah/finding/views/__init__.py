"""The pages of finding. Names travel only in the body of a request, never in an address."""

from panah.finding.views.here import asked, decide, let_go, others
from panah.finding.views.looking import find, question
from panah.finding.views.there import ask_there, take_answer, there

__all__ = ["ask_there", "asked", "decide", "find", "let_go", "others", "question", "take_answer", "there"]
