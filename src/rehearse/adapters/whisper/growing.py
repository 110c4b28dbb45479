"""An array that grows at its end, as a take does while it is recorded."""

from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", bound=np.generic)


class Growing(Generic[Number]):
    """Costs what is added, however much there is already."""

    def __init__(self, kind: type[Number]) -> None:
        self._room: npt.NDArray[Number] = np.empty(1, kind)
        self._size = 0

    @property
    def values(self) -> npt.NDArray[Number]:
        """All of it so far; what is added later is not in it and changes nothing in it."""
        return self._room[: self._size]

    def add(self, values: npt.NDArray[Number]) -> None:
        size = self._size + values.size
        if size > self._room.size:
            room = np.empty(max(size, 2 * self._room.size), self._room.dtype)
            room[: self._size] = self.values
            self._room = room
        self._room[self._size : size] = values
        self._size = size
