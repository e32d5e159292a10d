"""Books as lists show them: one light query, without the ORM's models and without their descriptions."""

from dataclasses import dataclass, fields
from typing import Any

from tortoise import connections

from bookstore.data import db


@dataclass(frozen=True, slots=True)
class Card:
    """A book on a shelf or in a list; the price is in cents."""

    id: int
    seller_id: int
    seller_name: str
    title: str
    author: str
    price_cents: int
    stock: int
    condition: str
    language: str | None
    year: int | None
    photo: str | None


_COLUMNS = ", ".join(f"`{field.name}`" for field in fields(Card))


class Where:
    """Conditions that all hold, in texts of this package's own, with the readers' values for their `%s`."""

    def __init__(self, condition: str = "status = 'on_sale'", *values: object) -> None:
        self.conditions = [condition]
        self.values = list(values)

    def and_(self, condition: str, *values: object) -> "Where":
        """These conditions and one more."""
        more = Where(*self.conditions[:1])
        more.conditions = [*self.conditions, condition]
        more.values = [*self.values, *values]
        return more

    def __str__(self) -> str:
        return " AND ".join(self.conditions)


async def cards(where: Where, order: str, limit: int) -> list[Card]:
    rows = await rows_of(f"SELECT {_COLUMNS} FROM catalog_book WHERE {where} ORDER BY {order} LIMIT {limit}", where)  # noqa: S608
    return [Card(**row) for row in rows]


async def count(where: Where, most: int) -> int:
    """How many there are; counting stops at `most`, because an exact count reads them all."""
    first = f"SELECT 1 FROM catalog_book WHERE {where} LIMIT {most}"  # noqa: S608
    rows = await rows_of(f"SELECT COUNT(*) AS found FROM ({first}) first_ones", where)  # noqa: S608
    return int(rows[0]["found"])


async def rows_of(sql: str, where: Where) -> list[dict[str, Any]]:
    text = sql.replace("%s", "?") if db.is_sqlite() else sql
    rows: list[dict[str, Any]] = await connections.get("default").execute_query_dict(text, where.values)
    return rows
