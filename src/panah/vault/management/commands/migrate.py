"""Bring the databases to the tables that this version needs: Django's command, quicker where nobody has worked yet.

Django works out the whole project at each of hundreds of steps. A new database gets its tables at once, as they are
after the last step; in a shred store, which holds one table, a step that changes nothing there is only written down.
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

from panah.vault.models import ShredRouter

MIGRATIONS_TABLE = "django_migrations"
# Each migration, and whether it is undone.
Plan = Sequence[tuple[Migration, bool]]
# Steps of others that change rows besides: a new database has none. Ours say so by ``elidable=True``.
ROWS_ALONE = {
    ("contenttypes", "0002_remove_content_type_name"),
    ("auth", "0011_update_proxy_permissions"),
    ("account", "0006_emailaddress_lower"),
    ("account", "0008_emailaddress_unique_primary_email_fixup"),
}


def leads_to_its_models(migration: Migration) -> bool:
    """Say whether this migration leaves a new database as the models after it describe, without a row of its own."""
    return (migration.app_label, migration.name) in ROWS_ALONE or all(
        isinstance(one, (ModelOperation, FieldOperation, IndexOperation)) or one.elidable
        for one in migration.operations
    )


class Executor(MigrationExecutor):
    """Makes the tables of a new database at once, and writes down what changes nothing in a shred store."""

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
                # Models worked out would all be worked out anew at the next step.
                vars(state).pop("apps", None)
            elif migration in waiting:
                migration.mutate_state(state, preserve=False)
                self.record_migration(migration.app_label, migration.name)
        return state

    def _is_new(self, plan: Plan, full_plan: Plan) -> bool:
        """Say whether the database is empty, and all that is to be done to it can be done at once."""
        return (
            len(plan) == len(full_plan)
            and set(self.connection.introspection.table_names()) <= {MIGRATIONS_TABLE}
            and all(leads_to_its_models(migration) for migration, _backwards in plan)
        )

    def _make_at_once(self, full_plan: Plan) -> ProjectState:
        """Make every table as it is after the last step, and write all steps down: all of it or nothing."""
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
