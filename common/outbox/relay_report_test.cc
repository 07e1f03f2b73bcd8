#include "common/outbox/relay_report.h"

#include <memory>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/storage/memory_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/time/fake_clock.h"

namespace assay::outbox {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RelayReportTest : public ::testing::Test {
 protected:
  RelayReportTest()
      : log_(open(folder_.File("log").c_str(), O_CREAT | O_WRONLY, 0600)),
        logger_("test", Severity::kInfo, clock_, log_),
        metrics_(*metrics::Metrics::Create("test", "")),
        relay_(*Relay::Create(
            store_, clock_, [this](const Message&) { return answer_; },
            ReportTo(logger_, *metrics_))) {
    Message message;
    message.id = "m1";
    message.destination = "d";
    message.aggregate = "assessments/a1";
    message.chain_head = {1, std::string(32, 'h')};
    message.payload = "p";
    message.enqueued_at = clock_.Now();
    EXPECT_THAT(store_.Transact([&](storage::Transaction& tx) { return Enqueue(tx, message); }),
                testing_kit::IsOk());
  }
  ~RelayReportTest() override { close(log_); }

  std::string Deliver(absl::Status answer) {
    answer_ = std::move(answer);
    clock_.Advance(absl::Minutes(1));
    EXPECT_THAT(relay_->DeliverPending(), testing_kit::IsOk());
    return testing_kit::ReadFileOrDie(folder_.File("log"));
  }

  testing_kit::TempDir folder_;
  FakeClock clock_;
  const int log_;
  Logger logger_;
  const std::unique_ptr<metrics::Metrics> metrics_;
  storage::MemoryStore store_;
  absl::Status answer_;
  const std::unique_ptr<Relay> relay_;
};

TEST_F(RelayReportTest, AReceiverThatIsAwayIsLoggedOnceAndCounted) {
  const std::string log = Deliver(absl::UnavailableError("down"));
  EXPECT_THAT(log, HasSubstr("\"severity\":\"WARN"));
  EXPECT_THAT(log, HasSubstr("assessments/a1"));
  EXPECT_EQ(Deliver(absl::UnavailableError("down")), log);
  EXPECT_THAT(metrics_->Page(), HasSubstr("assay_outbox_pending 1"));
  EXPECT_THAT(metrics_->Page(), HasSubstr("assay_outbox_oldest_age_seconds 120"));
  EXPECT_EQ(Deliver(absl::OkStatus()), log);
  EXPECT_THAT(metrics_->Page(), HasSubstr("assay_outbox_pending 0"));
}

TEST_F(RelayReportTest, AnErrorThatNoRetryCuresIsLoggedEachTime) {
  const std::string first = Deliver(absl::InvalidArgumentError("bad"));
  EXPECT_THAT(first, HasSubstr("\"severity\":\"ERROR\""));
  EXPECT_EQ(Deliver(absl::InvalidArgumentError("bad")).size(), 2 * first.size());
  EXPECT_THAT(metrics_->Page(), HasSubstr("assay_outbox_permanent_failures 1"));
}

}  // namespace
}  // namespace assay::outbox
