"""The addresses of the boxes."""

from django.urls import path, register_converter

from kawal_server.command_post.kotak import views
from kawal_server.command_post.kotak.address import BoxAddress

register_converter(BoxAddress, "box")

urlpatterns = [
    path("kotak/", views.list_boxes, name="kotak-list"),
    path("kotak.csv", views.download_list, name="kotak-csv"),
    path("label/", views.print_labels, name="label-sheet"),
    path("kotak/<box:box>/", views.show_box, name="kotak"),
    path("kotak/<box:box>/label/", views.print_label, name="kotak-label"),
    path("kotak/<box:box>/berkas-perkara.zip", views.download_case, name="kotak-case"),
    path("kotak/<box:box>/foto/<str:digest>/", views.show_photo, name="kotak-photo"),
]
