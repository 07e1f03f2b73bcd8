// The version of the engine, recorded beside every verdict and never part of its digest.

#ifndef ASSAY_SERVICES_SCORING_ENGINE_VERSION_H_
#define ASSAY_SERVICES_SCORING_ENGINE_VERSION_H_

#include <cstdint>
#include <string_view>

namespace assay::scoring {

// Changes with anything that could change a verdict, its explanation or its bytes.
inline constexpr std::string_view kEngineVersion = "2.0.0";

// Version of the explanation's schema: within one, codes and fields are only ever added.
inline constexpr uint32_t kExplanationVersion = 1;

}  // namespace assay::scoring

#endif  // ASSAY_SERVICES_SCORING_ENGINE_VERSION_H_
