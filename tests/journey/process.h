// One real process: started, killed, terminated, measured.

#ifndef ASSAY_TESTS_JOURNEY_PROCESS_H_
#define ASSAY_TESTS_JOURNEY_PROCESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "absl/time/time.h"

namespace assay::journey {

// Not thread-safe. The process does not outlive this object, nor the test: it is killed when the
// thread that started it ends.
class Process {
 public:
  // Runs `program` with `arguments`; its output is appended to `log_path`. Ends the test process
  // when it cannot be forked; a program that cannot be executed exits with kCannotExecute.
  Process(const std::string& program, const std::vector<std::string>& arguments,
          const std::string& log_path);
  // Kills it when it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  static constexpr int kCannotExecute = 127;

  pid_t pid() const { return pid_; }
  // False once it has ended, of itself or by us.
  bool Running();
  // The exit code, or minus the signal that ended it; nullopt while it runs.
  std::optional<int> ExitCode();

  // SIGKILL, then waits for the end.
  void Kill();
  // SIGTERM, then waits for the end. Returns as ExitCode; nullopt when it still runs after `limit`.
  std::optional<int> Terminate(absl::Duration limit);
  void SendSigterm();

  // Resident memory now, in KiB; 0 when it has ended.
  int64_t ResidentKib() const;

 private:
  pid_t pid_;
  std::optional<int> exit_code_;
};

}  // namespace assay::journey

#endif  // ASSAY_TESTS_JOURNEY_PROCESS_H_
