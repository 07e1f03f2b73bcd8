#include "services/catalogue/domain/text_form.h"

#include <string>

#include "gtest/gtest.h"

#include "services/catalogue/limits.h"

namespace assay::catalogue {
namespace {

TEST(TextFormTest, KnowsMemberIds) {
  for (const std::string& id : {std::string("0001"), std::string("2410.1"), std::string("A"),
                                std::string(kMaxMemberIdCharacters, 'x')}) {
    EXPECT_TRUE(HasMemberIdForm(id)) << id;
  }
  for (const std::string& id :
       {std::string(), std::string(".a"), std::string("a b"), std::string("\xC3\xA9"),
        std::string(kMaxMemberIdCharacters + 1, 'x')}) {
    EXPECT_FALSE(HasMemberIdForm(id)) << id;
  }
}

TEST(TextFormTest, KnowsControlCharacters) {
  EXPECT_TRUE(HasControlCharacters("a\nb"));
  EXPECT_TRUE(HasControlCharacters(std::string(1, '\0')));
  EXPECT_TRUE(HasControlCharacters("\x7F"));
  EXPECT_FALSE(HasControlCharacters(""));
  EXPECT_FALSE(HasControlCharacters(" ~\xC3\xA9"));
}

TEST(TextFormTest, ShowsAnyBytesInAscii) {
  EXPECT_EQ(Shown("a\"b"), "\"a\\\"b\"");
  EXPECT_EQ(Shown("\xFF"), "\"\\ufffd\"");
  EXPECT_EQ(Shown(std::string(80, 'x')), "\"" + std::string(80, 'x') + "\"");
  EXPECT_EQ(Shown(std::string(81, 'x')), "\"" + std::string(80, 'x') + "\"...");
}

TEST(TextFormTest, ShowsValues) {
  EXPECT_EQ(ShownValue(nlohmann::json::object()), "an object");
  EXPECT_EQ(ShownValue({1, 2}), "a list of 2");
  EXPECT_EQ(ShownValue("x"), "\"x\"");
  EXPECT_EQ(ShownValue(true), "true");
  EXPECT_EQ(ShownValue(-7), "-7");
}

}  // namespace
}  // namespace assay::catalogue
