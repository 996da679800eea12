"""The addresses of the set-up."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
