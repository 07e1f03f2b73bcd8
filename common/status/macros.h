// The two macros of the project.

#ifndef ASSAY_COMMON_STATUS_MACROS_H_
#define ASSAY_COMMON_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define ASSAY_MACRO_CONCAT_INNER_(a, b) a##b
#define ASSAY_MACRO_CONCAT_(a, b) ASSAY_MACRO_CONCAT_INNER_(a, b)

#define ASSAY_RETURN_IF_ERROR_IMPL_(status, expr)                  \
  do {                                                             \
    if (absl::Status status = (expr); !status.ok()) return status; \
  } while (false)

// Returns from the enclosing function when `expr` (an absl::Status) is not OK. __COUNTER__ and not
// __LINE__ makes the name: a lambda inside `expr` may use the macro again.
#define ASSAY_RETURN_IF_ERROR(expr) \
  ASSAY_RETURN_IF_ERROR_IMPL_(ASSAY_MACRO_CONCAT_(assay_status_, __COUNTER__), expr)

#define ASSAY_ASSIGN_OR_RETURN_IMPL_(statusor, lhs, expr) \
  auto statusor = (expr);                                 \
  if (!statusor.ok()) {                                   \
    return std::move(statusor).status();                  \
  }                                                       \
  lhs = *std::move(statusor)

// Assigns the value of `expr` (an absl::StatusOr) to `lhs`, or returns its status.
#define ASSAY_ASSIGN_OR_RETURN(lhs, expr) \
  ASSAY_ASSIGN_OR_RETURN_IMPL_(ASSAY_MACRO_CONCAT_(assay_statusor_, __COUNTER__), lhs, expr)

#endif  // ASSAY_COMMON_STATUS_MACROS_H_
