"""The RQ worker: takes the jobs of its services from the queue and runs each in a fork of itself."""

import logging
import time

import redis
import structlog
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.exceptions import DeserializationError
from rq.job import Job
from rq.serializers import JSONSerializer

from bookstore.config import Config
from bookstore.supervision.prctl import die_with
from workers.jobs import ON
from workers.runtime import connect, queue

log = structlog.get_logger()

# Seconds. Of two workers, one then takes over a dead one's job after 72 s; with RQ's own figures, after 15 minutes.
WORKER_TTL, JOB_MONITORING_INTERVAL, MAINTENANCE_INTERVAL = 30, 5, 10
OURS = frozenset(f"workers.jobs.{job.__name__}" for jobs in ON.values() for job in jobs)


class JobWorker(Worker):
    """Runs the shop's own jobs and nothing else; the fork of a job dies with its worker."""

    max_connection_wait_time = 2.0  # seconds between tries while Redis is away

    def execute_job(self, job: Job, queue: Queue) -> None:
        """What is not a plain call of a job of ours fails before any of it is loaded, and is not tried again."""
        if is_ours(job):
            super().execute_job(job, queue)
            return
        log.warning("job refused", job=job.id, queue=queue.name)
        job.retries_left, job.webhooks = 0, []
        self.handle_job_failure(job, queue, exc_string="Refused: not a job of the shop.")

    def setup_work_horse_signals(self) -> None:
        super().setup_work_horse_signals()  # type: ignore[no-untyped-call]
        die_with(self.pid or 0)


def is_ours(job: Job) -> bool:
    """Whether it is JSON, names a function of OURS and brings no callbacks."""
    try:
        called = {job.func_name}
    except DeserializationError:  # a pickle, which is never loaded
        return False
    names = ("_success_callback_name", "_failure_callback_name", "_stopped_callback_name")  # each would be imported
    return called <= OURS and not any(getattr(job, name, None) for name in names)


def run(config: Config) -> None:
    """Work until SIGTERM, which lets the job in hand finish; ends as well when Redis goes away in mid-job."""
    logging.getLogger("rq").setLevel(logging.WARNING)
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    connection = connect(config)
    _await(connection)
    queues = [queue(name, connection) for name in sorted(config.services)]
    worker = JobWorker(
        queues,
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL,
        job_monitoring_interval=JOB_MONITORING_INTERVAL,
        maintenance_interval=MAINTENANCE_INTERVAL,
    )
    log.info("queue worker started", queues=worker.queue_names())
    worker.work(logging_level="WARNING")


def _await(connection: "redis.Redis") -> None:
    while True:
        try:
            connection.ping()
        except RedisError as error:
            log.warning("waiting for Redis", error=str(error))
            time.sleep(1)
        else:
            return
