"""Imports simulated and judged: one, several ways, several packages, and the job predicted and the real one."""
