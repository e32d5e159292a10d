"""The photo of a copy: drawn anew from its pixels, so that nothing else of the file that was sent is kept."""

import asyncio
import functools
import warnings
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bookstore.data import storage
from bookstore.texts import gettext

if TYPE_CHECKING:
    from PIL.Image import Image

# What may be sent and how many pixels of it: a JPEG is decoded at a fraction of its size, the others whole.
MOST_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
FORMATS = ("JPEG", "PNG", "WEBP")
LONG_SIDE = 1400  # pixels
QUALITY = 80
SUFFIX = ".webp"


class NotAPhoto(Exception):
    """The file cannot be used; `str()` says why, in the reader's language."""


async def keep(folder: Path, content: bytes) -> str:
    """Store the picture in the media folder and return its name. Raises NotAPhoto, or storage.NoRoom."""
    drawn = await asyncio.get_running_loop().run_in_executor(_studio(), redraw, content)
    if drawn is None:
        raise NotAPhoto(gettext("This is no photo that we can read. Send a JPEG, PNG or WebP file."))
    return await asyncio.to_thread(storage.keep, folder, drawn, SUFFIX)


@functools.cache
def _studio() -> ThreadPoolExecutor:
    """One thread: two photos at once would need the memory of two."""
    return ThreadPoolExecutor(1, thread_name_prefix="photo")


def redraw(content: bytes) -> bytes | None:
    """The picture as WebP, upright and at most LONG_SIDE long; None for what is no picture or too big to draw."""
    from PIL import Image  # noqa: PLC0415 - most processes never see a photo

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we have our own limit of pixels
            with Image.open(BytesIO(content), formats=FORMATS) as sent:
                return _drawn(sent) if sent.width * sent.height <= MOST_PIXELS[sent.format or ""] else None
    except Exception:  # noqa: BLE001 - decoders of broken files raise almost anything
        return None


def _drawn(sent: "Image") -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415

    sent.draft("RGB", (LONG_SIDE, LONG_SIDE))
    sent.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(sent).convert("RGBA")
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A"))
    drawn = BytesIO()
    clean.save(drawn, "WEBP", quality=QUALITY)
    return drawn.getvalue()
