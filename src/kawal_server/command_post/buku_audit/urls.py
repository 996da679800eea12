"""The addresses of the audit book."""

from django.urls import path, register_converter

from kawal_server.command_post.buku_audit import checks, leaves, tokens, views
from kawal_server.command_post.buku_audit.address import LeafAddress, LogAddress

register_converter(LogAddress, "log")
register_converter(LeafAddress, "leaf")

urlpatterns = [
    path("buku-audit/", views.browse, name="buku-audit"),
    path("buku-audit/ekspor.zip", views.download_export, name="buku-audit-export"),
    path("buku-audit/kode-baca/", tokens.tokens, name="buku-audit-tokens"),
    path("buku-audit/kode-baca/<int:pk>/cabut/", tokens.withdraw, name="buku-audit-withdraw"),
    path("buku-audit/<log:log>/perangkat/", views.devices, name="buku-audit-devices"),
    path("buku-audit/<log:log>/periksa/", checks.check, name="buku-audit-check"),
    path("buku-audit/<log:log>/<leaf:index>/", leaves.show_leaf, name="buku-audit-leaf"),
    path("buku-audit/<log:log>/<leaf:index>.tlog-proof", leaves.download_proof, name="buku-audit-proof"),
    path("buku-audit/<log:log>/<leaf:index>.jws", leaves.download_jws, name="buku-audit-jws"),
]
