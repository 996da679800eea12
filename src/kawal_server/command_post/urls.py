"""The addresses of the command post: one folder for each word."""

from django.urls import include, path

from kawal_server.command_post.live import stream

urlpatterns = [
    path("", include("kawal_server.command_post.sign_in.urls")),
    path("", include("kawal_server.command_post.akun.urls")),
    path("", include("kawal_server.command_post.komando.urls")),
    path("langsung/", stream, name="langsung"),
    path("", include("kawal_server.command_post.kotak.urls")),
    path("", include("kawal_server.command_post.serah_terima.urls")),
    path("", include("kawal_server.command_post.penjagaan.urls")),
    path("", include("kawal_server.command_post.jadwal.urls")),
    path("", include("kawal_server.command_post.perintah.urls")),
    path("", include("kawal_server.command_post.bko.urls")),
    path("", include("kawal_server.command_post.kerawanan.urls")),
    path("", include("kawal_server.command_post.buku_audit.urls")),
    path("", include("kawal_server.command_post.personel.urls")),
    path("", include("kawal_server.command_post.operasi.urls")),
]
