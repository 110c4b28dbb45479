"""Microphones and loudspeakers, through PortAudio.

Nothing here knows of prompts, sections or screens. Importing it is cheap: PortAudio is loaded when
a device is looked for.
"""

from rehearse.adapters.sound_card.devices import (
    Device,
    find_input,
    find_output,
    input_devices,
    output_devices,
    rescan,
)
from rehearse.adapters.sound_card.loudspeaker import Loudspeaker
from rehearse.adapters.sound_card.microphone import Microphone
from rehearse.adapters.sound_card.tones import Tones

__all__ = [
    "Device",
    "Loudspeaker",
    "Microphone",
    "Tones",
    "find_input",
    "find_output",
    "input_devices",
    "output_devices",
    "rescan",
]
