"""What lies under every page, in the order in which a request meets it."""

from quart import Quart

from bookstore.config import Config
from bookstore.web import csrf, errors, guard, health, measuring, requests
from bookstore.web.front import Front
from bookstore.web.session import RedisSessions
from bookstore.web.turns import Turns


def lay(app: Quart, config: Config) -> None:
    """Give the app its settings, sessions, guards, error pages and health. Views may be added before or after."""
    app.extensions["settings"] = config
    app.session_interface = RedisSessions()  # type: ignore[assignment]
    requests.install(app)
    measuring.install(app)
    guard.install(app)
    csrf.install(app)
    errors.install(app)
    health.install(app)
    app.asgi_app = Front(Turns(app.asgi_app), config.trusted_proxies)  # type: ignore[method-assign]
