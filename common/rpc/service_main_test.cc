// ServiceMain as a process: started, called, stopped.

#include "common/rpc/service_main.h"

#include <array>
#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "common/rpc/testing/echo.grpc.pb.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_keys.h"
#include "common/testing/test_server.h"

namespace assay::rpc {
namespace {

using ::assay::testing_kit::IsOk;
using ::assay::testing_kit::ReadFileOrDie;
using ::assay::testing_kit::TempDir;
using ::assay::testing_kit::TestKeys;
using ::assay::testing_kit::WithToken;
using testing::EchoRequest;
using testing::EchoResponse;
using testing::EchoService;
using ::testing::HasSubstr;

constexpr int kMaxIdleKilobytes = 50 * 1024;

// The echo server as a child whose standard error we read. Killed when it goes out of scope.
class Child {
 public:
  explicit Child(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), ASSAY_ECHO_SERVER);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    EXPECT_EQ(posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    errors_ = ends[0];
  }
  ~Child() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      Wait();
    }
    close(errors_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Reads what it says until `text` appears or it ends.
  bool WaitForText(std::string_view text) {
    std::array<char, 4096> bytes{};
    while (said_.find(text) == std::string::npos) {
      const ssize_t length = read(errors_, bytes.data(), bytes.size());
      if (length <= 0) return false;
      said_.append(bytes.data(), static_cast<size_t>(length));
    }
    return true;
  }

  void Signal(int number) const { kill(pid_, number); }

  // The exit code, or -1 when a signal ended it.
  int Wait() {
    int status = 0;
    EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  int ResidentKilobytes() const {
    const std::string status = ReadFileOrDie("/proc/" + std::to_string(pid_) + "/status");
    for (absl::string_view line : absl::StrSplit(status, '\n')) {
      const std::vector<std::string> words =
          absl::StrSplit(line, absl::ByAnyChar("\t "), absl::SkipEmpty());
      int kilobytes = 0;
      if (words.size() == 3 && words[0] == "VmRSS:" && absl::SimpleAtoi(words[1], &kilobytes)) {
        return kilobytes;
      }
    }
    return -1;
  }

  const std::string& said() const { return said_; }

 private:
  pid_t pid_ = -1;
  int errors_ = -1;
  std::string said_;
};

class ServiceMainTest : public ::testing::Test {
 protected:
  std::vector<std::string> Flags(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--listen=127.0.0.1:0", "--port_file=" + dir_.File("port"),
                             "--token_keys_dir=" + keys_.public_keys_dir(),
                             "--token_issuer=" + std::string(testing_kit::kTestIssuer),
                             "--token_audience=" + std::string(testing_kit::kTestAudience)});
    return more;
  }

  std::string Address() {
    std::string address = ReadFileOrDie(dir_.File("port"));
    address.pop_back();
    return address;
  }

  absl::Status Echo() {
    const auto stub = EchoService::NewStub(MakeChannel(Address(), {}).value());
    EchoResponse response;
    const std::string token = keys_.Mint("ada", "organisations/acme", {access::v1::ROLE_SUPPLIER});
    return FromGrpcStatus(stub->Echo(WithToken(token).get(), EchoRequest(), &response));
  }

  TempDir dir_;
  TestKeys keys_{SystemClock()};  // The child has the real clock.
};

TEST_F(ServiceMainTest, ServesUntilSigtermAndExitsWithZero) {
  Child child(Flags());
  ASSERT_TRUE(child.WaitForText("\"serving\"")) << child.said();
  EXPECT_THAT(Echo(), IsOk());
  child.Signal(SIGTERM);
  EXPECT_TRUE(child.WaitForText("\"drained\"")) << child.said();
  EXPECT_EQ(child.Wait(), 0);
}

TEST_F(ServiceMainTest, SigintStopsItToo) {
  Child child(Flags());
  ASSERT_TRUE(child.WaitForText("\"serving\"")) << child.said();
  child.Signal(SIGINT);
  EXPECT_EQ(child.Wait(), 0);
}

TEST_F(ServiceMainTest, AnIdleServerIsSmall) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers take memory of their own";
#endif
  Child child(Flags());
  ASSERT_TRUE(child.WaitForText("\"serving\"")) << child.said();
  ASSERT_THAT(Echo(), IsOk());
  const int kilobytes = child.ResidentKilobytes();
  RecordProperty("resident_kilobytes", kilobytes);
  EXPECT_GT(kilobytes, 0);
  EXPECT_LT(kilobytes, kMaxIdleKilobytes);
}

TEST_F(ServiceMainTest, FailedHealthEndsItWithOne) {
  Child child(Flags({"--healthy=false"}));
  EXPECT_TRUE(child.WaitForText("STORE_FAILED")) << child.said();
  EXPECT_EQ(child.Wait(), kExitFailed);
}

TEST_F(ServiceMainTest, WrongFlagsEndItWithTwo) {
  Child child({"--listen=0.0.0.0:0"});
  EXPECT_TRUE(child.WaitForText("only a loopback address")) << child.said();
  EXPECT_EQ(child.Wait(), config::kExitBadFlags);
}

TEST_F(ServiceMainTest, WhatItCannotStartWithIsNamed) {
  Child child(Flags({"--service_key=" + dir_.File("absent.pem"), "--service_key_id=service-1"}));
  EXPECT_TRUE(child.WaitForText("FILE_UNREADABLE")) << child.said();
  EXPECT_THAT(child.said(), HasSubstr("cannot start"));
  EXPECT_EQ(child.Wait(), kExitFailed);
}

}  // namespace
}  // namespace assay::rpc
