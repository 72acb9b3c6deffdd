"""What the sealed parts of the hotline's files are called. Frozen: files on disk are found by these names."""

ANSWERS, NOTE, BESIDE, IDENTITY = "answers", "note", "beside", "identity"
GIVEN, BACK, TRIED, HANDED, PAPER = "given", "back", "tried", "handed_over", "paper"
REQUEST, NOTED = "request", "noted"
ASKED, DECISION, ANSWER = "asked", "decision", "answer"

# Purposes of due items, by which this room finds its own again.
CALL_BACK, ENDED_BY_ITSELF, CAME_LATE, ERASE_SOON = "call_back", "ended_by_itself", "came_late", "erase_soon"
# Something that arrived sealed became a contact: somebody goes on with it.
ARRIVED = "arrived"
# A talk with a colleague after a hard call.
DEBRIEF = "debrief"
# Why a contact is kept longer than the rule says, and by whom it was decided.
KEPT = "kept"
