#include "common/audit/event_log.h"

#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/ids/hex.h"
#include "common/status/error.h"
#include "common/storage/memory_store.h"

namespace assay::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kTime = absl::FromUnixMicros(1780304400123456);

EventDraft Draft(std::string body = "body") {
  EventDraft draft;
  draft.aggregate = "things/t";
  draft.time = kTime;
  draft.actor = {"alice", "organisations/o", {"assessor"}};
  draft.type = "THING_DONE";
  draft.body = std::move(body);
  return draft;
}

class EventLogTest : public ::testing::Test {
 protected:
  absl::StatusOr<ChainHead> AppendOne(const EventDraft& draft) {
    absl::StatusOr<ChainHead> head;
    const absl::Status status = store_.Transact([&](storage::Transaction& tx) {
      head = Append(tx, ids_, draft);
      return head.status();
    });
    if (!status.ok()) return status;
    return head;
  }

  std::vector<Event> ListAll() { return List(*store_.Snapshot(), "things/t", 0, 1000).value(); }

  // Expects a draft that `spoil` changed to be refused, naming `part`.
  void ExpectRefused(std::string_view part, const std::function<void(EventDraft&)>& spoil) {
    EventDraft draft = Draft();
    spoil(draft);
    const absl::Status status = AppendOne(draft).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << part;
    EXPECT_EQ(ErrorReason(status), "AUDIT_EVENT_INVALID") << part;
    EXPECT_EQ(ErrorMetadata(status, "part"), part);
    EXPECT_EQ(ReadHead(*store_.Snapshot(), "things/t").value(), EmptyHead());
  }

  void ExpectAccepted(const std::function<void(EventDraft&)>& change) {
    storage::MemoryStore fresh;
    EventDraft draft = Draft();
    change(draft);
    const absl::Status status =
        fresh.Transact([&](storage::Transaction& tx) { return Append(tx, ids_, draft).status(); });
    EXPECT_TRUE(status.ok()) << status;
  }

  FakeIdSource ids_;
  storage::MemoryStore store_;
};

TEST_F(EventLogTest, NumbersEventsFromOneAndMovesTheHead) {
  EXPECT_EQ(ReadHead(*store_.Snapshot(), "things/t").value(), EmptyHead());
  const ChainHead first = AppendOne(Draft("1")).value();
  const ChainHead second = AppendOne(Draft("2")).value();
  EXPECT_EQ(first.sequence, 1u);
  EXPECT_EQ(second.sequence, 2u);
  EXPECT_EQ(second.hash.size(), kSha256Bytes);
  EXPECT_NE(first.hash, second.hash);
  EXPECT_EQ(ReadHead(*store_.Snapshot(), "things/t").value(), second);
}

TEST_F(EventLogTest, SeveralEventsInOneTransactionChain) {
  const absl::Status status = store_.Transact([&](storage::Transaction& tx) {
    EXPECT_EQ(Append(tx, ids_, Draft("1"))->sequence, 1u);
    EXPECT_EQ(Append(tx, ids_, Draft("2"))->sequence, 2u);
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok());
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), "things/t").ok());
}

TEST_F(EventLogTest, ListsWhatWasAppended) {
  EventDraft draft = Draft();
  draft.actor.roles = {"reviewer", "assessor", "reviewer"};
  draft.texts = {{"z", "last"}, {"a", "first"}};
  const ChainHead head = AppendOne(draft).value();
  const std::vector<Event> events = ListAll();
  ASSERT_EQ(events.size(), 1u);
  const Event& event = events[0];
  EXPECT_EQ(event.aggregate, "things/t");
  EXPECT_EQ(event.sequence, 1u);
  EXPECT_EQ(event.time, kTime);
  EXPECT_EQ(event.actor.subject, "alice");
  EXPECT_EQ(event.actor.organisation, "organisations/o");
  EXPECT_THAT(event.actor.roles, ElementsAre("assessor", "reviewer"));
  EXPECT_EQ(event.type, "THING_DONE");
  EXPECT_EQ(event.body, "body");
  EXPECT_EQ(event.hash, head.hash);
  ASSERT_EQ(event.texts.size(), 2u);
  EXPECT_EQ(event.texts[0].field, "a");
  EXPECT_EQ(event.texts[0].text, "first");
  EXPECT_EQ(event.texts[1].field, "z");
  EXPECT_EQ(event.texts[1].text, "last");
}

TEST_F(EventLogTest, ListPagesAndKeepsAggregatesApart) {
  for (const char* body : {"1", "2", "3", "4"}) ASSERT_TRUE(AppendOne(Draft(body)).ok());
  EventDraft other = Draft("other");
  other.aggregate = "things/tt";
  ASSERT_TRUE(AppendOne(other).ok());
  const auto bodies = [&](uint64_t after, size_t limit) {
    std::vector<std::string> found;
    const auto events = List(*store_.Snapshot(), "things/t", after, limit);
    for (const Event& event : events.value()) {
      found.push_back(event.body);
    }
    return found;
  };
  EXPECT_THAT(bodies(0, 2), ElementsAre("1", "2"));
  EXPECT_THAT(bodies(2, 10), ElementsAre("3", "4"));
  EXPECT_THAT(bodies(4, 10), IsEmpty());
}

TEST_F(EventLogTest, ConcurrentAppendsStayGapless) {
  constexpr int kThreads = 4;
  constexpr int kEvents = 25;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kEvents; ++n) EXPECT_TRUE(AppendOne(Draft()).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ListAll().size(), static_cast<size_t>(kThreads * kEvents));
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), "things/t").ok());
}

TEST_F(EventLogTest, EqualTextsHaveDifferentCommitments) {
  EventDraft draft = Draft();
  draft.texts = {{"a", "same"}, {"b", "same"}};
  ASSERT_TRUE(AppendOne(draft).ok());
  const std::vector<Event> events = ListAll();
  EXPECT_NE(events[0].texts[0].commitment, events[0].texts[1].commitment);
}

TEST_F(EventLogTest, AnErasedTextIsGoneAndTheChainStands) {
  EventDraft draft = Draft();
  draft.texts = {{"a", "personal"}, {"b", "stays"}};
  ASSERT_TRUE(AppendOne(draft).ok());
  const auto erase = [&](uint64_t sequence, std::string_view field) {
    return store_.Transact(
        [&](storage::Transaction& tx) { return EraseText(tx, "things/t", sequence, field); });
  };
  ASSERT_TRUE(erase(1, "a").ok());
  ASSERT_TRUE(erase(1, "a").ok());
  const Event event = ListAll()[0];
  EXPECT_EQ(event.texts[0].text, std::nullopt);
  EXPECT_EQ(event.texts[1].text, "stays");
  EXPECT_TRUE(VerifyChain(*store_.Snapshot(), "things/t").ok());
  for (const absl::Status& status : {erase(1, "c"), erase(2, "a")}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(ErrorReason(status), "AUDIT_TEXT_NOT_FOUND");
  }
  bool found = false;
  ASSERT_TRUE(store_.Snapshot()
                  ->Scan({},
                         [&](std::string_view, std::string_view value) {
                           found = found || value.find("personal") != std::string_view::npos;
                           return true;
                         })
                  .ok());
  EXPECT_FALSE(found);
}

TEST_F(EventLogTest, RefusesWhatIsMissingOrMalformed) {
  ExpectRefused("aggregate", [](EventDraft& d) { d.aggregate = ""; });
  ExpectRefused("time", [](EventDraft& d) { d.time = absl::InfiniteFuture(); });
  ExpectRefused("actor.subject", [](EventDraft& d) { d.actor.subject = ""; });
  ExpectRefused("actor.roles", [](EventDraft& d) { d.actor.roles = {""}; });
  ExpectRefused("type", [](EventDraft& d) { d.type = ""; });
  ExpectRefused("type", [](EventDraft& d) { d.type = "thing_done"; });
  ExpectRefused("type", [](EventDraft& d) { d.type = "9_LIVES"; });
  ExpectRefused("texts.field", [](EventDraft& d) { d.texts = {{"", "x"}}; });
  ExpectRefused("texts.field", [](EventDraft& d) { d.texts = {{"a", "x"}, {"a", "y"}}; });
}

// One past each limit is refused, the limit itself is fine.
TEST_F(EventLogTest, HasLimits) {
  const auto name = [](size_t bytes) { return std::string(bytes, 'n'); };
  ExpectAccepted([&](EventDraft& d) { d.aggregate = name(kMaxNameBytes); });
  ExpectRefused("aggregate", [&](EventDraft& d) { d.aggregate = name(kMaxNameBytes + 1); });
  ExpectAccepted([&](EventDraft& d) { d.actor.subject = name(kMaxNameBytes); });
  ExpectRefused("actor.subject", [&](EventDraft& d) { d.actor.subject = name(kMaxNameBytes + 1); });
  ExpectAccepted([&](EventDraft& d) { d.actor.organisation = name(kMaxNameBytes); });
  ExpectRefused("actor.organisation",
                [&](EventDraft& d) { d.actor.organisation = name(kMaxNameBytes + 1); });
  ExpectAccepted([&](EventDraft& d) { d.type = std::string(kMaxTypeBytes, 'T'); });
  ExpectRefused("type", [&](EventDraft& d) { d.type = std::string(kMaxTypeBytes + 1, 'T'); });
  ExpectAccepted([&](EventDraft& d) { d.body = name(kMaxBodyBytes); });
  ExpectRefused("body", [&](EventDraft& d) { d.body = name(kMaxBodyBytes + 1); });
  const auto set_roles = [](size_t count) {
    return [count](EventDraft& d) {
      for (size_t i = d.actor.roles.size(); i < count; ++i) {
        d.actor.roles.push_back("r" + std::to_string(i));
      }
    };
  };
  ExpectAccepted(set_roles(kMaxRoles));
  ExpectRefused("actor.roles", set_roles(kMaxRoles + 1));
  const auto set_texts = [](size_t count) {
    return [count](EventDraft& d) {
      for (size_t i = 0; i < count; ++i) d.texts.push_back({"f" + std::to_string(i), "t"});
    };
  };
  ExpectAccepted(set_texts(kMaxTexts));
  ExpectRefused("texts", set_texts(kMaxTexts + 1));
  ExpectAccepted([&](EventDraft& d) { d.texts = {{name(kMaxNameBytes), name(kMaxTextBytes)}}; });
  ExpectRefused("texts.text", [&](EventDraft& d) { d.texts = {{"f", name(kMaxTextBytes + 1)}}; });
  ExpectRefused("texts.field", [&](EventDraft& d) { d.texts = {{name(kMaxNameBytes + 1), ""}}; });
}

}  // namespace
}  // namespace assay::audit
