"""Django's ``migrate``, quicker for a database that is new.

Django computes the state of the whole project again for each of hundreds of migrations. A new database gets its tables
at once, from the state after the last migration. A shred store holds one table: a migration that changes nothing there
is only recorded.
"""

from collections.abc import Sequence

from django.core.management.commands import migrate
from django.db import router
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.state import ProjectState

from panah.ground.vault.models import ShredRouter

MIGRATIONS_TABLE = "django_migrations"
# Each migration, and whether it is undone.
Plan = Sequence[tuple[Migration, bool]]
# Migrations of other packages that only change rows; a new database has none. Ours are marked ``elidable=True``.
ROWS_ALONE = {
    ("contenttypes", "0002_remove_content_type_name"),
    ("auth", "0011_update_proxy_permissions"),
    ("account", "0006_emailaddress_lower"),
    ("account", "0008_emailaddress_unique_primary_email_fixup"),
}


def leads_to_its_models(migration: Migration) -> bool:
    """Say whether creating the tables from the models gives the same as running this migration on an empty database."""
    return (migration.app_label, migration.name) in ROWS_ALONE or all(
        isinstance(one, (ModelOperation, FieldOperation, IndexOperation)) or one.elidable
        for one in migration.operations
    )


class Executor(MigrationExecutor):
    """Creates the tables of a new database at once; in a shred store, only records what changes nothing there."""

    def _migrate_all_forwards(
        self, state: ProjectState, plan: Plan, full_plan: Plan, fake: bool, fake_initial: bool
    ) -> ProjectState:
        if not (fake or fake_initial) and self._is_new(plan, full_plan):
            return self._make_at_once(full_plan)
        if self.connection.alias not in ShredRouter.aliases:
            return super()._migrate_all_forwards(state, plan, full_plan, fake, fake_initial)  # type: ignore[misc]  # Django has it, its stubs do not
        waiting = {migration for migration, _backwards in plan}
        changing = {
            one for one in waiting if any(self._changes(operation, one) for operation in one.operations)
        }
        for migration, _backwards in full_plan:
            if migration in changing:
                state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
                # Otherwise the next migration would render all models again.
                vars(state).pop("apps", None)
            elif migration in waiting:
                migration.mutate_state(state, preserve=False)
                self.record_migration(migration.app_label, migration.name)
        return state

    def _is_new(self, plan: Plan, full_plan: Plan) -> bool:
        """Say whether the database is empty, and all migrations can be replaced by creating the tables."""
        return (
            len(plan) == len(full_plan)
            and set(self.connection.introspection.table_names()) <= {MIGRATIONS_TABLE}
            and all(leads_to_its_models(migration) for migration, _backwards in plan)
        )

    def _make_at_once(self, full_plan: Plan) -> ProjectState:
        """Create every table as the last migration leaves it and record all migrations, in one transaction."""
        alias = self.connection.alias
        state = self.loader.project_state()
        if alias in ShredRouter.aliases:
            for label, name in [*state.models]:
                if not router.allow_migrate(alias, label, model_name=name):
                    state.remove_model(label, name)
        with self.connection.schema_editor(atomic=True) as editor:
            for model in state.apps.get_models():
                if model._meta.can_migrate(self.connection) and router.allow_migrate_model(alias, model):
                    editor.create_model(model)
            for migration, _backwards in full_plan:
                self.record_migration(migration.app_label, migration.name)
        return state

    def _changes(self, operation: Operation, migration: Migration) -> bool:
        if isinstance(operation, SeparateDatabaseAndState):
            return any(self._changes(one, migration) for one in operation.database_operations)
        named = (getattr(operation, how, None) for how in ("model_name", "old_name", "name"))
        model = next((name.lower() for name in named if name), None)
        about = {"model_name": model} | getattr(operation, "hints", {})
        return router.allow_migrate(self.connection.alias, migration.app_label, **about)


class Command(migrate.Command):
    """Django's, with the executor above."""

    def handle(self, *args: object, **options: object) -> None:
        migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # it takes the name from there
        super().handle(*args, **options)
