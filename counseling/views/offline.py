"""Without a network: the service worker, and the page that it shows instead."""

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SCRIPT = settings.BASE_DIR / "static" / "sw.js"

# What the offline page and the pages that are kept (static/js/vault.js) need.
ASSETS = (
    "vendor/bootstrap/bootstrap.min.css",
    "css/sambang.css",
    "css/bk.css",
    "css/days.css",
    "icons/sprite.svg",
    "django_htmx/htmx-2.min.js",
    "js/sambang.js",
    "js/vault.js",
    "js/fields.js",
    "js/queue.js",
    "js/drafts.js",
    "js/offline.js",
    "js/home.js",
    "js/queue_forms.js",
    "js/sheet.js",
    "js/visit_report.js",
    "js/taken.js",
    "js/photos.js",
    "js/photos_waiting.js",
)


@login_not_required
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve static/sw.js with the addresses that it keeps; another build is another worker."""
    pages = {code: f"{reverse('offline')}?lang={code}" for code, _name in settings.LANGUAGES}
    kept = {
        "assets": [static(name) for name in ASSETS],
        "pages": pages,
        "prefix": settings.STATIC_URL,
    }
    kept["build"] = sha256(json.dumps(kept).encode()).hexdigest()[:12]
    script = SCRIPT.read_text().replace("/* kept */ {}", json.dumps(kept))
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """Show a page that the browser keeps, in each language, and that names nobody."""
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        return render(request, "errors/offline.html")
