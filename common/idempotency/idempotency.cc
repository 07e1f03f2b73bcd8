#include "common/idempotency/idempotency.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/storage/value_codec.h"
#include "common/text/view.h"

namespace assay::idempotency {
namespace {

constexpr uint8_t kFormatVersion = 1;

struct Record {
  std::string fingerprint;
  std::string response;
};

absl::Status RequestIdReused(const RequestKey& key) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED")
      .Message(absl::StrCat("request_id ", ToAbsl(key.request_id),
                            " was used for a request with other content; use a fresh id"))
      .Metadata("method", key.method)
      .Metadata("request_id", key.request_id)
      .Field("request_id", "was used for a request with other content; use a fresh id")
      .Build();
}

absl::Status KeyInvalid(std::string_view part, size_t bytes, size_t max) {
  return ErrorBuilder(absl::StatusCode::kInternal, "IDEMPOTENCY_KEY_INVALID")
      .Message(absl::StrCat("idempotency key: ", ToAbsl(part), " has ", bytes, " bytes; 1 to ", max,
                            " are allowed"))
      .Metadata("part", part)
      .Build();
}

absl::Status ResponseTooLarge(size_t bytes) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "RESPONSE_TOO_LARGE")
      .Message(absl::StrCat("response has ", bytes, " bytes; at most ", kMaxResponseBytes,
                            " can be kept for its request_id"))
      .Metadata("bytes", absl::StrCat(bytes))
      .Build();
}

absl::Status RowMalformed(const RequestKey& key) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "IDEMPOTENCY_ROW_MALFORMED")
      .Message("stored idempotency record does not decode")
      .Metadata("method", key.method)
      .Metadata("request_id", key.request_id)
      .Build();
}

absl::Status CheckKey(const RequestKey& key) {
  ASSAY_RETURN_IF_ERROR(CheckRequestId(key.request_id));
  if (key.caller.empty() || key.caller.size() > kMaxCallerBytes) {
    return KeyInvalid("caller", key.caller.size(), kMaxCallerBytes);
  }
  if (key.method.empty() || key.method.size() > kMaxMethodBytes) {
    return KeyInvalid("method", key.method.size(), kMaxMethodBytes);
  }
  if (key.fingerprint.size() != kSha256Bytes) {
    return KeyInvalid("fingerprint", key.fingerprint.size(), kSha256Bytes);
  }
  return absl::OkStatus();
}

std::string RecordKey(const RequestKey& key) {
  return storage::KeyBuilder(storage::kIdempotencyFamily)
      .String(key.caller)
      .String(key.method)
      .String(key.request_id)
      .Build();
}

absl::StatusOr<Record> DecodeRecord(const RequestKey& key, std::string_view row) {
  storage::ValueReader in(row);
  Record record;
  in.Require(in.U8() == kFormatVersion);
  record.fingerprint = std::string(in.Fixed(kSha256Bytes));
  in.I64();  // The time of the answer: for people who inspect records.
  record.response = std::string(in.Rest());
  if (!in.good()) return RowMalformed(key);
  return record;
}

}  // namespace

absl::Status CheckRequestId(std::string_view request_id) {
  const bool allowed = std::all_of(request_id.begin(), request_id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  if (allowed && !request_id.empty() && request_id.size() <= kMaxRequestIdCharacters) {
    return absl::OkStatus();
  }
  const std::string problem =
      absl::StrCat("has ", request_id.size(), " bytes or other characters; 1 to ",
                   kMaxRequestIdCharacters, " of [A-Za-z0-9_-] are allowed");
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "REQUEST_ID_INVALID")
      .Message(absl::StrCat("request_id ", problem))
      .Field("request_id", problem)
      .Build();
}

absl::StatusOr<std::optional<std::string>> Lookup(storage::Reader& reader, const RequestKey& key) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> row, reader.Get(RecordKey(key)));
  if (!row.has_value()) return std::optional<std::string>();
  ASSAY_ASSIGN_OR_RETURN(Record record, DecodeRecord(key, *row));
  if (record.fingerprint != key.fingerprint) return RequestIdReused(key);
  return std::optional<std::string>(std::move(record.response));
}

absl::Status Remember(storage::Transaction& tx, const RequestKey& key, std::string_view response,
                      absl::Time time) {
  ASSAY_RETURN_IF_ERROR(CheckKey(key));
  if (response.size() > kMaxResponseBytes) return ResponseTooLarge(response.size());
  const std::string record_key = RecordKey(key);
  ASSAY_ASSIGN_OR_RETURN(const std::optional<std::string> row, tx.Get(record_key));
  if (row.has_value()) return RequestIdReused(key);
  return tx.Put(record_key, storage::ValueWriter()
                                .U8(kFormatVersion)
                                .Fixed(key.fingerprint)
                                .I64(absl::ToUnixMicros(time))
                                .Fixed(response)
                                .Take());
}

absl::StatusOr<std::string> RunOnce(
    storage::Store& store, const RequestKey& key, absl::Time now,
    absl::FunctionRef<absl::StatusOr<std::string>(storage::Transaction&)> command) {
  const bool remembered = !key.request_id.empty();
  std::string answer;
  ASSAY_RETURN_IF_ERROR(store.Transact([&](storage::Transaction& tx) -> absl::Status {
    if (remembered) {
      ASSAY_ASSIGN_OR_RETURN(std::optional<std::string> first, Lookup(tx, key));
      if (first.has_value()) {
        answer = *std::move(first);
        return absl::OkStatus();
      }
    }
    ASSAY_ASSIGN_OR_RETURN(answer, command(tx));
    return remembered ? Remember(tx, key, answer, now) : absl::OkStatus();
  }));
  return answer;
}

}  // namespace assay::idempotency
