#include "services/scoring/engine/canonical_writer.h"

#include <algorithm>
#include <tuple>

namespace assay::scoring {
namespace {

auto SortKey(const Certificate& certificate) {
  return std::make_tuple(std::string_view(certificate.kind), certificate.issued_on,
                         certificate.expires_on, certificate.revoked_on, certificate.scope);
}

}  // namespace

void CanonicalWriter::Certificates(const std::vector<Certificate>& certificates) {
  std::vector<const Certificate*> sorted;
  sorted.reserve(certificates.size());
  for (const Certificate& certificate : certificates) {
    sorted.push_back(&certificate);
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return SortKey(*a) < SortKey(*b); });
  Count(sorted.size());
  for (const Certificate* certificate : sorted) {
    Text(certificate->kind);
    I32(certificate->issued_on);
    I32(certificate->expires_on);
    Flag(certificate->revoked_on.has_value());
    if (certificate->revoked_on.has_value()) {
      I32(*certificate->revoked_on);
    }
    Number(certificate->scope);
  }
}

}  // namespace assay::scoring
