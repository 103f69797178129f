"""Why there is no PDF."""


class ReportError(RuntimeError):
    """The document could not be made into a PDF."""


class BusyError(ReportError):
    """Too many PDFs are being set; this one may be asked for again soon."""
