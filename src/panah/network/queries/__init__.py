"""What other rooms and the pages ask the register."""

from panah.network.queries.agreements import agreement_with, agreements_of, editable_agreement, want_deciding
from panah.network.queries.cards import (
    AgreementCard,
    HotlineCard,
    LastVerified,
    OrganizationSheet,
    Search,
    ServiceCard,
    ServiceSheet,
)
from panah.network.queries.directory import (
    editable_hotline,
    editable_organization,
    editable_service,
    hotline_or_none,
    hotlines,
    organization_or_none,
    organizations_of,
    own_numbers,
    service_or_none,
    to_verify,
)
from panah.network.queries.exchange import directory_entry, everything, file_of, told_organizations
from panah.network.queries.import_review import (
    Compared,
    ImportState,
    brought_or_none,
    compared,
    problems_said,
    waiting,
)
from panah.network.queries.pathways import Pathway, pathways_of, receivers, senders, step_or_none
from panah.network.queries.rulesheets import (
    EmergencyNumbers,
    RuleValue,
    child_age,
    emergency_numbers,
    reflection_days,
    reflection_ends,
    retention_ends,
    rule,
    rule_for_country,
    rule_history,
    rule_line_or_none,
    rule_sheet,
)
from panah.network.queries.search import MOST, search_services, services_found
from panah.network.queries.societies import (
    BranchCard,
    RegionCard,
    SocietyCard,
    all_ids,
    branch_names,
    branch_or_none,
    branches_of,
    countries,
    hosted_ids,
    hosted_societies,
    names_of,
    names_of_societies,
    place_choices,
    region_choices,
    regions_of,
    regions_today,
    societies,
    society_in_country,
    society_or_none,
)
