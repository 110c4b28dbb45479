"""Speech models from the Hugging Face hub or a mirror of it: plain HTTP, resumed where it broke."""

import threading
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from rehearse.adapters.models.manifest import Model, ModelFile
from rehearse.adapters.models.transfer import (
    CHUNK_BYTES,
    OnProgress,
    Part,
    Progress,
    SourceError,
    accept,
    open_part,
    part_path,
    size_of,
)
from rehearse.errors import UsageError

_STALL_S = 30.0
_RANGE_NOT_SATISFIABLE = 416
_PARTIAL_CONTENT = 206


class Hub:
    extra_bytes = 0

    def __init__(self, url: str, answer_within_s: float) -> None:
        address = urlsplit(url)
        if address.scheme not in ("http", "https"):
            raise UsageError(
                f'"{url}" cannot be a model hub: HF_ENDPOINT must begin with https:// or http://.'
            )
        self.name = address.netloc
        self._url = url.rstrip("/")
        self._answer_within_s = answer_within_s

    def fetch(self, model: Model, folder: Path, on_progress: OnProgress) -> None:
        done_bytes = 0
        for file in model.files:
            before_bytes = done_bytes

            def report(file_bytes: int, file: ModelFile = file, before: int = before_bytes) -> None:
                done = before + file_bytes
                on_progress(Progress("fetching", self.name, file.name, done, model.size_bytes))

            if not (folder / file.name).exists():
                url = f"{self._url}/{model.repository}/resolve/{model.revision}/{file.name}"
                self._fetch_file(url, file, folder, report)
            done_bytes += file.size_bytes

    def _fetch_file(
        self, url: str, file: ModelFile, folder: Path, report: Callable[[int], None]
    ) -> None:
        is_resumed = size_of(part_path(folder, file)) > 0
        with open_part(folder, file) as part:
            self._fill(part, url, report)
            if is_resumed and part.sha256 != file.sha256:
                # A power cut can leave a part of the right length with the wrong bytes.
                part.start_over()
                self._fill(part, url, report)
        accept(folder, file, part.sha256, self.name)

    def _fill(self, part: Part, url: str, report: Callable[[int], None]) -> None:
        is_complete = part.is_full
        while not is_complete:
            before_bytes = part.size_bytes
            is_complete = self._read_on(part, url, report)
            if not is_complete and part.size_bytes <= before_bytes:
                raise SourceError(f"the connection broke off after {part.size_bytes:,} bytes")

    def _read_on(self, part: Part, url: str, report: Callable[[int], None]) -> bool:
        """False where the connection broke before all that was announced had come."""
        report(part.size_bytes)
        with self._ask(part, url) as response:
            if part.size_bytes and response.status != _PARTIAL_CONTENT:
                part.start_over()
            announced = response.headers.get("Content-Length")
            end_bytes = part.size_bytes + int(announced) if announced else None
            while not part.is_full and (chunk := _read(response)):
                part.write(chunk)
                report(part.size_bytes)
            return part.is_full or part.size_bytes == end_bytes

    def _ask(self, part: Part, url: str) -> HTTPResponse:
        request = urllib.request.Request(url, headers={"User-Agent": "rehearse"})  # noqa: S310 - checked above
        if part.size_bytes:
            request.add_header("Range", f"bytes={part.size_bytes}-")
        answer = self._answer_to(request)
        if isinstance(answer, HTTPError) and answer.code == _RANGE_NOT_SATISFIABLE:
            part.start_over()
        if isinstance(answer, Exception):
            raise SourceError(_reason(answer))
        return answer

    def _answer_to(self, request: urllib.request.Request) -> HTTPResponse | Exception:
        # A socket's timeout counts for each address of a host and not for its name server, so a
        # firewall that swallows packets could hold a single urlopen() for a minute.
        answers: SimpleQueue[HTTPResponse | Exception] = SimpleQueue()
        threading.Thread(target=_open, args=(request, answers), daemon=True).start()
        try:
            return answers.get(timeout=self._answer_within_s)
        except Empty:
            return TimeoutError(f"no answer within {self._answer_within_s:g} seconds")


def _open(
    request: urllib.request.Request, answers: "SimpleQueue[HTTPResponse | Exception]"
) -> None:
    try:
        answers.put(urllib.request.urlopen(request, timeout=_STALL_S))  # noqa: S310 - checked above
    except HTTPError as error:
        error.close()
        answers.put(error)
    except (OSError, HTTPException) as error:
        answers.put(error)


def _read(response: HTTPResponse) -> bytes:
    """Nothing at the end, and nothing where the connection broke."""
    try:
        return response.read(CHUNK_BYTES)
    except (OSError, HTTPException):
        return b""


def _reason(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"it answered {error.code} {error.reason}"
    cause = error.reason if isinstance(error, URLError) else error
    return getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
