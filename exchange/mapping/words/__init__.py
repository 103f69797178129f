"""The words of a list, and which of ours they are."""
