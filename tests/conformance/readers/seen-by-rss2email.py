"""The mails that rss2email has written, as JSON. Argument: the maildir."""
import email
import email.policy
import glob
import json
import sys


def seen(path):
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    return {
        "id": mail["X-RSS-ID"],
        "title": mail["Subject"],
        "date": int(mail["Date"].datetime.timestamp()),
        "link": mail["X-RSS-URL"],
        "text": mail.get_content(),
    }


json.dump([seen(path) for path in glob.glob(sys.argv[1] + "/**/new/*", recursive=True)], sys.stdout)
