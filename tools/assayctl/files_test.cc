#include "tools/assayctl/files.h"

#include <sys/stat.h>

#include "gtest/gtest.h"

#include "common/auth/es256.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "tools/assayctl/claim_files.h"
#include "tools/assayctl/key_pair.h"

namespace assay::assayctl {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;
using testing_kit::TempDir;

mode_t ModeOf(const std::string& path) {
  struct stat info = {};
  EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 0777;
}

TEST(ReadFile, TakesAFileAtTheLimitAndRefusesOneBeyondIt) {
  TempDir folder;
  const std::string full = folder.Write("full", std::string(kMaxInputBytes, ' '));
  const std::string over = folder.Write("over", std::string(kMaxInputBytes + 1, ' '));
  EXPECT_THAT(ReadFile(full), IsOk());
  EXPECT_THAT(ReadFile(over), HasReason(absl::StatusCode::kInvalidArgument, "INPUT_TOO_LARGE"));
}

TEST(WriteNewFile, NeverOverwrites) {
  TempDir folder;
  const std::string path = folder.File("a");
  EXPECT_THAT(WriteNewFile(path, "one", kPrivateFile), IsOk());
  EXPECT_THAT(WriteNewFile(path, "two", kPrivateFile),
              HasReason(absl::StatusCode::kAlreadyExists, "FILE_EXISTS"));
  EXPECT_THAT(ReadFile(path), IsOkAndHolds("one"));
  EXPECT_EQ(ModeOf(path), kPrivateFile);
}

TEST(ReplaceFile, PutsTheNewContentInPlaceWithItsMode) {
  TempDir folder;
  const std::string path = folder.Write("a", "one");
  EXPECT_THAT(ReplaceFile(path, "two", kPrivateFile), IsOk());
  EXPECT_THAT(ReadFile(path), IsOkAndHolds("two"));
  EXPECT_EQ(ModeOf(path), kPrivateFile);
}

TEST(WriteNewKeyPair, MakesKeysThatSignAndVerify) {
  TempDir folder;
  const auto paths = WriteNewKeyPair(folder.File("keys"), "dev-people");
  ASSERT_THAT(paths, IsOk());
  EXPECT_EQ(paths->private_key, folder.File("keys/private/dev-people.pem"));
  EXPECT_EQ(ModeOf(paths->private_key), kPrivateFile);
  EXPECT_EQ(ModeOf(folder.File("keys/private")), kPrivateFolder);
  const auto private_key = auth::Es256PrivateKey::FromPem(*ReadFile(paths->private_key));
  ASSERT_THAT(private_key, IsOk());
  const auto public_key = auth::Es256PublicKey::FromPem(*ReadFile(paths->public_key));
  ASSERT_THAT(public_key, IsOk());
  EXPECT_TRUE(public_key->Verify("text", *private_key->Sign("text")));
}

TEST(WriteNewKeyPair, RefusesWhenEitherHalfIsThere) {
  TempDir folder;
  ASSERT_THAT(WriteNewKeyPair(folder.path(), "k"), IsOk());
  const std::string before = *ReadFile(folder.File("private/k.pem"));
  RemoveFile(folder.File("public/k.pem"));
  EXPECT_THAT(WriteNewKeyPair(folder.path(), "k"),
              HasReason(absl::StatusCode::kAlreadyExists, "FILE_EXISTS"));
  EXPECT_THAT(ReadFile(folder.File("private/k.pem")), IsOkAndHolds(before));
}

TEST(ClaimFiles, KeepATokenForItsOwnerOnly) {
  TempDir home;
  const ClaimFiles files(home.path());
  EXPECT_THAT(files.Load("reviewItems/a1.1"),
              HasReason(absl::StatusCode::kInvalidArgument, "CLAIM_TOKEN_MISSING"));
  ASSERT_THAT(files.Save("reviewItems/a1.1", "first"), IsOk());
  ASSERT_THAT(files.Save("reviewItems/a1.1", "second"), IsOk());
  EXPECT_THAT(files.Load("reviewItems/a1.1"), IsOkAndHolds("second"));
  EXPECT_EQ(ModeOf(home.File("claims/a1.1")), kPrivateFile);
  EXPECT_EQ(ModeOf(home.File("claims")), kPrivateFolder);
  files.Remove("reviewItems/a1.1");
  EXPECT_FALSE(FileExists(home.File("claims/a1.1")));
}

TEST(ClaimFiles, RefuseNamesThatLeaveTheFolder) {
  TempDir home;
  EXPECT_THAT(ClaimFiles(home.path()).Save("reviewItems/..", "t"),
              HasReason(absl::StatusCode::kInvalidArgument, "NAME_INVALID"));
}

}  // namespace
}  // namespace assay::assayctl
