// Where the messages of a unary call live: side by side in one block of memory that is used again
// and again, in place of one allocation for each message, string and list inside them.
//
//   class ScoringServiceImpl final : public v1::ScoringService::CallbackService {
//     ...
//     ArenaMessages<v1::ScoreRequest, v1::ScoreResponse> score_messages_;
//   };
//   ScoringServiceImpl::ScoringServiceImpl(...) { SetMessageAllocatorFor_Score(&score_messages_); }
//
// Worth it for messages of many small parts. Handlers see no difference, but that moving a part of
// such a message into one outside of it copies.

#ifndef ASSAY_COMMON_RPC_ARENA_MESSAGES_H_
#define ASSAY_COMMON_RPC_ARENA_MESSAGES_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "google/protobuf/arena.h"
#include "grpcpp/support/message_allocator.h"

#include "common/sync/mutex.h"

namespace assay::rpc {

// The block a call starts with. What does not fit is allocated beside it and freed with the call.
inline constexpr size_t kArenaBlockBytes = 64 * 1024;
// Blocks kept for the next calls, of one allocator: 4 MiB.
inline constexpr size_t kMaxIdleArenaBlocks = 64;

// Thread-safe. Must outlive the server.
template <typename Request, typename Response>
class ArenaMessages final : public grpc::MessageAllocator<Request, Response> {
 public:
  // gRPC calls it in the thread that then parses the request, and Release when the call is over.
  grpc::MessageHolder<Request, Response>* AllocateMessages() override {
    std::unique_ptr<Holder> holder = TakeIdle();
    if (holder == nullptr) holder = std::make_unique<Holder>(*this);
    holder->Begin();
    return holder.release();  // Comes back through Release.
  }

  // For tests and gauges.
  size_t idle_blocks() const ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return idle_.size();
  }

 private:
  class Holder final : public grpc::MessageHolder<Request, Response> {
   public:
    explicit Holder(ArenaMessages& owner)
        : owner_(owner), block_(std::make_unique_for_overwrite<char[]>(kArenaBlockBytes)) {}

    // The arena is made in the thread that fills it: only that one may use its first block.
    void Begin() {
      google::protobuf::ArenaOptions options;
      options.initial_block = block_.get();
      options.initial_block_size = kArenaBlockBytes;
      arena_.emplace(options);
      this->set_request(google::protobuf::Arena::CreateMessage<Request>(&*arena_));
      this->set_response(google::protobuf::Arena::CreateMessage<Response>(&*arena_));
    }

    void Release() override {
      arena_.reset();
      owner_.PutBack(std::unique_ptr<Holder>(this));
    }

   private:
    ArenaMessages& owner_;
    const std::unique_ptr<char[]> block_;
    std::optional<google::protobuf::Arena> arena_;
  };

  std::unique_ptr<Holder> TakeIdle() ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Holder> holder = std::move(idle_.back());  // The warmest in the cache.
    idle_.pop_back();
    return holder;
  }

  void PutBack(std::unique_ptr<Holder> holder) ASSAY_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (idle_.size() < kMaxIdleArenaBlocks) idle_.push_back(std::move(holder));
  }

  mutable Mutex mutex_;
  std::vector<std::unique_ptr<Holder>> idle_ ASSAY_GUARDED_BY(mutex_);
};

// One message after another in the same block: for the answers of a stream, whose parts (a oneof's
// above all) would otherwise be allocated anew for each. Not thread-safe.
template <typename Message>
class RenewedMessage {
 public:
  // An empty message in place of the last one, in the thread that fills it.
  void Renew() {
    if (block_ == nullptr) block_ = std::make_unique_for_overwrite<char[]>(kArenaBlockBytes);
    google::protobuf::ArenaOptions options;
    options.initial_block = block_.get();
    options.initial_block_size = kArenaBlockBytes;
    arena_.emplace(options);
    message_ = google::protobuf::Arena::CreateMessage<Message>(&*arena_);
  }

  // Only after Renew, and until the next.
  Message& message() { return *message_; }

 private:
  std::unique_ptr<char[]> block_;  // Made for the first message.
  std::optional<google::protobuf::Arena> arena_;
  Message* message_ = nullptr;
};

}  // namespace assay::rpc

#endif  // ASSAY_COMMON_RPC_ARENA_MESSAGES_H_
