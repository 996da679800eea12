"""The post: a Django server around the mission. It keeps the logs, and shows the command post what they say."""
