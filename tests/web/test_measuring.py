"""What a request leaves in the log and in the figures."""

from structlog.testing import capture_logs


async def figures(somebody) -> dict[str, float]:
    answer = await somebody.client.get("/metrics")
    lines = [line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


async def access(somebody, path: str, **headers: str) -> list[dict]:
    with capture_logs() as lines:
        await somebody.get(path, **headers)
    return [line for line in lines if line["event"] == "request"]


async def test_answers_are_counted_by_route_and_status(anybody):
    for number in (5, 6, 7):
        await anybody.post(f"/probe/missing/{number}")
    counted = await figures(anybody)
    assert counted['bookstore_requests_total{method="POST",route="/probe/missing/<int:number>",status="401"}'] == 3
    assert counted['bookstore_request_seconds_count{route="/probe/missing/<int:number>"}'] == 3


async def test_what_nobody_serves_makes_no_new_figures(anybody):
    for number in range(20):
        await anybody.get(f"/made-up/{number}")
    names = [name for name in await figures(anybody) if "made-up" in name]
    assert names == []


async def test_a_method_of_somebodys_invention_makes_no_new_figures(anybody):
    for number in range(5):
        await anybody.client.request(f"MADE{number}", "/session/new")
    assert not [name for name in await figures(anybody) if "MADE" in name]


async def test_asvs_13_4_5_what_a_proxy_passes_on_finds_no_figures(anybody):
    assert (await anybody.get("/metrics", X_Forwarded_For="203.0.113.7")).status == 404


async def test_dependencies_are_shown(anybody):
    shown = await figures(anybody)
    assert shown['bookstore_dependency_up{name="database"}'] == 1
    assert shown['bookstore_dependency_up{name="redis"}'] == 1


async def test_asvs_16_2_1_a_line_says_who_asked_what_and_how_it_ended(ana):
    [line] = await access(ana, "/probe/mine")
    assert (line["method"], line["path"], line["status"], line["user_id"]) == ("GET", "/probe/mine", 200, ana.id)
    assert line["ms"] >= 0


async def test_asvs_14_2_1_a_line_has_no_query_no_cookie_and_no_body(ana):
    lines = await access(ana, "/probe/whoami?q=4242424242424242")
    cookie = ana.client.cookies["session"]
    await ana.post("/probe/act", {"title": "4000000000000002"})
    assert lines
    assert "4242" not in str(lines)
    assert cookie not in str(lines)


async def test_what_is_asked_all_the_time_is_logged_only_when_it_fails(anybody, shop):
    assert await access(anybody, "/readyz") == []
    assert await access(anybody, "/static/style.css") == []
    shop.extensions["health"].draining = True
    assert len(await access(anybody, "/readyz")) == 1
