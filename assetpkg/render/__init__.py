"""Reports told: one format in each module. A renderer is given a report, returns text, and knows nothing else."""
