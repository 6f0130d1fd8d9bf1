from school import access_docs
from workflow.docs_command import DocsCommand


class Command(DocsCommand):
    help = "Write docs/access.md from the tables of who sees what; with --check only compare."
    page = "access.md"
    text = access_docs.text
