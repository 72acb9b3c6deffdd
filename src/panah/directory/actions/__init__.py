"""Every change of the directory. What a society has edited, a later load leaves alone."""

from panah.directory.actions.agreements import change_agreement, record_agreement
from panah.directory.actions.entries import (
    NumberEntry,
    OrganizationEntry,
    ServiceEntry,
    record_verification,
    save_number,
    save_organization,
    save_service,
)
from panah.directory.actions.federated_entries import EntryTaken, take_entry
from panah.directory.actions.hosting import practise_elsewhere
from panah.directory.actions.import_review import (
    bring_directory,
    drop_brought,
    import_directory,
    read_directory,
    record_export,
    take_brought,
)
from panah.directory.actions.loading import load_reference_data
from panah.directory.actions.pathways import StepEntry, remove_step, save_step
from panah.directory.actions.upsert import ImportCounts
