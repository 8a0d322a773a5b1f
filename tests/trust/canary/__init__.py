"""Credentials put wherever a text may be, and looked for in everything that assetpkg says."""
