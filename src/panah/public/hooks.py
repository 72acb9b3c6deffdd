"""What this room registers with rooms below it."""

from pathlib import Path

from panah.page_texts.sentences import DOOR_ROOMS

# A focal point corrects what these pages say.
DOOR_ROOMS.register("public", Path(__file__).parent)
