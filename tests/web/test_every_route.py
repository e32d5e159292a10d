"""Who may ask for what, over the whole shop: a route that is not in these lists fails."""

import re
from uuid import uuid4

import pytest

PUBLIC = {"/", "/books", "/books/<book_id>", "/media/<name>", "/static/<name>", "/session/new", "/users/new"}
HEALTH = {"/livez", "/readyz", "/version", "/metrics"}
MEMBERS = {
    "/books/<book_id>/edit",
    "/books/new",
    "/orders",
    "/orders/<order_id>",
    "/orders/<order_id>/delivery",
    "/orders/<order_id>/receipt",
    "/parcels/<parcel_id>",
    "/sales",
    "/selling",
}
ADMINS = {"/admin", "/admin/orders", "/admin/users"}
OPEN_FORMS = {"/session", "/users"}
MEMBERS_FORMS = {
    "/books",
    "/books/<book_id>",
    "/books/<book_id>/withdrawal",
    "/orders",
    "/orders/<order_id>/cancellation",
    "/orders/<order_id>/delivery",
    "/orders/<order_id>/payment",
    "/parcels/<parcel_id>/cancellation",
    "/parcels/<parcel_id>/handover",
    "/session/end",
}
VALUES = {"<book_id>": "1", "<order_id>": str(uuid4()), "<parcel_id>": "1", "<name>": "x"}
EVIL = [
    {"_csrf": ""},
    {"_csrf": "00" * 64},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.fixture
def changed() -> dict[str, object]:
    """The whole shop."""
    return {}


def plain(rule) -> str:
    """`/books/<int(max=9):book_id>` as `/books/<book_id>`."""
    return re.sub(r"<(?:[^:>]*:)?(\w+)>", r"<\1>", rule.rule)


def routes(shop, method: str) -> set[str]:
    return {plain(rule) for rule in shop.url_map.iter_rules() if method in rule.methods and "probe" not in rule.rule}


def address(route: str) -> str:
    for name, value in VALUES.items():
        route = route.replace(name, value)
    return route


async def test_asvs_8_2_1_no_route_is_unknown(shop):
    assert routes(shop, "GET") == PUBLIC | HEALTH | MEMBERS | ADMINS
    assert routes(shop, "POST") == OPEN_FORMS | MEMBERS_FORMS
    assert not routes(shop, "PUT") | routes(shop, "DELETE") | routes(shop, "PATCH")


async def test_asvs_8_2_1_a_stranger_sees_the_public_pages_and_is_asked_in_for_the_rest(anybody):
    for route in PUBLIC | HEALTH:
        assert (await anybody.get(address(route))).status in {200, 404}, route
    for route in MEMBERS | ADMINS:
        answer = await anybody.get(address(route))
        assert (answer.status, answer.location) == (303, f"/session/new?next={address(route)}"), route
        assert (await anybody.get(address(route), HX_Request="true")).status == 401, route


async def test_asvs_8_2_1_a_stranger_changes_nothing(anybody):
    for route in MEMBERS_FORMS:
        assert (await anybody.post(address(route))).status == 401, route
    for route in OPEN_FORMS:
        assert (await anybody.post(address(route))).status == 403, route


async def test_asvs_8_2_1_a_member_is_no_administrator(ana):
    for route in ADMINS:
        assert (await ana.get(address(route))).status == 403, route


@pytest.mark.parametrize("evil", EVIL, ids=str)
async def test_flaw_m24_asvs_3_5_1_no_form_is_taken_from_another_site(ana, evil):
    for route in OPEN_FORMS | MEMBERS_FORMS:
        form = {"_csrf": evil.get("_csrf", ana.token)}
        headers = {name: value for name, value in evil.items() if name != "_csrf"}
        answer = await ana.client.post(address(route), data=form, headers=headers)
        assert answer.status_code == 403, route
