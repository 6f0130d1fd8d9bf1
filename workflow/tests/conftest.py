from workflow.tests.sample_lifecycle import sample_lifecycle

__all__ = ["sample_lifecycle"]
