"""What other rooms and the pages ask the directory."""

from panah.ground.directory.queries.agreements import (
    agreement_with,
    agreements_of,
    editable_agreement,
    want_deciding,
)
from panah.ground.directory.queries.cards import (
    AgreementCard,
    HotlineCard,
    LastVerified,
    Phone,
    Search,
    ServiceCard,
    ServiceSheet,
)
from panah.ground.directory.queries.entries import (
    all_with_numbers,
    countries_with_lines,
    delivered_with_numbers,
    editable_hotline,
    editable_organization,
    editable_service,
    hotline_or_none,
    hotlines,
    lines_for_strangers,
    numbers_of,
    organization_or_none,
    organizations_of,
    organizations_with_beds,
    own_numbers,
    own_numbers_of,
    own_services,
    service_or_none,
    to_verify,
)
from panah.ground.directory.queries.exchange import directory_entry, everything, file_of, told_organizations
from panah.ground.directory.queries.import_review import (
    Compared,
    ImportState,
    brought_or_none,
    compared,
    problems_said,
    waiting,
)
from panah.ground.directory.queries.pathways import pathways_of, receivers, senders, step_or_none
from panah.ground.directory.queries.search import MOST, listed_countries, search_services, services_found
from panah.ground.directory.queries.written_rows import SHOWN_TO_STRANGERS
from panah.ground.directory.rules import Hours
