"""PostgreSQL and Redis of a run: the embedded ones, or those that were given."""

import os
import shutil
from dataclasses import dataclass, field

import psycopg2
import redis

from alliance.launch.postgres import Postgres
from alliance.launch.redis_server import Redis
from alliance.launch.words import Trouble, step

DATABASE = "alliance"
OLDEST_POSTGRES = 140000
OLDEST_REDIS = (6, 2)


@dataclass
class Servers:
    """The servers of one run.

    Args:
        places: the run's folders.
        durable: False only for throwaway data.
    """

    places: object
    durable: bool = True
    environment: dict = field(default_factory=dict)
    postgres: Postgres | None = None
    redis: Redis | None = None

    def start(self):
        """Start, or look at, both servers.

        Raises:
            Trouble: one of them cannot be used.
        """
        given = os.environ.get("DATABASE_URL", "")
        if given:
            step("Looking at the PostgreSQL of DATABASE_URL")
            look_at_postgres(given)
            self.environment["DATABASE_URL"] = given
        else:
            step("Starting PostgreSQL")
            self.postgres = Postgres(self.places, durable=self.durable)
            self.postgres.start()
            self.postgres.ensure_database(DATABASE)
            self.environment["DATABASE_URL"] = self.postgres.url(DATABASE)
        given = os.environ.get("REDIS_URL", "")
        if given:
            step("Looking at the Redis of REDIS_URL")
            look_at_redis(given)
            self.environment["REDIS_URL"] = given
        else:
            step("Starting Redis")
            self.redis = Redis(self.places, durable=self.durable)
            self.redis.start()
            self.environment["REDIS_URL"] = self.redis.url

    def children(self):
        """The children that run now.

        Returns:
            A list.
        """
        return [
            server.child
            for server in (self.postgres, self.redis)
            if server is not None and server.child is not None
        ]

    def stop(self):
        """Stop what was started."""
        for server in (self.redis, self.postgres):
            if server is not None:
                server.stop()
        self.places.drop_sockets()

    def remove(self):
        """Remove the whole home; only for runs whose data is thrown away."""
        if self.postgres is not None:
            self.postgres.remove()
        shutil.rmtree(self.places.home, ignore_errors=True)


def look_at_postgres(url):
    """Make sure a given PostgreSQL answers and is new enough.

    Args:
        url: ``DATABASE_URL``.

    Raises:
        Trouble: it does not, or is not.
    """
    try:
        connection = psycopg2.connect(
            url.replace("psql://", "postgresql://", 1)
            if url.startswith("psql://")
            else url,
            connect_timeout=5,
        )
    except psycopg2.Error as fault:
        reason = str(fault).strip().splitlines() or ["no reason given"]
        raise Trouble(
            "The PostgreSQL of DATABASE_URL cannot be used:\n"
            + "\n".join("    " + line for line in reason)
            + "\nCorrect DATABASE_URL, or leave it out to use the embedded PostgreSQL."
        ) from None
    version = connection.server_version
    connection.close()
    if version < OLDEST_POSTGRES:
        raise Trouble(
            f"The PostgreSQL of DATABASE_URL has version {version // 10000};"
            " Alliance needs 14 or newer."
        )


def look_at_redis(url):
    """Make sure a given Redis answers and is new enough.

    Args:
        url: ``REDIS_URL``.

    Raises:
        Trouble: it does not, or is not.
    """
    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5)
        version = client.info("server")["redis_version"]
        client.close()
    except (redis.RedisError, ValueError) as fault:
        raise Trouble(
            f"The Redis of REDIS_URL cannot be used:\n    {fault}\n"
            "Correct REDIS_URL, or leave it out to use the embedded Redis."
        ) from None
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        raise Trouble(
            f"The Redis of REDIS_URL has version {version}; Alliance needs 6.2."
        )
