#include "mail/message/gesture.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

constexpr std::string_view kHead =
    "From: Ann <ann@client.example>\r\nTo: sales@us.example\r\nSubject: Re: Offer\r\nIn-Reply-To: <1@us.example>\r\n"
    "MIME-Version: 1.0\r\n";

Content read(std::string_view rest) { return parse(std::string(kHead) + std::string(rest)); }

TEST(Gesture, GmailsReactionIsAPartOfItsOwn) {
  const auto content = read(
      "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
      "👍 Ann reacted via Gmail <https://www.google.com/gmail/about/?utm_source=gmail-in-product>\r\n\r\n"
      "On Mon, Feb 2, 2026 at 5:14 PM Sales <sales@us.example> wrote:\r\n\r\n> Our offer\r\n"
      "--b\r\nContent-Type: text/vnd.google.email-reaction+json; "
      "charset=utf-8\r\n\r\n{\"emoji\":\"👍\",\"version\":1}\r\n"
      "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>👍 Ann reacted via Gmail</p>\r\n--b--\r\n");
  EXPECT_EQ(content.reaction, "👍");
  EXPECT_TRUE(content.attachments.empty());
  EXPECT_EQ(read_reaction_part("{\"emoji\":\"\\ud83d\\udc4d\"}"), "👍");
  EXPECT_EQ(read_reaction_part("{\"emoji\":1}"), "");
  EXPECT_EQ(read_reaction_part("{"), "");
  EXPECT_EQ(read_reaction_part(std::string(100'000, '[')), "");
}

TEST(Gesture, OutlooksReactionIsOneLine) {
  EXPECT_EQ(read("Content-Type: text/plain; charset=utf-8\r\n\r\nAna López reacted to your message:\r\n❤️\r\n\r\n"
                 "________________________________\r\nFrom: Sales <sales@us.example>\r\nSent: Monday, February 2, 2026 "
                 "5:14 PM\r\nTo: Ann\r\nSubject: Offer\r\n\r\nOur offer\r\n")
                .reaction,
            "❤️");
  for (const std::string line : {"Ana López reacted to your message:", "Ana López hat auf Ihre Nachricht reagiert:",
                                 "Ana López reaccionó a tu mensaje:", "Ana López a réagi à votre message :",
                                 "Ana López reagiu à sua mensagem:", "Ana đã bày tỏ cảm xúc với tin nhắn của bạn:"})
    EXPECT_NE(read_reaction_text(line), "") << line;
  for (const std::string text : {"", "👍", "Nobody reacted to your message: please send it again.",
                                 "I reacted to your message:\n40 pumps, please.", "Ana reacted to your message:\nOk",
                                 "We reacted to your message of Monday."})
    EXPECT_EQ(read_reaction_text(text), "") << text;
}

TEST(Gesture, ARecallNamesItsSubject) {
  EXPECT_EQ(read("\r\nAnn Bell would like to recall the message, \"Order 12\".\r\n").recalled, "Order 12");
  EXPECT_EQ(read_recall("Anna Roth möchte die Nachricht \"Bestellung\" zurückrufen."), "Bestellung");
  EXPECT_EQ(read_recall("Anne Roux souhaite rappeler le message « Commande »."), "Commande");
  EXPECT_EQ(read_recall("Ana Ruiz desea recuperar el mensaje \"Pedido\"."), "Pedido");
  for (const std::string text : {"", "We would like to recall the message of your chairman.",
                                 "Ann would like to recall the message, \"Order 12\".\n\nPlease send 40 pumps.",
                                 "Ann would like to recall the message, \"Order 12\", and orders 40 pumps now.",
                                 "Er möchte die Nachricht \"x\" lesen."})
    EXPECT_EQ(read_recall(text), "") << text;
}

TEST(Encrypted, IsSaid) {
  EXPECT_TRUE(
      read("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n--b\r\n"
           "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: "
           "application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP "
           "MESSAGE-----\r\n--b--\r\n")
          .is_encrypted);
  EXPECT_TRUE(read("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
                   "Content-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHA6CAMIACAQAxggHX\r\n")
                  .is_encrypted);
  const std::string armour = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA5xyz\r\n=AbCd\r\n-----END PGP MESSAGE-----\r\n";
  EXPECT_TRUE(read("\r\n" + armour).is_encrypted);
  EXPECT_TRUE(
      read("\r\n" + armour + "\r\nOn 2 Feb 2026 17:14, Sales <sales@us.example> wrote:\r\n> Offer\r\n").is_encrypted);
  EXPECT_FALSE(read("\r\nWhat is this?\r\n\r\n" + armour).is_encrypted);
  EXPECT_FALSE(read("\r\nPlease quote.\r\n").is_encrypted);
  EXPECT_FALSE(
      read("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee attached.\r\n--b\r\nContent-Type: "
           "message/rfc822\r\n\r\nContent-Type: multipart/encrypted; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n"
           "--b--\r\n")
          .is_encrypted);
}

}  // namespace
}  // namespace leadmail::mail::message
