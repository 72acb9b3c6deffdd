"""Societies, their branches, regions and rule sheets.

Nothing here is about a person who was helped. Contacts are those of organisations.
This floor lies below the accounts, so who checked or confirmed a line is kept as the
name that the person is known by at work, not as a foreign key.
"""

from panah.ground.network.models.rulesheets import RuleLine
from panah.ground.network.models.societies import Branch, FormerRegion, Region, Society
