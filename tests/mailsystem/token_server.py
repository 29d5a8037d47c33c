"""A token server of one's own (RFC 6749, RFC 8628, RFC 7523, RFC 7636, RFC 7662), on loopback over TLS: what Google,
Microsoft and others are to a mail provider, with the failures that they have. It believes nobody who does not prove
what the specifications ask for, so that a client which forgets something does not get in.

    tokens = TokenServer(users={"sales@acme.example"}, cert=..., key=...)
    tokens.approve("sales@acme.example")     # the person types the code, or logs in
"""

import base64
import hashlib
import http.server
import json
import secrets
import subprocess
import tempfile
import threading
import time
import urllib.parse

from smtp_server import tls_context

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
ASSERTION_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ASSERTION_CLIENT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Refused(Exception):
    def __init__(self, error, description="", status=400):
        super().__init__(error)
        self.error, self.description, self.status = error, description, status


def unbase64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class TokenServer:
    """Everything that can be switched is an attribute; every request is kept in `requests` as (path, fields)."""

    def __init__(self, users, cert, key, client_id="leadmail-test", client_secret=None):
        self.users, self.client_id, self.client_secret = set(users), client_id, client_secret
        self.public_key = None  # PEM, of whoever signs assertions
        self.audience_of_assertions = None
        self.service_account = None  # its e-mail address
        self.life, self.refresh_life = 3600, None
        self.rotates = True  # an old refresh token is void once it was exchanged
        self.failure = None  # "busy", "silent", "garbage", "flood", "misconfigured"
        self.interval, self.code_life = 1, 600
        self.pending_first = 0  # so many polls of a device are answered by slow_down
        self.requests, self.lock = [], threading.RLock()
        self.access, self.refresh, self.codes, self.devices = {}, {}, {}, {}
        self.approved, self.declined = None, False
        self.released = threading.Event()
        self._listener = _Listener(("127.0.0.1", 0), _Handler)
        self._listener.daemon_threads = True
        self._listener.owner = self
        self._listener.socket = tls_context(cert, key).wrap_socket(
            self._listener.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._listener.server_address[1]
        # Dovecot asks without TLS, on loopback.
        self._plain = _Listener(("127.0.0.1", 0), _Handler)
        self._plain.daemon_threads = True
        self._plain.owner = self
        self.introspection_port = self._plain.server_address[1]
        for server in (self._listener, self._plain):
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.released.set()
        for server in (self._listener, self._plain):
            server.shutdown()
            server.server_close()

    def url(self, path):
        return f"https://localhost:{self.port}/{path}"

    # --- what people do ---------------------------------------------------------------------------------------------
    def approve(self, user):
        """The person logs in wherever he is asked, from now on."""
        with self.lock:
            self.approved, self.declined = user, False

    def decline(self):
        self.declined = True

    def revoke(self, user):
        """Every token of the user is void: a changed password, a removed consent."""
        with self.lock:
            self.access = {token: entry for token, entry in self.access.items() if entry[0] != user}
            self.refresh = {token: owner for token, owner in self.refresh.items() if owner != user}

    def expire_access(self):
        with self.lock:
            self.access = {token: (user, 0) for token, (user, _) in self.access.items()}

    def is_good(self, user, token):
        """What a mail server asks."""
        with self.lock:
            owner, until = self.access.get(token, (None, 0))
            return owner == user and time.time() < until

    def issued(self):
        """Every secret that has ever been given out or told, for a look whether one leaked."""
        with self.lock:
            return [*self.all_tokens]

    all_tokens = ()

    # --- endpoints --------------------------------------------------------------------------------------------------
    def issue(self, user, with_refresh=True):
        access = "at." + secrets.token_urlsafe(40)
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": self.life}
        self.access[access] = (user, time.time() + self.life)
        self.all_tokens = (*self.all_tokens, access)
        if with_refresh:
            refresh = "rt." + secrets.token_urlsafe(40)
            self.refresh[refresh] = user
            self.all_tokens = (*self.all_tokens, refresh)
            answer["refresh_token"] = refresh
            if self.refresh_life:
                answer["refresh_token_expires_in"] = self.refresh_life
        return answer

    def check_client(self, fields):
        if fields.get("client_id") != self.client_id:
            raise Refused("invalid_client", "no such client", 401)
        if "client_assertion" in fields:
            if fields.get("client_assertion_type") != ASSERTION_CLIENT:
                raise Refused("invalid_client", "client_assertion_type")
            claims = self.verify(fields["client_assertion"])
            if claims.get("iss") != self.client_id or claims.get("sub") != self.client_id or not claims.get("jti"):
                raise Refused("invalid_client", "the assertion is not the client's", 401)
        elif self.client_secret and fields.get("client_secret") != self.client_secret:
            raise Refused("invalid_client", f"wrong secret {fields.get('client_secret')}", 401)

    def verify(self, assertion):
        """The claims of a signed token whose signature is right, that is meant for us, and in time. RFC 7523 §3"""
        head, body, signature = assertion.split(".")
        header, claims = json.loads(unbase64url(head)), json.loads(unbase64url(body))
        options = {"RS256": [], "PS256": ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]}
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("key", self.public_key), ("sig", unbase64url(signature))):
                with open(f"{folder}/{name}", "wb") as file:
                    file.write(content)
            done = subprocess.run(
                ["openssl", "dgst", "-sha256", *options[header["alg"]], "-verify", f"{folder}/key", "-signature", f"{folder}/sig"],
                input=f"{head}.{body}".encode(),
                capture_output=True,
                check=False,
            )
        if done.returncode != 0:
            raise Refused("invalid_client", "the signature is wrong", 401)
        if claims["aud"] != (self.audience_of_assertions or self.url("token")):
            raise Refused("invalid_client", "another audience", 401)
        if not claims["iat"] - 60 <= time.time() < claims["exp"] <= claims["iat"] + 3600:
            raise Refused("invalid_grant", "not in time")
        self.last_header = header
        return claims

    def token(self, fields):
        grant = fields.get("grant_type")
        if grant == ASSERTION_GRANT:
            claims = self.verify(fields["assertion"])
            if claims["iss"] != self.service_account or claims.get("sub") not in self.users:
                raise Refused("unauthorized_client", "not allowed to act for this user", 401)
            return self.issue(claims["sub"], with_refresh=False)
        self.check_client(fields)
        if grant == "client_credentials":
            return self.issue(sorted(self.users)[0], with_refresh=False)
        if grant == "refresh_token":
            user = self.refresh.get(fields.get("refresh_token"))
            if user is None:
                raise Refused("invalid_grant", f"Token has been expired or revoked: {fields.get('refresh_token')}")
            if self.rotates:
                del self.refresh[fields["refresh_token"]]
            return self.issue(user, with_refresh=self.rotates)
        if grant == "authorization_code":
            user, redirect, challenge = self.codes.pop(fields.get("code"), (None, None, None))
            verifier = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
            if user is None or fields.get("redirect_uri") != redirect:
                raise Refused("invalid_grant", "no such code")
            if base64.urlsafe_b64encode(verifier).rstrip(b"=").decode() != challenge:
                raise Refused("invalid_grant", "the verifier is not that of the challenge")
            return self.issue(user)
        if grant == DEVICE_GRANT:
            return self.device_token(fields)
        raise Refused("unsupported_grant_type")

    def device_token(self, fields):
        entry = self.devices.get(fields.get("device_code"))
        if entry is None:
            raise Refused("invalid_grant", "no such device code")
        if self.declined:
            raise Refused("access_denied")
        if time.time() > entry["until"]:
            raise Refused("expired_token")
        since, entry["asked"] = time.monotonic() - entry["asked"], time.monotonic()
        if self.pending_first > 0 or since < self.interval * 0.9:
            self.pending_first -= 1
            raise Refused("slow_down")
        if self.approved is None:
            raise Refused("authorization_pending")
        del self.devices[fields["device_code"]]
        return self.issue(self.approved)

    def device(self, fields):
        self.check_client(fields)
        code = secrets.token_urlsafe(30)
        self.devices[code] = {"until": time.time() + self.code_life, "asked": time.monotonic()}
        self.all_tokens = (*self.all_tokens, code)
        return {
            "device_code": code,
            "user_code": "WDJB-MJHT",
            "verification_uri": self.url("typed"),
            "expires_in": self.code_life,
            "interval": self.interval,
        }

    def introspect(self, fields):
        with self.lock:
            user, until = self.access.get(fields.get("token"), (None, 0))
        active = user is not None and time.time() < until
        return {"active": active, "username": user} if active else {"active": False}

    def authorize(self, fields):
        """Where the browser is sent to."""
        if fields.get("client_id") != self.client_id or fields.get("code_challenge_method") != "S256":
            raise Refused("invalid_request")
        answer = {"state": fields["state"]}
        if self.declined:
            answer["error"] = "access_denied"
        else:
            answer["code"] = secrets.token_urlsafe(20)
            self.codes[answer["code"]] = (self.approved, fields["redirect_uri"], fields["code_challenge"])
            self.all_tokens = (*self.all_tokens, answer["code"])
        return fields["redirect_uri"] + "?" + urllib.parse.urlencode(answer)


class _Listener(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # a client that hangs up is no news


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *_):
        pass

    def say(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, path, fields):
        owner = self.server.owner
        with owner.lock:
            owner.requests.append((path, fields))
        if path == "introspect":
            return self.say(200, json.dumps(owner.introspect(fields)).encode())
        if owner.failure == "busy":
            return self.say(503, b"<html>busy</html>")
        if owner.failure == "silent":
            owner.released.wait(60)
            return None
        if owner.failure == "garbage":
            return self.say(200, b'{"access_token": 7, "expires_in": "soon"')
        if owner.failure == "flood":
            return self.say(200, b'{"access_token":"' + b"A" * 1_000_000 + b'"}')
        if owner.failure == "misconfigured":
            return self.say(401, json.dumps({"error": "invalid_client"}).encode())
        try:
            with owner.lock:
                if path == "authorize":
                    return self.say(302, b"", Location=owner.authorize(fields))
                if path not in ("token", "device"):
                    return self.say(404, b"{}")
                return self.say(200, json.dumps(getattr(owner, path)(fields)).encode())
        except (Refused, KeyError, ValueError) as refused:
            known = isinstance(refused, Refused)
            error = {"error": refused.error if known else "invalid_request"}
            if known and refused.description:
                error["error_description"] = refused.description
            return self.say(refused.status if known else 400, json.dumps(error).encode())

    def do_GET(self):
        path, _, query = self.path.partition("?")
        self.answer(path.strip("/"), dict(urllib.parse.parse_qsl(query, keep_blank_values=True)))

    def do_POST(self):
        size = min(int(self.headers.get("Content-Length", 0)), 1_000_000)
        body = self.rfile.read(size).decode("ascii", "replace")
        path = self.path.partition("?")[0].strip("/")
        self.answer(path, dict(urllib.parse.parse_qsl(body, keep_blank_values=True)))
