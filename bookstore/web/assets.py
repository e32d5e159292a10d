"""Static files: a hash of the content in the address, so that a browser may keep them for ever."""

import functools
import hashlib
from pathlib import Path

from quart import Quart, Response, request

FOLDER = Path(__file__).parent.parent / "static"
HASH_LENGTH = 10
FOR_EVER = "public, max-age=31536000, immutable"


@functools.cache
def fingerprint(name: str) -> str:
    """The first characters of the file's SHA-256; files do not change while a process runs."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:HASH_LENGTH]


def static_url(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{name}?v={fingerprint(name)}"


def install(app: Quart) -> None:
    """Let browsers keep what carries the hash of its content."""
    app.after_request(_keep)


async def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = FOR_EVER
    return response
