"""Saved answers of the platform's calls: read in whatever form they were saved, recognised, and put together."""
