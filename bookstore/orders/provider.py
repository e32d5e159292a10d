"""The simulated payment provider, with a vault, a ledger and faults of its own, like a real one.

It honours keys: whatever is asked under one key, and however often, there is one row in its ledger. Its rows are
written outside the shop's transactions, as a real provider's would be.
"""

import asyncio
import re
import secrets
from dataclasses import dataclass
from typing import Literal

from tortoise.exceptions import IntegrityError

from bookstore.data import clock
from bookstore.orders.models import ProviderCharge, ProviderRefund, ProviderToken

METHODS = ("card", "paypal", "bank_transfer")
BEHAVIOUR = {"4000000000000002": "decline", "4000000000000119": "stumble"}  # the test cards; every other one approves
BRANDS = (
    (re.compile(r"4"), "visa"),
    (re.compile(r"5[1-5]|2[2-7]"), "mastercard"),
    (re.compile(r"3[47]"), "amex"),
)
CARD = re.compile(r"[0-9]{12,19}")

Outcome = Literal["captured", "declined", "closed"]


class TemporaryError(Exception):
    """The provider could not answer; whether it charged is unknown. Ask again under the same key."""


@dataclass(frozen=True)
class Token:
    """What stands for a card: all that the shop ever stores of it."""

    token: str
    brand: str
    last4: str


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    amount_cents: int
    reference: str


def is_card_number(text: str) -> bool:
    """Whether it is 12 to 19 digits, blanks and hyphens aside, that pass Luhn's check."""
    digits = _digits(text)
    if not CARD.fullmatch(digits):
        return False
    doubled = "".join(str(int(digit) * 2) for digit in digits[-2::-2])
    return sum(int(digit) for digit in doubled + digits[-1::-2]) % 10 == 0


def _digits(text: str) -> str:
    return re.sub(r"[ -]", "", text)


async def tokenize(method: str, card_number: str | None) -> Token:
    """Exchange the means of payment for a token; the number goes no further than this."""
    digits = _digits(card_number or "") if method == "card" else ""
    brand = next((name for start, name in BRANDS if start.match(digits)), "card") if digits else method
    token = Token(f"tok_{secrets.token_urlsafe(24)}", brand, digits[-4:])
    behaviour = BEHAVIOUR.get(digits, "approve")
    await ProviderToken.create(token=token.token, brand=brand, last4=token.last4, behaviour=behaviour)
    return token


class Provider:
    """The provider's door. `seconds` is how long it takes to answer a charge."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def charge(self, key: str, token: str, amount_cents: int) -> Answer:
        """Take the money once for this key. Raises TemporaryError."""
        if known := await ProviderCharge.get_or_none(key=key):
            return _answer(known)
        card = await ProviderToken.get(token=token)
        stumbling = ProviderToken.filter(token=token, behaviour="stumble", stumbled=False)
        if await stumbling.update(stumbled=True):
            raise TemporaryError(key)
        await asyncio.sleep(self.seconds)
        return await self._enter(key, "declined" if card.behaviour == "decline" else "captured", amount_cents)

    async def close(self, key: str) -> Answer:
        """Make sure that this key is never charged from now on; answers what became of it."""
        return await self._enter(key, "closed", 0)

    async def refund(self, key: str, charge_key: str, amount_cents: int) -> str:
        """Give back part of a charge, once for this key; returns the provider's reference."""
        if known := await ProviderRefund.get_or_none(key=key):
            return known.reference
        try:
            refund = await ProviderRefund.create(
                key=key, charge_key=charge_key, amount_cents=amount_cents, reference=_reference("re"), at=clock.utcnow()
            )
        except IntegrityError:
            refund = await ProviderRefund.get(key=key)
        return refund.reference

    async def _enter(self, key: str, outcome: Outcome, amount_cents: int) -> Answer:
        # The ledger's primary key decides between a capture and a closing that meet.
        try:
            charge = await ProviderCharge.create(
                key=key, outcome=outcome, amount_cents=amount_cents, reference=_reference("ch"), at=clock.utcnow()
            )
        except IntegrityError:
            charge = await ProviderCharge.get(key=key)
        return _answer(charge)


def _answer(charge: ProviderCharge) -> Answer:
    outcomes: dict[str, Outcome] = {"captured": "captured", "declined": "declined", "closed": "closed"}
    return Answer(outcomes[charge.outcome], charge.amount_cents, charge.reference)


def _reference(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(12)}"
