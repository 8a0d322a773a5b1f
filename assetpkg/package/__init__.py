"""An asset package: its layout and manifest, loaded into an index, and written."""
