"""`bookstore worker` as an administrator runs it: what it survives, what it finishes and what it refuses."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from rq import Callback, Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from bookstore.data.request_id import bind_request_id
from tests.orders.desk import Desk, status_of
from tests.servers.family import children, family, is_alive, kill
from tests.servers.process import Process, wait_until
from tests.stock import lists
from workers import runtime
from workers.relay import relay

SLOW, ENDLESS = {"payment_seconds": 2}, {"payment_seconds": 60}
# As docs/workers.md has them.
FLAGS = ("--worker-ttl", "30", "--job-monitoring-interval", "5", "--maintenance-interval", "10")


@pytest.fixture
def desk(connected) -> Desk:
    return Desk(connected)


@pytest.fixture
def orders(connected) -> Queue:
    return runtime.queue("orders", runtime.connect(connected))


@pytest.fixture
def worker(served, tmp_path):
    """Starts a worker; nothing of it is left after the test."""

    def start(**settings: object) -> Process:
        return served.start(webs=0, workers=1, **settings).workers[-1]

    yield start
    served.stop()
    kill(family(str(tmp_path)))


async def comes(answers, seconds: float, what: str) -> None:
    """`wait_until` for what this test's own loop must find out."""
    async with asyncio.timeout(seconds):
        while not await answers():  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.05)


async def becomes(order, status: str, seconds: float = 15) -> None:
    async def has() -> bool:
        return await status_of(order) == status

    await comes(has, seconds, status)


def horses(worker: Process) -> set[int]:
    """The processes that run a job: forks of the queue's process."""
    return {horse for child in children(worker.pid) for horse in children(child)}


async def test_a_worker_pays_an_order_that_was_placed(desk, worker):
    worker()
    order = await desk.buys(await lists("Rayuela"))
    await becomes(order, "completed", 20)


async def test_the_request_that_began_it_is_named_in_the_workers_log(desk, worker):
    process = worker()
    bind_request_id("from-the-web")
    order = await desk.buys(await lists("Rayuela"))
    await becomes(order, "paid")
    lines = [json.loads(line) for line in process.output.splitlines()]
    done = [line["job"] for line in lines if line["event"] == "job done" and line["request_id"] == "from-the-web"]
    assert done[0].endswith("-take_payment")


async def test_sigterm_lets_the_job_in_hand_finish(desk, worker):
    process = worker(**SLOW)
    order = await desk.buys(await lists("Rayuela"))
    await asyncio.to_thread(wait_until, lambda: horses(process), 15, "a job in hand")
    assert await asyncio.to_thread(process.stop) == 0
    assert await status_of(order) == "paid"


async def test_no_child_survives_a_sigkill_not_even_the_job_in_hand(desk, worker, tmp_path):
    process = worker(**ENDLESS)
    await desk.buys(await lists("Rayuela"))
    await asyncio.to_thread(wait_until, lambda: horses(process), 15, "a job in hand")
    assert len(family(str(tmp_path))) >= 4
    process.kill()
    await asyncio.to_thread(wait_until, lambda: not family(str(tmp_path)), 2, "the end of all of it")


async def test_the_job_in_hand_ends_with_its_own_worker(desk, worker):
    process = worker(**ENDLESS)
    await desk.buys(await lists("Rayuela"))
    await asyncio.to_thread(wait_until, lambda: horses(process), 15, "a job in hand")
    [horse] = horses(process)
    [queue] = [child for child in children(process.pid) if horse in children(child)]
    os.kill(queue, signal.SIGKILL)
    await asyncio.to_thread(wait_until, lambda: not is_alive(horse), 2, "the job's end")


async def test_either_process_is_started_again(desk, worker):
    process = worker()
    await asyncio.to_thread(wait_until, lambda: len(children(process.pid)) == 2, 15, "both processes")
    first = children(process.pid)
    kill(first)
    await asyncio.to_thread(wait_until, lambda: len(children(process.pid) - first) == 2, 5, "two others")
    order = await desk.buys(await lists("Rayuela"))
    await becomes(order, "paid")
    assert "is started again" in process.output


async def test_a_worker_waits_for_redis_in_place_of_giving_up(worker):
    process = worker(redis_url="redis://127.0.0.1:1/0")
    await asyncio.to_thread(wait_until, lambda: "waiting for Redis" in process.output, 15, "a word about it")
    assert await asyncio.to_thread(process.stop) == 0


class Bomb:
    """What a pickle could do to the process that loads it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return (Path.touch, (self.mark,))


def outcome(orders: Queue, job_id: str) -> str:
    return str(Job.fetch(job_id, connection=orders.connection, serializer=JSONSerializer).get_status())


async def test_a_pickled_job_is_refused_before_any_of_it_runs(desk, worker, orders, tmp_path):
    exploded = tmp_path / "exploded"
    pickles = Queue("orders", connection=orders.connection)
    bad = pickles.enqueue("workers.jobs.send_refund", Bomb(exploded), meta={"m": 1}, job_id="pickled")
    worker()
    await asyncio.to_thread(wait_until, lambda: outcome(orders, bad.id).endswith("FAILED"), 15, "a refusal")
    assert not exploded.exists()
    order = await desk.buys(await lists("Rayuela"))
    await becomes(order, "paid")


async def test_only_the_shops_own_jobs_are_run(worker, orders, tmp_path):
    made = tmp_path / "made"
    orders.enqueue("os.mkdir", str(made), job_id="foreign")
    worker()
    await asyncio.to_thread(wait_until, lambda: outcome(orders, "foreign").endswith("FAILED"), 15, "a refusal")
    assert not made.exists()


async def test_no_callback_comes_in_with_a_job(worker, orders, tmp_path):
    on_failure = Callback("shutil.rmtree")
    orders.enqueue("workers.jobs.send_refund", 1, {}, "r", job_id="called", on_failure=on_failure)
    process = worker()
    await asyncio.to_thread(wait_until, lambda: outcome(orders, "called").endswith("FAILED"), 15, "a refusal")
    assert "job refused" in process.output


async def test_a_plain_rq_worker_runs_the_same_jobs(desk, orders, served, tmp_path, redis_url):
    order = await desk.buys(await lists("Rayuela"))
    assert await relay(frozenset({"orders"}), orders.connection) == 1
    rq = Path(sys.executable).with_name("rq")
    command = [rq, "worker", "-w", "workers.queue.JobWorker", "-S", "json", "-u", redis_url, *FLAGS, "orders"]
    plain = Process(command, tmp_path / "rq.log", env=served.environment)
    try:
        await becomes(order, "paid")
    finally:
        plain.stop()
