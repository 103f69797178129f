"""Everyday words in many languages for words of ours. All are ours, none is official.

Each is the beginning of a word or of several, folded when it is read: “mangrov” is in Mangroves and
in mangrovie. Only what is clear by itself belongs here; all else is for a person.
"""
