"""The two processes of a worker: one takes jobs from the queue, the other keeps the clock and fills the queue."""

import asyncio
import signal

import structlog

from bookstore import logs
from bookstore.config import Config
from bookstore.supervision.children import Child
from bookstore.supervision.supervisor import Stopped, Supervisor
from workers import clock, queue


def supervise(config: Config) -> None:
    """Run both until SIGTERM; the job in hand is finished first. Raises GaveUp when one cannot be kept alive."""
    logs.configure("worker")
    with Supervisor(say=structlog.get_logger().warning) as supervisor:
        try:
            supervisor.start(Child("queue", lambda: work(config)))
            supervisor.start(Child("clock", lambda: tick(config)))
            while True:
                supervisor.turn()
        except Stopped:
            return


def work(config: Config) -> None:
    """The queue's process."""
    logs.configure("queue")
    queue.run(config)


def tick(config: Config) -> None:
    """The clock's process."""
    logs.configure("clock")
    asyncio.run(_until_told(config))


async def _until_told(config: Config) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await clock.run(config, stop)
