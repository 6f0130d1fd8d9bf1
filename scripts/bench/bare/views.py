from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bench.bare.models import Row

PAGE = 50


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "empty.html")


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"rows": Row.objects.order_by("pk")[:PAGE]})


@login_required
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    Row.objects.create(name=request.POST["name"], text=request.POST["text"])
    return redirect("/rows/")
