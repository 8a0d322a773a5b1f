"""Kinds of FDI, the data integration: data sources, tasks and composite tasks."""
