"""JSON logs on stderr, one object a line: ours and every library's, with the request id of the task they came from."""

import logging
import os
import sys
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def configure(role: str, level: int = logging.INFO) -> None:
    """Log from now on as `role` (web, queue, clock, command). Call it once a process, before the first line."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _signed(role),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    rendering: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.JSONRenderer(),  # ASCII: what was sent to us cannot steer the terminal that shows it
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=rendering))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("tortoise").setLevel(logging.WARNING)  # it tells every close
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("the process ends by an error", exc_info=(kind, error, trace))


def _signed(role: str) -> Processor:
    def sign(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["role"], event["pid"] = role, os.getpid()  # asked each time: a job runs in a fork
        return event

    return sign
