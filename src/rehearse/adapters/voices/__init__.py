"""Text to sound: each voice a program of its own, with a time limit, whose result is kept on disk."""

from rehearse.adapters.voices.choice import Choice, choose_voice
from rehearse.adapters.voices.piper_voice import PiperVoice
from rehearse.adapters.voices.spoken_prompts import SpokenPrompts, Voice
from rehearse.adapters.voices.system_voice import SystemVoice

__all__ = ["Choice", "PiperVoice", "SpokenPrompts", "SystemVoice", "Voice", "choose_voice"]
