#include "mail/message/only_signature.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace leadmail::mail::message {
namespace {

constexpr std::array<std::string_view, 3> kAna{"Ana López", "ana", "Ana Lopez Garcia"};

bool only_signature(std::string_view text) { return is_only_signature(text, kAna); }

TEST(OnlySignature, TellsWhoWroteAndNothingElse) {
  for (const std::string text : {
           "Ana",
           "- Ana",
           "*Ana López*",
           "ANA LÓPEZ",
           "A. López",
           "-- \nAna Lopez",
           "Ana Lopez\nKey Account Manager\nM: +49 171 1234567",
           "ANA LÓPEZ\nSales Manager",
           "Ana López | Sales Manager\nAcme GmbH | +49 171 1234567",
           "Acme GmbH\nAna López\nTel. +49 30 1234567",
           "*Ana López*\n*Directora de Ventas*\nAcme S.A. de C.V.\nTel: (55) 1234 5678\nana@acme.example",
           "Dipl.-Ing. Ana López\nVertrieb\nAcme GmbH & Co. KG\nMusterstraße 5\n10115 Berlin\nMobil: +49 171 1234567",
           "Dr. Ana López, MBA",
           "Ana López\nGiám đốc kinh doanh\nCông ty Acme\nĐT: 0912 345 678",
           "Ana López\nJefa de compras\nMóvil: +34 600 123 456\nwww.acme.example",
           "Ana López\nResponsable grands comptes\nTél. : +33 1 23 45 67 89",
           "Ana López - Account Manager - Acme Ltd.",
           "Ana López\nAcme Pumps\n+49 171 1234567",
           "Ana López\nSenior Sales Engineer\nacme.example",
           "Best regards,\nAna",
           "Best regards, Ana",
           "Mit freundlichen Grüßen\n\nAna López\nVertrieb",
           "Saludos",
           "Trân trọng,\nAna",
           "[cid:image001.png@01DC5A2B.1C2D3E40]",
           "Ana López\n[cid:image001.png@01DC]\nSales Manager\nT +49 30 123456 | M +49 171 123456",
           "[Acme logo]",
           "Ana López\n\nThis email and any attachments are confidential and meant for the addressee only. If you are "
           "not "
           "the addressee, please delete it.",
           "Ana\n\nDiese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt, sonst für "
           "niemanden.\n\nThis e-mail may contain confidential information that is only for the one to whom it was "
           "written.",
           "Ana\n__________\nSent from my iPhone",
           "Ana\n\nVirus-free. www.avast.com",
       })
    EXPECT_TRUE(only_signature(text)) << text;
}

TEST(OnlySignature, KnowsTheFootersOfPhonesAndPrograms) {
  for (const std::string footer : {
           "Sent from my iPhone",
           "Sent with Spark",
           "Sent from Spark.",
           "Sent with Mailtrack",
           "Get Outlook for iOS<https://aka.ms/o0ukef>",
           "Get Outlook for iOS\n<https://aka.ms/o0ukef>",
           "Get Outlook for Android",
           "Enviado desde mi iPhone",
           "Enviado desde mi móvil",
           "Envoyé de mon iPhone",
           "Obtenez Outlook pour iOS",
           "Von meinem iPhone gesendet",
           "Von meinem Handy gesendet",
           "Gesendet mit der GMX Mail App",
           "Outlook für Android herunterladen",
           "Enviado do meu iPhone",
           "Inviato da iPhone",
           "Verstuurd vanaf mijn iPad",
           "Skickat från min iPhone",
           "Sendt fra min iPhone",
           "Lähetetty iPhonesta",
           "Wysłane z iPhone'a",
           "Odesláno z iPhonu",
           "Отправлено с iPhone",
           "Надіслано з iPhone",
           "iPhoneから送信",
           "发自我的 iPhone",
           "나의 iPhone에서 보냄",
           "Được gửi từ iPhone của tôi",
           "Dikirim dari iPhone saya",
           "iPhone'umdan gönderildi",
           "Sent from Yahoo Mail on Android",
           "Sent with Proton Mail secure email.",
           "Sent from my mobile phone",
       }) {
    EXPECT_TRUE(only_signature(footer)) << footer;
    EXPECT_TRUE(only_signature("Ana\n" + footer)) << footer;
    EXPECT_TRUE(only_signature("Ana López\nSales Manager\n+49 171 1234567\n\n" + footer)) << footer;
    EXPECT_FALSE(only_signature("4000 EUR\n" + footer)) << footer;
  }
}

TEST(OnlySignature, NeverHidesAMessage) {
  for (const std::string text : {
           "",
           "\n\n",
           "Yes",
           "Yes\nAna",
           "Ok Ana",
           "Monday 10:00",
           "Monday\nAna López\n+49 171 1234567",
           "4000 EUR",
           "4000 EUR\nAna",
           "Ana\n4000 EUR",
           "Hello,\nAna",
           "Thanks",
           "Thanks,\nAna",
           "Gracias\nAna",
           "Ana?",
           "Call me: +49 171 1234567",
           "+49 171 1234567",
           "ana@acme.example",
           "Main Street 5, 10115 Berlin",
           "10115 Berlin\nAna",
           "Acme GmbH",
           "Sales Manager",
           "Bob Ray\nSales Manager",
           "Approved\nAna",
           "Sales Agreed\nAna",
           "Sí\nAna López\nSales Manager",
           "We can deliver.\n\nAna López",
           "The price includes delivery\nAna",
           "20 pumps\nAna López\n+49 171 1234567",
           "Free Delivery\nAna López\nTel. +49 171 1234567",
           "Ana López\nTel. +49 171 1234567\nFree Samples",
           "Sent by mail yesterday",
           "Sent with DHL",
           "Enviado por correo",
           "Sent from my iPhone\nYes",
           "Sent from my iPhone, 4000 EUR",
           "Confidential: the price is 4000 EUR",
           "Ana\n\nThis email and any attachments are confidential and meant for the addressee only, as ever.\n\nYes",
           "> Ana",
           "Ana\n12.03.2026",
           "Ana\n14:30",
           "Ana\nOrder 4500012345",
           "Đồng ý\nAna",
           "好的\nAna",
           "Да\nAna",
           "Tomorrow works\nAna López",
       })
    EXPECT_FALSE(only_signature(text)) << text;
  EXPECT_FALSE(is_only_signature("Ana López\nSales Manager", {}));
  const std::array<std::string_view, 2> with_company{"Ana López", "Acme"};
  EXPECT_TRUE(is_only_signature("Ana López\nAcme", with_company));
  EXPECT_FALSE(is_only_signature("Ana López\nAcme sends it", with_company));
}

TEST(OnlySignature, HostileTextEndsSoon) {
  for (const std::string piece : {"Ana\n", "a|", "@", "Ana | ", "1 ", "\xff", "Best regards\n", "[cid:"}) {
    std::string text;
    while (text.size() < 16'000) text += piece;
    only_signature(text);
    while (text.size() < 300'000) text += text;
    EXPECT_FALSE(only_signature(text));
  }
}

}  // namespace
}  // namespace leadmail::mail::message
