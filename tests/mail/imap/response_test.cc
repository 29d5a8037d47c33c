#include "mail/imap/response.h"

#include <gtest/gtest.h>

#include <random>

namespace leadmail::mail::imap {
namespace {

/// All responses in `bytes`, fed in pieces of `piece`; ends with the error if there is one.
struct Read {
  std::vector<Response> responses{};
  std::optional<Error> error{};
};

Read read(std::string_view bytes, std::size_t piece = 1'000'000, ReaderLimits limits = {}) {
  ResponseReader reader(limits);
  Read all;
  while (!bytes.empty() && !all.error) {
    reader.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (;;) {
      auto next = reader.next();
      if (!next) {
        all.error = next.error();
        break;
      }
      if (!*next) break;
      all.responses.push_back(**std::move(next));
    }
  }
  return all;
}

template <typename T>
T only(std::string_view bytes) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    const Read all = read(bytes, piece);
    EXPECT_FALSE(all.error) << all.error->what;
    EXPECT_EQ(all.responses.size(), 1U);
    if (all.responses.size() != 1 || !std::holds_alternative<T>(all.responses[0])) {
      ADD_FAILURE() << "not the one response it should be: " << bytes;
      return {};
    }
    if (piece == 1000) return std::get<T>(all.responses[0]);
  }
  return {};
}

TEST(Response, AStatusHasATagACodeAndWords) {
  const auto status = only<Status>("L7 NO [UNAVAILABLE] come back later\r\n");
  EXPECT_EQ(status.tag, "L7");
  EXPECT_EQ(status.kind, Status::Kind::no);
  EXPECT_EQ(status.code, "UNAVAILABLE");
  EXPECT_EQ(status.text, "come back later");
  EXPECT_EQ(status.words(), "NO [UNAVAILABLE] come back later");

  const auto untagged = only<Status>("* OK [UIDVALIDITY 3857529045] UIDs valid\r\n");
  EXPECT_EQ(untagged.tag, "");
  EXPECT_EQ(untagged.arguments, "3857529045");
}

// Gmail says nothing behind HIGHESTMODSEQ, Office 365 leaves the OK out.
TEST(Response, AStatusMayLackItsTextOrItsOk) {
  EXPECT_EQ(only<Status>("* OK [HIGHESTMODSEQ 245306]\r\n").arguments, "245306");
  EXPECT_EQ(only<Status>("* OK\r\n").kind, Status::Kind::ok);
  EXPECT_EQ(only<Status>("* [THROTTLED] slow down\r\n").code, "THROTTLED");
  EXPECT_EQ(only<Status>("[ALERT] hello\r\n").code, "ALERT");
  EXPECT_EQ(only<Status>("* BYE [unclosed\r\n").text, "[unclosed");
}

// I10
TEST(Response, WhatNobodyAskedForIsPassedOver) {
  for (const char* line : {"* ID (\"name\" \"Dovecot\")\r\n", "* ENABLED\r\n", "* FLAGS (\\Seen)\r\n", "junk\r\n",
                           "* VANISHED (EARLIER) 1:*\r\n", "* 12 WHATEVER (x)\r\n", "* 99999999999 EXISTS\r\n"}) {
    only<Other>(line);
  }
  EXPECT_EQ(only<Continuation>("+ idling\r\n").text, "idling");
  EXPECT_EQ(only<Continuation>("+\r\n").text, "");
  EXPECT_EQ(only<Status>("OLD1 OK late\r\n").tag, "OLD1");
}

TEST(Response, ItemsOfAFetchComeInAnyOrderAndUnknownOnesAreSkipped) {
  const auto fetch = only<Fetch>(
      "* 5 FETCH (FLAGS (\\Seen $Junk) RFC822.SIZE 44827 X-GM-MSGID 12 ENVELOPE (NIL ((NIL \")\" {2}\r\n(( \"h\"))) "
      "BODY[] {11}\r\nA004 OK )\r\n INTERNALDATE \" 7-Jul-1996 02:44:25 -0700\" UID 9 MODSEQ (65))\r\n");
  EXPECT_EQ(fetch.sequence, 5U);
  EXPECT_EQ(fetch.uid, 9U);
  EXPECT_EQ(fetch.size, 44827U);
  EXPECT_EQ(fetch.internal_date, parse_rfc3339("1996-07-07T09:44:25Z"));
  ASSERT_EQ(fetch.sections.size(), 1U);
  EXPECT_EQ(fetch.sections[0].value, std::string("A004 OK )\r\n"));
}

// curl/curl#22865: a reader of lines would take the body's words for the server's.
TEST(Response, WhatALiteralHoldsIsNeverReadAsAResponse) {
  const std::string body = "a\r\nL7 OK done\r\n* 3 EXPUNGE\r\n)\r\n";
  const Read all =
      read("* 1 FETCH (UID 1 BODY[] {" + std::to_string(body.size()) + "}\r\n" + body + ")\r\nL7 OK done\r\n", 1);
  ASSERT_EQ(all.responses.size(), 2U);
  EXPECT_EQ(std::get<Fetch>(all.responses[0]).sections[0].value, body);
}

TEST(Response, EverySpellingOfAStringIsAccepted) {
  const auto body = [](const std::string& value) {
    const auto fetch = only<Fetch>("* 1 FETCH (UID 1 BODY[] " + value + ")\r\n");
    return fetch.sections.empty() ? std::optional<std::string>("none") : fetch.sections[0].value;
  };
  EXPECT_EQ(body("{3}\r\nabc"), "abc");
  EXPECT_EQ(body("{3+}\r\nabc"), "abc");
  EXPECT_EQ(body("~{3}\r\nabc"), "abc");
  EXPECT_EQ(body("{0}\r\n"), "");
  EXPECT_EQ(body("\"a\\\"b\\\\c\""), "a\"b\\c");
  EXPECT_EQ(body("NIL"), std::nullopt);
  EXPECT_EQ(only<Fetch>("* 1 FETCH (UID 1 BODY[])\r\n").sections[0].value, std::nullopt);
}

// I13
TEST(Response, NulAnd8BitAreOctetsLikeAllOthers) {
  const std::string odd("a\0\xFF\x80z", 5);
  EXPECT_EQ(only<Fetch>("* 1 FETCH (UID 1 BODY[] \"" + odd + "\")\r\n").sections[0].value, odd);
  EXPECT_EQ(only<Fetch>("* 1 FETCH (UID 1 BODY[] ~{5}\r\n" + odd + ")\r\n").sections[0].value, odd);
  EXPECT_EQ(only<Fetch>("* 1 FETCH (INTERNALDATE \"" + std::string(10'000, '7') + "\" UID 4)\r\n").uid, 4U);
  EXPECT_EQ(only<Fetch>("* 1 FETCH (INTERNALDATE \"" + std::string(10'000, '7') + "\" UID 4)\r\n").internal_date,
            std::nullopt);
}

TEST(Response, ASectionTellsWhichPartOfTheMessageItIs) {
  const auto fetch =
      only<Fetch>("* 1 FETCH (BODY[HEADER] {2}\r\nhh BODY[]<0> {2}\r\nbb BODY[HEADER.FIELDS (\"To\")] NIL)\r\n");
  ASSERT_EQ(fetch.sections.size(), 3U);
  EXPECT_EQ(fetch.sections[0].name, "HEADER");
  EXPECT_EQ(fetch.sections[1].name, "");
  EXPECT_EQ(fetch.sections[1].origin, 0U);
  EXPECT_EQ(fetch.sections[2].name, "HEADER.FIELDS (To)");
}

// I01, I02
TEST(Response, ALiteralThatIsTooLargeOrUnreadableIsRefusedBeforeItComes) {
  for (const char* size : {"9000000000", "4294967297", "2000000"}) {
    const Read all = read("* 1 FETCH (UID 1 BODY[] {" + std::string(size) + "}\r\n", 1, {.literals = 1'999'999});
    ASSERT_TRUE(all.error);
    EXPECT_NE(all.error->what.find("a literal of " + std::string(size) + " octets, more than the 1999999 allowed"),
              std::string::npos);
  }
  for (const char* size : {"{-1}", "{99999999999999999999}", "{}", "{1x}", "{ 5}", "{5", "{+}"}) {
    EXPECT_TRUE(read("* 1 FETCH (UID 1 BODY[] " + std::string(size) + "\r\nabc)\r\n").error) << size;
  }
  // Many small ones are one large one.
  std::string many = "* 1 FETCH (";
  for (int i = 0; i < 30; ++i) many += "BODY[1] {100}\r\n" + std::string(100, 'x') + " ";
  EXPECT_TRUE(read(many + ")\r\n", 50, {.literals = 2'000}).error);
}

// I03
TEST(Response, EndlessLinesAndNestingAreCutOff) {
  const Read endless = read("* OK " + std::string(3U << 20U, 'x'), 65536);
  ASSERT_TRUE(endless.error);
  EXPECT_NE(endless.error->what.find("a line that is too long"), std::string::npos);
  EXPECT_TRUE(read("* 1 FETCH (X " + std::string(100'000, '(') + std::string(100'000, ')') + ")\r\n").error);
  EXPECT_FALSE(read("* 1 FETCH (X " + std::string(60, '(') + std::string(60, ')') + " UID 3)\r\n").error);
}

// I04
TEST(Response, SixtyThousandUidsInOneLineAreAllRead) {
  std::string line = "* SEARCH";
  for (int i = 0; i < 60'000; ++i) line += " " + std::to_string(4'000'000'000U + static_cast<unsigned>(i));
  const auto search = only<Search>(line + " (MODSEQ 9)\r\n");
  ASSERT_EQ(search.numbers.size(), 60'000U);
  EXPECT_EQ(search.numbers.back(), 4'000'059'999U);

  std::string burst;
  for (int i = 1; i <= 50'000; ++i) burst += "* " + std::to_string(i) + " FETCH (FLAGS (\\Seen))\r\n";
  EXPECT_EQ(read(burst, 4096).responses.size(), 50'000U);
}

// I09
TEST(Response, AFolderNameIsTakenAsItIs) {
  EXPECT_EQ(only<ListEntry>("* LIST (\\Sent \\HasNoChildren) \"/\" \"Sent Items\"\r\n").name, "Sent Items");
  EXPECT_EQ(only<ListEntry>("* LIST () NIL INBOX\r\n").delimiter, '\0');
  EXPECT_EQ(only<ListEntry>("* LIST () \"\\\\\" {6}\r\na\"\r\n`b\r\n").name, "a\"\r\n`b");
  EXPECT_EQ(only<ListEntry>("* XLIST (\\Inbox) \"/\" NIL\r\n").name, "NIL");
  only<Other>("* LIST (\r\n");
}

TEST(Response, AnInternalDateIsReadOrNotAtAll) {
  EXPECT_EQ(parse_internal_date("17-Jul-1996 02:44:25 -0700"), parse_rfc3339("1996-07-17T09:44:25Z"));
  EXPECT_EQ(parse_internal_date("1-jan-2026 00:00:00 +0530"), parse_rfc3339("2025-12-31T18:30:00Z"));
  for (const char* text : {"", "17-Jul-1996", "32-Jul-1996 02:44:25 -0700", "17-Xxx-1996 02:44:25 -0700",
                           "17-Jul-1996 24:44:25 -0700", "17-Jul-1996 02:44:25 0700x", "-7-Jul-1996 02:44:25 -0700"}) {
    EXPECT_FALSE(parse_internal_date(text)) << text;
  }
}

TEST(Response, WordsForALogLineHoldNoControlsAndNoTurnedText) {
  EXPECT_EQ(printable("a\x1b[31m\tb\r\n\xE2\x80\xAE"
                      "c\xFF\xC3\xA9"),
            "a [31m b  ?c?\xC3\xA9");
  EXPECT_EQ(printable(std::string(1000, 'x')).size(), 300U);
  EXPECT_EQ(printable("ab\xC3\xA9", 3), "ab");
}

// I15: whatever a broken or hostile server makes of a real conversation, the reader ends it or goes on.
TEST(Response, AMutatedConversationNeverHarmsTheReader) {
  const std::string real =
      "* OK [CAPABILITY IMAP4rev1 IDLE] Dovecot ready.\r\n* CAPABILITY IMAP4rev1 IDLE\r\nL1 OK done\r\n"
      "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 1795] ok\r\n"
      "* 1 FETCH (UID 1 INTERNALDATE \"17-Jul-2026 02:44:25 +0000\" BODY[] {17}\r\nSubject: x\r\n\r\nabc)\r\n"
      "* 2 FETCH (UID 2 ENVELOPE (\"d\" NIL ((NIL NIL \"a\" \"b\")) \"q\\\"\") FLAGS ())\r\n* SEARCH 1 2 3\r\nL2 OK "
      "x\r\n";
  std::mt19937 random(20260721);
  std::size_t responses = 0;
  std::size_t errors = 0;
  for (int round = 0; round < 10'000; ++round) {
    std::string bytes = real;
    for (std::size_t changes = random() % 6 + 1; changes > 0; --changes) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0: bytes[at] = static_cast<char>(random()); break;
        case 1: bytes.erase(at, random() % 20); break;
        case 2: bytes.insert(at, 1, "{}()\"[]\r\n*+\\ "[random() % 13]); break;
        default: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 40)); break;
      }
    }
    const Read all = read(bytes, random() % 64 + 1);
    responses += all.responses.size();
    errors += all.error ? 1 : 0;
  }
  EXPECT_GT(responses, 50'000U);
  EXPECT_GT(errors, 10U);
}

}  // namespace
}  // namespace leadmail::mail::imap
