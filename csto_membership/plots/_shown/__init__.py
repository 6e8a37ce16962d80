"""What pictures show, as values without a line drawn: lines of states, pieces of bars, numbers, cells; and in words."""
