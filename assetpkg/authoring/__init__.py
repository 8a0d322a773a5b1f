"""Packages made of packages: split into several, and copied without credentials; and packages made up."""
