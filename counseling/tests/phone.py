"""A phone in tests: a browser that is closed and started again with what it kept."""

from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from conftest import watch
from school.models import User
from workflow.tests.browser_free import signed_in

HOUR = 3600 * 1000
NO_NETWORK = "127.0.0.1:9"
"""A proxy that nobody answers at."""
CLOCK = "(by) => { const now = Date.now; Date.now = () => now() + by; }"


class Phone:
    """A browser with files of its own, which can be closed and started again."""

    def __init__(
        self, start: Callable[[list[str]], BrowserContext], url: str, complaints: list[str]
    ) -> None:
        self._start, self.url, self._complaints = start, url, complaints
        self.start()

    def start(self, *, hours_later: int = 0, offline: bool = False, proxy: str = "") -> Page:
        """Start it without a network, or with that of a `proxy`, host and port."""
        proxy = NO_NETWORK if offline else proxy
        through = [f"--proxy-server={proxy}", "--proxy-bypass-list=<-loopback>"]
        self.context = self._start(through if proxy else [])
        if hours_later:
            self.context.add_init_script(f"({CLOCK})({hours_later * HOUR})")
        self.page = watch(self.context.new_page(), self._complaints)
        return self.page

    def restart(self, *, hours_later: int = 0, offline: bool = True, proxy: str = "") -> Page:
        self.context.close()
        return self.start(hours_later=hours_later, offline=offline and not proxy, proxy=proxy)

    def let_in(self, user: User, *, own: bool = True) -> None:
        """Let somebody sign in on the phone, in place of who was; `own` by their tick."""
        self.context.clear_cookies()
        client = signed_in(user)
        session_data = client.session
        session_data.set_expiry(settings.SESSION_COOKIE_AGE if own else 0)
        session_data.save()
        session = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
