"""Reports as text: one format in each module or folder. A renderer is given a report and what a person sees of it."""
