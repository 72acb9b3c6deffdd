"""Every change of the directory. What a society has edited, a later load leaves alone."""

from panah.ground.directory.actions.agreements import change_agreement, record_agreement
from panah.ground.directory.actions.entries import (
    NumberEntry,
    OrganizationEntry,
    ServiceEntry,
    record_verification,
    save_number,
    save_organization,
    save_service,
)
from panah.ground.directory.actions.federated_entries import take_entry
from panah.ground.directory.actions.hosting import practise_elsewhere
from panah.ground.directory.actions.import_review import (
    bring_directory,
    drop_brought,
    import_directory,
    read_directory,
    record_export,
    take_brought,
)
from panah.ground.directory.actions.loading import load_reference_data
from panah.ground.directory.actions.pathways import StepEntry, remove_step, save_step
from panah.ground.directory.actions.upsert import ImportCounts
