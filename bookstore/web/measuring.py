"""What every request leaves behind: one line in the log, and the figures of /metrics."""

import time

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector
from quart import Quart, Response, abort, current_app, request

from bookstore.web.health import dependencies
from bookstore.web.limits import client_address
from bookstore.web.session import current_user

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
QUIET = frozenset({"static", "livez", "readyz", "metrics", "version"})  # asked all the time: no line when all is well
log = structlog.get_logger("access")


class Metrics:
    """The figures of one app. Sold-out answers and wrong passwords are their route's 409 and 401."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        names = ("method", "route", "status")
        self.requests = Counter("bookstore_requests", "Answers", names, registry=self.registry)
        self.seconds = Histogram(
            "bookstore_request_seconds", "Until the answer", ("route",), buckets=SECONDS, registry=self.registry
        )
        self.up = Gauge("bookstore_dependency_up", "1 when it answers", ("name",), registry=self.registry)
        ProcessCollector(registry=self.registry)


def install(app: Quart) -> None:
    app.extensions["metrics"] = Metrics()
    app.after_request(_record)
    app.add_url_rule("/metrics", "metrics", metrics)


async def metrics() -> Response:
    """For the scraper alone: what a proxy passed on from outside finds nothing here."""
    if "X-Forwarded-For" in request.headers:
        abort(404)
    figures = _metrics()
    for name, answer in (await dependencies()).items():
        figures.up.labels(name).set(answer == "ok")
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)


async def _record(response: Response) -> Response:
    took = time.perf_counter() - request.scope["began"]  # type: ignore[typeddict-item]  # the front's own entry
    route = request.url_rule.rule if request.url_rule else "none"  # the template: no ids, no end of labels
    method = request.method if request.method in METHODS else "other"
    figures = _metrics()
    figures.requests.labels(method, route, response.status_code).inc()
    figures.seconds.labels(route).observe(took)
    if request.endpoint not in QUIET or response.status_code >= 400:  # noqa: PLR2004
        _write(route, response.status_code, took)
    return response


def _write(route: str, status: int, took: float) -> None:
    """Never the query, a body or a cookie: they hold what people search for and type."""
    person = current_user()
    log.info(
        "request",
        method=request.method,
        route=route,
        path=request.path[:200],
        status=status,
        ms=round(took * 1000, 1),
        address=client_address(),
        user_id=person.id if person else None,
        htmx=request.headers.get("HX-Request") == "true",
    )


def _metrics() -> Metrics:
    figures: Metrics = current_app.extensions["metrics"]
    return figures
