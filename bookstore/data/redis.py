"""Redis: sessions, limits, the gate and the queue's transport. What it holds can be lost without losing a sale."""

from redis.asyncio import Redis

from bookstore.config import Config

TIMEOUT = 0.5  # seconds: with Redis frozen, every request that needs it waits this long
_clients: dict[float, Redis] = {}
_url: list[str] = []


def connect(config: Config) -> None:
    """Name the server; connections are made at the first command."""
    _url[:] = [config.redis_url.get_secret_value()]


async def close() -> None:
    for client in list(_clients.values()):
        await client.aclose()
    _clients.clear()


def client(timeout: float = TIMEOUT) -> Redis:
    """The process's client whose commands fail after `timeout` seconds, with redis.exceptions.RedisError."""
    if timeout not in _clients:
        _clients[timeout] = Redis.from_url(
            _url[0],
            decode_responses=True,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            health_check_interval=15,
            retry=None,
        )
    return _clients[timeout]
