"""Where cameras and sensors report that they live: one address, a machine's token in the path or in a header.

Whoever has the token can say that this machine lives, and nothing else: nothing is read from the body, and nothing is
told of the post. docs/format/api.md describes it.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from kawal_server.actions.admin_chain import NotBegun, NotTaken
from kawal_server.actions.machines import UnknownToken, heartbeat
from kawal_server.store.key_files import KeyReadByOthers, NoKeyFile
from kawal_server.store.port import Busy, StoreFailed

RETRY_S = 30


@csrf_exempt
def beat(request: HttpRequest, token: str = "") -> HttpResponse:
    """Take a heartbeat: GET, HEAD or POST, for machines that can do only one of them.

    204 once it is durable; 404 for a token that is not known; 503 where it cannot be kept now.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    given = token or request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    try:
        heartbeat(given)
    except UnknownToken:
        return _refuse(404, "kode mesin tidak dikenal; minta yang baru di posko / unknown token; ask for a new one")
    except (Busy, StoreFailed, NotTaken, NotBegun, NoKeyFile, KeyReadByOthers):
        return _refuse(503, "denyut belum tercatat; kirim lagi / the heartbeat is not kept; send it again")
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def _refuse(status: int, reason: str) -> HttpResponse:
    answer = JsonResponse({"reason": reason}, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    if status == 503:
        answer["Retry-After"] = str(RETRY_S)
    return answer
