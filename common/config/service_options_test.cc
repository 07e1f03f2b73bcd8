#include "common/config/service_options.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/status/error.h"
#include "common/testing/status_matchers.h"

namespace assay::config {
namespace {

using ::assay::testing_kit::HasField;
using ::assay::testing_kit::HasReason;
using ::assay::testing_kit::IsOk;
using ::testing::AllOf;
using ::testing::HasSubstr;

ServiceTraits Traits() {
  ServiceTraits traits;
  traits.name = "assay-test";
  traits.description = "A service for tests.";
  traits.default_port = 7401;
  return traits;
}

// Options that pass, to be spoiled by a test.
ServiceOptions Good() {
  ServiceOptions options;
  options.listen = "127.0.0.1:0";
  options.data_dir = "data";
  options.token_keys_dir = "keys";
  options.token_issuer = "https://issuer.test";
  options.token_audience = "assay";
  return options;
}

auto Names(std::string_view flag) {
  return AllOf(HasReason(absl::StatusCode::kInvalidArgument, "OPTION_INVALID"), HasField(flag));
}

std::optional<int> Parse(std::vector<const char*> arguments, ServiceOptions& options,
                         const ServiceTraits& traits = Traits()) {
  arguments.insert(arguments.begin(), "assay-test");
  return ParseServiceOptions(static_cast<int>(arguments.size()), arguments.data(), traits, options);
}

const std::vector<const char*> kEnough = {"--data_dir=d", "--token_keys_dir=k", "--token_issuer=i",
                                          "--token_audience=a"};

std::vector<const char*> EnoughAnd(std::vector<const char*> more) {
  more.insert(more.begin(), kEnough.begin(), kEnough.end());
  return more;
}

TEST(ParseTest, DefaultsAreLoopbackAndTheNamedLimits) {
  ServiceOptions options;
  EXPECT_EQ(Parse(kEnough, options), std::nullopt);
  EXPECT_EQ(options.listen, "127.0.0.1:7401");
  EXPECT_EQ(options.metrics_address, "");
  EXPECT_EQ(options.log_level, Severity::kInfo);
  EXPECT_EQ(options.max_message_bytes, 4194304);
  EXPECT_EQ(options.default_deadline, absl::Seconds(10));
  EXPECT_EQ(options.worker_threads, 16);
  EXPECT_EQ(options.worker_queue, 1024);
}

TEST(ParseTest, FlagsAreRead) {
  ServiceOptions options;
  EXPECT_EQ(Parse(EnoughAnd({"--listen=[::1]:9", "--log_level=error", "--worker_threads=3",
                             "--default_deadline_seconds=7"}),
                  options),
            std::nullopt);
  EXPECT_EQ(options.listen, "[::1]:9");
  EXPECT_EQ(options.log_level, Severity::kError);
  EXPECT_EQ(options.worker_threads, 3);
  EXPECT_EQ(options.default_deadline, absl::Seconds(7));
}

TEST(ParseTest, TheEnvironmentFillsInAndTheCommandLineWins) {
  setenv("ASSAY_WORKER_QUEUE", "77", 1);
  ServiceOptions from_environment;
  EXPECT_EQ(Parse(kEnough, from_environment), std::nullopt);
  ServiceOptions from_flag;
  EXPECT_EQ(Parse(EnoughAnd({"--worker_queue=78"}), from_flag), std::nullopt);
  unsetenv("ASSAY_WORKER_QUEUE");
  EXPECT_EQ(from_environment.worker_queue, 77);
  EXPECT_EQ(from_flag.worker_queue, 78);
}

TEST(ParseTest, ABinaryAddsItsOwnFlags) {
  std::string peer = "127.0.0.1:1";
  ServiceTraits traits = Traits();
  traits.add_options = [&peer](CLI::App& app) { AddFlag(app, "peer", peer, "A peer"); };
  ServiceOptions options;
  EXPECT_EQ(Parse(EnoughAnd({"--peer=127.0.0.1:2"}), options, traits), std::nullopt);
  EXPECT_EQ(peer, "127.0.0.1:2");
}

struct BadFlags {
  const char* name;
  std::vector<const char*> arguments;
  const char* says;
};

TEST(ParseTest, BadFlagsEndWithCodeTwoAndOneClearLine) {
  const BadFlags cases[] = {
      {"unknown flag", EnoughAnd({"--nonsense=1"}), "--nonsense"},
      {"no number", EnoughAnd({"--worker_threads=many"}), "worker_threads"},
      {"log level", EnoughAnd({"--log_level=loud"}), "--log_level is \"loud\""},
      {"missing audience",
       {"--data_dir=d", "--token_keys_dir=k", "--token_issuer=i"},
       "--token_audience is missing"},
  };
  for (const BadFlags& bad : cases) {
    SCOPED_TRACE(bad.name);
    ServiceOptions options;
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(Parse(bad.arguments, options), kExitBadFlags);
    EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                AllOf(HasSubstr("assay-test: "), HasSubstr(bad.says)));
  }
}

TEST(ParseTest, HelpAndVersionEndWithCodeZero) {
  ServiceOptions options;
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Parse({"--help"}, options), 0);
  EXPECT_EQ(Parse({"--version"}, options), 0);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(),
              AllOf(HasSubstr("ASSAY_LISTEN"), HasSubstr("assay-test 0.")));
}

TEST(ValidateTest, AcceptsGoodOptions) { EXPECT_THAT(Validate(Traits(), Good()), IsOk()); }

TEST(ValidateTest, OtherAddressesThanLoopbackNeedTls) {
  for (const char* address :
       {"0.0.0.0:7401", "[::]:7401", "192.168.1.5:1", "example.org:1", "127.0.0.1.example.org:1"}) {
    SCOPED_TRACE(address);
    ServiceOptions options = Good();
    options.listen = address;
    EXPECT_THAT(Validate(Traits(), options), Names("listen"));
    options.tls = {.certificate = "c", .key = "k", .ca = ""};
    EXPECT_THAT(Validate(Traits(), options), IsOk());
  }
}

TEST(ValidateTest, LoopbackNeedsNoTls) {
  for (const char* address :
       {"127.0.0.1:0", "127.8.9.1:65535", "[::1]:1", "localhost:1", "unix:/tmp/a"}) {
    SCOPED_TRACE(address);
    ServiceOptions options = Good();
    options.listen = address;
    EXPECT_THAT(Validate(Traits(), options), IsOk());
  }
}

TEST(ValidateTest, RefusesAddressesWithoutHostOrPort) {
  for (const char* address : {"", "127.0.0.1", ":1", "127.0.0.1:", "127.0.0.1:65536",
                              "127.0.0.1:-1", "127.0.0.1:x", "::1", "::1:80", "unix:"}) {
    SCOPED_TRACE(address);
    ServiceOptions options = Good();
    options.listen = address;
    EXPECT_THAT(Validate(Traits(), options), Names("listen"));
  }
}

struct Spoiled {
  const char* flag;
  void (*spoil)(ServiceOptions&);
};

TEST(ValidateTest, RefusesWhatIsMissingOrHalf) {
  const Spoiled cases[] = {
      {"token_keys_dir", [](ServiceOptions& o) { o.token_keys_dir = ""; }},
      {"token_issuer", [](ServiceOptions& o) { o.token_issuer = ""; }},
      {"token_audience", [](ServiceOptions& o) { o.token_audience = ""; }},
      {"data_dir", [](ServiceOptions& o) { o.data_dir = ""; }},
      {"tls_key", [](ServiceOptions& o) { o.tls.certificate = "c"; }},
      {"tls_cert", [](ServiceOptions& o) { o.tls.key = "k"; }},
      {"service_key_id", [](ServiceOptions& o) { o.service_key = "k"; }},
      {"service_key", [](ServiceOptions& o) { o.service_key_id = "k"; }},
      {"metrics_address", [](ServiceOptions& o) { o.metrics_address = "9090"; }},
  };
  for (const Spoiled& spoiled : cases) {
    SCOPED_TRACE(spoiled.flag);
    ServiceOptions options = Good();
    spoiled.spoil(options);
    EXPECT_THAT(Validate(Traits(), options), Names(spoiled.flag));
  }
}

TEST(ValidateTest, WhatAServiceNeedsDependsOnIt) {
  ServiceTraits traits = Traits();
  traits.needs_data_dir = false;
  traits.needs_service_key = true;
  ServiceOptions options = Good();
  options.data_dir = "";
  EXPECT_THAT(Validate(traits, options), Names("service_key"));
  options.service_key = "k.pem";
  options.service_key_id = "service-k";
  EXPECT_THAT(Validate(traits, options), IsOk());
}

struct Limit {
  const char* flag;
  int least;
  int most;
  void (*set)(ServiceOptions&, int);
};

TEST(ValidateTest, LimitsHoldAtTheEdgeAndOnePastIt) {
  const Limit cases[] = {
      {"max_message_bytes", kMinMaxMessageBytes, kMaxMaxMessageBytes,
       [](ServiceOptions& o, int n) { o.max_message_bytes = n; }},
      {"default_deadline_seconds", 1, kMaxDeadlineSeconds,
       [](ServiceOptions& o, int n) { o.default_deadline = absl::Seconds(n); }},
      {"worker_threads", 1, kMaxWorkerThreads,
       [](ServiceOptions& o, int n) { o.worker_threads = n; }},
      {"worker_queue", 1, kMaxWorkerQueue, [](ServiceOptions& o, int n) { o.worker_queue = n; }},
  };
  for (const Limit& limit : cases) {
    SCOPED_TRACE(limit.flag);
    ServiceOptions options = Good();
    for (const int good : {limit.least, limit.most}) {
      limit.set(options, good);
      EXPECT_THAT(Validate(Traits(), options), IsOk());
    }
    for (const int bad : {limit.least - 1, limit.most + 1}) {
      limit.set(options, bad);
      EXPECT_THAT(Validate(Traits(), options), Names(limit.flag));
    }
  }
}

}  // namespace
}  // namespace assay::config
