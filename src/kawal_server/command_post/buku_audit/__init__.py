"""The audit book: every event of both logs, every proof, and what anyone may check."""
