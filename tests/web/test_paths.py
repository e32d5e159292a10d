"""The way back after a login leads nobody to another site."""

import pytest

from bookstore.web.paths import own_path


@pytest.mark.parametrize("path", ["/", "/orders", "/books?q=cien años&after=3", "/orders/5#parcels", "/a//b"])
def test_a_path_of_ours_is_taken(path):
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "orders",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "\x00/orders",
        " //evil.example",
        "/" + "a" * 3000,
    ],
)
def test_asvs_1_2_2_every_other_address_is_the_entrance(path):
    assert own_path(path) == "/"
