"""Speech models: a manifest of exact bytes, the sources that have them, and the folder they go to."""

from rehearse.adapters.models.store import DEFAULT_MODEL, ModelStatus, ModelStore
from rehearse.adapters.models.transfer import Progress

__all__ = ["DEFAULT_MODEL", "ModelStatus", "ModelStore", "Progress"]
