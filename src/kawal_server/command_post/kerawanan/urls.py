"""The addresses of Kerawanan."""

from django.urls import path

from kawal_server.command_post.kerawanan import deciding, entering, forcing, views

urlpatterns = [
    path("kerawanan/", views.overview, name="kerawanan"),
    path("kerawanan/peta.json", views.chart, name="kerawanan-peta"),
    path("kerawanan/tempat/<str:place>/", views.show_place, name="kerawanan-tempat"),
    path("kerawanan/tps/", views.stations, name="kerawanan-tps"),
    path("kerawanan/catat/", entering.enter, name="kerawanan-catat"),
    path("kerawanan/impor/", entering.take_list, name="kerawanan-impor"),
    path("kerawanan/tarik/<int:pk>/", entering.withdraw, name="kerawanan-tarik"),
    path("kerawanan/bobot/", deciding.weigh, name="kerawanan-bobot"),
    path("kerawanan/batas/", deciding.cut, name="kerawanan-batas"),
    path("kerawanan/persaingan/", deciding.compete, name="kerawanan-persaingan"),
    path("kerawanan/kekuatan/", forcing.force, name="kerawanan-kekuatan"),
    path("kerawanan/pola/", forcing.pattern, name="kerawanan-pola"),
    path("kerawanan/titik/", forcing.sites, name="kerawanan-titik"),
]
