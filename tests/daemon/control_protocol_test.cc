#include "daemon/control_protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using ::testing::HasSubstr;

/// Answers one connection: with `answer` when a whole request was read, or hangs up when there is none to give.
class Answerer {
 public:
  Answerer(const std::string& path, std::string answer) {
    auto listener = listen_control(path);
    EXPECT_TRUE(listener) << listener.error().what;
    thread_ = std::thread([this, listener = *listener, answer = std::move(answer)] {
      wait(listener);
      const int client = ::accept(listener, nullptr, nullptr);
      ControlReader reader;
      std::string chunk(4096, '\0');
      while (!answer.empty()) {
        const auto got = ::recv(client, chunk.data(), chunk.size(), 0);
        if (got <= 0 || !reader.feed(std::string_view(chunk.data(), static_cast<std::size_t>(got)))) break;
        if (auto request = reader.next()) {
          request_ = std::move(*request);
          EXPECT_EQ(::send(client, answer.data(), answer.size(), MSG_NOSIGNAL), static_cast<ssize_t>(answer.size()));
          break;
        }
      }
      ::close(client);
      ::close(listener);
    });
  }
  ControlRequest request() {
    thread_.join();
    return request_;
  }

 private:
  static void wait(int listener) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(listener, &set);
    ::select(listener + 1, &set, nullptr, nullptr, nullptr);
  }
  ControlRequest request_{};
  std::thread thread_{};
};

TEST(ControlReader, CutsRequestsWhereverTheInputWasCut) {
  const std::string input = "{\"action\":\"status\"}\n{\"action\":\"ingest\",\"bytes\":7}\na\nb{}\n\n{\"bytes\":0}\n";
  for (std::size_t size = 1; size <= input.size(); ++size) {
    ControlReader reader;
    std::string seen;
    for (std::size_t at = 0; at < input.size(); at += size) {
      ASSERT_TRUE(reader.feed(std::string_view{input}.substr(at, size)));
      while (const auto request = reader.next()) seen += request->json + "|" + request->bytes + "#";
    }
    EXPECT_EQ(seen, "{\"action\":\"status\"}|#{\"action\":\"ingest\",\"bytes\":7}|a\nb{}\n\n#{\"bytes\":0}|#");
  }
}

TEST(ControlReader, TakesNoMoreThanItsLimits) {
  const ControlLimits limits{.line = 20, .bytes = 5};
  EXPECT_FALSE(ControlReader(limits).feed("{\"a\":\"0123456789012345\"}\n"));
  EXPECT_FALSE(ControlReader(limits).feed(std::string(21, 'x')));
  EXPECT_FALSE(ControlReader(limits).feed("{\"bytes\":6}\n"));
  EXPECT_FALSE(ControlReader(limits).feed("{\"bytes\":-1}\n"));
  EXPECT_FALSE(ControlReader(limits).feed("{\"bytes\":\"5\"}\n"));
  EXPECT_FALSE(ControlReader(limits).feed("{\"bytes\":1e99}\n"));
  EXPECT_TRUE(ControlReader(limits).feed("{\"bytes\":5}\n01234"));
}

TEST(ControlReader, HandsOnWhatIsNoJson) {
  ControlReader reader;
  ASSERT_TRUE(reader.feed("hello\n\n"));
  EXPECT_EQ(reader.next()->json, "hello");
  EXPECT_EQ(reader.next()->json, "");
  EXPECT_FALSE(reader.next());
}

TEST(AskDaemon, SendsARequestWithItsBytesAndReturnsTheAnswer) {
  const tests::Folder folder;
  Answerer daemon(folder.path("s"), "{\"ok\":true}\n");
  const std::string mail(300'000, 'm');
  const auto answer = ask_daemon(folder.path("s"), R"({"action":"ingest","bytes":300000})", mail);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(*answer, "{\"ok\":true}");
  EXPECT_EQ(daemon.request().bytes, mail);
}

TEST(AskDaemon, SaysWhenNobodyListens) {
  const tests::Folder folder;
  for (const auto* path : {"none", "none/none"}) {
    const auto answer = ask_daemon(folder.path(path), "{}");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().next, Next::retry) << path;
  }
  auto listener = listen_control(folder.path("dead"));
  ASSERT_TRUE(listener);
  ::close(*listener);
  const auto answer = ask_daemon(folder.path("dead"), "{}");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().next, Next::retry);
}

TEST(AskDaemon, GivesUpOnADaemonThatHangsUpOrSaysNothing) {
  const tests::Folder folder;
  Answerer rude(folder.path("rude"), "");
  const auto cut = ask_daemon(folder.path("rude"), "{}");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().next, Next::give_up);
  rude.request();

  auto silent = listen_control(folder.path("silent"));
  ASSERT_TRUE(silent);
  const auto none = ask_daemon(folder.path("silent"), "{}", {}, 1);
  ::close(*silent);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().what, "the daemon does not answer");
}

TEST(ListenControl, WorksInAFolderWithALongNameAndForTheGroupOnly) {
  const tests::Folder folder;
  const auto deep = folder.path(std::string(120, 'd'));
  std::filesystem::create_directory(deep);
  Answerer daemon(deep + "/control.sock", "{}\n");
  struct stat status {};
  ASSERT_EQ(::stat((deep + "/control.sock").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0660U);
  EXPECT_TRUE(ask_daemon(deep + "/control.sock", "{}"));
  daemon.request();
}

TEST(ListenControl, ReplacesADeadSocketButNeverALivingOneOrAFile) {
  const tests::Folder folder;
  auto dead = listen_control(folder.path("s"));
  ASSERT_TRUE(dead);
  ::close(*dead);
  auto living = listen_control(folder.path("s"));
  ASSERT_TRUE(living) << living.error().what;
  const auto second = listen_control(folder.path("s"));
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("another daemon listens there"));
  ::close(*living);

  folder.write("file", "precious");
  const auto file = listen_control(folder.path("file"));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().next, Next::stop);
  EXPECT_EQ(std::filesystem::file_size(folder.path("file")), 8U);
}

}  // namespace
}  // namespace leadmail::daemon
