"""Making an account, and proving that one is yours: rules, without HTTP."""

import asyncio

import pytest
from argon2 import PasswordHasher

from bookstore.auth import accounts, passwords, people
from bookstore.auth.models import User
from bookstore.data import sessions

GOOD = ("Ana", "ana@example.org", "correct horse")


@pytest.mark.every_database
async def test_row_f1a_an_account_is_made_once(connected):
    await accounts.register(*GOOD)
    with pytest.raises(accounts.EmailTaken):
        await accounts.register(*GOOD)
    [user] = await User.all()
    assert (user.name, user.email, user.role) == ("Ana", "ana@example.org", "member")
    assert "correct horse" not in user.password_hash


@pytest.mark.every_database
async def test_row_f1a_two_who_register_at_once_make_one_account(connected):
    answers = await asyncio.gather(*(accounts.register(*GOOD) for _ in range(8)), return_exceptions=True)
    assert [type(answer) for answer in answers].count(User) == 1
    assert [type(answer) for answer in answers].count(accounts.EmailTaken) == 7
    assert await User.all().count() == 1


async def test_the_right_password_finds_the_account(connected):
    ana = await accounts.register(*GOOD)
    assert (await accounts.log_in("ana@example.org", "correct horse")).id == ana.id
    assert await accounts.log_in("ana@example.org", "Correct horse") is None
    assert await accounts.log_in("beto@example.org", "correct horse") is None


async def test_flaw_m30_an_unknown_e_mail_is_hashed_too(connected, monkeypatch):
    await accounts.register(*GOOD)
    counted: list[str] = []
    verify = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda *given: counted.append(given[1]) or verify(*given))
    await accounts.log_in("ana@example.org", "wrong")
    await accounts.log_in("nobody@example.org", "wrong")
    assert counted == ["wrong", "wrong"]


async def test_asvs_11_4_2_an_old_hash_is_renewed_at_the_next_login(connected):
    ana = await accounts.register(*GOOD)
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("correct horse")
    await User.filter(id=ana.id).update(password_hash=cheap)
    assert await accounts.log_in("ana@example.org", "correct horse")
    renewed = (await User.get(id=ana.id)).password_hash
    assert renewed != cheap
    assert not passwords.is_outdated(renewed)
    assert await accounts.log_in("ana@example.org", "correct horse")


async def test_a_renewal_does_not_undo_a_change_of_the_password(connected):
    ana = await accounts.register(*GOOD)
    await User.filter(id=ana.id).update(password_hash="changed meanwhile")
    await accounts._renew(ana, "correct horse")
    assert (await User.get(id=ana.id)).password_hash == "changed meanwhile"


async def test_a_role_is_granted_and_revoked_and_old_sessions_end(connected):
    ana = await accounts.register(*GOOD)
    session = {"user_id": ana.id, "name": "Ana", "role": "member", "csrf": "00", "started": 2_000_000_000}
    before = await sessions.begin(session)
    await people.grant(" ANA@example.org ")
    assert (await User.get(id=ana.id)).role == people.ADMIN
    assert await sessions.load(before) is None
    as_admin = await sessions.begin(session | {"role": "admin"})
    await people.revoke("ana@example.org")
    assert (await User.get(id=ana.id)).role == people.MEMBER
    assert await sessions.load(as_admin) is None


async def test_nobody_unknown_is_appointed(connected):
    with pytest.raises(people.UnknownEmail):
        await people.grant("nobody@example.org")


async def test_people_are_listed_a_page_at_a_time(connected):
    for number in range(5):
        await User.create(name="x", email=f"{number}@example.org", password_hash="none", created=0)
    first = await people.page(0, 3)
    rest = await people.page(first[-1].id, 3)
    assert [user.email[0] for user in (*first, *rest)] == list("01234")
