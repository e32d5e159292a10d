"""create_app: one process that serves the contexts its settings name."""

from functools import partial
from importlib import import_module

from quart import Blueprint, Quart

from bookstore import pages
from bookstore.config import Config
from bookstore.data import db, redis
from bookstore.web import ground
from bookstore.web.requests import Bounded


def create_app(config: Config) -> Quart:
    """An app for these settings; its connections open when it starts serving and close when it stops."""
    app = Bounded(__name__, static_folder=None)
    pages.install(app)
    ground.lay(app, config)
    for context in sorted(config.services):
        app.register_blueprint(_blueprint(context))
    app.before_serving(partial(_open, config))
    app.after_serving(_close)
    return app


def _blueprint(context: str) -> Blueprint:
    blueprint = import_module(f"bookstore.{context}.web").blueprint
    if not isinstance(blueprint, Blueprint):
        raise TypeError(f"bookstore.{context}.web has no blueprint")
    return blueprint


async def _open(config: Config) -> None:
    await db.connect(config)
    redis.connect(config)


async def _close() -> None:
    await redis.close()
    await db.close()
