"""What is handed to a renderer: the shapes of the JSON output, apart from the classes that assetpkg works with.

One module for each thing that is reported, so that a command imports no more than its own.
"""
