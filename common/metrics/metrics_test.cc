#include "common/metrics/metrics.h"

#include <array>
#include <string>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"

namespace assay::metrics {
namespace {

using ::assay::testing_kit::HasReason;
using ::testing::HasSubstr;

constexpr char kMethod[] = "/assay.test.v1.Test/Do";

std::unique_ptr<Metrics> MakeMetrics(std::string_view address = "") {
  auto metrics = Metrics::Create("assay-test", address);
  EXPECT_TRUE(metrics.ok()) << metrics.status();
  return *std::move(metrics);
}

TEST(MetricsTest, CountsCallsByMethodAndCode) {
  const auto metrics = MakeMetrics();
  MethodMetrics& method = metrics->Method(kMethod);
  method.Started();
  method.Started();
  method.Finished(absl::StatusCode::kNotFound, absl::Milliseconds(3));
  const std::string page = metrics->Page();
  EXPECT_THAT(page, HasSubstr("assay_rpc_requests_total{service=\"assay-test\",code=\"NOT_FOUND\","
                              "method=\"/assay.test.v1.Test/Do\"} 1"));
  EXPECT_THAT(page, HasSubstr("assay_rpc_in_flight{service=\"assay-test\","
                              "method=\"/assay.test.v1.Test/Do\"} 1"));
  EXPECT_THAT(page, HasSubstr("assay_rpc_latency_seconds_count{service=\"assay-test\","
                              "method=\"/assay.test.v1.Test/Do\"} 1"));
}

TEST(MetricsTest, AMethodIsRegisteredOnce) {
  const auto metrics = MakeMetrics();
  EXPECT_EQ(&metrics->Method(kMethod), &metrics->Method(kMethod));
}

TEST(MetricsTest, CodesOutsideTheListCountAsUnknown) {
  const auto metrics = MakeMetrics();
  MethodMetrics& method = metrics->Method(kMethod);
  method.Started();
  method.Finished(static_cast<absl::StatusCode>(99), absl::ZeroDuration());
  EXPECT_THAT(metrics->Page(), HasSubstr("code=\"UNKNOWN\",method=\"/assay.test.v1.Test/Do\"} 1"));
}

TEST(MetricsTest, ServesNothingWithoutAnAddress) { EXPECT_EQ(MakeMetrics()->port(), 0); }

TEST(MetricsTest, ServesThePageAtItsAddress) {
  const auto metrics = MakeMetrics("127.0.0.1:0");
  metrics->Method(kMethod).Started();
  ASSERT_NE(metrics->port(), 0);
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(metrics->port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
  ASSERT_EQ(write(fd, request.data(), request.size()), static_cast<ssize_t>(request.size()));
  std::string page;
  std::array<char, 4096> bytes{};
  for (ssize_t n = 0; (n = read(fd, bytes.data(), bytes.size())) > 0;) {
    page.append(bytes.data(), static_cast<size_t>(n));
  }
  close(fd);
  EXPECT_THAT(page, HasSubstr("200 OK"));
  EXPECT_THAT(page, HasSubstr("assay_rpc_in_flight"));
}

TEST(MetricsTest, AnAddressInUseIsRefused) {
  const auto first = MakeMetrics("127.0.0.1:0");
  EXPECT_THAT(Metrics::Create("assay-test", "127.0.0.1:" + std::to_string(first->port())),
              HasReason(absl::StatusCode::kFailedPrecondition, "METRICS_ADDRESS_UNAVAILABLE"));
}

}  // namespace
}  // namespace assay::metrics
