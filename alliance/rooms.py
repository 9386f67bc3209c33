"""Settings: where webinars meet (docs/operate.md, Rooms of webinars)."""

import environ

env = environ.Env()

# What a webinar without a link of its own gets: plain, jitsi or bigbluebutton.
ALLIANCE_ROOMS = env.str("ALLIANCE_ROOMS", "plain")
ALLIANCE_JITSI_URL = env.str("ALLIANCE_JITSI_URL", "").rstrip("/")
ALLIANCE_JITSI_APP_ID = env.str("ALLIANCE_JITSI_APP_ID", "")
ALLIANCE_JITSI_SECRET = env.str("ALLIANCE_JITSI_SECRET", "")
ALLIANCE_BBB_URL = env.str("ALLIANCE_BBB_URL", "").rstrip("/").removesuffix("/api")
ALLIANCE_BBB_SECRET = env.str("ALLIANCE_BBB_SECRET", "")
# The number of the bridge that callers dial; each webinar has a PIN of its own.
ALLIANCE_ROOM_PHONE = env.str("ALLIANCE_ROOM_PHONE", "")

del env, environ
