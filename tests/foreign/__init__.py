"""Archives as strangers might lay them out, made of packages: the same resources in other folders, names and forms."""
