"""Layouts proposed: what stands where in an unknown archive, and which kinds of resources that looks like."""
