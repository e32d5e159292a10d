"""Moments: aware UTC datetimes in Python, milliseconds since 1970 in every database, and the database's own clock.

Whole numbers compare and index alike on SQLite, MariaDB and MySQL, and no session's time zone can change them.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise import connections, fields
from tortoise.expressions import RawSQL

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SQLITE = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_MYSQL = "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)"


class Instant(fields.BigIntField):
    """A moment, to the millisecond."""

    def to_db_value(self, value: Any, instance: Any) -> Any:  # noqa: ANN401 - the ORM's signature
        del instance
        # Not by way of a float of seconds, which brings six moments of a thousand back a millisecond earlier.
        return (value - _EPOCH) // _MILLISECOND if isinstance(value, datetime) else value

    def to_python_value(self, value: Any) -> Any:  # noqa: ANN401
        return _EPOCH + value * _MILLISECOND if isinstance(value, int) else value


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
    return _EPOCH + int(rows[0]["now"]) * _MILLISECOND


def _dialect() -> str:
    return str(connections.get("default").capabilities.dialect)
