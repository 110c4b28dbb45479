"""Speech to text with faster-whisper, in a process of its own that may die without costing a take."""

from rehearse.adapters.whisper.transcriber import WhisperTranscriber

__all__ = ["WhisperTranscriber"]
