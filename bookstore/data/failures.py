"""What a database error means: the ORM wraps some of the driver's exceptions and lets others through."""

import sqlite3

import pymysql.err
from tortoise.exceptions import DBConnectionError, OperationalError, TransactionManagementError

# Deadlock, lock wait, a row changed since it was read (MariaDB), NOWAIT (MySQL).
RETRY = frozenset({1205, 1213, 1020, 3572})
# The old writer after a failover: the server, or its connection, takes no writes.
READ_ONLY = frozenset({1290, 1836, 1792})
UNREACHABLE = frozenset({1040, 1053, 1129, 1158, 1159, 1160, 1161, 2002, 2003, 2006, 2013, 2014, 2055})
LOCKED = ("database is locked", "database table is locked")


class Unavailable(Exception):
    """A dependency, named by `str()`, cannot be reached or is too slow; what was under way may have happened or not."""


def code_of(error: BaseException) -> int | None:
    """The server's or the driver's error number, from however deep it is wrapped."""
    while error.args:
        first = error.args[0]
        if isinstance(first, int):
            return first
        if not isinstance(first, BaseException):
            return None
        error = first
    return None


def is_worth_retrying(error: BaseException) -> bool:
    """Whether the same unit, run again whole, may succeed: it was surely rolled back."""
    return code_of(error) in RETRY | READ_ONLY or _is_sqlite_busy(error)


def serves_no_writes(error: BaseException) -> bool:
    return code_of(error) in READ_ONLY


def is_unreachable(error: BaseException) -> bool:
    """Whether the fault is the database's absence, slowness or overload and not the statement's."""
    if isinstance(error, DBConnectionError | pymysql.err.InterfaceError | ConnectionError | Unavailable):
        return True
    return code_of(error) in UNREACHABLE | READ_ONLY | RETRY or _is_sqlite_busy(error)


def _is_sqlite_busy(error: BaseException) -> bool:
    wrapped = isinstance(error, OperationalError | TransactionManagementError | sqlite3.OperationalError)
    return wrapped and any(text in str(error) for text in LOCKED)
