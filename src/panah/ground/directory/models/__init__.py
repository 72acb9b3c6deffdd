"""The directory: organisations, services, numbers, agreements and pathways.

Nothing here is about a person who was helped. Contacts are those of organisations.
This floor lies below the accounts, so who verified or agreed is kept as the
name that the person is known by at work, not as a foreign key.
"""

from panah.ground.directory.models.arrivals import BroughtDirectory
from panah.ground.directory.models.numbers import HotlineNumber, Verification
from panah.ground.directory.models.organizations import Agreement, Organization
from panah.ground.directory.models.pathways import PathwayStep
from panah.ground.directory.models.services import Service, ServiceContact, ServicePhone, ServiceTerm

# Which of these decide what may be dialled and shown.
KEPT_WHOLE = (
    *(Organization, Service, ServiceTerm, ServicePhone, ServiceContact),
    *(HotlineNumber, Verification),
)
