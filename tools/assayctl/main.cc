#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "common/ids/id_source.h"
#include "common/time/clock.h"
#include "tools/assayctl/app.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const assay::assayctl::Environment environment = [](const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return std::string(value == nullptr ? "" : value);
  };
  const assay::assayctl::Streams streams = {.in = STDIN_FILENO,
                                            .out = std::cout,
                                            .err = std::cerr,
                                            .out_is_terminal = ::isatty(STDOUT_FILENO) == 1,
                                            .err_is_terminal = ::isatty(STDERR_FILENO) == 1};
  return assay::assayctl::RunApp(std::vector<std::string>(argv + 1, argv + argc), environment,
                                 streams, assay::SystemClock(), assay::SystemIdSource());
}
