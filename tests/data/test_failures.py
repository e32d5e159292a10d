"""What an error of the database means, whoever raised it and however it is wrapped."""

import sqlite3

import pymysql.err
import pytest
from tortoise.exceptions import DBConnectionError, IntegrityError, OperationalError, TransactionManagementError

from bookstore.data.failures import Unavailable, code_of, is_unreachable, is_worth_retrying, serves_no_writes

DEADLOCK = pymysql.err.OperationalError(1213, "Deadlock found when trying to get lock")
LOST = pymysql.err.OperationalError(2013, "Lost connection to MySQL server during query")
READ_ONLY = pymysql.err.OperationalError(1290, "running with the --read-only option")
UNKNOWN_COLUMN = pymysql.err.OperationalError(1054, "Unknown column")
DUPLICATE = pymysql.err.IntegrityError(1062, "Duplicate entry")
BUSY = sqlite3.OperationalError("database is locked")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DEADLOCK, 1213),
        (OperationalError(DEADLOCK), 1213),
        (OperationalError(OperationalError(DEADLOCK)), 1213),
        (pymysql.err.InterfaceError("Cancelled during execution"), None),
        (OperationalError("no such table"), None),
        (OperationalError(), None),
        (ValueError(), None),
    ],
)
def test_the_code_is_found_however_deep(error, code):
    assert code_of(error) == code


@pytest.mark.parametrize(
    ("error", "retried", "unreachable"),
    [
        (DEADLOCK, True, True),  # unreachable for whoever has tried often enough
        (OperationalError(pymysql.err.OperationalError(1205, "Lock wait timeout")), True, True),
        (pymysql.err.OperationalError(1020, "Record has changed since last read"), True, True),
        (OperationalError(READ_ONLY), True, True),
        (LOST, False, True),  # it may have happened
        (OperationalError(pymysql.err.OperationalError(2006, "gone away")), False, True),
        (DBConnectionError("Can't connect"), False, True),
        (pymysql.err.InterfaceError("Cancelled during execution"), False, True),
        (ConnectionResetError(), False, True),
        (Unavailable("redis"), False, True),
        (BUSY, True, True),
        (OperationalError(BUSY), True, True),
        (TransactionManagementError("database is locked"), True, True),
        (OperationalError(UNKNOWN_COLUMN), False, False),
        (IntegrityError(DUPLICATE), False, False),
        (ValueError("database is locked"), False, False),
        (OperationalError("no such table: locked"), False, False),
        (KeyError(1213), True, True),
    ],
    ids=repr,
)
def test_each_failure_has_its_answer(error, retried, unreachable):
    assert (is_worth_retrying(error), is_unreachable(error)) == (retried, unreachable)


def test_only_a_reader_that_was_a_writer_costs_the_pool_its_connections():
    assert serves_no_writes(OperationalError(READ_ONLY))
    assert not serves_no_writes(DEADLOCK)
