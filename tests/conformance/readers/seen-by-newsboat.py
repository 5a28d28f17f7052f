"""What newsboat has stored: its cache as JSON. Argument: the cache's file."""
import json
import sqlite3
import sys

rows = sqlite3.connect(sys.argv[1]).execute(
    "select guid, title, pubDate, url, content from rss_item where deleted = 0"
)
names = ("id", "title", "date", "link", "text")
json.dump([dict(zip(names, row)) for row in rows], sys.stdout)
