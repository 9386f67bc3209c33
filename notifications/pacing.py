"""Pacing: how many letters one host gets a minute, and hosts that ask us to wait.

A host is what stands behind the @. However many workers send, they count together, in
Redis; while it is away each counts its own claim. A host that says "not now" a few
times in a row is left alone for a while, ever longer until it takes something: its
letters wait without using up their attempts, and nobody else's letters wait for them.
"""

import logging
import time

from django.conf import settings
from redis.exceptions import RedisError

from notifications.ledger import client

log = logging.getLogger(__name__)

# "Not now" so often in a row means the host, not the letter.
PATIENCE = 3
SHORTEST, LONGEST = 60, 60 * 60
KEPT = 24 * 60 * 60


def host_of(address):
    """The part of an address that mail is brought to."""
    return address.rpartition("@")[2].lower()


def _key(*parts):
    prefix = settings.CACHES["default"].get("KEY_PREFIX", "")
    return ":".join((prefix, "outbox", *parts))


def grant(host, wanted):
    """How many of so many letters this host may be given in this minute.

    Args:
        host: from ``host_of``.
        wanted: how many letters there are.

    Returns:
        A number up to ``wanted``; those who asked before count.
    """
    most = settings.ALLIANCE_MAIL_PER_HOST
    if not most:
        return wanted
    key = _key("pace", host, str(int(time.time() // 60)))
    try:
        with client().pipeline(transaction=True) as pipe:
            pipe.incrby(key, wanted)
            pipe.expire(key, 120)
            before = pipe.execute()[0] - wanted
            granted = max(0, min(wanted, most - before))
            if granted < wanted:
                client().decrby(key, wanted - granted)
            return granted
    except RedisError as fault:
        log.warning("pace unreachable: %s", type(fault).__name__)
        return min(wanted, most)


def resting_hosts():
    """Hosts that are left alone now, and those that were, not long ago.

    Returns:
        (dict of host to the seconds that are left, set of hosts that have not taken
        anything since); both empty where nobody can say.
    """
    now = time.time()
    try:
        with client().pipeline(transaction=False) as pipe:
            pipe.zrangebyscore(_key("held"), now, "+inf", withscores=True)
            pipe.hkeys(_key("trouble"))
            held, troubled = pipe.execute()
    except RedisError:
        return {}, set()
    return (
        {host.decode(): until - now for host, until in held},
        {host.decode() for host in troubled},
    )


def hold(host):
    """Leave a host alone, each time twice as long as the last.

    Returns:
        For how many seconds.
    """
    pause = SHORTEST
    try:
        times = client().hincrby(_key("trouble"), host, 1)
        pause = min(SHORTEST * 2 ** min(times - 1, 10), LONGEST)
        with client().pipeline(transaction=True) as pipe:
            pipe.zadd(_key("held"), {host: time.time() + pause})
            pipe.expire(_key("held"), KEPT)
            pipe.expire(_key("trouble"), KEPT)
            pipe.execute()
    except RedisError as fault:
        log.warning("pace unreachable: %s", type(fault).__name__)
    log.warning("host %s takes nothing now; %s seconds of rest", host, pause)
    return pause


def free(host):
    """The host takes letters again."""
    try:
        with client().pipeline(transaction=True) as pipe:
            pipe.hdel(_key("trouble"), host)
            pipe.zrem(_key("held"), host)
            pipe.execute()
    except RedisError:
        # It is forgotten by itself within a day.
        log.warning("pace unreachable: the host is freed later")


class Pace:
    """How the hosts of one claim are doing.

    Args:
        hosts: dict of host to how many of its letters are in the claim.
    """

    def __init__(self, hosts):
        self._held, self._troubled = resting_hosts()
        self._left = {
            host: grant(host, number)
            for host, number in hosts.items()
            if host not in self._held
        }
        self._too_many = dict.fromkeys(hosts, 0)
        self._refusals = dict.fromkeys(hosts, 0)

    def rest_of(self, host):
        """Seconds for which this host is left alone; 0: it is not."""
        return self._held.get(host, 0)

    def admit(self, host):
        """Let one more letter to this host in.

        Returns:
            0, or after how many seconds it should come again.
        """
        if rest := self.rest_of(host):
            return rest
        if self._left[host] > 0:
            self._left[host] -= 1
            return 0
        # What is too much for this minute is spread over those that follow.
        self._too_many[host] += 1
        return 60 * (1 + (self._too_many[host] - 1) // settings.ALLIANCE_MAIL_PER_HOST)

    def took(self, host):
        """The host has taken a letter."""
        self._refusals[host] = 0
        if host in self._troubled:
            self._troubled.discard(host)
            free(host)

    def refused(self, host):
        """The host has said "not now"."""
        self._refusals[host] += 1
        if self._refusals[host] == PATIENCE:
            self._held[host] = hold(host)
