#include "daemon/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using ::testing::HasSubstr;

unsigned mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

TEST(Keys, AreMadeAtTheFirstStartForUsAloneAndStayTheSame) {
  const tests::Folder folder;
  const auto keys = load_keys(folder.path("keys"));
  ASSERT_TRUE(keys) << keys.error().what;
  ASSERT_EQ(keys->keys.size(), 1U);
  EXPECT_EQ(keys->keys[0].secret.size(), 32U);
  EXPECT_EQ(mode_of(folder.path("keys")), 0700U);
  EXPECT_EQ(mode_of(folder.path("keys/reply-token-1")), 0600U);

  const auto again = load_keys(folder.path("keys"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->keys[0].secret, keys->keys[0].secret);
}

TEST(Keys, OfTwoInstancesDiffer) {
  const tests::Folder folder;
  const auto one = load_keys(folder.path("one"));
  const auto two = load_keys(folder.path("two"));
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->keys[0].secret, two->keys[0].secret);
}

TEST(Keys, RotateSoThatTheNewestSignsAndTheOneBeforeIsStillBelieved) {
  const tests::Folder folder;
  const auto first = load_keys(folder.path("keys"));
  const auto second = rotate_keys(folder.path("keys"));
  ASSERT_TRUE(first && second);
  ASSERT_EQ(second->keys.size(), 2U);
  EXPECT_NE(second->keys[0].id, first->keys[0].id);
  EXPECT_EQ(second->keys[1].secret, first->keys[0].secret);

  const auto third = rotate_keys(folder.path("keys"));
  ASSERT_TRUE(third);
  ASSERT_EQ(third->keys.size(), 2U);
  EXPECT_EQ(third->keys[1].secret, second->keys[0].secret);
  EXPECT_FALSE(std::filesystem::exists(folder.path("keys/reply-token-1"))) << "a key that is not valid is not kept";

  const auto loaded = load_keys(folder.path("keys"));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->keys[0].secret, third->keys[0].secret) << "newest first";
}

TEST(Keys, AreOrderedByNumberAndNotByName) {
  const tests::Folder folder;
  folder.write("keys/reply-token-9", std::string(64, '9') + "\n", 0600);
  folder.write("keys/reply-token-257", std::string(64, 'a') + "\n", 0600);
  std::filesystem::permissions(folder.path("keys"), std::filesystem::perms::owner_all);
  const auto keys = load_keys(folder.path("keys"));
  ASSERT_TRUE(keys) << keys.error().what;
  EXPECT_EQ(keys->keys.at(0).id, 1) << "257 in one byte";
  EXPECT_EQ(keys->keys.at(1).id, 9);
}

TEST(Keys, ThatOthersCanReadOrThatAreDamagedAreRefusedAndLeftAlone) {
  const auto error_with = [](const std::string& content, unsigned mode) {
    const tests::Folder folder;
    folder.write("keys/reply-token-1", content, mode);
    std::filesystem::permissions(folder.path("keys"), std::filesystem::perms::owner_all);
    const auto keys = load_keys(folder.path("keys"));
    EXPECT_EQ(mode_of(folder.path("keys/reply-token-1")), mode);
    EXPECT_EQ(std::filesystem::file_size(folder.path("keys/reply-token-1")), content.size());
    EXPECT_TRUE(keys || keys.error().next == Next::stop);
    return keys ? std::string{} : keys.error().what;
  };
  const std::string good = std::string(64, 'a') + "\n";
  EXPECT_EQ(error_with(good, 0600), "");
  EXPECT_THAT(error_with(good, 0640), HasSubstr("others can read this key"));
  EXPECT_THAT(error_with("", 0600), HasSubstr("damaged"));
  EXPECT_THAT(error_with(std::string(64, 'g'), 0600), HasSubstr("damaged"));
  EXPECT_THAT(error_with(good + "x", 0600), HasSubstr("damaged"));
}

TEST(Keys, InAFolderThatIsOpenToOthersAreRefused) {
  const tests::Folder folder;
  folder.write("keys/x", "");
  std::filesystem::permissions(folder.path("keys"), static_cast<std::filesystem::perms>(0755));
  const auto keys = load_keys(folder.path("keys"));
  ASSERT_FALSE(keys);
  EXPECT_THAT(keys.error().what, HasSubstr("others can open this folder"));
}

TEST(Keys, SurviveALeftoverOfAnInterruptedWrite) {
  const tests::Folder folder;
  folder.write("keys/.new-reply-token-1-77", "half", 0600);
  std::filesystem::permissions(folder.path("keys"), std::filesystem::perms::owner_all);
  ASSERT_TRUE(load_keys(folder.path("keys")));
  EXPECT_FALSE(std::filesystem::exists(folder.path("keys/.new-reply-token-1-77")));
}

}  // namespace
}  // namespace leadmail::daemon
