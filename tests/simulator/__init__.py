"""The stand-in for an instance: its rules, its state, and what clients see of it."""
