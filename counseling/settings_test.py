"""Settings of the tests: those of the app, with some that only tests need."""

import os

os.environ.setdefault("SECRET_KEY", "known to everyone, so it is for tests only")
os.environ["SECURE"] = "0"

from counseling.settings import *  # noqa: F403
from counseling.settings import DATABASES, INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES, VAR_DIR

# Each process has a database of its own, so that several runs may go on side by side. On SQLite
# it is a file: an in-memory one would lock whole tables, which production does not.
database = DATABASES["default"]
TEST_DIR = VAR_DIR / "test"
STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["TEST"] = {"NAME": str(TEST_DIR / f"{os.getpid()}.sqlite3")}
    # The rows of a test run need not survive a power cut.
    database["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
else:
    database["TEST"] = {
        "NAME": f"test_sambang_{os.getpid()}",
        # A server that was set up without a locale would else give a database without encoding.
        "CHARSET": "UTF8",
        "TEMPLATE": "template0",
    }
    database["CONN_MAX_AGE"] = 0
    database["OPTIONS"] = database.get("OPTIONS", {}) | {"options": "-c synchronous_commit=off"}

# Tests refuse thousands of requests; formatting a traceback for each would take much of their time.
LOGGING["loggers"]["django.request"] = {"level": "CRITICAL"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = TEST_DIR / "media"

# A page that queries the database once for each row fails its test, whatever the test checks.
INSTALLED_APPS.append("zeal")
MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
ZEAL_RAISE = True
ZEAL_NPLUSONE_THRESHOLD = 3
