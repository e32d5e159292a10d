"""What no row may say, refused by the database itself, whoever writes it."""

import pytest
from tortoise import connections
from tortoise.exceptions import BaseORMException

from tests.orders.desk import Desk
from tests.stock import lists

pytestmark = pytest.mark.every_database
NEVER = [
    ("catalog_book", "stock", -1),
    ("catalog_book", "price_cents", -1),
    ("catalog_hold_line", "quantity", 0),
    ("orders_line", "quantity", 0),
    ("orders_line", "quantity", -1000),
    ("orders_order", "goods_cents", -1),
    ("orders_order", "shipping_cents", -1),
    ("orders_capture", "amount_cents", -1),
]


@pytest.fixture
async def sold(connected) -> None:
    """One row in every table of a sale."""
    desk = Desk(connected)
    await desk.buys(await lists("Rayuela", stock=3))
    await desk.works_until_rest()


async def values(table: str, column: str) -> list[int]:
    rows = await connections.get("default").execute_query_dict(f"SELECT {column} AS it FROM {table}")
    return [row["it"] for row in rows]


@pytest.mark.parametrize(("table", "column", "value"), NEVER)
async def test_flaw_m04_flaw_m05_flaw_m18_no_update_can_write_it(sold, table, column, value):
    before = await values(table, column)
    with pytest.raises(BaseORMException):
        await connections.get("default").execute_query(f"UPDATE {table} SET {column} = {value}")
    assert await values(table, column) == before != []


@pytest.mark.parametrize(("table", "column", "value"), NEVER)
async def test_flaw_m04_flaw_m05_flaw_m18_no_insert_can_write_it(sold, table, column, value):
    database = connections.get("default")
    [row] = (await database.execute_query_dict(f"SELECT * FROM {table}"))[:1]
    key = "attempt_key" if table == "orders_capture" else "id"
    copy = row | {column: value, key: "another" if isinstance(row[key], str) else 777, "reference": "another"}
    names = [name for name in copy if name in row]
    columns, marks = ", ".join(f"`{name}`" for name in names), ", ".join("?" for _ in names)
    insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
    if database.capabilities.dialect == "mysql":
        insert = insert.replace("?", "%s")
    with pytest.raises(BaseORMException, match=r"never_negative|some_copies|some_money"):
        await database.execute_query(insert, [copy[name] for name in names])
    assert len(await values(table, column)) == 1
