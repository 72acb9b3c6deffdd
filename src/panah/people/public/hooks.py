"""What this room registers with rooms below it."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.network.capabilities import CAPABILITIES, Capability
from panah.people.page_texts.sentences import DOOR_ROOMS
from panah.people.public.queries import DOOR

CAPABILITIES.register(
    DOOR,
    Capability(
        _("Messages from the public door"),
        _(
            "Nobody can write to the society there. Its numbers stay on the page; other societies can be written to."
        ),
        frozenset(),
        levels={"data_protection": 2},
    ),
)
MENU.register(DOOR, MenuItem("door:overview", _("Public door"), "open", section=Section.DIRECTORY), order=74)
# A focal point corrects what these pages say.
DOOR_ROOMS.register("public", Path(__file__).parent)
