"""One resource seen through its kind: walked, validated, compared, merged, masked and named."""
