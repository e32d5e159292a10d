"""Hashes of passwords, and which passwords are too easy."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher, extract_parameters

from bookstore.auth import passwords


async def test_asvs_11_4_2_a_hash_is_argon2id_at_owasps_cost():
    cost = extract_parameters(await passwords.hashed("correct horse"))
    assert (cost.type.name, cost.time_cost, cost.memory_cost, cost.parallelism) == ("ID", 2, 19456, 1)
    assert cost.salt_len >= 16


async def test_a_hash_has_a_salt_of_its_own():
    assert await passwords.hashed("correct horse") != await passwords.hashed("correct horse")


@pytest.mark.parametrize("password", ["correct horse", " pässword ", "😀" * 64, "x" * 256, "a\x00b" * 4])
async def test_asvs_6_2_8_asvs_6_2_9_a_password_counts_to_the_last_character(password):
    stored = await passwords.hashed(password)
    assert await passwords.matches(stored, password)
    assert not await passwords.matches(stored, password[:-1])
    assert not await passwords.matches(stored, password + " ")


@pytest.mark.parametrize("stored", ["", "none", "$argon2id$", "pbkdf2:sha256:1$a$b"])
async def test_a_hash_that_is_none_opens_nothing(stored):
    assert not await passwords.matches(stored, "")
    assert not await passwords.matches(stored, stored)


async def test_nobodys_hash_is_no_password_and_costs_what_every_hash_costs():
    assert not await passwords.matches(None, "")
    assert not passwords.is_outdated(passwords.NOBODYS)


async def test_flaw_m30_an_unknown_e_mail_makes_the_same_work(monkeypatch):
    asked: list[str] = []
    verify = passwords.verify

    def counted(stored: str, password: str) -> bool:
        asked.append(extract_parameters(stored))
        return verify(stored, password)

    monkeypatch.setattr(passwords, "verify", counted)
    await passwords.matches(await passwords.hashed("correct horse"), "wrong")
    await passwords.matches(None, "wrong")
    known, unknown = asked
    assert known == unknown


def test_a_hash_of_another_cost_is_outdated():
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("correct horse")
    assert passwords.is_outdated(cheap)


async def test_at_most_two_hashes_are_made_at_a_time_and_the_loop_goes_on(monkeypatch):
    running, going_on = threading.Semaphore(0), threading.Event()

    def slow(_stored: str, _password: str) -> bool:
        running.release()
        return going_on.wait(20)

    monkeypatch.setattr(passwords, "verify", slow)
    eight = asyncio.gather(*(passwords.matches("x", "y") for _ in range(8)))
    try:
        for _ in range(2):
            assert await asyncio.to_thread(running.acquire, timeout=10)
        assert passwords._threads._work_queue.qsize() == 6
    finally:
        going_on.set()
        await eight


@pytest.mark.parametrize("password", ["password", "PASSWORD", "12345678", "qwertyuiop", "trustno1"])
def test_asvs_6_2_4_a_common_password_is_known(password):
    assert passwords.is_common(password)


def test_asvs_6_2_4_three_thousand_of_them_fit_our_own_rule():
    listed = passwords._common()
    assert len(listed) == 3000
    assert min(map(len, listed)) >= passwords.LEAST
    assert all(word == word.casefold() for word in listed)
    assert not passwords.is_common("correct horse battery staple")
