"""The sample company, Farridge Group 远岭集团: invented people and goals in the kind of files organisations keep."""
