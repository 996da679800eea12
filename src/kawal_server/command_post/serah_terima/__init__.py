"""Hand-overs: who gave what to whom, what is still unanswered, and the record to print."""
