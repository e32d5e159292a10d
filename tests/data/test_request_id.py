"""One id follows a request, and tasks side by side do not mix theirs."""

import asyncio
import re

from structlog.contextvars import clear_contextvars

from bookstore.data.request_id import bind_request_id, current_request_id, new_request_id


def test_ids_are_new_and_fit_their_header():
    ids = {new_request_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch("[A-Za-z0-9-]{1,64}", name) for name in ids)


async def test_a_bound_id_is_the_tasks_own():
    async def request(name: str) -> str:
        bind_request_id(name)
        await asyncio.sleep(0)
        return current_request_id()

    assert await asyncio.gather(*(request(str(number)) for number in range(5))) == list("01234")


async def test_work_that_nobody_asked_for_gets_an_id_of_its_own():
    clear_contextvars()
    assert current_request_id() != current_request_id()
