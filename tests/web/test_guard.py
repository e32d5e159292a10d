"""The order of refusals: 413, 503, 401, 429, 403, and only then what the view says."""

import pytest

from bookstore.web.requests import FILE_BYTES, FORM_BYTES, FORM_PARTS
from tests.people import Visitor

BIG = "x" * (FORM_BYTES + 1)
HTMX = {"HX_Request": "true", "HX_Current_URL": "http://shop.test/books?q=cien&after=3"}


async def test_a_stranger_is_sent_from_a_page_to_the_login_and_back(anybody):
    answer = await anybody.get("/probe/mine?tab=2&q=a b")
    assert (answer.status, answer.location) == (303, "/session/new?next=/probe/mine%3Ftab%3D2%26q%3Da%2520b")


async def test_a_post_of_a_stranger_is_not_logged_in_rather_than_forged(anybody):
    answer = await anybody.post("/probe/act", {"_csrf": ""})
    assert answer.status == 401
    assert answer.alerts


@pytest.mark.parametrize(("method", "path"), [("get", "/probe/mine"), ("post", "/probe/act")])
async def test_htmx_of_a_stranger_goes_to_the_login_and_back_to_the_page_it_was_on(anybody, method, path):
    answer = await getattr(anybody, method)(path, **HTMX)
    assert answer.status == 401
    assert answer.headers["HX-Redirect"] == "/session/new?next=/books%3Fq%3Dcien%26after%3D3"


async def test_htmx_of_another_site_leads_to_the_entrance(anybody):
    answer = await anybody.get("/probe/mine", **HTMX | {"HX_Current_URL": "https://evil.example/books"})
    assert answer.headers["HX-Redirect"] == "/session/new?next=/"


async def test_too_large_comes_before_everything(anybody):
    assert (await anybody.post("/probe/act", {"title": BIG})).status == 413


async def test_not_logged_in_comes_before_too_often(anybody):
    for _ in range(3):
        assert (await anybody.post("/probe/often")).status == 401


class TestWithLimits:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "rate_limits": "on"}

    async def test_too_often_comes_before_forged(self, ana):
        assert (await ana.post("/probe/often")).status == 200
        assert (await ana.post("/probe/often", {"_csrf": "no"})).status == 429

    async def test_too_often_comes_before_the_role(self, ana):
        assert (await ana.post("/probe/admin")).status == 403
        assert (await ana.post("/probe/admin")).status == 429

    async def test_a_forged_request_does_not_use_up_anybodys_tries(self, ana):
        for _ in range(3):
            assert (await ana.post("/probe/often", {"_csrf": "no"})).status == 403
        assert (await ana.post("/probe/often")).status == 200


class TestWithoutRedis:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "redis_url": "redis://127.0.0.1:1/0", "rate_limits": "on"}

    async def test_too_large_comes_before_a_dependency_that_is_down(self, anybody):
        assert (await anybody.post("/probe/act", {"title": BIG})).status == 413

    async def test_a_dependency_that_is_down_comes_before_not_logged_in(self, anybody):
        answer = await anybody.post("/probe/act", {"_csrf": ""})
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0


async def test_forged_comes_before_the_role_and_before_what_is_not_there(ana):
    assert (await ana.post("/probe/admin", {"_csrf": "no"})).status == 403
    assert (await ana.post("/probe/missing/5", {"_csrf": "no"})).status == 403
    assert (await ana.post("/probe/missing/5")).status == 404


async def test_a_role_opens_what_others_are_refused(visitor, ana):
    dora = await (await visitor("dora")).is_known(role="admin")
    assert (await ana.post("/probe/admin")).status == 403
    assert (await dora.post("/probe/admin")).status == 200


async def test_a_post_without_any_mark_needs_a_login(anybody):
    await anybody.get("/session/new")
    assert (await anybody.post("/probe/act")).status == 401
    assert (await anybody.post("/probe/open")).status == 200


async def test_what_is_not_there_or_not_posted_to_is_said_without_a_token(anybody):
    assert (await anybody.post("/nothing")).status == 404
    answer = await anybody.post("/probe/mine")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


async def test_asvs_5_2_1_only_a_form_with_files_may_be_heavy(ana):
    assert await sends_file(ana, "/probe/act", FORM_BYTES) == 413
    assert await sends_file(ana, "/probe/file", FORM_BYTES) == 200
    assert await sends_file(ana, "/probe/file", FILE_BYTES) == 413


async def test_a_body_of_unknown_length_is_cut_off_too(ana):
    async def endless():
        for _ in range(FORM_BYTES // 65536 + 2):
            yield b"a" * 65536

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await ana.client.post("/probe/act", content=endless(), headers=headers)).status_code == 413


@pytest.mark.parametrize(("fields", "status"), [(FORM_PARTS, 413), (FORM_PARTS - 1, 200)])
async def test_a_form_of_endless_fields_is_too_large(ana, fields, status):
    body = f"_csrf={ana.token}" + "&a=" * fields
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await ana.client.post("/probe/act", content=body, headers=headers)).status_code == status


async def test_a_form_of_endless_parts_is_too_large(ana):
    parts = {f"part-{number}": b"" for number in range(FORM_PARTS + 1)}
    answer = await ana.client.post("/probe/act", data={"_csrf": ana.token}, files=parts)
    assert answer.status_code == 413


async def sends_file(somebody: Visitor, path: str, size: int) -> int:
    answer = await somebody.client.post(path, data={"_csrf": somebody.token}, files={"photo": b"x" * size})
    return answer.status_code
