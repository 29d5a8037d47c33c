#include "mail/smtp/reply.h"

#include <gtest/gtest.h>

#include "mail/smtp/verdict.h"

namespace leadmail::mail::smtp {
namespace {

std::string read(std::initializer_list<std::string_view> lines) {
  ReplyReader reader;
  auto got = ReplyReader::Got::more;
  for (const auto line : lines) got = reader.add(line);
  if (got == ReplyReader::Got::nonsense) return "nonsense";
  if (got == ReplyReader::Got::more) return "more";
  return describe(reader.reply());
}

TEST(Reply, OfSeveralLinesIsReadAsOneSentence) {
  EXPECT_EQ(read({"250 2.1.5 Ok\r\n"}), "250 2.1.5 Ok");
  EXPECT_EQ(read({"550-5.1.1 The account does not exist.", "550-5.1.1 Please try again", "550 5.1.1 later"}),
            "550 5.1.1 The account does not exist. Please try again later");
  EXPECT_EQ(read({"250"}), "250");
  EXPECT_EQ(read({"354-", "354 go"}), "354 go");
  EXPECT_EQ(read({"250-first"}), "more");
}

TEST(Reply, WithoutAnEnhancedCodeKeepsItsWords) {
  EXPECT_EQ(read({"550 5.1 is not one"}), "550 5.1 is not one");
  EXPECT_EQ(read({"550 5.1.1000 too long"}), "550 5.1.1000 too long");
  EXPECT_EQ(read({"220 3.1.1 no such class"}), "220 3.1.1 no such class");
  EXPECT_EQ(read({"550 5.1.1"}), "550 5.1.1");
}

TEST(Reply, ThatIsNoneIsCalledNonsense) {
  for (const char* line : {"", "25", "2500 x", "199 x", "600 x", "abc hello", "-50 x", " 250 x", "250_x", "250\tx"}) {
    EXPECT_EQ(read({line}), "nonsense") << line;
  }
  EXPECT_EQ(read({"250-one", "251 two"}), "nonsense");
  EXPECT_EQ(read({"250-one", "two"}), "nonsense");
}

TEST(Reply, CannotSteerTheLogOrFillTheMemory) {
  EXPECT_EQ(read({"550 a\x1b[31m\tb\n<6>forged\r\n"}), "550 a?[31m?b?<6>forged");
  EXPECT_EQ(read({"550 caf\xC3\xA9 \xFF \xE2\x80\xAE \xC0\x80 \xED\xA0\x80"}), "550 caf\xC3\xA9 ? ??? ?? ???");
  ReplyReader reader;
  int lines = 0;
  while (reader.add("250-" + std::string(1000, 'x')) == ReplyReader::Got::more) ++lines;
  EXPECT_LT(lines, 66);
  EXPECT_LE(reader.reply().text.size(), 512U);
}

/// Feeds "> command" and "< line" and "> ." for the end of the mail.
Transcript talk(std::initializer_list<std::string_view> lines) {
  Transcript transcript;
  transcript.connected();
  for (const auto line : lines) {
    if (line == "> .") {
      transcript.end_of_mail();
    } else if (line.starts_with("> ")) {
      transcript.sent(line.substr(2));
    } else {
      transcript.received(line.substr(2));
    }
  }
  return transcript;
}

TEST(Transcript, KnowsWhichReplyAnswersWhat) {
  const auto said =
      talk({"< 220 hi", "> EHLO me", "< 250-mx PIPELINING", "< 250-SIZE 1000", "< 250-SMTPUTF8", "< 250 AUTH PLAIN",
            "> AUTH PLAIN AGEAYg==", "< 235 in", "> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<x@y>", "< 550 5.1.1 no",
            "> RCPT TO:<z@y>", "< 250 yes", "> DATA", "< 354 go", "> .", "< 250 2.0.0 kept"});
  EXPECT_EQ(describe(*said.auth()), "235 in");
  ASSERT_EQ(said.recipients().size(), 2U);
  EXPECT_EQ(describe(said.recipients()[0]), "550 5.1.1 no");
  EXPECT_EQ(describe(*said.final()), "250 2.0.0 kept");
  EXPECT_EQ(said.capabilities().size, 1000U);
  EXPECT_TRUE(said.capabilities().smtputf8 && said.capabilities().auth);
  EXPECT_FALSE(said.capabilities().pipelining) << "the first line names the host";
}

TEST(Transcript, ForgetsWhatWasOfferedInClear) {
  const auto said = talk({"< 220 hi", "> EHLO me", "< 250-mx", "< 250-SMTPUTF8", "< 250 STARTTLS", "> STARTTLS",
                          "< 220 go", "> EHLO me", "< 250-mx", "< 250 SIZE 5"});
  EXPECT_FALSE(said.capabilities().smtputf8 || said.capabilities().starttls);
  EXPECT_EQ(said.capabilities().size, 5U);
}

TEST(Transcript, TakesAnOfferOfNothing) {
  const auto said = talk({"< 220 hi", "> EHLO me", "< 250-mx", "< 250\n"});
  EXPECT_FALSE(said.nonsense());
  EXPECT_EQ(said.hello()->code, 250);
}

TEST(Transcript, TakesNoResponseOfSaslForACommand) {
  const auto said = talk({"< 220 hi", "> EHLO me", "< 250 mx", "> AUTH LOGIN", "< 334 VXNlcm5hbWU6", "> MAIL",
                          "< 334 UGFzc3dvcmQ6", "> DATA", "< 535 5.7.8 no"});
  EXPECT_EQ(describe(*said.auth()), "535 5.7.8 no");
  EXPECT_FALSE(said.mail() || said.data());
}

TEST(Transcript, DistrustsAServerThatSpeaksOutOfTurn) {
  EXPECT_TRUE(talk({"< 220 hi", "< 250 already"}).nonsense());
  EXPECT_TRUE(talk({"< hello"}).nonsense());
  EXPECT_FALSE(talk({"< 220 hi", "> QUIT", "< whatever"}).nonsense());
}

TEST(Transcript, HoldsTheFirstLineOfTheFinalReplyForItsWhole) {
  const auto after = [&](std::initializer_list<std::string_view> more) {
    Transcript transcript = talk({"< 220 hi", "> EHLO me", "< 250 mx", "> MAIL FROM:<a@b>", "< 250 ok",
                                  "> RCPT TO:<x@y>", "< 250 ok", "> DATA", "< 354 go", "> ."});
    for (const auto line : more) transcript.received(line);
    return transcript;
  };
  EXPECT_EQ(after({"250-2.0.0 kept"}).final()->code, 250);
  EXPECT_FALSE(after({}).final());
  EXPECT_FALSE(after({"250-2.0.0 kept", "554 or not"}).final()) << "it contradicts itself";
}

/// What comes of a mail to ann when the conversation is like this.
std::string verdict(const Transcript& said, const Ending& ending = {}) {
  const auto sent = judge({"ann"}, said, ending);
  return std::string(name(sent.recipients.at(0).outcome)) + (sent.account_trouble ? ", account" : "") +
         (sent.counts ? ", counts" : "");
}

// N03
TEST(Verdict, KnowsAServerThatWasNotReached) {
  const auto reached = [](const Transcript& said) { return judge({"ann"}, said, {.reason = "timeout"}).reached; };
  EXPECT_FALSE(reached(talk({})));
  EXPECT_TRUE(reached(talk({"< 421 4.3.2 too busy"})));
  EXPECT_TRUE(reached(talk({"< hello"})));
  EXPECT_TRUE(reached(talk({"< 220 hi", "> EHLO me"})));
}

TEST(Verdict, TellsTroubleOfTheAccountFromTroubleOfTheMail) {
  const auto mail = [](std::string_view line) {
    return talk({"< 220 hi", "> EHLO me", "< 250 mx", "> MAIL FROM:<a@b>", line});
  };
  const auto rcpt = [](std::string_view line) {
    return talk({"< 220 hi", "> EHLO me", "< 250 mx", "> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<x@y>", line});
  };
  const auto final = [](std::string_view line) {
    return talk({"< 220 hi", "> EHLO me", "< 250 mx", "> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<x@y>", "< 250 ok",
                 "> DATA", "< 354 go", "> .", line});
  };
  EXPECT_EQ(verdict(talk({}), {.reason = "connection refused"}), "deferred, account");
  EXPECT_EQ(verdict(talk({"< 554 5.7.1 your address is listed"})), "deferred, account");
  EXPECT_EQ(verdict(talk({"< 421 4.3.2 too busy"})), "deferred, account");
  EXPECT_EQ(verdict(talk({"< 220 hi", "> EHLO me", "< 550 who?"})), "deferred, account");
  EXPECT_EQ(verdict(talk({"< 220 hi", "> EHLO me", "< 250 mx", "> AUTH PLAIN x", "< 535 5.7.8 no"})),
            "deferred, account");
  EXPECT_EQ(verdict(mail("< 530 5.7.0 authentication required")), "deferred, account");
  EXPECT_EQ(verdict(mail("< 550 5.7.60 you may not send as this")), "deferred, account");
  EXPECT_EQ(verdict(mail("< 452 4.3.1 disk full")), "deferred, account");
  EXPECT_EQ(verdict(mail("< 552 5.3.4 too large")), "failed");
  EXPECT_EQ(verdict(rcpt("< 450 4.2.0 greylisted")), "deferred, counts");
  EXPECT_EQ(verdict(rcpt("< 550 5.1.1 nobody")), "failed, counts");
  EXPECT_EQ(verdict(rcpt("< 552 5.2.2 mailbox full")), "failed, counts");
  EXPECT_EQ(verdict(rcpt("< 552 too many recipients")), "deferred, counts");
  EXPECT_EQ(verdict(rcpt("< 421 4.7.0 slow down")), "deferred, account, counts");
  EXPECT_EQ(verdict(rcpt("< 550 5.4.5 daily limit")), "deferred, account, counts");
  EXPECT_EQ(verdict(final("< 250 ok")), "delivered, counts");
  EXPECT_EQ(verdict(final("< 554 5.7.1 spam")), "failed, counts");
  EXPECT_EQ(verdict(final("< 451 4.7.1 later")), "deferred, counts");
  EXPECT_EQ(verdict(final("< 432 4.3.2 concurrent connections")), "deferred, account, counts");
  EXPECT_EQ(verdict(final("< 554 5.2.0 quota")), "deferred, account, counts");
  EXPECT_EQ(verdict(final("< 552 5.2.2 quota")), "deferred, account, counts");
  EXPECT_EQ(verdict(final("< 550 5.4.5 daily limit")), "deferred, account, counts");
}

// libcurl shows of a command what left at once. Where the connection had no room for it, that is nothing or its
// beginning.
TEST(Verdict, IsTheSameWhenACommandHadToWait) {
  const std::vector<std::string_view> lines{
      "< 220 hi",        "> EHLO me",      "< 250 mx", "> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<x@y>", "< 250 ok",
      "> RCPT TO:<z@y>", "< 550 5.1.1 no", "> DATA",   "< 354 go",          "> .",      "< 250 2.0.0 kept"};
  for (const bool again : {false, true}) {  // on a connection that was used before
    for (std::size_t hidden = again ? 3 : 1; hidden < 11; hidden += 2) {
      for (const std::size_t seen : {0U, 2U}) {
        Transcript said;
        if (!again) said.connected();
        for (std::size_t i = again ? 3 : 0; i < lines.size(); ++i) {
          const auto text = lines[i].substr(2);
          if (lines[i] == "> .") {
            said.end_of_mail();
          } else if (lines[i].starts_with("> ")) {
            said.sent(i == hidden ? text.substr(0, seen) : text);
          } else {
            EXPECT_TRUE(said.received(text)) << lines[hidden];
          }
        }
        const auto sent = judge({"x@y", "z@y"}, said, {.final_dot_may_have_left = true});
        EXPECT_EQ(sent.recipients[0].outcome, Outcome::delivered) << lines[hidden] << seen << again;
        EXPECT_EQ(sent.recipients[1].outcome, Outcome::failed) << lines[hidden] << seen << again;
        EXPECT_TRUE(sent.counts) << lines[hidden] << seen << again;
        EXPECT_FALSE(sent.account_trouble) << lines[hidden] << seen << again;
      }
    }
  }
}

TEST(Verdict, NeverSendsAgainWhatWasTakenPerhaps) {
  // A recipient of whose RCPT nothing is known: the mail was taken for him, or for the others alone.
  const auto said = talk({"< 220 hi", "> EHLO me", "< 250 mx", "> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<x@y>",
                          "< 250 ok", "> DATA", "< 354 go", "> .", "< 250 2.0.0 kept"});
  const auto sent = judge({"x@y", "z@y"}, said, {.final_dot_may_have_left = true});
  EXPECT_EQ(sent.recipients[0].outcome, Outcome::delivered);
  EXPECT_EQ(sent.recipients[1].outcome, Outcome::unknown);
}

TEST(Verdict, IsUnknownOnlyWhereTheFinalDotMayHaveLeft) {
  const auto said = talk({"< 220 hi", "> EHLO me", "< 250 mx", "> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<x@y>",
                          "< 250 ok", "> DATA", "< 354 go"});
  EXPECT_EQ(verdict(said, {.reason = "cut"}), "deferred, counts");
  EXPECT_EQ(verdict(said, {.final_dot_may_have_left = true, .reason = "cut"}), "unknown, counts");
}

}  // namespace
}  // namespace leadmail::mail::smtp
