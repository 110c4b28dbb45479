"""The rehearsal on a terminal screen. Knows events and keys; no sound, no model, no disk."""
