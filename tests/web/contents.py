"""Everything that the shop keeps, to be compared before and after."""

from tortoise import Tortoise

from bookstore.data import redis


async def contents() -> dict[str, list[str]]:
    """Every row of every table of the shop this process is connected to, and the names of Redis' keys."""
    kept = {}
    for models in Tortoise.apps.values():
        for model in models.values():
            kept[model._meta.db_table] = sorted(repr(row) for row in await model.all().values())
    return kept | {"redis": sorted(await redis.client().keys())}


def changes(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is in one and not in the other, by table: empty when nothing was written."""
    return {name: found for name in before | after if (found := sorted(set(before[name]) ^ set(after[name])))}
