"""From a teacher's recap over the class list to a case, its contacts and summonses."""
