"""A sound rule file, as somebody might write it."""

RULE = """
[[rule]]
id = "hedge.perchance"
category = "hedge"
patterns = ["perchance"]
why = "It is a guess."
instead = "Say it."
source = "A test."
flags = ["It was perchance the pump."]
passes = ["It was the pump."]
"""
