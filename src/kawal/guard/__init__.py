"""Posts, duty and relief: every hour guarded, and every gap in it found."""
