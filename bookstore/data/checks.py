"""CHECK constraints for migrations: the ORM leaves them out of new tables, and SQLite cannot add one later."""

from collections.abc import Awaitable, Callable
from typing import Any

from tortoise.migrations.operations import RunPython

Code = Callable[[Any, Any], Awaitable[None]]


def add_check(table: str, name: str, condition: str) -> RunPython:
    """Refuse rows of `table` for which `condition` is false; on SQLite two triggers do it.

    `condition` names columns as `{stock}`, since a trigger has to say whose they are.
    """
    return RunPython(_adding(table, name, condition), _nothing)


def _adding(table: str, name: str, condition: str) -> Code:
    async def run(apps: Any, editor: Any) -> None:  # noqa: ANN401 - the migration tool's signature
        del apps
        for statement in _statements(editor.client.capabilities.dialect, table, name, condition):
            await editor.client.execute_query(statement)

    return run


def _statements(dialect: str, table: str, name: str, condition: str) -> list[str]:
    plain = condition.replace("{", "").replace("}", "")
    if dialect != "sqlite":
        return [f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({plain})"]
    new = condition.replace("{", "NEW.").replace("}", "")
    return [
        f"CREATE TRIGGER {name}_{moment.lower()} BEFORE {moment} ON {table} WHEN NOT ({new}) "
        f"BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END"
        for moment in ("INSERT", "UPDATE")
    ]


async def _nothing(apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Migrations only go forward."""
