"""Lambda's runtime API: hands out one event, and takes what comes back."""
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NEXT = "/2018-06-01/runtime/invocation/next"


class LambdaRuntime:
    """https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"""

    def __init__(self, event):
        self._event = json.dumps(event).encode()
        self._handed_out = False
        self._over = threading.Event()
        self._replied = threading.Event()
        self._reply = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # The process is killed amid its next request.
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self):
        """The value for AWS_LAMBDA_RUNTIME_API."""
        return "127.0.0.1:%d" % self._server.server_port

    def reply(self, seconds):
        """What came back, such as `response {...}`; empty if nothing did in that time."""
        self._replied.wait(seconds)
        return self._reply

    def close(self):
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(runtime):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.path != NEXT or runtime._handed_out:
                    runtime._over.wait()  # There is no other event.
                    return
                runtime._handed_out = True
                self.send_response(200)
                self.send_header("Lambda-Runtime-Aws-Request-Id", "request-1")
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int((time.time() + 60) * 1000)))
                self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:multus")
                self._body(runtime._event)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(202)
                self._body(b"")
                runtime._reply = self.path.rsplit("/", 1)[1] + " " + body.decode(errors="replace")
                runtime._replied.set()

            def _body(self, body):
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler
