"""What the sealed parts of the hotline's files are called. Frozen: files on disk are found by these names."""

ANSWERS, NOTE, BESIDE, IDENTITY = "answers", "note", "beside", "identity"
GIVEN, BACK, TRIED, HANDED, PAPER = "given", "back", "tried", "handed_over", "paper"
REQUEST, NOTED = "request", "noted"
ASKED, DECISION, ANSWER = "asked", "decision", "answer"

# Purposes of due items, by which this room finds its own again.
CALL_BACK, ENDED_BY_ITSELF = "call_back", "ended_by_itself"
