#include "mail/message/reply_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace leadmail::mail::message {
namespace {

std::string reply(std::string_view text) { return split_reply(text).reply; }

TEST(ReplyText, WhatStandsAboveAnAttributionIsTheReply) {
  const auto parts = split_reply(
      "Yes, 40 units please.\n\nOn Tue, 3 Feb 2026 at 10:12, Ann Bell <ann@acme.example> wrote:\n> How many?\n");
  EXPECT_EQ(parts.reply, "Yes, 40 units please.");
  EXPECT_EQ(parts.quoted, "On Tue, 3 Feb 2026 at 10:12, Ann Bell <ann@acme.example> wrote:\n> How many?");
  EXPECT_EQ(parts.signature, "");
}

// One line as each client writes it, in more than twenty languages; the wording is all that differs.
TEST(ReplyText, KnowsTheAttributionLinesOfManyLanguages) {
  const std::vector<std::string> attributions{
      "On Mon, Feb 2, 2026 at 5:14 PM Ann Bell <ann@acme.example> wrote:",
      "El lun, 2 feb 2026 a las 17:14, Ana Ruiz (<ana@acme.example>) escribió:",
      "El lunes, 2 de febrero de 2026, Ana Ruiz escribió:",
      "Vào 17:14, Th 2, 2 thg 2, 2026 An Nguyễn <an@acme.example> đã viết:",
      "Le lun. 2 févr. 2026 à 17:14, Anne Roux <anne@acme.example> a écrit :",
      "Am Mo., 2. Feb. 2026 um 17:14 Uhr schrieb Anna Roth <anna@acme.example>:",
      "Am 02.02.2026 um 17:14 schrieb Anna Roth:",
      "Em seg., 2 de fev. de 2026 às 17:14, Ana Reis <ana@acme.example> escreveu:",
      "Il giorno lun 2 feb 2026 alle ore 17:14 Anna Rossi <anna@acme.example> ha scritto:",
      "Op ma 2 feb 2026 om 17:14 schreef Anna Bos <anna@acme.example>:",
      "pon., 2 lut 2026 o 17:14 Anna Nowak <anna@acme.example> napisał(a):",
      "W dniu 2.02.2026 o 17:14, Anna Nowak pisze:",
      "пн, 2 февр. 2026 г. в 17:14, Анна Белова <anna@acme.example>:",
      "2 февраля 2026 г., в 17:14, Анна <anna@acme.example> написал(а):",
      "пн, 2 лют. 2026 р. о 17:14 Ганна <hanna@acme.example> пише:",
      "Den mån 2 feb. 2026 kl 17:14 skrev Anna Berg <anna@acme.example>:",
      "man. 2. feb. 2026 kl. 17.14 skrev Anna Berg <anna@acme.example>:",
      "ma 2. helmik. 2026 klo 17.14 Anna Laine (anna@acme.example) kirjoitti:",
      "Anna Nagy <anna@acme.example> ezt írta (időpont: 2026. febr. 2., H, 17:14):",
      "po 2. 2. 2026 v 17:14 odesílatel Anna Malá <anna@acme.example> napsal:",
      "În lun., 2 feb. 2026 la 17:14, Ana Pop <ana@acme.example> a scris:",
      "Στις Δευ 2 Φεβ 2026 στις 5:14 μ.μ., ο χρήστης Άννα <anna@acme.example> έγραψε:",
      "Anna Kaya <anna@acme.example>, 2 Şub 2026 Pzt, 17:14 tarihinde şunu yazdı:",
      "Pada tanggal Sen, 2 Feb 2026 pukul 17.14 Ana <ana@acme.example> menulis:",
      "2026年2月2日(月) 17:14 Anna <anna@acme.example>:",
      "在 2026年2月2日，下午5:14，Anna <anna@acme.example> 写道：",
      "Anna <anna@acme.example> 於 2026年2月2日 週一 下午5:14寫道：",
      "2026년 2월 2일 (월) 오후 5:14, Anna <anna@acme.example>님이 작성:",
      "2026-02-02 17:14 GMT+01:00 Anna Roth <anna@acme.example>:",
      "---- On Mon, 02 Feb 2026 17:14:00 +0530 anna@acme.example wrote ----",
  };
  for (const auto& line : attributions) {
    EXPECT_EQ(reply("Nueva respuesta 42\n\n" + line + "\n\n> old\n> text\n"), "Nueva respuesta 42") << line;
    EXPECT_EQ(reply("Nueva respuesta 42\n\n" + line + "\n\nold text that nobody marked\n"), "Nueva respuesta 42")
        << line;
  }
}

TEST(ReplyText, AnAttributionMayBeWrappedAnywhere) {
  EXPECT_EQ(reply("Fine.\n\nOn Feb 2, 2026, at 12:47 PM, Ann Bell\n<ann@acme.example>\nwrote:\n\n> old\n"), "Fine.");
  EXPECT_EQ(
      reply(
          "Fine.\nOn Mon, Feb 2, 2026 at 4:37 PM The Sales Team <\na-long-address-2026@acme.example> wrote:\n> old\n"),
      "Fine.");
  EXPECT_EQ(reply("Gut.\nAm 21.04.2026 17:48 schrieb \"Anna Roth\" <anna@acme.example\n>:\n\n> alt\n"), "Gut.");
}

TEST(ReplyText, KnowsTheHeaderBlocksOfOutlookInManyLanguages) {
  const std::vector<std::string> blocks{
      "From: Ann Bell <ann@acme.example>\nSent: Monday, February 2, 2026 5:14 PM\nTo: Sales\nSubject: Quote",
      "De: Ana Ruiz <ana@acme.example>\nEnviado el: lunes, 2 de febrero de 2026 17:14\nPara: Ventas\nAsunto: Oferta",
      "De : Anne Roux <anne@acme.example>\nEnvoyé : lundi 2 février 2026 17:14\nÀ : Ventes\nObjet : Devis",
      "Von: Anna Roth <anna@acme.example>\nGesendet: Montag, 2. Februar 2026 17:14\nAn: Vertrieb\nBetreff: Angebot",
      "De: Ana Reis <ana@acme.example>\nEnviada em: segunda-feira, 2 de fevereiro de 2026 17:14\nPara: "
      "Vendas\nAssunto: Proposta",
      "Da: Anna Rossi <anna@acme.example>\nInviato: lunedì 2 febbraio 2026 17:14\nA: Vendite\nOggetto: Offerta",
      "Van: Anna Bos <anna@acme.example>\nVerzonden: maandag 2 februari 2026 17:14\nAan: Verkoop\nOnderwerp: Offerte",
      "Từ: An Nguyễn <an@acme.example>\nĐã gửi: Thứ Hai, 2 tháng 2, 2026\nĐến: Bán hàng\nChủ đề: Báo giá",
      "От: Анна <anna@acme.example>\nОтправлено: 2 февраля 2026 г. 17:14\nКому: Продажи\nТема: Цена",
      "Från: Anna <anna@acme.example>\nSkickat: den 2 februari 2026 17:14\nTill: Sälj\nÄmne: Offert",
      "Fra: Anna <anna@acme.example>\nSendt: 2. februar 2026 17:14\nTil: Salg\nEmne: Tilbud",
      "Od: Anna <anna@acme.example>\nWysłano: 2 lutego 2026 17:14\nDo: Sprzedaż\nTemat: Oferta",
      "差出人: Anna <anna@acme.example>\n送信日時: 2026年2月2日 17:14\n宛先: 営業\n件名: 見積",
      "发件人: Anna <anna@acme.example>\n发送时间: 2026年2月2日 17:14\n收件人: 销售\n主题: 报价",
      "보낸 사람: Anna <anna@acme.example>\n보낸 날짜: 2026년 2월 2일\n받는 사람: 영업\n제목: 견적",
      "*From:* Ann Bell [mailto:ann@acme.example]\n*Sent:* Monday, February 2, 2026\n*To:* Sales\n*Subject:* Quote",
  };
  for (const auto& block : blocks)
    EXPECT_EQ(reply("Ja, bitte 7 Stück.\n\n" + block + "\n\nThe old mail.\n"), "Ja, bitte 7 Stück.") << block;
  EXPECT_EQ(reply("Above the line\n________________________________\n" + blocks[0] + "\n\nOld."), "Above the line");
}

// A transport, a booking or a form of his own has the labels of a quoted header too. What only a client writes is
// missing: an address, the time of day, the subject of an answer.
TEST(ReplyText, ABlockOfHisOwnIsNoHeaderOfAQuote) {
  for (const std::string block : {
           "From: Hamburg\nTo: Shanghai\nDate: 4 Dec 2026\nSubject: 20 pallets",
           "From: Hamburg\nSent: 4 Dec 2026\nTo: Shanghai\nSubject: 20 pallets",
           "De: Madrid\nA: Barcelona\nFecha: 4 de diciembre de 2026\nAsunto: 20 palés",
           "Von: Hamburg\nAn: Schanghai\nDatum: 4.12.2026\nBetreff: 20 Paletten",
           "De : Lyon\nÀ : Lille\nDate : 4 décembre 2026\nObjet : 20 palettes",
           "Da: Milano\nA: Roma\nData: 4 dicembre 2026\nOggetto: 20 pallet",
           "Từ: Hà Nội\nĐến: Sài Gòn\nNgày: 4/12/2026\nChủ đề: 20 kiện",
           "发件人: 汉堡\n收件人: 上海\n日期: 2026年12月4日\n主题: 20托盘",
           "From: Hamburg\nTo: Shanghai\nDate: 4 Dec 2026\nSubject: 20 pallets\nCollect from bob@client.example",
       })
    EXPECT_EQ(reply("Please quote transport:\n\n" + block + "\n\nWe need insurance."),
              "Please quote transport:\n\n" + block + "\n\nWe need insurance.");
}

TEST(ReplyText, AHeaderOfAQuoteHasWhatOnlyAClientWrites) {
  for (const std::string block : {
           "From: Ann Bell <ann@acme.example>\nTo: Sales\nSubject: Pumps",
           "From: Ann Bell\n <ann@acme.example>\nTo: Sales\nSubject: Pumps",
           "From: Ann Bell\nSent: Monday, 2 February 2026 17:14\nTo: Sales\nSubject: Pumps",
           "Von: Anna Roth\nGesendet: Montag, 2. Februar 2026 17:14\nAn: Vertrieb\nBetreff: Angebot",
           "Lähettäjä: Anna\nLähetetty: maanantai 2. helmikuuta 2026 17.14\nVastaanottaja: Myynti\nAihe: Tarjous",
           "差出人: Anna\n送信日時: 2026年2月2日 午後5時14分\n宛先: 営業\n件名: 見積",
           "From: Ann Bell\nTo: sales@acme.example\nSubject: Pumps",
           "From: Ann Bell\nTo: Sales\nSubject: Re: Pumps",
           "________________________________\nFrom: Ann Bell\nSent: Monday\nTo: Sales\nSubject: Pumps",
           "-----Original Message-----\nFrom: Ann Bell\nSubject: Pumps",
       })
    EXPECT_EQ(reply("Forty.\n\n" + block + "\n\nHow many?"), "Forty.") << block;
  EXPECT_EQ(reply("Forty.\n\nFrom: Ann\nTo: Sales\nSubject: Pumps\n\n> How many?"), "Forty.");
}

// Whose block it is cannot be told from outside: what stands in it is read, but never runs.
TEST(ReplyText, ABlockOfHisOwnEndsTheOpening) {
  EXPECT_EQ(split_reply("#status won\n\nFrom: Ann\nTo: Bob\nSubject: x\n\n#status lost\n").opening, "#status won");
}

TEST(ReplyText, KnowsDrawnMarkers) {
  for (const std::string marker :
       {"-----Original Message-----", "-------- Ursprüngliche Nachricht --------",
        "-------- Message d'origine --------", "-----Mensaje original-----", "*-------- Original Message --------*",
        "-----Исходное сообщение-----", "-----原始邮件-----", "---------- Forwarded message ---------",
        "Begin forwarded message:"})
    EXPECT_EQ(reply("Mine.\n\n" + marker + "\n\nTheirs.\n"), "Mine.") << marker;
}

TEST(ReplyText, WordsAboveAQuoteDoNotHideTheAnswersInIt) {
  const std::string body =
      "See my answers below.\n\nOn 03/12/2026 10:05, Sales <sales@acme.example> wrote:\n> Maria wrote:\n> > How much "
      "are "
      "pumps?\nTen euros each.\n> > And shipping?\n>\n> -- \n> Acme\n\nRegards, Ana\n";
  const auto parts = split_reply(body);
  EXPECT_NE(parts.reply.find("See my answers below."), std::string::npos);
  EXPECT_NE(parts.reply.find("Ten euros each."), std::string::npos) << parts.reply;
}

TEST(ReplyText, RepliesBetweenQuotedLinesStayWhole) {
  const std::string inline_reply =
      "Hello Ann,\n\nOn 2 Feb 2026 17:14, Ann wrote:\n> How many do you need?\n\nForty.\n\n> And when?\n\nIn May.\n\n> "
      "Regards, Ann\n";
  EXPECT_EQ(reply(inline_reply), "Hello Ann,\n\n> How many do you need?\n\nForty.\n\n> And when?\n\nIn May.");
}

TEST(ReplyText, WhatIsWrittenBelowTheWholeQuoteIsTheReply) {
  EXPECT_EQ(
      reply("On 2 Feb 2026 17:14, Ann Bell <ann@acme.example> wrote:\n> How many?\n> And when?\n\nForty, in May.\n"),
      "Forty, in May.");
  EXPECT_EQ(reply("Forty.\n\nOn 2 Feb 2026 17:14, Ann Bell wrote:\n> How many?\n\nRegards, Bob\n"),
            "Forty.\n\nRegards, Bob");
}

TEST(ReplyText, AReplyIsNeverEmptyWhereTheAuthorWroteSomething) {
  EXPECT_EQ(reply("--\nBob"), "--\nBob");
  EXPECT_EQ(reply("Regards\nBob"), "Regards\nBob");
  EXPECT_EQ(reply("Thanks!"), "Thanks!");
  EXPECT_EQ(reply("?"), "?");
  EXPECT_EQ(reply("-"), "-");
  EXPECT_EQ(reply("---"), "---");
  EXPECT_EQ(reply("Sent from my iPhone"), "Sent from my iPhone");
  // The header stands first and nothing is marked: the words may be his.
  EXPECT_EQ(reply("On 8 May 2026 17:34, \"Ann\" <ann@acme.example> wrote:\n\n    It should be 12.\n"),
            "    It should be 12.");
}

TEST(ReplyText, NothingButAQuoteIsNoReply) {
  EXPECT_EQ(reply("> only\n> this\n"), "");
  EXPECT_EQ(reply("On 8 May 2026 17:34, Ann <ann@acme.example> wrote:\n> only this\n"), "");
  EXPECT_EQ(reply(""), "");
}

TEST(ReplyText, AForwardWithNothingAboveIsReadWhole) {
  const std::string forward =
      "---------- Forwarded message ---------\nFrom: Ann <ann@acme.example>\nDate: 2 Feb 2026\nSubject: Pumps\nTo: "
      "<me@acme.example>\n\nWe need pumps.";
  EXPECT_EQ(reply(forward), forward);
}

// What a customer wrote under an unmarked header must never run as a rep's command.
TEST(ReplyText, TheOpeningEndsAtTheFirstSignOfAQuote) {
  EXPECT_EQ(split_reply("#status won\n\nOn 2 Feb 2026, Ann <ann@acme.example> wrote:\n> #status lost\n").opening,
            "#status won");
  EXPECT_EQ(split_reply("On 2 Feb 2026 17:14, Ann <ann@acme.example> wrote:\n\n#status lost\n").opening, "");
  EXPECT_EQ(
      split_reply("From: Ann <ann@acme.example>\nSent: 2 Feb 2026\nTo: Bob\nSubject: x\n\n#status lost\n").opening, "");
  EXPECT_EQ(split_reply("> #status lost\n\nok\n").opening, "");
  EXPECT_EQ(split_reply("Fine\n\n-- \n#status lost\n").opening, "Fine");
  EXPECT_EQ(split_reply("Fine\n\n-----Original Message-----\n#status lost\n").opening, "Fine");
}

TEST(ReplyText, SignaturesAreTakenOff) {
  const auto split = [](std::string_view text) { return split_reply(text).signature; };
  EXPECT_EQ(split("Please call.\n\n-- \nBob Ray\nBuyer, Acme\n"), "--\nBob Ray\nBuyer, Acme");
  EXPECT_EQ(split("Please call.\n--\nBob Ray\n"), "--\nBob Ray");
  EXPECT_EQ(split("Please call.\n\nBest regards,\nBob Ray\nBuyer\nTel. +1 555 123 4567\n"),
            "Best regards,\nBob Ray\nBuyer\nTel. +1 555 123 4567");
  EXPECT_EQ(split("Llámeme.\n\nSaludos cordiales,\nLuis Gil\n"), "Saludos cordiales,\nLuis Gil");
  EXPECT_EQ(split("Bitte um Rückruf.\n\nMit freundlichen Grüßen\nUta Lang\n"), "Mit freundlichen Grüßen\nUta Lang");
  EXPECT_EQ(split("Xin báo giá.\n\nTrân trọng,\nNguyễn An\n"), "Trân trọng,\nNguyễn An");
  EXPECT_EQ(split("Send it.\n\nBob Ray\nHead of Purchasing\nAcme Inc.\n+1 555 123 4567\nwww.acme.example\n"),
            "Bob Ray\nHead of Purchasing\nAcme Inc.\n+1 555 123 4567\nwww.acme.example");
  EXPECT_EQ(split("Send it.\n\nThis email and any attachments are confidential and meant for the addressee only.\n"),
            "This email and any attachments are confidential and meant for the addressee only.");
}

TEST(ReplyText, FootersOfDevicesInManyLanguagesAreTakenOff) {
  for (const std::string footer : {"Sent from my iPhone",
                                   "Get Outlook for Android",
                                   "Sent via the Samsung Galaxy S23, an AT&T 5G smartphone",
                                   "Sent from my LG V30, an AT&T 4G LTE smartphone",
                                   "Enviado desde mi iPhone",
                                   "Envoyé de mon iPhone",
                                   "Von meinem iPhone gesendet",
                                   "Gesendet mit der GMX Mail App",
                                   "Enviado do meu iPhone",
                                   "Inviato da iPhone",
                                   "Verstuurd vanaf mijn iPad",
                                   "Skickat från min iPhone",
                                   "Sendt fra min iPhone",
                                   "Lähetetty iPhonesta",
                                   "Wysłane z iPhone'a",
                                   "Отправлено с iPhone",
                                   "iPhoneから送信",
                                   "发自我的 iPhone",
                                   "나의 iPhone에서 보냄",
                                   "Được gửi từ iPhone của tôi",
                                   "Dikirim dari iPhone saya",
                                   "iPhone'umdan gönderildi",
                                   "Sent from Yahoo Mail on Android",
                                   "[Sent from Yahoo Mail for iPhone](https://mail.example)"}) {
    EXPECT_EQ(reply("Yes.\n\n" + footer + "\n"), "Yes.") << footer;
    EXPECT_EQ(reply("Yes.\n\n" + footer + "\n\nAn old mail that nobody marked, with a sentence in it.\n"), "Yes.")
        << footer;
  }
}

// A mail that answers none quotes none of ours: only what a client wrote above tells of another mail.
TEST(ReplyText, InAFirstMailMarkedLinesAreReadWhereNoClientMarkedThem) {
  const auto first = [](std::string_view text) { return split_reply(text, {.answers = false}); };
  for (const std::string text : {
           "our engineer wrote:\n> flow 30 m3/h\n> head 40 m\nCan you supply?",
           "Please quote.\n\nUnser Techniker schrieb:\n> 30 m3/h\n> 40 m",
           "Nuestro ingeniero escribió el 3 de diciembre de 2026:\n> caudal 30 m3/h\n\n¿Precio?",
           "We need:\n> 30 m3/h\n> 40 m",
           "We need:\n| pump | 30\n| valve | 40\n| seal | 50",
           "> 30 m3/h\n> 40 m",
       })
    EXPECT_EQ(first(text).reply, text);
  EXPECT_EQ(first("our engineer wrote:\n> #status lost\nok").opening, "");
  EXPECT_EQ(first("#status won\n\nAnn wrote:\n> #status lost\n").opening, "#status won");

  EXPECT_EQ(first("Forty.\n\nOn 2 Feb 2026 17:14, Ann Bell wrote:\n> How many?\n").reply, "Forty.");
  EXPECT_EQ(first("Forty.\n\nOn Monday Ann <ann@acme.example> wrote:\n> How many?\n").reply, "Forty.");
  EXPECT_EQ(first("Forty.\n\n> On 2 Feb 2026 17:14, Ann <ann@acme.example> wrote:\n>\n> How many?\n").reply, "Forty.");
  EXPECT_EQ(first("Forty.\n\n> From: Ann <ann@acme.example>\n> Subject: Pumps\n> \n> How many?\n").reply, "Forty.");
  EXPECT_EQ(first("On 2 Feb 2026 17:14, Ann wrote:\n> How many?\n\nForty.\n\n> And when?\n> Regards\n").reply,
            "Forty.");
}

TEST(ReplyText, WordsThatOnlyPointBelowLeaveEverythingToBeRead) {
  const std::string quoted =
      "\n\nFrom: Ann Bell <ann@acme.example>\nSent: Monday, 2 February 2026 17:14\nTo: Bob\nSubject: Pumps\n\n"
      "How many?\nForty.\nAnd when?\nIn May.";
  for (const std::string words : {"See below",
                                  "Hi Ann,\n\nplease see my answers below.\n\nBest regards\nBob",
                                  "siehe unten",
                                  "Antworten in Rot.",
                                  "s.u.",
                                  "Ver abajo, en rojo",
                                  "Voir ci-dessous",
                                  "Ver abaixo",
                                  "Vedi sotto",
                                  "Zie hieronder",
                                  "Se nedan",
                                  "Se nedenfor",
                                  "Ks. alla",
                                  "Zobacz poniżej",
                                  "Viz níže",
                                  "Lásd lent",
                                  "Vezi mai jos",
                                  "См. ниже",
                                  "Див. нижче",
                                  "Xem bên dưới",
                                  "下記に回答します",
                                  "请见下文红字",
                                  "아래 참조"}) {
    const auto parts = split_reply(words + quoted);
    EXPECT_EQ(parts.reply, words + quoted);
    EXPECT_TRUE(parts.points_below);
  }
  for (const std::string words :
       {"Forty, in May.", "We order the forty pumps that you offer below, but delivered to Hamburg and not to Kiel.",
        "See you on Monday."})
    EXPECT_EQ(split_reply(words + quoted).reply, words);
  EXPECT_EQ(reply("See below\n\n---------- Forwarded message ---------\nFrom: Ann <ann@acme.example>\n\nHow many?"),
            "See below");
}

TEST(ReplyText, WhatStandsBetweenRulesIsRead) {
  for (const std::string rule :
       {"--------------------", "____________________", "*****", "=====", "--", "~~~~", "-----"})
    for (const std::string inside :
         {"Pos 1: 20 pumps\nPos 2: 5 valves", "small pumps\nbig pumps", "20 Pumpen\n5 Ventile", "Bomba 20\nVálvula 5"})
      for (const std::string below : {"\nDelivery Friday", "\n\nJohn", "\nPlease call.", "\n\nEntrega el viernes"}) {
        const auto text = "please quote:\n" + rule + "\n" + inside + "\n" + rule + below;
        EXPECT_EQ(reply(text), text);
      }
  for (const std::string rule : {"____________", "=====", "--"})
    EXPECT_EQ(reply("please quote:\n\n" + rule + "\nFrom: Hamburg\nTo: Shanghai\nSubject: 20 pallets\n\nInsured."),
              "please quote:\n\n" + rule + "\nFrom: Hamburg\nTo: Shanghai\nSubject: 20 pallets\n\nInsured.");
  EXPECT_EQ(reply("please quote:\n-----\n20 pumps\n-----\n\nBest regards,\nJohn Smith"),
            "please quote:\n-----\n20 pumps");
  // A signature between two rules is one all the same, and below a single one.
  EXPECT_EQ(reply("Send it.\n\n----------\nBob Ray\nTel. +1 555 123 4567\n----------\nwww.acme.example"), "Send it.");
  EXPECT_EQ(reply("Send it.\n\n__________\nBob Ray\nBuyer"), "Send it.");
  EXPECT_EQ(reply("Send it.\n--\n--\nBob Ray\nBuyer"), "Send it.");
  EXPECT_EQ(reply("Send it.\n---\nBob"), "Send it.");
}

TEST(ReplyText, WhatIsWrittenBelowTheSignatureIsRead) {
  const auto split = [](std::string_view text) { return split_reply(text); };
  const std::string list = "Specification:\n- flow 30 m3/h\n- head 40 m";
  auto parts = split("Need a price.\n\nBest regards,\nJohn Smith\n\n" + list);
  EXPECT_EQ(parts.reply, "Need a price.\n\n" + list);
  EXPECT_EQ(parts.signature, "Best regards,\nJohn Smith");
  EXPECT_EQ(parts.opening, "Need a price.");
  for (const std::string more :
       {"PS: budget is 10000 EUR", "P.S. We need it in May", "*PS:* soon", "NB: no boxes", "PD: urgente", "З.Ы. Срочно",
        "追伸：急ぎです", "Nachtrag: auch Ventile", "20 pumps DN50\n5 valves DN80", "- 20 pumps\n- 5 valves",
        "1. pumps\n2. valves", "Budget 10000 EUR"}) {
    EXPECT_EQ(split("Need it.\n\nKind regards\nJohn Smith\nTel. +1 555 123 4567\n\n" + more).reply,
              "Need it.\n\n" + more);
    EXPECT_EQ(split("Need it.\n\n-- \nJohn Smith\nAcme\n\n" + more).reply, "Need it.\n\n" + more);
    EXPECT_EQ(split("Need it.\n\n-- \nJohn Smith\nAcme\n\n" + more).signature, "--\nJohn Smith\nAcme");
  }
  EXPECT_EQ(
      split("Need it.\n\n-- \nJohn Smith\nPS: and soon\n\nThis email and any attachments are confidential.").reply,
      "Need it.\n\nPS: and soon");
  for (const std::string block :
       {"Head Office:\nMain Street 5, 10115 Berlin\nTel. +49 30 123456", "Hannover Messe 2026\nHall 5",
        "PS Automation GmbH\nwww.ps.example", "Sitz der Gesellschaft: Berlin\nStammkapital: 25.000 EUR",
        "Follow us:\nwww.acme.example\nwww.acme.example/in"})
    EXPECT_EQ(split("Need it.\n\nBest regards\nJohn Smith\n\n" + block).reply, "Need it.") << block;
}

TEST(ReplyText, WhatIsWrittenBelowTheFooterOfADeviceIsRead) {
  EXPECT_NE(reply("Please quote 20 pumps\nSent from my iPhone\nAnd 5 valves").find("And 5 valves"), std::string::npos);
  EXPECT_NE(reply("Cotizar 20 bombas\nEnviado desde mi iPhone\nEntrega el viernes").find("viernes"), std::string::npos);
  EXPECT_EQ(reply("Yes.\nSent from my iPhone\nBob Ray\n+1 555 123 4567"), "Yes.");
  EXPECT_EQ(split_reply("#status won\nSent from my iPhone\n#status lost").opening, "#status won");
  // Nothing can be an unmarked quote where nothing is answered.
  const std::string text = "Please quote 20 pumps.\n\nSent from my iPhone\n\nAnd 5 valves, delivered to Hamburg.";
  EXPECT_EQ(split_reply(text, {.answers = false}).reply, text);
  EXPECT_EQ(split_reply("Please quote.\n\nSent from my iPhone\n", {.answers = false}).reply, "Please quote.");
}

TEST(ReplyText, OrdinaryWordsAreNoMarks) {
  for (const std::string text :
       {"Sent from our desk, this is much easier than by phone.",
        "On the one hand we like it.\nOn average it costs 12.\n\nOn a separate note, thanks.",
        "I write with regards to the pumps of 2026.", "Pumps we need:\n- small ones\n- big ones",
        "Key points\n----\n\n1. Price went up by 5 %, which is more than we had expected last year.\n\n----\n\nThe "
        "dashes above are only there to divide this letter.",
        "De: Madrid\nA: Barcelona\nFecha: 3 de mayo de 2026\nSomos dos personas.",
        "Meeting:\n\nDate: 3 October 2026\nTime: 7:00\nAddress: 130 Fox St\n\nPlease bring your ID.",
        "On Thu, Mar 3, 2026 I went to the writing club and wrote:\nA little song",
        "See https://acme.example/on-2026-somebody-wrote: it is good."})
    EXPECT_EQ(reply(text), text);
}

TEST(ReplyText, ALineThatAClientBrokeOffAQuoteIsNoAnswer) {
  EXPECT_EQ(reply("Yes\n\nOn 2 Feb 2026 17:14, bob wrote:\n\n> View the ticket at "
                  "(http://example.com/action\n_nonce=3dd518)\n>\n"),
            "Yes");
}

TEST(ReplyText, OtherQuoteMarks) {
  EXPECT_EQ(reply("Yes\n\n2026/2/2 Ann <ann@acme.example>\n\n| old one\n| old two\n| old three\n"), "Yes");
  EXPECT_EQ(reply("Yes\n\nAB> old one\nAB> old two\n"), "Yes");
  EXPECT_EQ(reply("| a | b |\n| 1 | 2 |\n| 3 | 4 |"), "| a | b |\n| 1 | 2 |\n| 3 | 4 |");
}

TEST(ReplyText, LineEndsAndWideBlanksDoNotMatter) {
  EXPECT_EQ(reply("One\r\nTwo\r\n\r\nOn 2 Feb 2026, Ann <ann@acme.example> wrote:\r\n> old\r\n"), "One\nTwo");
  EXPECT_EQ(reply("\u00a0\n\u200bYes\u00a0\n\ufeff\n> old\n"), "\u200bYes\u00a0");
}

// M rows: what no person sends must cost no more than what one does.
TEST(ReplyText, HostileTextEndsSoon) {
  for (const std::string piece :
       {">", "\n", "a:\n", "On 1 May 2026 wrote\n", "From: a@b.c\nDate: 2026\n\n", "> a\nb\n", "-- \n", "Regards\n",
        "Sent from my iPhone\n", "--- On 2026:\n", "\xff", "AB> a\nCD> b\n"}) {
    std::string text;
    while (text.size() < 30'000) text += piece;
    const auto parts = split_reply(text);
    EXPECT_LE(parts.reply.size(), text.size());
    EXPECT_LE(split_reply(text, {.parent = text}).reply.size(), text.size());
  }
}

}  // namespace
}  // namespace leadmail::mail::message
