"""The settings of the app that answers this request."""

from quart import current_app

from bookstore.config import Config


def settings() -> Config:
    """What this app was created with."""
    config: Config = current_app.extensions["settings"]
    return config
