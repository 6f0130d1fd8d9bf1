from workflow.errors import WorkflowError


class NotReadable(WorkflowError):
    """No table can be read from the file; the message says what to do."""


class WrongQuotation(NotReadable):
    """A quotation mark does not close; another separator may explain it."""
