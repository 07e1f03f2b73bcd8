#include "tools/assayctl/options.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include "common/ids/resource_name.h"
#include "common/status/macros.h"
#include "common/text/view.h"
#include "tools/assayctl/files.h"
#include "tools/assayctl/output/error.h"

namespace assay::assayctl {
namespace {

constexpr absl::Duration kMinTimeout = absl::Milliseconds(1);
constexpr absl::Duration kMaxTimeout = absl::Hours(24);

std::string VariableOf(Service service) {
  const std::string name(ServiceName(service));
  return absl::StrCat("ASSAY_", absl::AsciiStrToUpper(absl::StrReplaceAll(name, {{"-", "_"}})));
}

std::string* FieldOf(std::string_view key, Options& options) {
  for (Service service : kServices) {
    if (key == ServiceName(service)) {
      return &options.addresses[static_cast<size_t>(service)];
    }
  }
  if (key == "as") return &options.as;
  if (key == "output") return &options.output;
  if (key == "color") return &options.color;
  if (key == "timeout") return &options.timeout;
  if (key == "tls-ca") return &options.tls_ca;
  return nullptr;
}

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  absl::StatusOr<std::string> token = ReadFile(path);
  if (!token.ok()) {
    return UsageError("TOKEN_FILE_UNREADABLE", FromAbsl(token.status().message()));
  }
  return std::string(absl::StripAsciiWhitespace(*token));
}

}  // namespace

std::string_view ServiceName(Service service) {
  switch (service) {
    case Service::kCatalogue:
      return "catalogue";
    case Service::kScoring:
      return "scoring";
    case Service::kAssessmentStore:
      return "assessment-store";
    case Service::kReviewQueue:
      return "review-queue";
  }
  return "";
}

std::string FindHome(const std::vector<std::string>& args, const Environment& environment) {
  constexpr std::string_view kFlag = "--home";
  constexpr std::string_view kFlagWithValue = "--home=";
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i] == kFlag && i + 1 < args.size()) {
      return args[i + 1];
    }
    if (std::string_view(args[i]).starts_with(kFlagWithValue)) {
      return args[i].substr(kFlagWithValue.size());
    }
  }
  if (std::string home = environment("ASSAY_HOME"); !home.empty()) {
    return home;
  }
  if (const std::string config = environment("XDG_CONFIG_HOME"); !config.empty()) {
    return config + "/assay";
  }
  return environment("HOME") + "/.config/assay";
}

absl::Status ApplyProfile(std::string_view what, std::string_view text, Options& options) {
  int number = 0;
  for (absl::string_view raw : absl::StrSplit(ToAbsl(text), '\n')) {
    ++number;
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    if (line.empty() || line[0] == '#') {
      continue;
    }
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits('=', 1));
    const absl::string_view key = absl::StripAsciiWhitespace(parts.first);
    const absl::string_view value = absl::StripAsciiWhitespace(parts.second);
    std::string* field = FieldOf(FromAbsl(key), options);
    if (field == nullptr || value.empty()) {
      return UsageError("PROFILE_INVALID",
                        absl::StrCat(ToAbsl(what), " line ", number, ": \"", line,
                                     "\" is not `key = value` with a key that is known"));
    }
    *field = std::string(value);
  }
  return absl::OkStatus();
}

void ApplyEnvironment(const Environment& environment, Options& options) {
  for (Service service : kServices) {
    if (std::string address = environment(VariableOf(service)); !address.empty()) {
      options.addresses[static_cast<size_t>(service)] = std::move(address);
    }
  }
  if (std::string ca = environment("ASSAY_TLS_CA"); !ca.empty()) {
    options.tls_ca = std::move(ca);
  }
}

absl::StatusOr<Options> DefaultOptions(const std::vector<std::string>& args,
                                       const Environment& environment) {
  Options options;
  options.home = FindHome(args, environment);
  const std::string path = absl::StrCat(options.home, "/", ToAbsl(kProfileFile));
  if (FileExists(path)) {
    ASSAY_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    ASSAY_RETURN_IF_ERROR(ApplyProfile(path, text, options));
  }
  ApplyEnvironment(environment, options);
  return options;
}

absl::StatusOr<absl::Duration> ParseTimeout(std::string_view text) {
  absl::Duration timeout;
  int64_t seconds = 0;
  if (absl::SimpleAtoi(ToAbsl(text), &seconds)) {
    timeout = absl::Seconds(seconds);
  } else if (!absl::ParseDuration(ToAbsl(text), &timeout)) {
    timeout = absl::ZeroDuration();
  }
  if (timeout < kMinTimeout || timeout > kMaxTimeout) {
    return UsageError("TIMEOUT_INVALID",
                      absl::StrCat("--timeout \"", ToAbsl(text),
                                   "\" is not a time such as 10s or 1m30s, from 1ms to 24h"));
  }
  return timeout;
}

absl::StatusOr<std::string> ResolveToken(const Options& options, const Environment& environment) {
  if (!options.token_file.empty()) {
    return ReadToken(options.token_file);
  }
  if (!options.as.empty()) {
    if (!IsValidId(options.as)) {
      return UsageError("NAME_INVALID", absl::StrCat("--as \"", options.as,
                                                     "\" is not a name of a-z, 0-9, '.', '_' "
                                                     "and '-'"));
    }
    return ReadToken(absl::StrCat(options.home, "/tokens/", options.as, ".jwt"));
  }
  if (const std::string token = environment("ASSAY_TOKEN"); !token.empty()) {
    return std::string(absl::StripAsciiWhitespace(token));
  }
  if (const std::string path = environment("ASSAY_TOKEN_FILE"); !path.empty()) {
    return ReadToken(path);
  }
  return "";
}

}  // namespace assay::assayctl
