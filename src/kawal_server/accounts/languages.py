"""The language of whoever reads: their own choice, else this browser's cookie, else the post's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "bahasa"
Next = Callable[[HttpRequest], HttpResponse]


def language_of_reader(get_response: Next) -> Next:
    """Speak the reader's language for the length of one request."""

    def speak(request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(COOKIE, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return speak
