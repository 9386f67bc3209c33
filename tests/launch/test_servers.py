"""Embedded PostgreSQL and Redis, started for real."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from alliance.launch.children import birth
from alliance.launch.places import Places
from alliance.launch.postgres import Postgres, advice, drop_stale_locks
from alliance.launch.redis_server import Redis, answers
from alliance.launch.servers import look_at_postgres, look_at_redis
from alliance.launch.words import Trouble


@pytest.fixture
def broken(places):
    """A data folder that looks like one, with nothing in it."""
    places.postgres.mkdir(mode=0o700)
    (places.postgres / "kept").write_text("somebody's data")
    return places


def query(postgres, sql):
    """Run one statement and give its rows."""
    connection = postgres.connect("alliance")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def test_postgres_keeps_its_data_over_a_restart(places):
    postgres = Postgres(places)
    postgres.start()
    try:
        postgres.ensure_database("alliance")
        postgres.ensure_database("alliance")
        query(postgres, "CREATE TABLE story AS SELECT 'kept' AS text")
        settings = query(
            postgres,
            "SELECT current_setting('fsync'), current_setting('listen_addresses'),"
            " current_setting('server_encoding')",
        )
        pid = postgres.child.process.pid
    finally:
        postgres.stop()
    assert settings == [("on", "", "UTF8")]
    assert birth(pid) == ""
    assert places.postgres.stat().st_mode & 0o777 == 0o700

    again = Postgres(places)
    again.start()
    try:
        assert query(again, "SELECT text FROM story") == [("kept",)]
    finally:
        again.stop()
    assert list(places.run.iterdir()) == []


def test_postgres_survives_being_killed(places):
    postgres = Postgres(places)
    postgres.start()
    postgres.ensure_database("alliance")
    query(postgres, "CREATE TABLE story AS SELECT 'kept' AS text")
    postgres.child.process.kill()
    postgres.child.reap()

    again = Postgres(places)
    again.start()
    try:
        assert query(again, "SELECT text FROM story") == [("kept",)]
    finally:
        again.stop()


def test_folder_without_version_is_told_and_kept(broken):
    with pytest.raises(Trouble, match="PG_VERSION is missing") as trouble:
        Postgres(broken).start()

    assert f"mv {broken.postgres} {broken.postgres}.old" in str(trouble.value)
    assert (broken.postgres / "kept").read_text() == "somebody's data"


def test_folder_of_another_version_is_told_and_kept(broken):
    (broken.postgres / "PG_VERSION").write_text("15\n")

    with pytest.raises(Trouble, match="was made by PostgreSQL 15"):
        Postgres(broken).start()
    assert (broken.postgres / "kept").exists()


def test_damaged_folder_is_told_and_kept(broken):
    (broken.postgres / "PG_VERSION").write_text("18\n")

    with pytest.raises(Trouble, match="could not start on") as trouble:
        Postgres(broken).start()
    assert "Nothing was deleted" in str(trouble.value)
    assert "Traceback" not in str(trouble.value)
    assert (broken.postgres / "kept").exists()


def test_file_in_place_of_the_folder_is_told(places):
    places.postgres.write_text("")

    with pytest.raises(Trouble, match="should be the database's folder"):
        Postgres(places).start()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_stale_locks_go_and_a_living_servers_stay(places):
    data = places.postgres
    data.mkdir()
    # The one thing that counts is the program's name.
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    other = subprocess.Popen(sleeping)
    server = subprocess.Popen(
        ["/somewhere/postgres", *sleeping[1:]], executable=sys.executable
    )
    try:
        (data / "postmaster.pid").write_text(f"{other.pid}\n/data\n")
        drop_stale_locks(data, places.run)
        assert not (data / "postmaster.pid").exists()

        # Between fork and exec a process has no command line yet.
        line = Path(f"/proc/{server.pid}/cmdline")
        while b"postgres" not in line.read_bytes():
            time.sleep(0.01)
        (data / "postmaster.pid").write_text(f"{server.pid}\n/data\n")
        drop_stale_locks(data, places.run)
        assert (data / "postmaster.pid").exists()
    finally:
        for process in (other, server):
            process.kill()
            process.wait()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("FATAL: could not write: No space left on device", "The disk is full"),
        ("HINT:  Is another postmaster (PID 7) running?", "Another PostgreSQL"),
        ("FATAL: could not map shared memory segment", "--shm-size"),
    ],
)
def test_postgres_advice(said, words, tmp_path):
    assert words in advice(said, tmp_path)


def test_redis_keeps_its_queue_over_a_restart(places):
    server = Redis(places)
    server.start()
    subprocess.run(
        [sys.executable, "-c", PUSH, server.url, "LPUSH"], check=True, timeout=60
    )
    server.stop()
    assert not answers(server.socket)

    server.start()
    try:
        look_at_redis(server.url)
        found = subprocess.run(
            [sys.executable, "-c", PUSH, server.url, "LLEN"],
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
    finally:
        server.stop()
    assert found.stdout.strip() == "1"


PUSH = """
import redis, sys
client = redis.Redis.from_url(sys.argv[1])
print(client.lpush("queue", "task") if sys.argv[2] == "LPUSH" else client.llen("queue"))
"""


def test_damaged_redis_folder_is_told_and_kept(places):
    places.redis.mkdir()
    (places.redis / "appendonly.aof").write_text("not a queue\n" * 9)

    server = Redis(places)
    with pytest.raises(Trouble, match="Move it away"):
        server.start()
    assert (places.redis / "appendonly.aof").exists()


def test_given_servers_that_do_not_answer_are_told():
    with pytest.raises(Trouble, match="PostgreSQL of DATABASE_URL cannot be used"):
        look_at_postgres("postgres://nobody@127.0.0.1:9/nothing")
    with pytest.raises(Trouble, match="Redis of REDIS_URL cannot be used"):
        look_at_redis("redis://127.0.0.1:9/0")
    with pytest.raises(Trouble, match="Redis of REDIS_URL cannot be used"):
        look_at_redis("http://example.org/")


def test_long_and_odd_paths_get_a_short_socket_folder(tmp_path):
    places = Places(tmp_path / ("long " * 30))

    sockets = places.sockets()
    assert sockets != places.run
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert places.sockets() == sockets

    redis = Redis(places)
    redis.start()
    redis.stop()
    places.drop_sockets()
    assert not sockets.exists()
