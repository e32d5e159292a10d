"""The simulated provider: cards, keys and a ledger of its own."""

import asyncio

import pytest

from bookstore.orders import provider
from bookstore.orders.models import ProviderCharge, ProviderRefund
from bookstore.orders.provider import Provider, is_card_number


@pytest.mark.parametrize(
    "number", ["4242 4242 4242 4242", "4242-4242-4242-4242", "378282246310005", "5555555555554444"]
)
def test_real_looking_cards_pass(number):
    assert is_card_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "4242 4242 4242 4241",
        "4242",
        "0" * 11,
        "4" * 20,
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
        "4242x4242x4242x4242",
        "1e308",
        "NaN",
        "-1",
    ],
)
def test_anything_else_is_no_card(number):
    assert not is_card_number(number)


@pytest.mark.parametrize(
    ("number", "brand", "last4"),
    [
        ("4242 4242 4242 4242", "visa", "4242"),
        ("5555555555554444", "mastercard", "4444"),
        ("378282246310005", "amex", "0005"),
    ],
)
@pytest.mark.every_database
async def test_a_card_becomes_a_token(connected, number, brand, last4):
    token = await provider.tokenize("card", number)
    assert (token.brand, token.last4) == (brand, last4)
    assert number.replace(" ", "") not in token.token


@pytest.mark.every_database
async def test_one_key_is_charged_once_however_often_it_is_asked(connected):
    token, door = await provider.tokenize("card", "4242424242424242"), Provider(0)
    answers = await asyncio.gather(*(door.charge("k-1", token.token, 500) for _ in range(4)))
    assert {answer.outcome for answer in answers} == {"captured"}
    assert len({answer.reference for answer in answers}) == await ProviderCharge.all().count() == 1


async def test_a_key_that_was_charged_is_answered_without_the_wait(connected):
    token = await provider.tokenize("card", "4242424242424242")
    first = await Provider(0).charge("k-1", token.token, 500)
    assert await asyncio.wait_for(Provider(3600).charge("k-1", token.token, 500), 10) == first


@pytest.mark.every_database
async def test_a_closed_key_is_never_charged(connected):
    token, door = await provider.tokenize("card", "4242424242424242"), Provider(0)
    assert (await door.close("k-1")).outcome == "closed"
    assert (await door.charge("k-1", token.token, 500)).outcome == "closed"


async def test_a_charge_under_way_loses_to_a_closing(connected):
    token, slow = await provider.tokenize("card", "4242424242424242"), Provider(0.2)
    charging = asyncio.create_task(slow.charge("k-1", token.token, 500))
    await asyncio.sleep(0)
    assert (await slow.close("k-1")).outcome == (await charging).outcome == "closed"


@pytest.mark.every_database
async def test_a_refund_is_made_once_a_key(connected):
    references = await asyncio.gather(*(Provider(0).refund("r-1", "k-1", 300) for _ in range(4)))
    assert len(set(references)) == await ProviderRefund.all().count() == 1
