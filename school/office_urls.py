"""The addresses of offices, and of what waits for a yes."""

from django.urls import URLPattern, path

from school.views import office_requests, offices

OFFICES: list[URLPattern] = [
    path("sekolah/orang/<id:pk>/jabatan/", offices.give, name="give_office"),
    path("sekolah/orang/<id:pk>/minta/", office_requests.ask, name="ask_for"),
    path("sekolah/jabatan/<id:pk>/akhiri/", offices.end, name="end_office"),
    path("permintaan/", office_requests.office_requests, name="office_requests"),
    path("permintaan/<id:pk>/", office_requests.office_request, name="office_request"),
    path(
        "permintaan/<id:pk>/jawab/",
        office_requests.answer_office_request,
        name="answer_office_request",
    ),
    path(
        "permintaan/<id:pk>/tarik/",
        office_requests.withdraw_office_request,
        name="withdraw_office_request",
    ),
]
