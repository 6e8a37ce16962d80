"""
A record seen in one way.

Which of its sources count, from when to when it vouches, what is left of each state's evidence, and the timeline that
follows. Each of these is made once and kept; every question asks for it, and none derives anew.
"""
