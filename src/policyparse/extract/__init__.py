"""One module a fact. Extractors read the Doc and what they are given; they never call each other."""
