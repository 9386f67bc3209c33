"""Programs the launcher starts, and how none of them is left behind.

Three nets, one below the other: the launcher stops its children in order; should it be
killed itself, the kernel signals them (``PR_SET_PDEATHSIG``); and what should survive
even that is found by its pid file at the next start.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from alliance.launch.words import Trouble

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5_000_000
STOPPERS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(BaseException):
    """Somebody asked the launcher to stop. Not an Exception: nothing may swallow it."""


class Stopping:
    """Turns signals into one ``Stopped``; a second signal makes the stop hurried."""

    def __init__(self):
        self.asked = False
        self.hurried = False

    def listen(self):
        """Begin to listen. A SIGHUP that ``nohup`` silenced stays silent."""
        for number in STOPPERS:
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue
            signal.signal(number, self.hear)

    def hear(self, number, frame):
        """A signal came in (called by Python between two instructions)."""
        if self.asked:
            self.hurried = True
            return
        self.asked = True
        raise Stopped

    def deafen(self):
        """From here on signals only hurry the stop."""
        self.asked = True


STOPPING = Stopping()


class Child:
    """One program of ours.

    Args:
        name: what the person reads, and the stem of its log and pid files.
        command: the program and its arguments.
        places: the run's folders.
        environment: its whole environment.
        stop_signal: what asks it to end in good order.
        abort_signal: what ends it at once without harm to data.
        grace: seconds it may take to end in good order.
        user: a ``pwd`` entry to run as, or None for this user.
        cwd: its folder.
    """

    def __init__(
        self,
        name,
        command,
        *,
        places,
        environment,
        stop_signal=signal.SIGTERM,
        abort_signal=signal.SIGKILL,
        grace=6,
        user=None,
        cwd="/",
    ):
        self.name = name
        self.command = [str(part) for part in command]
        self.log = places.log / f"{name}.log"
        self.pid_file = places.run / f"{name}.pid"
        self.environment = environment
        self.stop_signal = stop_signal
        self.abort_signal = abort_signal
        self.grace = grace
        self.user = user
        self.cwd = cwd
        self.process = None
        self.log_start = 0

    def start(self):
        """Start it, with its output in its log.

        Raises:
            Trouble: the program cannot be started at all.
        """
        turn_over(self.log)
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        as_whom = {}
        if self.user is not None:
            as_whom = {
                "user": self.user.pw_uid,
                "group": self.user.pw_gid,
                "extra_groups": [],
            }
        # A signal between the fork and the note of its pid would lose the child.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPERS)
        try:
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen(
                    self.command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env=self.environment,
                    cwd=self.cwd,
                    start_new_session=True,
                    preexec_fn=dies_with_its_parent(self.stop_signal),
                    **as_whom,
                )
            self.pid_file.write_text(f"{self.process.pid} {birth(self.process.pid)}")
        except (FileNotFoundError, PermissionError) as fault:
            if self.process is None:
                raise Trouble(
                    f"{self.name} could not be started: {fault.strerror}"
                    f" ({fault.filename})."
                ) from fault
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPERS)
        return self

    def alive(self):
        """Whether it runs."""
        return self.process is not None and not has_ended(self.process)

    def wait(self, seconds=None):
        """Wait until it ends.

        Args:
            seconds: how long at most; None for as long as it takes.

        Returns:
            Its exit code, or None when it still runs.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while not has_ended(self.process):
            if end is not None and time.monotonic() > end:
                return None
            time.sleep(0.05)
        return self.reap()

    def ask_to_stop(self):
        """Send the signal that ends it in good order."""
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, self.stop_signal)

    def stop(self):
        """End it: in good order while there is grace, at once when there is not."""
        if self.process is None:
            return
        self.ask_to_stop()
        for signal_after, grace in (
            (self.abort_signal, self.grace),
            (signal.SIGKILL, 3),
        ):
            end = time.monotonic() + grace
            while not has_ended(self.process):
                if STOPPING.hurried and signal_after == self.abort_signal:
                    break
                if time.monotonic() > end:
                    break
                time.sleep(0.03)
            if has_ended(self.process):
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, signal_after)
        self.reap()

    def reap(self):
        """Note its end, and end what it left in its own session.

        Returns:
            Its exit code.
        """
        if self.process.returncode is None:
            # Not yet reaped, so its number cannot be anybody else's: safe to sweep.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.pid_file.unlink(missing_ok=True)
        return self.process.returncode

    def last_lines(self, count=8):
        """The end of what it said in this run.

        Args:
            count: how many lines at most.

        Returns:
            The lines, indented for the terminal.
        """
        lines = self.said().strip().splitlines()
        if any(line.startswith("Traceback (") for line in lines):
            # The frames tell a person nothing; the log keeps them.
            lines = [
                line for line in lines if not line.startswith((" ", "Traceback ("))
            ]
        shown = [f"    {line[:300]}" for line in lines[-count:]]
        return "\n".join(shown) or "    (it said nothing)"

    def said(self):
        """Everything it wrote to its log since it was started.

        Returns:
            The text.
        """
        try:
            with open(self.log, "rb") as log:
                log.seek(self.log_start)
                return log.read().decode("utf-8", "replace")
        except OSError:
            return ""


def has_ended(process):
    """Whether a process ended; left unreaped, so that its number stays its own."""
    if process.returncode is not None:
        return True
    try:
        found = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return True
    return found is not None


def dies_with_its_parent(number):
    """What a child does between fork and exec.

    Args:
        number: the signal the kernel sends it when the launcher dies.

    Returns:
        A function for ``preexec_fn``; the launcher has one thread, so that is safe.
    """
    parent = os.getpid()

    def prepare():
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:
                os._exit(0)
        for each in STOPPERS:
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPERS)

    return prepare


def turn_over(log):
    """Begin a new log when the old one has grown long; one old one is kept."""
    try:
        if log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
    except FileNotFoundError:
        pass


def birth(pid):
    """When a process was born, in the kernel's ticks: with its number, its identity.

    Args:
        pid: its number.

    Returns:
        The tick as text; empty when there is no such process (or no ``/proc``).
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The program's name stands in brackets and may hold spaces and brackets itself.
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]


def left_behind(run):
    """Children of an earlier launcher that still run.

    Args:
        run: the folder of the pid files.

    Returns:
        A list of (name, pid).
    """
    found = []
    for pid_file in sorted(Path(run).glob("*.pid")):
        number, _, born = pid_file.read_text().partition(" ")
        if born and number.isdigit() and birth(int(number)) == born:
            found.append((pid_file.stem, int(number)))
        else:
            pid_file.unlink()
    return found


def stop_left_behind(run, *, grace=20):
    """Stop what an earlier, killed launcher left running; data is never harmed.

    Args:
        run: the folder of the pid files.
        grace: seconds they may take.

    Returns:
        The names of those that were stopped.
    """
    found = left_behind(run)
    for name, pid in found:
        number = signal.SIGINT if name == "postgres" else signal.SIGTERM
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    end = time.monotonic() + grace
    while time.monotonic() < end and left_behind(run):
        time.sleep(0.1)
    for name, pid in left_behind(run):
        # PostgreSQL's immediate stop: it recovers from its log at the next start.
        number = signal.SIGQUIT if name == "postgres" else signal.SIGKILL
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    time.sleep(0.1 if found else 0)
    return [name for name, _ in found]
