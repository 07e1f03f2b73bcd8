"""Messages generated with protoc when the test runs, and calls made of them."""

import importlib
import subprocess
import sys

import grpc

DETAILS_KEY = "grpc-status-details-bin"

# As published; Debian 12's google/rpc/error_details.proto is from before it was added.
ERROR_INFO_PROTO = """
syntax = "proto3";
package google.rpc;
message ErrorInfo {
  string reason = 1;
  string domain = 2;
  map<string, string> metadata = 3;
}
"""


class Client:
    """Calls one service by method name."""

    def __init__(self, address, package, service, messages, seconds):
        self._channel = grpc.insecure_channel(address)
        self._prefix = f"/assay.{package}.v1.{service}/"
        # The answer's type is what the proto says, read from the service's descriptor.
        self._methods = messages.DESCRIPTOR.services_by_name[service].methods_by_name
        self._seconds = seconds

    def call(self, method, request, token):
        answer_type = self._methods[method].output_type._concrete_class
        call = self._channel.unary_unary(
            self._prefix + method,
            request_serializer=type(request).SerializeToString,
            response_deserializer=answer_type.FromString)
        return call(request, timeout=self._seconds,
                    metadata=(("authorization", f"Bearer {token}"),))


class Protos:
    """Generates the messages into `folder` and imports them."""

    def __init__(self, proto_dir, googleapis_dir, folder):
        folder.mkdir()
        ours = sorted(proto_dir.glob("assay/*/v1/*.proto"))
        googles = [googleapis_dir / name for name in (
            "google/api/annotations.proto", "google/api/http.proto", "google/rpc/status.proto",
            "google/rpc/error_details.proto")]
        error_info = folder / "google/rpc/error_info.proto"
        error_info.parent.mkdir(parents=True)
        error_info.write_text(ERROR_INFO_PROTO)
        subprocess.run(
            ["protoc", f"-I{proto_dir}", f"-I{googleapis_dir}", f"-I{folder}",
             f"--python_out={folder}", *map(str, ours), *map(str, googles), str(error_info)],
            check=True, capture_output=True, text=True)
        sys.path.insert(0, str(folder))
        self._extend_google(folder)
        self.store = importlib.import_module(
            "assay.assessment_store.v1.assessment_store_service_pb2")
        self.store_resources = importlib.import_module(
            "assay.assessment_store.v1.assessment_store_pb2")
        self.queue = importlib.import_module("assay.review_queue.v1.review_queue_service_pb2")
        self.queue_resources = importlib.import_module("assay.review_queue.v1.review_queue_pb2")
        self.scoring = importlib.import_module("assay.scoring.v1.scoring_pb2")
        self._status = importlib.import_module("google.rpc.status_pb2")
        self._details = importlib.import_module("google.rpc.error_details_pb2")
        self._error_info = importlib.import_module("google.rpc.error_info_pb2")
        self._json = importlib.import_module("google.protobuf.json_format")
        self._join_resources()

    @staticmethod
    def _extend_google(folder):
        """Lets google.rpc come from `folder` beside the installed google.protobuf."""
        google = importlib.import_module("google")
        google.__path__.append(str(folder / "google"))

    def _join_resources(self):
        """Requests and resources are in two files of one package; use them as one."""
        for name in ("Assessment", "ControlChange"):
            if not hasattr(self.store, name):
                setattr(self.store, name, getattr(self.store_resources, name))

    def from_json(self, value, message):
        return self._json.ParseDict(value, message)

    def client(self, address, package, service, seconds):
        messages = importlib.import_module(f"assay.{package}.v1.{package}_service_pb2")
        return Client(address, package, service, messages, seconds)

    def error_details(self, error):
        """(ErrorInfo, BadRequest) of a failed call."""
        trailer = dict(error.trailing_metadata())[DETAILS_KEY]
        status = self._status.Status.FromString(trailer)
        info, bad_request = self._error_info.ErrorInfo(), self._details.BadRequest()
        for detail in status.details:
            for message in (info, bad_request):
                if detail.Is(message.DESCRIPTOR):
                    detail.Unpack(message)
        return info, bad_request
