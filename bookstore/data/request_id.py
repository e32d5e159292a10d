"""The id that follows one request from the web through the outbox to the worker, in every line of their logs."""

import secrets

from structlog.contextvars import bind_contextvars, get_contextvars


def new_request_id() -> str:
    return secrets.token_hex(8)


def bind_request_id(request_id: str) -> None:
    """Let every log line of this task carry it."""
    bind_contextvars(request_id=request_id)


def current_request_id() -> str:
    """The id bound to this task, or a new one for work that no request asked for."""
    return str(get_contextvars().get("request_id") or new_request_id())
