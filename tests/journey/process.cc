#include "tests/journey/process.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "tests/journey/wait.h"

namespace assay::journey {
namespace {

// In the child, where only async-signal-safe calls are allowed.
[[noreturn]] void Execute(char* const* arguments, int log, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(Process::kCannotExecute);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::execv(arguments[0], arguments);
  ::_exit(Process::kCannotExecute);
}

}  // namespace

Process::Process(const std::string& program, const std::vector<std::string>& arguments,
                 const std::string& log_path) {
  std::vector<std::string> texts = {program};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  const int log = ::open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) Execute(pointers.data(), log, parent);
  if (log >= 0) ::close(log);
  if (pid_ < 0) {
    std::perror("fork");
    std::abort();
  }
}

Process::~Process() { Kill(); }

std::optional<int> Process::ExitCode() {
  if (exit_code_.has_value()) return exit_code_;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return exit_code_;
}

bool Process::Running() { return !ExitCode().has_value(); }

void Process::Kill() {
  if (!Running()) return;
  ::kill(pid_, SIGKILL);
  Eventually([this] { return !Running(); });
}

void Process::SendSigterm() {
  if (Running()) ::kill(pid_, SIGTERM);
}

std::optional<int> Process::Terminate(absl::Duration limit) {
  SendSigterm();
  Eventually([this] { return !Running(); }, limit);
  return ExitCode();
}

int64_t Process::ResidentKib() const {
  std::ifstream status(absl::StrCat("/proc/", pid_, "/status"));
  std::string line;
  while (std::getline(status, line)) {
    if (!absl::StartsWith(line, "VmRSS:")) continue;
    const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipWhitespace());
    int64_t kib = 0;
    return words.size() > 1 && absl::SimpleAtoi(words[1], &kib) ? kib : 0;
  }
  return 0;
}

}  // namespace assay::journey
