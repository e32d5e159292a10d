"""What is done once before the shop opens: the schema, and at the very start the demo's people and books."""

import asyncio
from pathlib import Path

from bookstore import logs
from bookstore.config import Config
from bookstore.data import db
from bookstore.data.migrate import migrate

SEEDED = "demo.seeded"  # once: a demo book that its owner has renamed does not come back under its old name


def run(config: Config, folder: Path, *, with_demo: bool) -> None:
    """Make the shop in `folder` ready to be opened."""
    logs.configure("prepare")
    asyncio.run(migrate(config))
    if with_demo and not (folder / SEEDED).exists():
        asyncio.run(_seed(config))
        (folder / SEEDED).touch()


async def _seed(config: Config) -> None:
    from bookstore import demo  # noqa: PLC0415 - every later start does without

    await db.connect(config)
    try:
        await demo.seed()
    finally:
        await db.close()
