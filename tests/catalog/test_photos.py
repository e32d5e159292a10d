"""The photo of a copy: drawn anew, or refused beside its field."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bookstore.catalog import photos
from bookstore.catalog.models import Book
from bookstore.data import storage
from tests.catalog.test_publishing import CARD

PLACE = b"GPS of somebody's kitchen"


def picture(kind="JPEG", size=(60, 80), mode="RGB", **told):
    made = BytesIO()
    Image.new(mode, size, "brown").save(made, kind, **told)
    return made.getvalue()


def opened(content):
    return Image.open(BytesIO(content))


def with_exif():
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6  # lying on its side
    return picture(exif=exif)


def bomb(side=30_000):
    """A few bytes that call themselves a huge picture."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compress(b"\0" * 100_000)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


REFUSED = {
    "nothing": b"",
    "a text": b"hello",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a page with a picture behind it": b"<!doctype html><script>alert(1)</script>" + picture(),
    "a document": b"%PDF-1.7 " + picture(),
    "an animation": picture("GIF", mode="P"),
    "a bitmap": picture("BMP"),
    "a bomb": bomb(),
    "half a picture": picture()[:200],
    "a head without a body": picture("PNG")[:40],
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_webp(kind):
    drawn = opened(photos.redraw(picture(kind)))
    assert (drawn.format, drawn.size) == ("WEBP", (60, 80))


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright():
    drawn = photos.redraw(with_exif())
    assert PLACE not in drawn
    assert (opened(drawn).size, dict(opened(drawn).getexif())) == ((80, 60), {})


def test_words_hidden_in_a_picture_are_gone():
    words = PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    for sent in (picture("PNG", pnginfo=words), picture() + b"<script>alert(1)</script>"):
        assert b"script" not in photos.redraw(sent)


def test_a_large_picture_is_made_smaller():
    assert max(opened(photos.redraw(picture(size=(4000, 3000)))).size) == photos.LONG_SIDE


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "1", "P", "I;16"])
def test_pictures_of_every_kind_of_colour_are_drawn(mode):
    made = BytesIO()
    Image.new(mode, (20, 20)).save(made, "PNG")
    assert opened(photos.redraw(made.getvalue())).mode == "RGB"


def test_a_photo_in_ink_colours_is_drawn():
    assert opened(photos.redraw(picture(mode="CMYK"))).mode == "RGB"


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused(sent):
    assert photos.redraw(sent) is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]), st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8)
)
def test_no_broken_picture_is_a_failure(kind, changes):
    sent = bytearray(picture(kind))
    for place, byte in changes:
        sent[place % len(sent)] = byte
    drawn = photos.redraw(bytes(sent))
    assert drawn is None or opened(drawn).format == "WEBP"


async def publishes(ana, content, name="copy.jpg", **told):
    await ana.get("/books/new")
    return await ana.client.post(
        "/books", data=CARD | {"_csrf": ana.token} | told, files={"photos": (name, content, "image/jpeg")}
    )


async def test_the_photo_takes_the_covers_place(ana, anybody, tmp_path):
    answer = await publishes(ana, with_exif())
    assert answer.status_code == 303
    book = await Book.first()
    page = await anybody.get(f"/books/{book.id}")
    assert f'src="/media/{book.photo}"' in page.text
    sent = await anybody.client.get(f"/media/{book.photo}")
    assert sent.headers["Content-Type"] == "image/webp"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert "immutable" in sent.headers["Cache-Control"]
    assert (opened(sent.content).size, PLACE in sent.content) == ((80, 60), False)


@pytest.mark.parametrize("sent", [REFUSED[kind] for kind in ("a drawing", "a bomb", "half a picture")])
async def test_a_file_that_is_no_photo_is_told_beside_its_field(ana, shop, sent):
    answer = await publishes(ana, sent)
    assert (answer.status_code, 'id="photos-err"' in answer.text) == (422, True)
    assert await Book.all().count() == 0
    assert kept(shop) == []


def kept(shop):
    return [path.name for path in shop.extensions["settings"].media_dir.glob("*.webp")]


async def test_a_form_without_a_file_keeps_its_drawn_cover(ana):
    assert (await publishes(ana, b"", name="")).status_code == 303
    assert (await Book.first()).photo is None


async def test_a_wrong_card_leaves_no_photo(ana, shop):
    assert (await publishes(ana, picture(), price="nan")).status_code == 422
    assert kept(shop) == []


async def test_a_card_that_is_not_saved_leaves_no_photo(ana, shop):
    book_id = await ana.publishes(stock=5)
    await Book.filter(id=book_id).update(stock=4)
    await ana.get(f"/books/{book_id}/edit")
    form = CARD | {"_csrf": ana.token, "stock": "9", "stock_seen": "5"}
    answer = await ana.client.post(f"/books/{book_id}", data=form, files={"photos": ("a.jpg", picture(), "image/jpeg")})
    assert answer.status_code == 409
    assert kept(shop) == []


async def test_a_full_disk_is_told_and_leaves_nothing(ana, shop, monkeypatch):
    def full(path, content):
        path.write_bytes(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "_write", full)
    answer = await publishes(ana, picture())
    assert (answer.status_code, 'id="photos-err"' in answer.text) == (422, True)
    assert list(shop.extensions["settings"].media_dir.glob("*.part")) == []
    assert await Book.all().count() == 0


async def test_a_file_of_more_than_ten_megabytes_is_too_large(ana):
    answer = await publishes(ana, b"\xff\xd8" + b"x" * 11_000_000)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name", ["nothing.webp", f"{'0' * 32}.webp", "..%2fshop.db", "%2e%2e%2fshop.db", ".env", "a" * 500]
)
async def test_a_photo_that_is_not_there_is_a_404(anybody, name):
    assert (await anybody.client.get(f"/media/{name}")).status_code == 404
