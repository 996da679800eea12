"""The boxes: the list with its filters, the page of one box, and the labels."""
