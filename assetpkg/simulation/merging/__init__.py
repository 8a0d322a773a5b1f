"""Packages merged: two of them, or two versions of one."""
