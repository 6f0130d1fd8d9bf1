from workflow.tests.lamps import lamps

__all__ = ["lamps"]
