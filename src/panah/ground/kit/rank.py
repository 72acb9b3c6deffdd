"""In which order whatever waits is shown, wherever it is shown: lists, the days, the menu, the lines over every page.

How late something is orders within one rank alone. What of the work is of which rank, its room says in ``hooks.py``
(``work.item_rooms``); lists are put in this order by ``work.ranked``.
"""

from enum import IntEnum


class Rank(IntEnum):
    # Somebody is in danger now, or was not met where she was to be met.
    DANGER = 0
    # Somebody may come to harm if nobody looks.
    SAFETY = 1
    # Somebody was told that it will be done.
    PROMISES = 2
    # What keeps the house in order.
    HOUSEKEEPING = 3

    @property
    def presses(self) -> bool:
        """Whether it is shown in the colour of danger."""
        return self <= Rank.SAFETY
