"""What a request may weigh, and how long its view may take."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from quart import Quart, Request
from quart.ctx import RequestContext
from quart.formparser import FormDataParser, ParserFunc
from quart.typing import ResponseReturnValue
from quart.wrappers.request import Body
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

View = TypeVar("View", bound=Callable[..., Any])
Parsed = tuple[MultiDict[Any, Any], MultiDict[Any, Any]]

FORM_BYTES = 1024 * 1024  # a text of 100,000 characters is answered beside its field, not with a 413
FILE_BYTES = 10 * 1024 * 1024
FORM_PARTS = 100
BODY_SECONDS = 60
DEADLINE = 10.0  # seconds a view may take; each dependency gives up earlier, a frozen read does not


class FewFields(FormDataParser):
    """Taking 300,000 empty fields apart would hold up everybody else for a third of a second."""

    def get_parse_func(self, mimetype: str, options: dict[str, str]) -> ParserFunc | None:
        parse = super().get_parse_func(mimetype, options)
        if parse is None:
            return None
        return partial(_named if mimetype == "multipart/form-data" else _counted, parse)


async def _counted(parse: ParserFunc, parser: FormDataParser, body: Body, *more: Any) -> Parsed:  # noqa: ANN401
    if (await body).count(b"&") >= FORM_PARTS:
        raise RequestEntityTooLarge
    return await parse(parser, body, *more)


async def _named(parse: ParserFunc, parser: FormDataParser, body: Body, *more: Any) -> Parsed:  # noqa: ANN401
    """It counts its parts itself, and keeps those without a name under None."""
    fields, files = await parse(parser, body, *more)
    return _with_names(fields), _with_names(files)


def _with_names(found: MultiDict[Any, Any]) -> MultiDict[Any, Any]:
    return type(found)([(name, value) for name, value in found.items(multi=True) if name is not None])


_deadline: ContextVar[asyncio.Timeout] = ContextVar("deadline")


class Sized(Request):
    """A request whose body may be a file only where it comes in parts."""

    form_data_parser_class = FewFields

    def __init__(self, *args: Any, max_content_length: int | None = None, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, max_content_length=max_content_length, **more)
        if self.mimetype != "multipart/form-data":
            self.body = self.body_class(self.content_length, FORM_BYTES)


class Bounded(Quart):
    """An app whose views end: after DEADLINE seconds with a TimeoutError."""

    request_class = Sized

    async def dispatch_request(self, request_context: RequestContext | None = None) -> ResponseReturnValue:
        async with asyncio.timeout(DEADLINE) as deadline:
            _deadline.set(deadline)
            return await super().dispatch_request(request_context)


@contextmanager
def patient(seconds: float) -> Iterator[None]:
    """In here a view may wait for `seconds`; afterwards it has its whole DEADLINE again."""
    deadline, now = _deadline.get(), asyncio.get_running_loop().time
    deadline.reschedule(now() + seconds)
    yield
    deadline.reschedule(now() + DEADLINE)


def install(app: Quart) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=FILE_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        BODY_TIMEOUT=BODY_SECONDS,
    )


def takes_files(view: View) -> View:
    """The view's form may weigh FILE_BYTES."""
    view.__dict__["files"] = True
    return view
