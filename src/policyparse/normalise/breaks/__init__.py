"""Where a line that runs several paragraphs together is to be cut: a module for each thing that may begin there."""
