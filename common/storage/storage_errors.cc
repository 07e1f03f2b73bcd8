#include "common/storage/storage_errors.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/storage/store.h"
#include "common/text/view.h"

namespace assay::storage {
namespace {

constexpr absl::Duration kContentionRetryDelay = absl::Milliseconds(50);

absl::Status WithCause(absl::StatusCode code, std::string_view reason, std::string_view what,
                       std::string_view cause) {
  return ErrorBuilder(code, reason)
      .Message(absl::StrCat(ToAbsl(what), ": ", ToAbsl(cause)))
      .Metadata("cause", cause)
      .Build();
}

}  // namespace

absl::Status KeySizeInvalid(size_t bytes) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "KEY_SIZE_INVALID")
      .Message(
          absl::StrCat("storage key has ", bytes, " bytes; 1 to ", kMaxKeyBytes, " are allowed"))
      .Metadata("bytes", absl::StrCat(bytes))
      .Build();
}

absl::Status ValueTooLarge(size_t bytes) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "VALUE_TOO_LARGE")
      .Message(absl::StrCat("storage value has ", bytes, " bytes; at most ", kMaxValueBytes,
                            " are allowed"))
      .Metadata("bytes", absl::StrCat(bytes))
      .Build();
}

absl::Status TransactionTooLarge(size_t bytes) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "TRANSACTION_TOO_LARGE")
      .Message(absl::StrCat("transaction would write ", bytes, " bytes; at most ",
                            kMaxTransactionBytes, " are allowed; split the change"))
      .Metadata("bytes", absl::StrCat(bytes))
      .Build();
}

absl::Status TransactionContention(int attempts) {
  return ErrorBuilder(absl::StatusCode::kAborted, "TRANSACTION_CONTENTION")
      .Message(absl::StrCat("gave up after ", attempts,
                            " conflicts with other transactions; nothing was written; retry"))
      .Metadata("attempts", absl::StrCat(attempts))
      .RetryAfter(kContentionRetryDelay)
      .Build();
}

absl::Status CommitOutcomeUnknown(std::string_view cause) {
  return WithCause(absl::StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN",
                   "commit failed; whether it took effect is known only after a restart; "
                   "retry with the same request id",
                   cause);
}

absl::Status StoreUnhealthy(std::string_view cause) {
  return WithCause(absl::StatusCode::kUnavailable, "STORE_UNHEALTHY",
                   "store takes no writes until it is opened again", cause);
}

absl::Status StoreCorrupt(std::string_view cause) {
  return WithCause(absl::StatusCode::kDataLoss, "STORE_CORRUPT", "stored bytes are damaged", cause);
}

absl::Status StoreIoError(std::string_view cause) {
  return WithCause(absl::StatusCode::kUnavailable, "STORE_IO_ERROR", "store cannot read or write",
                   cause);
}

absl::Status StoreLocked(std::string_view cause) {
  return WithCause(absl::StatusCode::kFailedPrecondition, "STORE_LOCKED", "store is open elsewhere",
                   cause);
}

absl::Status StoreInternal(std::string_view cause) {
  return WithCause(absl::StatusCode::kInternal, "STORE_INTERNAL", "unexpected storage error",
                   cause);
}

absl::Status KeyMalformed(std::string_view key) {
  const std::string hex = ToHex(key);
  return ErrorBuilder(absl::StatusCode::kDataLoss, "KEY_MALFORMED")
      .Message(absl::StrCat("stored key does not have the layout of its family: ", hex))
      .Metadata("key", hex)
      .Build();
}

}  // namespace assay::storage
