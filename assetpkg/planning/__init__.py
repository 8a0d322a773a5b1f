"""The plan: one question per module.

`resolving`, `naming`, `matching` and `comparing` answer what decisions ask, and `context` puts them together for one
import. `judge` and `plan` decide.
"""
