"""How days and times are written in English where Django's own filters write them.

As in `catalogue.atoms.Day`, which writes those of a document. Times are in UTC.
"""

DATE_FORMAT = "d F Y"
SHORT_DATE_FORMAT = "d F Y"
DATETIME_FORMAT = "d F Y, H:i"
SHORT_DATETIME_FORMAT = "d F Y, H:i"
TIME_FORMAT = "H:i"
