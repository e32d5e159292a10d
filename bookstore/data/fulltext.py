"""Word indexes for migrations: MariaDB and MySQL have them, SQLite reads every row."""

from typing import Any

from tortoise.migrations.operations import RunPython


def add_fulltext(table: str, name: str, column: str) -> RunPython:
    """Index the words of `column`, three letters and longer."""

    async def run(apps: Any, editor: Any) -> None:  # noqa: ANN401 - the migration tool's signature
        del apps
        if editor.client.capabilities.dialect != "sqlite":
            await editor.client.execute_query(f"ALTER TABLE {table} ADD FULLTEXT INDEX {name} ({column})")

    return RunPython(run, _nothing)


async def _nothing(apps: Any, editor: Any) -> None:  # noqa: ANN401
    """Migrations only go forward."""
