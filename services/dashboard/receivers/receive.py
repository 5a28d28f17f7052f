"""A receiver of Newswire webhooks, standard library only.

Start: SECRET=whsec_... PORT=8000 python3 receive.py
"""
import base64
import hashlib
import hmac
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
# Whoever knows the key can sign, and everybody knows an empty one.
if not KEY:
    raise SystemExit("SECRET is whsec_ and base64")
TOLERANCE_SECONDS = 300
BODY_BYTES_MAX = 8 * 1024 * 1024

# Keep these in your database, in one transaction with what you do.
seen = set()
versions = {}
lock = threading.Lock()


def is_authentic(headers, body):
    """Over the raw body: a body that was parsed and written again has other bytes."""
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    right = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    # While a secret is rotated there are several, by the old and by the new one.
    for each in headers.get("webhook-signature", "").split():
        version, _, given = each.partition(",")
        if version == "v1" and hmac.compare_digest(given.encode(), right):
            return True
    return False


def take(message_id, event):
    kind, data = event["type"], event["data"]
    # A new address is asked once whether it is yours.
    if kind == "webhook.verify":
        return {"challenge": data["challenge"]}
    if not kind.startswith("item."):
        return {}
    item = data["uri"]
    # The body's own (a number in a thin event, text in ninjs): headers of that name are not signed.
    version = int(data["version"])
    with lock:
        if message_id in seen:
            return {"newswire": "duplicate"}
        seen.add(message_id)
        if version < versions.get(item, 0):
            return {"newswire": "stale"}
        versions[item] = version
        # A kill: take the item down everywhere. It has no text any more; keep its version.
        if kind == "item.withdrawn":
            print(f"remove {item}", flush=True)
        else:
            print(f"store {item} version {version}", flush=True)
    return {"newswire": "processed"}


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if not 0 <= length <= BODY_BYTES_MAX:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(length)
        if not is_authentic(self.headers, body):
            return self.answer(401)
        try:
            answer = take(self.headers["webhook-id"], json.loads(body))
        except (ValueError, KeyError, TypeError):
            return self.answer(400)
        self.answer(200, json.dumps(answer).encode())

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8000"))), Receiver)
print(f'listening on {{"port":{server.server_port}}}', flush=True)
server.serve_forever()
