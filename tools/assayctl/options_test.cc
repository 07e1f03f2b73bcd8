#include "tools/assayctl/options.h"

#include <map>

#include "gtest/gtest.h"

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "tools/assayctl/files.h"

namespace assay::assayctl {
namespace {

using testing_kit::HasReason;
using testing_kit::IsOk;
using testing_kit::IsOkAndHolds;

Environment From(const std::map<std::string, std::string>& values) {
  return [values](const std::string& name) {
    const auto it = values.find(name);
    return it == values.end() ? std::string() : it->second;
  };
}

TEST(FindHome, TakesTheFirstThatIsGiven) {
  const Environment all = From({{"ASSAY_HOME", "/a"}, {"XDG_CONFIG_HOME", "/x"}, {"HOME", "/h"}});
  EXPECT_EQ(FindHome({"status", "--home", "/flag"}, all), "/flag");
  EXPECT_EQ(FindHome({"--home=/flag", "status"}, all), "/flag");
  EXPECT_EQ(FindHome({"status"}, all), "/a");
  EXPECT_EQ(FindHome({}, From({{"XDG_CONFIG_HOME", "/x"}, {"HOME", "/h"}})), "/x/assay");
  EXPECT_EQ(FindHome({}, From({{"HOME", "/h"}})), "/h/.config/assay");
}

TEST(ApplyProfile, SetsWhatItNames) {
  Options options;
  EXPECT_THAT(ApplyProfile("f", "# mine\n\nscoring = 127.0.0.1:9\n as=anna\n", options), IsOk());
  EXPECT_EQ(options.address(Service::kScoring), "127.0.0.1:9");
  EXPECT_EQ(options.as, "anna");
  EXPECT_EQ(options.address(Service::kCatalogue), "127.0.0.1:7401");
}

TEST(ApplyProfile, RefusesWhatItDoesNotKnow) {
  Options options;
  for (const char* text : {"token = x\n", "as\n", "as =\n"}) {
    EXPECT_THAT(ApplyProfile("f", text, options),
                HasReason(absl::StatusCode::kInvalidArgument, "PROFILE_INVALID"))
        << text;
  }
}

TEST(DefaultOptions, LetsTheEnvironmentWinOverTheProfile) {
  testing_kit::TempDir home;
  home.Write(kProfileFile, "scoring = 127.0.0.1:1\ncatalogue = 127.0.0.1:2\n");
  const auto options =
      DefaultOptions({}, From({{"ASSAY_HOME", home.path()}, {"ASSAY_SCORING", "127.0.0.1:3"}}));
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->address(Service::kScoring), "127.0.0.1:3");
  EXPECT_EQ(options->address(Service::kCatalogue), "127.0.0.1:2");
}

TEST(ParseTimeout, TakesDurationsAndSeconds) {
  EXPECT_THAT(ParseTimeout("1m30s"), IsOkAndHolds(absl::Seconds(90)));
  EXPECT_THAT(ParseTimeout("5"), IsOkAndHolds(absl::Seconds(5)));
  EXPECT_THAT(ParseTimeout("1ms"), IsOkAndHolds(absl::Milliseconds(1)));
  EXPECT_THAT(ParseTimeout("24h"), IsOkAndHolds(absl::Hours(24)));
}

TEST(ParseTimeout, RefusesWhatIsNoneOrOutOfRange) {
  for (const char* text : {"", "soon", "0", "-1s", "999us", "24h1s", "inf"}) {
    EXPECT_THAT(ParseTimeout(text),
                HasReason(absl::StatusCode::kInvalidArgument, "TIMEOUT_INVALID"))
        << text;
  }
}

TEST(ResolveToken, TakesTheFirstThatIsGiven) {
  testing_kit::TempDir home;
  Options options;
  options.home = home.path();
  ASSERT_THAT(MakeFolder(home.File("tokens"), kPrivateFolder), IsOk());
  home.Write("tokens/anna.jwt", "token-of-anna\n");
  const std::string file = home.Write("other", "  token-of-file \n");
  const auto environment = From({{"ASSAY_TOKEN", "from-env"}, {"ASSAY_TOKEN_FILE", file}});
  EXPECT_THAT(ResolveToken(options, From({})), IsOkAndHolds(""));
  EXPECT_THAT(ResolveToken(options, From({{"ASSAY_TOKEN_FILE", file}})),
              IsOkAndHolds("token-of-file"));
  EXPECT_THAT(ResolveToken(options, environment), IsOkAndHolds("from-env"));
  options.as = "anna";
  EXPECT_THAT(ResolveToken(options, environment), IsOkAndHolds("token-of-anna"));
  options.token_file = file;
  EXPECT_THAT(ResolveToken(options, environment), IsOkAndHolds("token-of-file"));
}

TEST(ResolveToken, RefusesNamesThatLeaveTheFolder) {
  Options options;
  options.as = "../private/key";
  EXPECT_THAT(ResolveToken(options, From({})),
              HasReason(absl::StatusCode::kInvalidArgument, "NAME_INVALID"));
}

TEST(ResolveToken, SaysWhenAFileIsMissing) {
  testing_kit::TempDir home;
  Options options;
  options.home = home.path();
  options.as = "nobody";
  EXPECT_THAT(ResolveToken(options, From({})),
              HasReason(absl::StatusCode::kInvalidArgument, "TOKEN_FILE_UNREADABLE"));
}

}  // namespace
}  // namespace assay::assayctl
