"""Serving the post: one process answers, a second one publishes and judges; both end on SIGTERM."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO

from kawal_cli.words import say

GRACE_S = 5
WORKER_GRACE_S = 10
RESTART_S = 3


class CannotServe(RuntimeError):
    """The post cannot be served here; the message says why and what to do."""


def default_port() -> int:
    """The port named in PORT, else 8000. Raises: CannotServe."""
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 0 <= int(text) <= 65535):
        raise CannotServe(f"PORT={text}: bukan nomor port / not a port number")
    return int(text)


def bind(host: str, port: int) -> socket.socket:
    """Take the address before anything slow is done. Raises: CannotServe."""
    if not 0 <= port <= 65535:
        raise CannotServe(f"{port}: bukan nomor port / not a port number")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        taken = socket.socket(found[0], found[1])
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(found[4])
        taken.listen(512)
    except OSError as error:
        raise CannotServe(
            say(
                f"{host}:{port} tidak dapat dipakai ({error.strerror}). Pilih port lain, misalnya PORT=8010 make run.",
                f"{host}:{port} cannot be used ({error.strerror}). Choose another port, such as PORT=8010 make run.",
            )
        ) from error
    return taken


def stop_cleanly() -> None:
    """Let SIGTERM end this process as an exit does, with 0 and everything closed, before, in and after serving."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)


def address(taken: socket.socket) -> str:
    """The address as a browser takes it."""
    host, port = taken.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::', '::1') else shown}:{port}/"


def serve(taken: socket.socket) -> None:
    """Answer on a bound socket until SIGTERM or Ctrl-C. Django must be ready, and the tables up to date."""
    import uvicorn

    from kawal_cli.patience import Patience

    config = uvicorn.Config(
        "kawal_server.asgi:application",
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        http=Patience,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        limit_concurrency=512,
    )
    with _worker(), contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[taken])


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    worker = _Worker()
    worker.start()
    try:
        yield
    finally:
        worker.end()


class _Worker(threading.Thread):
    """Keeps the worker process running: one that ends by itself is said, and started again after a while."""

    def __init__(self) -> None:
        super().__init__(name="worker", daemon=True)
        self._is_over = threading.Event()
        self._process = self._spawn()

    def _spawn(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-m", "kawal_server.worker"], stdin=subprocess.DEVNULL)

    def run(self) -> None:
        """Wait for the process, as often as it ends."""
        while not self._is_over.is_set():
            status = self._process.wait()
            if self._is_over.is_set():
                return
            said = say("berhenti sendiri; dimulai lagi", "ended by itself; starting it again")
            print(f"kawal: worker ({status}) {said}", file=sys.stderr, flush=True)
            if not self._is_over.wait(RESTART_S):
                self._process = self._spawn()

    def end(self) -> None:
        """Stop the process: asked first, killed when it does not hear."""
        self._is_over.set()
        self._process.terminate()
        try:
            self._process.wait(WORKER_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def prepare(data: Path, *, is_demo: bool = False, with_operator: bool = True) -> str | None:
    """Make a post's folder, tables and first operator; gives that operator's password when it was made just now."""
    from kawal_server import prepare as preparing

    preparing.choose(data, is_demo=is_demo)
    try:
        preparing.start_django()
        preparing.prepare()
        return preparing.seed_operator() if with_operator else None
    except preparing.unreachable() as error:
        why = str(error).strip().partition("\n")[0]
        raise CannotServe(
            say(
                f"Basis data tidak dapat dipakai: {why}. Periksa DATABASE_URL, atau jalankan kawal doctor.",
                f"The database cannot be used: {why}. Look at DATABASE_URL, or run kawal doctor.",
            )
        ) from error


def hold(data: Path) -> IO[str]:
    """Keep a second post off this folder for as long as the file given is open. Raises: CannotServe."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "serving").open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise CannotServe(
            say(
                f"{data}: posko lain sedang memakai folder ini. Hentikan dulu, atau pilih --data lain.",
                f"{data}: another post uses this folder. Stop it first, or choose another --data.",
            )
        ) from error
    return lock


def new_password(data: Path, name: str, *, is_factor_lost: bool = False) -> str:
    """Give an officer a new password, and with `is_factor_lost` take the second factor away. Raises: CannotServe."""
    prepare(data)
    from kawal_server.accounts.doors import shut_all
    from kawal_server.accounts.events import note_event
    from kawal_server.accounts.factors import drop_factors
    from kawal_server.accounts.models import Officer
    from kawal_server.prepare import new_password as made

    officer = Officer.objects.filter(username=name).first()
    if officer is None:
        raise CannotServe(f"{name}: tidak ada akun itu / no such account")
    text = made()
    officer.set_password(text)
    officer.save()
    shut_all(officer)
    note_event("password-changed", officer)
    if is_factor_lost:
        drop_factors(officer)
        note_event("factor-reset", officer)
    return text
