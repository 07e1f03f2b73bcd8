"""The four services as processes, with keys and tokens made on the spot with openssl."""

import base64
import json
import socket
import subprocess
import time

import grpc

ISSUER, AUDIENCE = "https://issuer.test", "assay-test"
NAMES = ("catalogue", "scoring", "assessment-store", "review-queue")
SERVING = b"\x08\x01"  # HealthCheckResponse with status = SERVING.
LOG_LINES = 20


def _openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, check=True,
                          capture_output=True).stdout


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _raw_signature(der):
    """ECDSA's DER (SEQUENCE of two INTEGERs) as the 64 bytes that ES256 wants."""
    raw, at = b"", 2
    for _ in range(2):
        size = der[at + 1]
        raw += der[at + 2:at + 2 + size].lstrip(b"\0").rjust(32, b"\0")
        at += 2 + size
    return raw


class Deployment:
    """Use as a context: starts everything, ends everything."""

    def __init__(self, bin_dir, source_dir, folder, start_seconds):
        self._bin_dir = bin_dir
        self._source_dir = source_dir
        self._folder = folder
        self._start_seconds = start_seconds
        self._processes = {}
        self._reservations = []
        self._addresses = {name: self._reserve_port() for name in NAMES}

    def _reserve_port(self):
        """Bound but never listening: nobody else gets it, a server that reuses addresses can."""
        reservation = socket.socket()
        reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reservation.bind(("127.0.0.1", 0))
        self._reservations.append(reservation)
        return f"127.0.0.1:{reservation.getsockname()[1]}"

    def address(self, name):
        return self._addresses[name]

    def __enter__(self):
        (self._folder / "public").mkdir()
        for key_id in ("people-1", "service-1"):
            private = self._folder / f"{key_id}.pem"
            _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256",
                     "-out", str(private))
            _openssl("pkey", "-in", str(private), "-pubout",
                     "-out", str(self._folder / "public" / f"{key_id}.pem"))
        try:
            for name in NAMES:
                self._start(name)
            for name in NAMES:
                self._await_serving(name)
        except SystemExit:
            self.print_logs()
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        codes = {}
        for process in self._processes.values():
            process.terminate()
        for name, process in self._processes.items():
            try:
                codes[name] = process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                codes[name] = process.wait()
        for reservation in self._reservations:
            reservation.close()
        print(f"exit codes: {codes}")

    def _flags(self, name):
        flags = {"listen": self._addresses[name], "token_keys_dir": self._folder / "public",
                 "token_issuer": ISSUER, "token_audience": AUDIENCE}
        if name != "scoring":
            flags["data_dir"] = self._folder / name
        if name != "catalogue":
            flags["service_key"] = self._folder / "service-1.pem"
            flags["service_key_id"] = "service-1"
        peers = {"scoring": ("catalogue",),
                 "assessment-store": ("catalogue", "scoring", "review-queue"),
                 "review-queue": ("assessment-store",)}
        for peer in peers.get(name, ()):
            flags[peer.replace("-", "_")] = self._addresses[peer]
        if name == "catalogue":
            flags["scheme_dir"] = self._source_dir / "services/catalogue/data"
        return [f"--{flag}={value}" for flag, value in flags.items()]

    def _start(self, name):
        with open(self._folder / f"{name}.log", "ab") as log:
            self._processes[name] = subprocess.Popen(
                [self._bin_dir / f"assay-{name}", *self._flags(name)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _serving(self, name):
        with grpc.insecure_channel(self._addresses[name]) as channel:
            check = channel.unary_unary("/grpc.health.v1.Health/Check")
            try:
                # Waits for the connection rather than asking again and again.
                return check(b"", timeout=0.5, wait_for_ready=True) == SERVING
            except grpc.RpcError:
                return False

    def _await_serving(self, name):
        deadline = time.monotonic() + self._start_seconds
        while not self._serving(name):
            code = self._processes[name].poll()
            if code is not None:
                raise SystemExit(f"FAILED  assay-{name} ended with exit code {code}")
            if time.monotonic() > deadline:
                raise SystemExit(f"FAILED  assay-{name} does not serve")

    def print_logs(self):
        for name in NAMES:
            log = self._folder / f"{name}.log"
            lines = log.read_text(errors="replace").splitlines() if log.exists() else []
            print(f"The end of the log of {name}:", *lines[-LOG_LINES:], sep="\n  ", flush=True)

    def token(self, subject, organisation, role):
        """An ES256 token, signed with openssl: an implementation apart from the services'."""
        now = int(time.time())
        header = {"alg": "ES256", "kid": "people-1", "typ": "JWT"}
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + 3600,
                  "org": f"organisations/{organisation}", "roles": [role]}
        signed = b".".join(_base64url(json.dumps(part).encode()) for part in (header, claims))
        der = _openssl("dgst", "-sha256", "-sign", str(self._folder / "people-1.pem"), data=signed)
        return (signed + b"." + _base64url(_raw_signature(der))).decode()
