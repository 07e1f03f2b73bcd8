// From checked JSON to API messages, one function a kind of document. Internal to the domain:
// others use ParseDocument.

#ifndef ASSAY_SERVICES_CATALOGUE_DOMAIN_PARSE_H_
#define ASSAY_SERVICES_CATALOGUE_DOMAIN_PARSE_H_

#include <cstdint>
#include <string>

#include "assay/catalogue/v1/catalogue.pb.h"

#include "services/catalogue/domain/object_reader.h"
#include "services/catalogue/limits.h"

namespace assay::catalogue {

// What every document begins with, and what its message is named by.
struct DocumentHead {
  uint32_t model_version = 0;
  std::string id;
  std::string title;
  std::string scheme;      // Id.
  std::string name;        // Resource name.
  std::string digest_hex;  // 64 digits.

  // Whether keys of model version 2 are known.
  bool is_model_2() const { return model_version >= 2; }
};

// Reads model_version, id and title; the rest is filled in by the caller.
DocumentHead ReadHead(ObjectReader& reader);

// Fills in what catalogues, question sets and rule sets begin with, and reads their sources.
template <typename Message>
void SetHead(const DocumentHead& head, ObjectReader& reader, Message& message) {
  message.set_name(head.name);
  message.set_title(head.title);
  message.mutable_revision()->set_digest(head.digest_hex);
  message.mutable_revision()->set_model_version(head.model_version);
  for (std::string& source : reader.Texts("sources", 1, kMaxSources, kMaxSourceBytes)) {
    message.add_sources(std::move(source));
  }
}

v1::Scheme ReadScheme(const DocumentHead& head, ObjectReader& reader);
v1::Catalogue ReadCatalogue(const DocumentHead& head, ObjectReader& reader);
v1::QuestionSet ReadQuestionSet(const DocumentHead& head, ObjectReader& reader);
v1::RuleSet ReadRuleSet(const DocumentHead& head, ObjectReader& reader);

}  // namespace assay::catalogue

#endif  // ASSAY_SERVICES_CATALOGUE_DOMAIN_PARSE_H_
