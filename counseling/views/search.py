"""The search over everything that a person may see.

The words may be a name, so they are sent in the body of a POST: no address, history or log of a
server has them. Nothing is changed.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from school import finding
from workflow.views import logs_access


@logs_access("search")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Show the field, and in groups what was found by the words that were sent."""
    words = finding.words_of(request.POST.get("q", ""))
    is_asked = len(words) >= finding.SHORTEST
    only = request.POST.get("only", "")
    found = finding.find(request.user, words, only) if is_asked else []
    context = {
        "words": words,
        "is_asked": is_asked,
        "found": found,
        "only": only if found else "",
        "number": sum(len(group.rows) for group in found),
        "has_more": any(group.has_more for group in found),
        "longest": finding.LONGEST,
    }
    return render(request, "counseling/search.html", context)
