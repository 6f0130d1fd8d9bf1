from workflow import docs
from workflow.docs_command import DocsCommand


class Command(DocsCommand):
    help = "Write docs/workflow.md from the lifecycle tables; with --check only compare."
    page = "workflow.md"
    text = docs.text
