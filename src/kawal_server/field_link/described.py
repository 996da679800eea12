"""The reading side of the logs in OpenAPI's words; docs/format/api.md says the same for people."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

_LOG = {"name": "log", "in": "path", "required": True, "schema": {"type": "string", "enum": ["kotak", "pengamanan"]}}
_TOKEN = {"bearerAuth": {"type": "http", "scheme": "bearer", "description": "A read token of that log."}}


def _file(summary: str, *parameters: str, media: str, is_open: bool) -> dict[str, Any]:
    """One file of a log as an operation."""
    named = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in parameters]
    answers: dict[str, Any] = {
        "200": {"description": "The file", "content": {media: {"schema": {"type": "string"}}}},
        "404": {"description": "The log has no such file"},
    }
    if not is_open:
        answers["401"] = {"description": "A read token is needed"}
    security: dict[str, Any] = {} if is_open else {"security": [{"bearerAuth": []}]}
    return {"get": {"summary": summary, "parameters": [_LOG, *named], "responses": answers, **security}}


_TEXT, _BYTES = "text/plain", "application/octet-stream"
LOG_PATHS: dict[str, Any] = {
    "/log/{log}/policy": _file("Trust policy (c2sp.org/tlog-policy)", media=_TEXT, is_open=True),
    "/log/{log}/checkpoint": _file("Newest checkpoint with its quorum", media=_TEXT, is_open=True),
    "/log/{log}/checkpoint-unwitnessed": _file("Newest checkpoint without a quorum", media=_TEXT, is_open=True),
    "/log/{log}/checkpoint.{size}": _file("An older checkpoint", "size", media=_TEXT, is_open=True),
    "/log/{log}/cons.{old}.{new}": _file("Consistency proof", "old", "new", media=_TEXT, is_open=True),
    "/log/{log}/tile/{level}/{index}": _file("Hash tile", "level", "index", media=_BYTES, is_open=True),
    "/log/{log}/tile/entries/{index}": _file("Entry bundle", "index", media=_BYTES, is_open=False),
    "/log/{log}/blobs/{name}": _file("Manifest or photo", "name", media=_BYTES, is_open=False),
}


class DescribedApi(NinjaAPI):
    """The intake's API, whose description tells of the log's static files too."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The description, with the paths that a plain file server answers."""
        schema = super().get_openapi_schema(**given)
        schema["paths"] = {**schema["paths"], **LOG_PATHS}
        schema["components"].setdefault("securitySchemes", {}).update(_TOKEN)
        return schema
