"""Signing in and what one signs in with: of allauth's addresses those in use, in Indonesian."""

from allauth.account import views as account
from allauth.mfa.base.views import index, reauthenticate
from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.urls import path

from counseling.views import second_factor, sessions

CONFIRM = "akun/konfirmasi/"
FACTOR = "akun/verifikasi/"

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", second_factor.Authenticate.as_view(), name="mfa_authenticate"),
    path("masuk/kunci/", second_factor.PasskeyLogin.as_view(), name="mfa_login_webauthn"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/kata-sandi/", account.password_change, name="account_change_password"),
    path(CONFIRM, account.reauthenticate, name="account_reauthenticate"),
    path(f"{CONFIRM}kode/", reauthenticate, name="mfa_reauthenticate"),
    path(
        f"{CONFIRM}kunci/",
        second_factor.ConfirmPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(FACTOR, index, name="mfa_index"),
    path(f"{FACTOR}aplikasi/", second_factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path(f"{FACTOR}aplikasi/hapus/", second_factor.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path(f"{FACTOR}kunci/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        f"{FACTOR}kunci/<id:pk>/hapus/",
        second_factor.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(f"{FACTOR}kode-cadangan/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{FACTOR}kode-cadangan/baru/",
        second_factor.NewBackupCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("akun/perangkat/", sessions.sessions, name="sessions"),
    path("akun/perangkat/keluar/", sessions.end_other_sessions, name="end_other_sessions"),
    path("akun/perangkat/<id:pk>/keluar/", sessions.end_session, name="end_session"),
]
