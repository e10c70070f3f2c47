"""Files with odd structures, built by code."""
