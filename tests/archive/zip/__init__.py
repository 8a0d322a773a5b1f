"""Tests of the zip reader and writer."""
