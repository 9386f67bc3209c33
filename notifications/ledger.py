"""Which letters of a claim the mail server has taken, noted after each one.

Writing each to the database would cost a query per recipient; a set in Redis costs a
tenth of a millisecond and outlives the worker. Whoever recovers a claim reads it first,
so that a worker killed in the middle leaves nobody with two letters or none.
"""

import logging

import redis
from django.conf import settings
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

KEPT = 14 * 24 * 60 * 60
_clients = {}


def client():
    """The site's Redis, which raises ``RedisError`` where the cache forgives."""
    # One per address: tests start Redis servers of their own.
    url = settings.REDIS_URL
    if url not in _clients:
        _clients[url] = redis.Redis.from_url(
            url, socket_timeout=2, socket_connect_timeout=1
        )
    return _clients[url]


class Ledger:
    """The notes of one claim.

    Args:
        claim: the claim's name.
    """

    def __init__(self, claim):
        prefix = settings.CACHES["default"].get("KEY_PREFIX", "")
        self.taken = f"{prefix}:outbox:taken:{claim}"
        self.revoked = f"{prefix}:outbox:revoked:{claim}"
        self.hand = f"{prefix}:outbox:hand:{claim}"
        self.noted = set()

    def take_up(self, pk):
        """Note which letter is in hand: the one to look at if its worker dies."""
        try:
            client().set(self.hand, pk, ex=KEPT)
        except RedisError as fault:
            log.warning("ledger unreachable: %s", type(fault).__name__)

    def note(self, pk):
        """Note that the server has taken this letter.

        Args:
            pk: the delivery's id.

        Returns:
            True: noted. False: Redis is away, so note it somewhere else at once.

        Raises:
            ClaimLost: noted, but somebody else has taken over the rest of the claim.
        """
        self.noted.add(pk)
        try:
            with client().pipeline(transaction=False) as pipe:
                pipe.sadd(self.taken, pk)
                pipe.expire(self.taken, KEPT)
                pipe.exists(self.revoked)
                pipe.scard(self.taken)
                _added, _expires, is_revoked, number = pipe.execute()
            if number < len(self.noted):
                # Redis came back without its memory; ours is still there.
                client().sadd(self.taken, *self.noted)
        except RedisError as fault:
            log.warning("ledger unreachable: %s", type(fault).__name__)
            return False
        if is_revoked:
            raise ClaimLost
        return True

    def revoke(self):
        """Stop whoever still works on this claim, then read what went out.

        Returns:
            (set of ids of the letters that went out, id of the letter that was in hand
            or None); None when Redis cannot say.
        """
        try:
            with client().pipeline(transaction=True) as pipe:
                pipe.set(self.revoked, 1, ex=KEPT)
                pipe.smembers(self.taken)
                pipe.get(self.hand)
                _set, taken, hand = pipe.execute()
        except RedisError as fault:
            log.warning("ledger unreachable: %s", type(fault).__name__)
            return None
        return {int(pk) for pk in taken}, hand and int(hand)

    def forget(self):
        """Drop the notes; the database knows it all now."""
        self.noted.clear()
        try:
            client().delete(self.taken)
        except RedisError:
            # They expire by themselves.
            log.warning("ledger unreachable: the notes expire by themselves")


class ClaimLost(Exception):
    """Somebody else has taken over the claim."""
