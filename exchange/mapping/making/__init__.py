"""Makes rows of our sheets of the rows of a list: one module a target, over the parts they share."""
