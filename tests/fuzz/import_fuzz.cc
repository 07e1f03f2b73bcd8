// Scheme files in every format from arbitrary bytes.
//
// The first byte chooses what the rest is: 'A' to 'P' format by format a scheme, catalogue,
// question set or rule set, 'Q' to 'T' requirements for a frame in each format. Properties:
//   - whatever is refused is refused properly (RequireRefusal);
//   - JSON is read by the importer and by the parser alike;
//   - a document that was accepted goes out as JSON and YAML without loss, and what any format
//     carries without loss comes back with the same digest.

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

#include "services/catalogue/domain/document.h"
#include "services/catalogue/exchange/exchange.h"
#include "services/catalogue/exchange/frame.h"
#include "tests/fuzz/harness.h"

namespace assay::catalogue {
namespace {

using fuzz::Require;
using fuzz::RequireRefusal;

constexpr char kScheme[] = "dcc";
constexpr char kFile[] = "input";
constexpr size_t kFormats = std::size(kAllFormats);
constexpr size_t kKinds = std::size(kAllDocumentKinds);

// A file that was accepted, or nothing; its refusal is looked at.
template <typename T>
const T* Accepted(const absl::StatusOr<T>& outcome) {
  if (outcome.ok()) return &*outcome;
  RequireRefusal(outcome.status());
  return nullptr;
}

void CheckRoundTrip(Format format, const Document& document) {
  const DocumentKind kind = document.name.kind;
  const auto exported = FromSchemeJson(format, kind, document.canonical);
  const bool lossless = format == Format::kJson || format == Format::kYaml;
  Require(exported.ok() || !lossless, "JSON and YAML carry every document", document.canonical);
  const Exported* const out = Accepted(exported);
  if (out == nullptr) return;
  Require(out->losses.empty() || !lossless, "JSON and YAML lose nothing", document.canonical);
  if (!out->losses.empty()) return;
  const auto imported = ToSchemeJson(format, kind, kFile, out->text);
  Require(imported.ok(), "an export can be imported", out->text);
  const auto parsed = ParseDocument(kScheme, kind, kFile, imported->json);
  Require(parsed.ok(), "an export is still a document", out->text);
  Require(parsed->digest == document.digest, "an export without losses keeps the digest",
          out->text);
}

void CheckDocument(Format format, DocumentKind kind, std::string_view content) {
  const auto imported = ToSchemeJson(format, kind, kFile, content);
  if (format == Format::kJson) {
    const auto direct = ParseDocument(kScheme, kind, kFile, content);
    const Document* const document = Accepted(direct);
    Require(document == nullptr || imported.ok(), "what parses can be imported as JSON", content);
  }
  const Imported* const in = Accepted(imported);
  if (in == nullptr) return;
  const auto parsed = ParseDocument(kScheme, kind, kFile, in->json);
  const Document* const document = Accepted(parsed);
  if (document == nullptr) return;
  Require(DocumentDigest(kind, document->canonical) == document->digest, "digest of the canonical",
          in->json);
  for (const Format other : kAllFormats) {
    CheckRoundTrip(other, *document);
  }
}

void CheckFrame(Format format, std::string_view content) {
  static const std::string kFrame =
      fuzz::RepositoryFile("services/catalogue/exchange/testdata/synthetic-frame.json");
  const auto imported = ImportOverFrame(kFrame, format, kFile, content);
  if (const std::string* const json = Accepted(imported)) {
    Accepted(ParseDocument(kScheme, DocumentKind::kCatalogue, kFile, *json));
  }
}

}  // namespace
}  // namespace assay::catalogue

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay::catalogue;  // NOLINT(google-build-using-namespace): the entry has C
                                     // linkage.
  if (size == 0 || size > assay::fuzz::kMaxInputBytes) return 0;
  const std::string_view content(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t choice = static_cast<uint8_t>(data[0] - 'A') % (kFormats * (kKinds + 1));
  if (choice < kFormats * kKinds) {
    CheckDocument(kAllFormats[choice / kKinds], kAllDocumentKinds[choice % kKinds], content);
  } else {
    CheckFrame(kAllFormats[choice - kFormats * kKinds], content);
  }
  return 0;
}
