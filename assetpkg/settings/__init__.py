"""What a project has settled, and where it may say so: its file, the environment, the command line."""
