"""What a single paragraph looks like to the anatomy: a module for each thing that a line can be."""
