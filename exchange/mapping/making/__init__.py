"""Makes rows of our sheets of the rows of a list: one module a target, over what they share."""
