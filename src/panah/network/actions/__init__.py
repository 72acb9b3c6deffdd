"""Every change of the register. What a society has edited, a later load leaves alone."""

from panah.network.actions.agreements import change_agreement, record_agreement
from panah.network.actions.branches import add_branch, confirm_branch, edit_branch, edit_society
from panah.network.actions.directory import (
    NumberEntry,
    OrganizationEntry,
    ServiceEntry,
    record_verification,
    save_number,
    save_organization,
    save_service,
)
from panah.network.actions.federated_entries import EntryTaken, take_entry
from panah.network.actions.hosting import host_society, practise_elsewhere
from panah.network.actions.import_review import (
    bring_directory,
    drop_brought,
    import_directory,
    read_directory,
    record_export,
    take_brought,
)
from panah.network.actions.loading import Loaded, load_reference_data
from panah.network.actions.pathways import StepEntry, remove_step, save_step
from panah.network.actions.rulesheets import check_rule_line, edit_rule_line
from panah.network.actions.upsert import ImportCounts
