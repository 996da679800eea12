"""The addresses of accounts."""

from django.urls import path

from kawal_server.command_post.akun.enrolment import new_factor
from kawal_server.command_post.akun.glass import begin, confirm, end, show_glass
from kawal_server.command_post.akun.invitation import accept
from kawal_server.command_post.akun.make_sure import make_sure
from kawal_server.command_post.akun.officers import all_officers, one_officer
from kawal_server.command_post.akun.own import (
    change_password,
    confirm_colleague,
    end_everywhere,
    end_session,
    make_codes,
    own_account,
    remove_factor,
)
from kawal_server.command_post.akun.traces import show_traces

urlpatterns = [
    path("akun/", own_account, name="akun"),
    path("akun/pastikan/", make_sure, name="akun-pastikan"),
    path("akun/sandi/", change_password, name="akun-sandi"),
    path("akun/faktor/baru/", new_factor, name="akun-faktor-baru"),
    path("akun/faktor/<int:pk>/hapus/", remove_factor, name="akun-faktor-hapus"),
    path("akun/kode/", make_codes, name="akun-kode"),
    path("akun/sesi/<slug:mark>/keluar/", end_session, name="akun-sesi"),
    path("akun/sesi/keluar/", end_everywhere, name="akun-sesi-semua"),
    path("akun/sahkan/<int:pk>/", confirm_colleague, name="akun-sahkan"),
    path("akun/petugas/", all_officers, name="akun-petugas"),
    path("akun/petugas/<int:pk>/", one_officer, name="akun-satu-petugas"),
    path("akun/jejak/", show_traces, name="akun-jejak"),
    path("undangan/", accept, name="undangan"),
    path("darurat/", show_glass, name="darurat"),
    path("darurat/mulai/", begin, name="darurat-mulai"),
    path("darurat/<int:pk>/akhiri/", end, name="darurat-akhiri"),
    path("darurat/<int:pk>/sahkan/", confirm, name="darurat-sahkan"),
]
