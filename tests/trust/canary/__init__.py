"""Credentials put wherever a text may stand, and looked for in everything that assetpkg says."""
