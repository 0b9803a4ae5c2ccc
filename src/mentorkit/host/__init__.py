"""What a host answers for: a person's data shown and erased, a cohort backed up and restored.

It knows every place in which a cohort keeps something, and no exercise. The command line calls it.
"""
