"""What phones, witnesses and mirrors speak: intake of events and blobs, and the logs as static files."""
