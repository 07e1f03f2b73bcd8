#include "services/catalogue/storage/layout.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "common/ids/hex.h"
#include "common/status/macros.h"
#include "common/storage/key_codec.h"
#include "common/storage/value_codec.h"
#include "common/text/view.h"
#include "services/catalogue/errors.h"

namespace assay::catalogue {
namespace {

constexpr storage::KeyFamily kHeadFamily = storage::kFirstServiceFamily;
constexpr storage::KeyFamily kRevisionFamily = storage::kFirstServiceFamily + 1;
constexpr storage::KeyFamily kDigestFamily = storage::kFirstServiceFamily + 2;
constexpr storage::KeyFamily kAliasHeadFamily = storage::kFirstServiceFamily + 3;
constexpr storage::KeyFamily kAliasEntryFamily = storage::kFirstServiceFamily + 4;

constexpr uint8_t kValueVersion = 1;

storage::KeyBuilder KeyOf(storage::KeyFamily family, const DocumentName& name) {
  storage::KeyBuilder builder(family);
  builder.String(name.scheme).U32(static_cast<uint32_t>(name.kind)).String(name.id);
  return builder;
}

bool IsKnownKind(uint32_t kind) {
  return std::any_of(std::begin(kAllDocumentKinds), std::end(kAllDocumentKinds),
                     [kind](DocumentKind known) { return static_cast<uint32_t>(known) == kind; });
}

// Reads the components that name a document.
absl::StatusOr<DocumentName> DocumentOf(std::string_view what, std::string scheme, uint32_t kind,
                                        std::string id) {
  if (!IsKnownKind(kind)) return StoredDocumentCorrupt(what, absl::StrCat("unknown kind ", kind));
  return DocumentName{
      .scheme = std::move(scheme), .kind = static_cast<DocumentKind>(kind), .id = std::move(id)};
}

absl::StatusOr<uint32_t> DecodeVersionedNumber(std::string_view what, std::string_view value) {
  storage::ValueReader in(value);
  in.Require(in.U8() == kValueVersion);
  const uint32_t number = in.U32();
  if (in.Finished()) return number;
  return StoredDocumentCorrupt(what, absl::StrCat("unknown value ", ToHex(value.substr(0, 16))));
}

}  // namespace

std::string HeadKey(const DocumentName& name) { return KeyOf(kHeadFamily, name).Build(); }

std::string EncodeHead(uint32_t latest) { return EncodeNumber(latest); }

absl::StatusOr<uint32_t> DecodeHead(std::string_view value) {
  return DecodeVersionedNumber("head row", value);
}

std::string RevisionKey(const DocumentName& name, uint32_t number) {
  return KeyOf(kRevisionFamily, name).U32(number).Build();
}

storage::ScanRange AllRevisions() {
  return storage::PrefixRange(storage::KeyBuilder(kRevisionFamily).Build());
}

storage::ScanRange HeadsOf(std::string_view scheme) {
  return storage::PrefixRange(storage::KeyBuilder(kHeadFamily).String(scheme).Build());
}

absl::StatusOr<DocumentName> DecodeHeadKey(std::string_view key) {
  storage::KeyParser parser(key, kHeadFamily);
  std::string scheme = parser.String();
  const uint32_t kind = parser.U32();
  std::string id = parser.String();
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  return DocumentOf(absl::StrCat("head row ", ToHex(key)), std::move(scheme), kind, std::move(id));
}

std::string EncodeRevision(const StoredRevision& revision) {
  return storage::ValueWriter()
      .U8(kValueVersion)
      .I64(absl::ToUnixMicros(revision.create_time))
      .Fixed(revision.digest)
      .Fixed(revision.canonical)
      .Take();
}

absl::StatusOr<StoredRevision> DecodeRevision(std::string_view key, std::string_view value) {
  StoredRevision revision;
  storage::KeyParser parser(key, kRevisionFamily);
  std::string scheme = parser.String();
  const uint32_t kind = parser.U32();
  std::string id = parser.String();
  revision.number = parser.U32();
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  const std::string what = absl::StrCat("revision row ", ToHex(key));
  ASSAY_ASSIGN_OR_RETURN(revision.name, DocumentOf(what, std::move(scheme), kind, std::move(id)));
  storage::ValueReader in(value);
  in.Require(in.U8() == kValueVersion);
  revision.create_time = absl::FromUnixMicros(in.I64());
  revision.digest = std::string(in.Fixed(kSha256Bytes));
  revision.canonical = std::string(in.Rest());
  if (!in.Finished()) {
    return StoredDocumentCorrupt(what, "unknown value version or a value cut short");
  }
  if (DocumentDigest(revision.name.kind, revision.canonical) != revision.digest) {
    return StoredDocumentCorrupt(what, "the content does not have the stored digest");
  }
  return revision;
}

std::string DigestKey(const DocumentName& name, std::string_view digest) {
  return KeyOf(kDigestFamily, name).String(digest).Build();
}

std::string EncodeNumber(uint32_t number) {
  return storage::ValueWriter().U8(kValueVersion).U32(number).Take();
}

absl::StatusOr<uint32_t> DecodeNumber(std::string_view value) {
  return DecodeVersionedNumber("number row", value);
}

std::string AliasHeadKey(const DocumentName& document, std::string_view alias) {
  return KeyOf(kAliasHeadFamily, document).String(alias).Build();
}

storage::ScanRange AliasHeadsOf(const DocumentName& document) {
  return storage::PrefixRange(KeyOf(kAliasHeadFamily, document).Build());
}

std::string AliasEntryKey(const DocumentName& document, std::string_view alias, uint32_t number) {
  return KeyOf(kAliasEntryFamily, document).String(alias).U32(number).Build();
}

storage::ScanRange AliasEntriesOf(const DocumentName& document, std::string_view alias) {
  return storage::PrefixRange(KeyOf(kAliasEntryFamily, document).String(alias).Build());
}

storage::ScanRange AllAliasEntries() {
  return storage::PrefixRange(storage::KeyBuilder(kAliasEntryFamily).Build());
}

std::string EncodeAliasEntry(const StoredAliasEntry& entry) {
  return storage::ValueWriter()
      .U8(kValueVersion)
      .U32(entry.revision)
      .U32(static_cast<uint32_t>(entry.effective_from))
      .I64(absl::ToUnixMicros(entry.create_time))
      .String(entry.creator)
      .Take();
}

absl::StatusOr<StoredAliasEntry> DecodeAliasEntry(std::string_view key, std::string_view value) {
  StoredAliasEntry entry;
  storage::KeyParser parser(key, kAliasEntryFamily);
  std::string scheme = parser.String();
  const uint32_t kind = parser.U32();
  std::string id = parser.String();
  entry.alias = parser.String();
  entry.number = parser.U32();
  ASSAY_RETURN_IF_ERROR(parser.Finish());
  const std::string what = absl::StrCat("alias row ", ToHex(key));
  ASSAY_ASSIGN_OR_RETURN(entry.document, DocumentOf(what, std::move(scheme), kind, std::move(id)));
  storage::ValueReader in(value);
  in.Require(in.U8() == kValueVersion);
  entry.revision = in.U32();
  entry.effective_from = static_cast<EpochDays>(in.U32());
  entry.create_time = absl::FromUnixMicros(in.I64());
  entry.creator = std::string(in.String());
  if (!in.Finished()) return StoredDocumentCorrupt(what, "unknown value version or wrong length");
  return entry;
}

}  // namespace assay::catalogue
