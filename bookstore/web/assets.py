"""Static files: a hash of the content in the address, so that a browser may keep them for ever."""

import functools
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from quart import Quart, Response, abort, request

FOLDER = Path(__file__).parent.parent / "static"
HASH_LENGTH = 10
FOR_EVER = "public, max-age=31536000, immutable"
A_LITTLE = "public, max-age=300"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".md": "text/plain",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
PACKABLE = {".css", ".js", ".svg"}


@dataclass(frozen=True)
class Asset:
    """A file in memory, as it is and packed."""

    mimetype: str
    fingerprint: str
    plain: bytes
    packed: bytes | None


def install(app: Quart) -> None:
    """Serve the files; a proxy that serves the folder itself never asks for them."""
    app.add_url_rule("/static/<path:name>", "static", serve)


def static_url(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{name}?v={load(name).fingerprint}"


async def serve(name: str) -> Response:
    """The file, packed for whoever can unpack it: it is the same for everybody and holds no secret."""
    if name not in names():
        abort(404)
    asset = load(name)
    packed = asset.packed if request.accept_encodings.quality("gzip") > 0 else None
    response = Response(packed or asset.plain, mimetype=asset.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if asset.packed:
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOR_EVER if request.args.get("v") == asset.fingerprint else A_LITTLE
    return response


@functools.cache
def names() -> frozenset[str]:
    """What may be asked for: files do not come or change while a process runs."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in TYPES)


@functools.cache
def load(name: str) -> Asset:
    content = (FOLDER / name).read_bytes()
    suffix = Path(name).suffix
    packed = gzip.compress(content, mtime=0) if suffix in PACKABLE else None
    return Asset(TYPES[suffix], hashlib.sha256(content).hexdigest()[:HASH_LENGTH], content, packed)
