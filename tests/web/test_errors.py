"""A failure is a page, or a note for htmx; it never tells how the shop is made."""

import asyncio
import time

import pytest
from structlog.testing import capture_logs

from bookstore.web import errors, requests

HTMX = {"HX_Request": "true", "HX_Request_Type": "partial"}
CODES = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503]


@pytest.mark.parametrize("code", CODES)
async def test_every_refusal_is_a_page_in_the_readers_language(anybody, code):
    answer = await anybody.get(f"/probe/refuse?code={code}")
    assert answer.status == code
    assert len(answer.alerts) == 1
    assert f"<dd>{code}</dd>" in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert answer.headers["Content-Language"] == "es"


@pytest.mark.parametrize("code", CODES)
async def test_htmx_gets_a_note_for_the_top_of_its_page(anybody, code):
    answer = await anybody.get(f"/probe/refuse?code={code}", **HTMX)
    assert answer.status == code
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#notice", "innerHTML")
    assert len(answer.alerts) == 1
    assert "<html" not in answer.text


async def test_a_view_may_use_its_own_words_and_they_are_text(anybody):
    answer = await anybody.get("/probe/refuse?code=409&words=<b>Sold</b>")
    assert answer.alerts == ["<b>Sold</b>"]
    assert "<b>Sold" not in answer.text


@pytest.mark.parametrize("accepted", ["es", "en"])
async def test_the_librarys_english_is_not_shown(anybody, accepted):
    answer = await anybody.get("/probe/refuse?code=409", Accept_Language=accepted)
    assert "conflict happened" not in answer.text


async def test_flaw_m06_asvs_16_5_1_a_defect_is_a_plain_page_and_a_traceback_in_the_log(anybody):
    with capture_logs() as lines:
        answer = await anybody.get("/probe/fail?with=defect")
    assert answer.status == 500
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text
    [line] = [line for line in lines if line["log_level"] == "error"]
    assert isinstance(line["exc_info"], ZeroDivisionError)


@pytest.mark.parametrize("gone", ["redis", "database", "timeout", "socket"])
async def test_asvs_16_5_2_a_dependency_that_is_down_asks_to_come_back(anybody, gone):
    answer = await anybody.get(f"/probe/fail?with={gone}")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == str(errors.SOON)
    assert f"{errors.SOON} segundos" in answer.text


async def test_a_view_that_takes_too_long_is_ended(anybody, monkeypatch):
    monkeypatch.setattr(requests, "DEADLINE", 0.1)
    began = time.monotonic()
    assert (await anybody.get("/probe/slow")).status == 503
    assert time.monotonic() - began < 5


async def test_a_browser_that_left_ends_its_request(shop):
    """Its task is cancelled: that is no failure, and no line in the log."""
    with capture_logs() as lines, pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(shop.test_client().get("/probe/slow"), 0.2)
    assert not [line for line in lines if line["log_level"] in {"error", "warning"}]


async def test_a_page_that_cannot_be_made_is_still_an_answer(anybody, monkeypatch):
    async def broken(*_args: object, **_names: object) -> None:
        raise LookupError("no such template")

    monkeypatch.setattr(errors, "render", broken)
    answer = await anybody.get("/probe/fail?with=defect")
    assert answer.status == 500
    assert "LookupError" not in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
