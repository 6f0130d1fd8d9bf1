"""The demo school: SMA Negeri 1 Candiroto in the year of the paper and in the one after it.

People, numbers and words are made up. Everything is done by the project's own acts.
"""
