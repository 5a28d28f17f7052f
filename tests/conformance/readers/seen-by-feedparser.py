"""
One poll with feedparser, with the validators of the poll before. Arguments: the feed's address
and a file for validators and entries. feedparser asks for changes alone (RFC 3229, A-IM: feed):
a 226 is put over what is held, a 304 leaves it, a 200 takes its place.
"""
import calendar
import json
import os
import sys

import feedparser

url, file = sys.argv[1:]
kept = json.load(open(file)) if os.path.exists(file) else {}
feed = feedparser.parse(url, etag=kept.get("etag"), modified=kept.get("modified"))
if feed.bozo and feed.status != 304:
    sys.exit(f"{url} is not well-formed: {feed.bozo_exception}")


def language(entry):
    return entry.get("language") or entry.title_detail.get("language")


def text(entry):
    return "".join(part.value for part in entry.get("content", [])) + entry.get("summary", "")


entries = [
    {
        "id": entry.id,
        "title": entry.title,
        "date": calendar.timegm(entry.published_parsed),
        "link": entry.link,
        "language": language(entry),
        "text": text(entry),
    }
    for entry in feed.entries
]
if feed.status == 200:
    kept["seen"] = entries
elif feed.status == 226:
    changed = [entry["id"] for entry in entries]
    kept["seen"] = entries + [item for item in kept["seen"] if item["id"] not in changed]
kept.update(etag=feed.get("etag"), modified=feed.get("modified"))
json.dump(kept, open(file, "w"))
json.dump(kept["seen"], sys.stdout)
