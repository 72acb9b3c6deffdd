"""What of the work lists is told to the person they are about: that there are such lines, not what they say."""

from django.utils.translation import gettext_lazy as _

from panah.ground.work.told_parts import FOR_THE_TEAM, MARKS, ToldPart, whole
from panah.ground.work.words import CAME_OF_IT, SENTENCE

SHEETS: dict[str, ToldPart] = {
    SENTENCE: whole(_("Lines of the team’s work list"), FOR_THE_TEAM),
    CAME_OF_IT: whole(_("What came of lines of the work list"), FOR_THE_TEAM),
    # Written by the vault, below this room.
    "cards": whole(_("Cards by which the file is found and counted"), MARKS),
}
