"""The demo school: SMA Negeri 1 Candiroto in the year of the paper and in the one after it.

People, numbers and words are made up; the acts go through the project's own verbs.
"""
