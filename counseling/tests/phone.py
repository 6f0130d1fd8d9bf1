"""A phone in tests: a browser that is closed and started again with what it kept."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from conftest import watch
from school.models import User
from workflow.tests.browser_free import signed_in

HOUR = 3600 * 1000
NO_NETWORK = ["--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"]
CLOCK = "(by) => { const now = Date.now; Date.now = () => now() + by; }"


class Phone:
    """A browser with files of its own, which can be closed and started again."""

    def __init__(
        self, start: Callable[[list[str]], BrowserContext], url: str, complaints: list[str]
    ) -> None:
        self._start, self.url, self._complaints = start, url, complaints
        self.start()

    def start(self, *, hours_later: int = 0, offline: bool = False) -> Page:
        self.context = self._start(NO_NETWORK if offline else [])
        if hours_later:
            self.context.add_init_script(f"({CLOCK})({hours_later * HOUR})")
        self.page = watch(self.context.new_page(), self._complaints)
        return self.page

    def restart(self, *, hours_later: int = 0, offline: bool = True) -> Page:
        self.context.close()
        return self.start(hours_later=hours_later, offline=offline)

    def let_in(self, user: User) -> None:
        """Let somebody sign in on the phone, in place of who was."""
        self.context.clear_cookies()
        session = signed_in(user).cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
