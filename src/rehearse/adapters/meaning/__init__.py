"""Whether words say a point, by a language model in a process of its own."""

from rehearse.adapters.meaning.process import MeaningProcess

__all__ = ["MeaningProcess"]
