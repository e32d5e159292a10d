"""Moments: aware UTC datetimes in Python, milliseconds since 1970 in every database, and the database's own clock.

Whole numbers compare and index alike on SQLite, MariaDB and MySQL, and no session's time zone can change them.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise import connections, fields
from tortoise.expressions import RawSQL

_SQLITE = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_MYSQL = "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)"


class Instant(fields.BigIntField):
    """A moment, to the millisecond."""

    def to_db_value(self, value: Any, instance: Any) -> Any:  # noqa: ANN401 - the ORM's signature
        del instance
        return int(value.timestamp() * 1000) if isinstance(value, datetime) else value

    def to_python_value(self, value: Any) -> Any:  # noqa: ANN401
        return datetime.fromtimestamp(value / 1000, UTC) if isinstance(value, int) else value


def utcnow() -> datetime:
    """The process's clock, for what only people read. Whether time has run out is judged by the database's."""
    return datetime.now(UTC)


def database_now(later: timedelta = timedelta()) -> RawSQL:
    """The database's clock, `later` added, as an expression for a filter or an update."""
    sql = _SQLITE if _dialect() == "sqlite" else _MYSQL
    return RawSQL(f"({sql} + {int(later.total_seconds() * 1000)})")


async def read() -> datetime:
    """The database's clock, asked for."""
    sql = _SQLITE if _dialect() == "sqlite" else _MYSQL
    rows = await connections.get("default").execute_query_dict(f"SELECT {sql} AS now")
    return datetime.fromtimestamp(int(rows[0]["now"]) / 1000, UTC)


def _dialect() -> str:
    return str(connections.get("default").capabilities.dialect)
