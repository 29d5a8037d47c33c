#include "mail/message/reply_patterns.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/message/ascii.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

// clang-format off
// The verb that ends (or, in Germanic languages, stands inside) an attribution line. Longer forms first.
constexpr auto kVerbs = std::to_array<string_view>({
    "wrote", "writes", "replied", "responded", "sent", "said", "schrieb am", "schrieb", "schreibt", "geschrieben",
    "het volgende geschreven", "geschreven", "schreef", "geschreven:", "a écrit", "à écrit", "a ecrit", "écrivait",
    "escribió lo siguiente", "escribió", "escribio", "escribe", "ha escrito", "escreveu", "escreve", "ha scritto",
    "scrive", "scriveva", "va escriure", "ha escrit", "a scris", "escribiu", "skrev följande", "skrev følgende",
    "skrev", "skriver", "skrifaði", "kirjoitti seuraavasti", "kirjoitti", "kirjutas", "napisał(a)", "napisała",
    "napisał", "pisze", "napsal(a)", "napsala", "napsal", "napísal(a)", "napísala", "napísal", "je napisal(a)",
    "je napisal", "je napisala", "je napisao/la", "je napisao", "napisao je", "napisala je", "je pisao",
    "ezt írta (időpont", "ezt írta", "írta", "irta", "rašė", "parašė", "rakstīja", "написал(а)", "написала",
    "написал", "пишет", "писал(а)", "писал", "написав(ла)", "написав", "пише", "написа", "έγραψε", "şunu yazdı",
    "şunları yazdı", "yazdı", "tarihinde yazdı", "đã viết", "viết", "menulis", "telah menulis", "เขียนว่า", "เขียน",
    "ang sumulat", "aliandika", "sumulat", "のメッセージ", "のメール", "さんは書きました", "が書き込みました", "wrote", "写道", "寫道", "写到", "写了",
    "님이 작성", "님의 말", "작성", "כתב/ה", "מאת", "כתבה", "כתב", "كتب", "كتبت", "نوشت", "ने लिखा",
});

// The first word of an attribution line; a date or a weekday may stand there too, which needs no table.
constexpr auto kOpeners = std::to_array<string_view>({
    "on ", "at ", "le ", "el ", "am ", "il ", "em ", "a ", "op ", "den ", "på ", "dne ", "dnia ", "w dniu", "dňa ",
    "ngày ", "vào ", "pada", "la ", "în ", "pe ", "tarihi", "στις ", "την ", "на ", "в ", "от ", "um ", "in data",
    "el día", "quoting", "citerar", "citando", "zitat von", "在 ", "在", "于", "於", "เมื่อ", "ב-", "בתאריך", "في ",
    "u ", "dana ", "si ", "kell ", "kl ", "noong", "mnamo", "2",
    "På ", "Στις ", "Την ", "На ", "В ", "От ", "Vào ", "Ngày ",
});

struct Label {
  string_view word;
  HeaderLabel meaning;
};
using enum HeaderLabel;
constexpr auto kLabels = std::to_array<Label>({
    {"from", from}, {"von", from}, {"de", from}, {"da", from}, {"van", from}, {"från", from}, {"fra", from},
    {"lähettäjä", from}, {"od", from}, {"feladó", from}, {"от кого", from}, {"от", from}, {"отправитель", from},
    {"від", from}, {"από", from}, {"kimden", from}, {"gönderen", from}, {"từ", from}, {"người gửi", from},
    {"dari", from}, {"差出人", from}, {"送信者", from}, {"发件人", from}, {"寄件者", from}, {"寄件人", from}, {"보낸 사람", from},
    {"보낸사람", from}, {"จาก", from}, {"מאת", from}, {"من", from}, {"expéditeur", from}, {"remitente", from},
    {"mittente", from}, {"absender", from}, {"afzender", from}, {"avsändare", from}, {"de la", from},
    {"expeditor", from}, {"odosielateľ", from}, {"odesílatel", from}, {"nadawca", from}, {"saatja", from},
    {"nuo", from}, {"no", from}, {"remetente", from}, {"den", other}, {"sender", from}, {"fromt", other},
    {"message de", from}, {"date", date}, {"sent", date}, {"datum", date}, {"gesendet", date}, {"gesendet am", date},
    {"envoyé le", date}, {"envoyé", date}, {"date d'envoi", date}, {"message du", date}, {"fecha", date},
    {"enviado el", date}, {"enviado", date}, {"enviada em", date}, {"enviado em", date}, {"enviada", date},
    {"data", date}, {"inviato", date}, {"verzonden", date}, {"verzonden op", date}, {"skickat", date},
    {"skickat den", date}, {"sendt", date}, {"dato", date}, {"lähetetty", date}, {"päivämäärä", date},
    {"päiväys", date}, {"wysłano", date}, {"wysłane", date}, {"odesláno", date}, {"odoslané", date}, {"dátum", date},
    {"elküldve", date}, {"küldve", date}, {"trimis", date}, {"дата", date}, {"отправлено", date},
    {"надіслано", date}, {"изпратено", date}, {"ημερομηνία", date}, {"εστάλη", date}, {"στάλθηκε", date},
    {"tarih", date}, {"gönderme tarihi", date}, {"gönderildi", date}, {"đã gửi", date}, {"ngày", date},
    {"thời gian", date}, {"gửi", date}, {"tanggal", date}, {"dikirim", date}, {"terkirim", date}, {"日時", date},
    {"日付", date}, {"送信日時", date}, {"送信日", date}, {"时间", date}, {"发送时间", date}, {"日期", date}, {"寄件日期", date},
    {"傳送日期", date}, {"날짜", date}, {"보낸 날짜", date}, {"วันที่", date}, {"ส่งเมื่อ", date}, {"תאריך", date},
    {"נשלח", date}, {"تاريخ", date}, {"التاريخ", date}, {"reply date", date}, {"poslano", date}, {"odosláno", date},
    {"saadetud", date}, {"kuupäev", date}, {"to", to}, {"an", to}, {"à", to}, {"para", to}, {"a", to}, {"aan", to},
    {"till", to}, {"til", to}, {"vastaanottaja", to}, {"do", to}, {"komu", to}, {"pro", to}, {"címzett", to},
    {"către", to}, {"pentru", to}, {"catre", to}, {"кому", to}, {"до", to}, {"προς", to}, {"kime", to},
    {"alıcı", to}, {"tới", to}, {"đến", to}, {"người nhận", to}, {"kepada", to}, {"ke", to}, {"宛先", to}, {"收件人", to},
    {"收件者", to}, {"받는 사람", to}, {"받는사람", to}, {"ถึง", to}, {"אל", to}, {"إلى", to}, {"destinataire", to},
    {"pour", to}, {"destinatario", to}, {"destinatário", to}, {"empfänger", to}, {"adresat", to}, {"prejemnik", to},
    {"prima", to}, {"per", to}, {"za", to}, {"cc", cc}, {"copie à", cc}, {"copie", cc}, {"kopie", cc}, {"kopia", cc},
    {"kopi", cc}, {"копия", cc}, {"копія", cc}, {"dw", cc}, {"kopio", cc}, {"másolat", cc}, {"抄送", cc}, {"副本", cc},
    {"참조", cc}, {"สำเนา", cc}, {"bcc", cc}, {"κοιν", cc}, {"κοινοποίηση", cc}, {"bilgi", cc}, {"עותק", cc},
    {"نسخة", cc}, {"con copia", cc}, {"cópia", cc}, {"subject", subject}, {"betreff", subject}, {"objet", subject},
    {"sujet", subject}, {"asunto", subject}, {"assunto", subject}, {"oggetto", subject}, {"onderwerp", subject},
    {"ämne", subject}, {"emne", subject}, {"aihe", subject}, {"otsikko", subject}, {"temat", subject},
    {"předmět", subject}, {"predmet", subject}, {"tárgy", subject}, {"subiect", subject}, {"тема", subject},
    {"относно", subject}, {"θέμα", subject}, {"konu", subject}, {"tiêu đề", subject}, {"chủ đề", subject},
    {"subjek", subject}, {"perihal", subject}, {"件名", subject}, {"主题", subject}, {"主旨", subject}, {"제목", subject},
    {"เรื่อง", subject}, {"หัวเรื่อง", subject}, {"נושא", subject}, {"الموضوع", subject}, {"assumpte", subject},
    {"zadeva", subject}, {"naslov", subject}, {"efni", subject}, {"teema", subject}, {"reply-to", other},
    {"reply to", other}, {"répondre à", other}, {"responder a", other}, {"risposta", other}, {"rispondi a", other},
    {"antwort an", other}, {"antwoord aan", other}, {"svar till", other}, {"svar til", other}, {"importance", other},
    {"priority", other}, {"wichtigkeit", other}, {"priorität", other}, {"importancia", other},
    {"attachments", other}, {"anlagen", other}, {"pièces jointes", other}, {"datos adjuntos", other},
    {"organization", other}, {"newsgroups", other}, {"message-id", other}, {"sensitivity", other},
    {"company", other}, {"ответить", other},
});

// Capitals beyond ASCII: "À", "ΑΠΌ" stand in the mail as they are typed.
constexpr auto kCapitals = std::to_array<Label>({
    {"À", HeaderLabel::to},
    {"Ämne", subject},
    {"Päivämäärä", date},
    {"Đến", HeaderLabel::to},
    {"Đã gửi", date},
    {"Θέμα", subject},
    {"Από", from},
    {"Προς", HeaderLabel::to},
    {"Ημερομηνία", date},
    {"Дата", date},
    {"Кому", HeaderLabel::to},
    {"Тема", subject},
    {"От", from},
    {"От кого", from},
    {"Отправлено", date},
    {"Копия", cc},
    {"Від", from},
    {"Надіслано", date},
    {"Копія", cc},
    {"Отправитель", from},
    {"Относно", subject},
    {"Изпратено", date},
    {"До", HeaderLabel::to},
    {"Εστάλη", date},
    {"Κοιν", cc},
    {"Στάλθηκε", date},
    {"Ответить", other},
});

constexpr auto label_byte = [](const Label& label) { return label.word.front(); };
constexpr auto kLabelIndex = index_words(kLabels, label_byte);
constexpr auto kCapitalIndex = index_words(kCapitals, label_byte);

// Inside a row of dashes, or alone with a colon.
constexpr auto kOriginalWords = std::to_array<string_view>({
    "original message", "original-message", "reply message", "original appointment", "ursprüngliche nachricht",
    "originalnachricht", "original nachricht", "ursprungliche nachricht", "message d'origine", "message d’origine",
    "message original", "message initial", "mensaje original", "mensagem original", "mensagem de origem",
    "messaggio originale", "messaggio orig.", "oorspronkelijk bericht", "oorspronkelijke bericht",
    "origineel bericht", "ursprungligt meddelande", "originalmeddelande", "originalmeddelelse",
    "opprinnelig melding", "oprindelig meddelelse", "oprindelig besked", "original meddelelse",
    "alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość pierwotna", "původní zpráva",
    "pôvodná správa", "eredeti üzenet", "mesaj original", "mesajul original", "исходное сообщение",
    "исходное письмо", "оригинальное сообщение", "вихідне повідомлення", "оригінальне повідомлення",
    "оригинално съобщение", "αρχικό μήνυμα", "orijinal mesaj", "özgün ileti", "orijinal ileti", "tin nhắn gốc",
    "thư gốc", "bản gốc", "pesan asli", "pesan awal", "元のメッセージ", "オリジナルメッセージ", "原始邮件", "原始郵件", "原邮件", "邮件原件",
    "원본 메시지", "원본 메일", "ข้อความต้นฉบับ", "ข้อความเดิม", "הודעה מקורית", "الرسالة الأصلية", "missatge original",
    "izvorna poruka", "originalna poruka", "izvirno sporočilo", "algne kiri", "mesazhi origjinal",
    // "Ursprüngliche Nachricht" begins small in no client, but other scripts' capitals are not folded.
    "Исходное сообщение", "Исходное письмо", "Αρχικό μήνυμα", "Вихідне повідомлення", "Оригинално съобщение",
    "Özgün İleti", "Původní zpráva", "Pôvodná správa",
});

constexpr auto kForwardWords = std::to_array<string_view>({
    "begin forwarded message", "forwarded message", "forwarded by", "fwd message", "forwarded mail",
    "anfang der weitergeleiteten nachricht", "weitergeleitete nachricht", "weitergeleitete mail",
    "début du message réexpédié", "début du message transféré", "message transféré", "message réexpédié",
    "message tr", "inicio del mensaje reenviado", "mensaje reenviado", "início da mensagem reencaminhada",
    "início da mensagem encaminhada", "mensagem encaminhada", "mensagem reencaminhada", "mensagem reenviada",
    "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "messaggio inoltrato",
    "begin doorgestuurd bericht", "doorgestuurd bericht", "begin van doorgestuurd bericht", "doorgezonden bericht",
    "vidarebefordrat meddelande", "vidarebefordrat brev", "vidarebefordrat mejl",
    "påbörja vidarebefordrat meddelande", "start på videresendt melding", "videresendt melding",
    "videresendt meddelelse", "videresendt besked", "videresendt e-mail", "videresendt mail",
    "start på videresendt besked", "välitetty viesti", "välitetty viesti alkaa", "edelleenlähetetty viesti",
    "początek przekazywanej wiadomości", "przekazana wiadomość", "wiadomość przekazana",
    "treść przekazanej wiadomości", "treść przekazywanej wiadomości", "přeposlaná zpráva",
    "začátek přeposílané zprávy", "začátek přeposlané zprávy", "preposlaná správa", "začiatok preposlanej správy",
    "továbbított üzenet", "továbbított levél", "továbbított üzenet kezdete", "mesaj redirecționat",
    "mesaj redirectionat", "mesaj transmis", "mesaj înaintat", "începe mesajul redirecționat",
    "пересылаемое сообщение", "пересланное сообщение", "начало переадресованного сообщения",
    "перенаправленное сообщение", "начало пересылаемого сообщения", "пересланное письмо", "пересилане повідомлення",
    "переслане повідомлення", "початок переспрямованого повідомлення", "препратено съобщение", "προωθημένο μήνυμα",
    "έναρξη προωθημένου μηνύματος", "iletilmiş mesaj", "iletilen mesaj", "yönlendirilen ileti",
    "i̇letilen ileti başlangıcı", "iletilen ileti", "thư được chuyển tiếp", "tin nhắn được chuyển tiếp",
    "thư đã chuyển tiếp", "chuyển tiếp", "thư chuyển tiếp", "bắt đầu thư được chuyển tiếp", "pesan terusan",
    "pesan yang diteruskan", "mulai pesan terusan", "転送されたメッセージ", "転送メッセージ", "転送されたメール", "forwarded message",
    "转发的邮件", "转发邮件", "轉寄的郵件", "轉寄郵件", "已转发邮件", "開始轉寄郵件", "以下是转发的邮件", "전달된 메시지", "전달된 메일", "전달된 이메일",
    "ข้อความที่ส่งต่อ", "הודעה שהועברה", "תחילת ההודעה שהועברה", "الرسالة المحوّلة", "رسالة معاد توجيهها",
    "بدء الرسالة المحوّلة", "započni proslijeđenu poruku", "proslijeđena poruka", "prosleđena poruka",
    "posredovano sporočilo", "edastatud kiri", "missatge reenviat",
});

// What stands before the device …
constexpr auto kFooterHeads = std::to_array<string_view>({
    "sent from", "sent via", "sent with", "sent using", "sent by", "sent wirelessly", "sent on", "sent through",
    "get outlook for", "get bluemail for", "composed on", "typed on", "sent a magnificent", "enviado desde",
    "enviado con", "enviado por", "enviado do", "enviado a partir d", "enviado via", "enviada do",
    "obtener outlook para", "obter o outlook para", "obtenha o outlook para", "envoyé de", "envoyé depuis",
    "envoyé à partir d", "envoyé avec", "envoyé via", "envoyé sans fil", "envoyé par", "télécharger outlook pour",
    "obtenez outlook pour", "gesendet von", "gesendet mit", "gesendet via", "von meinem ",
    "diese nachricht wurde von mein", "diese e-mail wurde von mein", "outlook für", "holen sie sich outlook für",
    "inviato da", "inviato con", "inviato dal", "scarica outlook per", "ottieni outlook per", "verzonden vanaf",
    "verstuurd vanaf", "verzonden met", "verstuurd via", "verzonden via", "outlook voor", "download outlook voor",
    "skickat från", "skickat med", "skickades från", "hämta outlook för", "sendt fra", "sendt med", "sendt via",
    "hent outlook til", "få outlook for", "lähetetty", "hanki outlook", "wysłane z", "wysłano z", "wysłane ze",
    "pobierz outlook", "odesláno z", "odesláno ze", "odoslané z", "získať outlook", "získejte outlook", "küldve",
    "elküldve", "trimis de pe", "trimis din", "отправлено с", "отправлено из", "отправлено от", "послано с",
    "надіслано з", "изпратено от", "скачать outlook", "εστάλη από", "στάλθηκε από", "được gửi từ", "gửi từ",
    "đã gửi từ", "tải outlook", "dikirim dari", "dapatkan outlook", "発信", "发自", "從我的", "从我的", "傳送自", "寄自", "나의 ",
    "내 ", "ส่งจาก", "נשלח מ", "أرسلت من", "أُرسلت من", "أرسل من", "poslano s", "poslano z", "poslano sa",
    "saadetud minu", "išsiųsta iš", "enviat des",
    "Отправлено", "Послано", "Надіслано", "Изпратено", "Εστάλη από", "Στάλθηκε από", "Được gửi từ", "Đã gửi từ",
    "Lähetetty",
});

// … and what ends the line where the device comes first.
constexpr auto kFooterTails = std::to_array<string_view>({
    "gesendet", "gesendet.", "から送信", "から送信されました", "から送信されたメール", "で送信", "传送", "傳送", "发送", "發送", "에서 보냄", "에서 보냄.",
    "gönderildi", "gönderildi.", "üzerinden gönderildi", "dan gönderildi",
});

constexpr auto kDevices = std::to_array<string_view>({
    "iphone", "ipad", "android", "blackberry", "samsung", "galaxy", "mobile", "mobil", "phone", "téléphone",
    "telefon", "outlook", "mail", "nokia", "htc", "huawei", "xiaomi", "windows", "yahoo", "device", "móvil",
    "celular", "smartphone", "tablet", "app", "correo", "correio", "posta", "handy", "mozilla", "thunderbird",
    "http", "terminal", "appareil", "dispositiv", "proton", "gmail", "nylas", "laptop", "macbook", "pixel",
    "oneplus", "motorola",
});

constexpr auto kFormalSignOffs = std::to_array<string_view>({
    "regards", "best regards", "kind regards", "warm regards", "warmest regards", "kindest regards",
    "with kind regards", "with best regards", "many regards", "rgds", "brgds", "br", "best wishes",
    "with best wishes", "yours sincerely", "yours faithfully", "yours truly", "respectfully", "respectfully yours",
    "with regards", "thanks and regards", "thanks & regards", "thank you and regards", "thanks and best regards",
    "thanks & best regards", "best", "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß",
    "mit freundlichem gruss", "freundliche grüße", "freundliche grüsse", "viele grüße", "viele grüsse",
    "beste grüße", "beste grüsse", "schöne grüße", "liebe grüße", "herzliche grüße", "mfg", "lg", "vg",
    "hochachtungsvoll", "cordialement", "bien cordialement", "très cordialement", "sincères salutations",
    "meilleures salutations", "bien à vous", "salutations distinguées", "cdlt", "saludos", "saludos cordiales",
    "un saludo", "un cordial saludo", "cordiales saludos", "cordialmente", "atentamente", "atte", "muy atentamente",
    "un abrazo", "saludos atentos", "atenciosamente", "cumprimentos", "com os melhores cumprimentos",
    "melhores cumprimentos", "att", "abraços", "abs", "cordiali saluti", "distinti saluti", "saluti",
    "un cordiale saluto", "cordialmente", "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet",
    "vriendelijke groeten", "met hartelijke groet", "mvg", "groeten", "hartelijke groet", "med vänliga hälsningar",
    "med vänlig hälsning", "vänliga hälsningar", "mvh", "hälsningar", "med venlig hilsen", "venlig hilsen",
    "med vennlig hilsen", "vennlig hilsen", "hilsen", "mange hilsner", "ystävällisin terveisin", "terveisin", "t.",
    "terv.", "z poważaniem", "pozdrawiam", "serdecznie pozdrawiam", "z wyrazami szacunku", "s pozdravem",
    "s pozdravom", "üdvözlettel", "tisztelettel", "üdv", "cu stimă", "cu respect", "с уважением",
    "с наилучшими пожеланиями", "з повагою", "с уважение", "με εκτίμηση", "φιλικά", "saygılarımla", "iyi çalışmalar",
    "trân trọng", "trân trọng cảm ơn", "kính thư", "thân mến", "trân trọng kính chào", "salam", "hormat saya",
    "hormat kami", "よろしくお願いいたします", "よろしくお願いします", "以上、よろしくお願いいたします", "敬具", "此致", "此致敬礼", "顺祝商祺", "祝好", "감사합니다",
    "ด้วยความเคารพ", "ขอแสดงความนับถือ", "בברכה", "مع تحياتي", "تحياتي", "lep pozdrav", "srdačan pozdrav",
    "lugupidamisega", "pagarbiai", "ar cieņu",
});

constexpr auto kWeakSignOffs = std::to_array<string_view>({
    "thanks", "thank you", "many thanks", "thanks a lot", "thanks again", "thank you again", "thanks in advance",
    "thx", "cheers", "sincerely", "cordially", "love", "take care", "talk soon", "see you", "ciao", "danke",
    "vielen dank", "besten dank", "merci", "merci d'avance", "merci beaucoup", "gracias", "muchas gracias",
    "gracias de antemano", "obrigado", "obrigada", "muito obrigado", "grazie", "grazie mille", "bedankt",
    "alvast bedankt", "dank u", "tack", "tack på förhand", "takk", "tak", "kiitos", "dziękuję", "děkuji", "köszönöm",
    "mulțumesc", "multumesc", "спасибо", "заранее спасибо", "дякую", "благодаря", "ευχαριστώ", "teşekkürler",
    "cảm ơn", "xin cảm ơn", "cám ơn", "terima kasih", "ありがとうございます", "谢谢", "謝謝", "ขอบคุณ", "תודה", "شكرا",
});

constexpr auto kGreetings = std::to_array<string_view>({
    "hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening", "greetings", "hallo",
    "guten tag", "guten morgen", "sehr geehrte", "liebe", "lieber", "moin", "bonjour", "bonsoir", "salut", "cher",
    "chère", "madame", "monsieur", "hola", "buenos días", "buenos dias", "buenas", "estimado", "estimada", "querido",
    "querida", "olá", "ola", "oi", "bom dia", "boa tarde", "boa noite", "prezado", "prezada", "caro", "cara", "ciao",
    "buongiorno", "buonasera", "salve", "gentile", "egregio", "beste", "goedemorgen", "goedemiddag", "geachte",
    "dag", "hej", "hei", "god dag", "kära", "moi", "terve", "dzień dobry", "witam", "cześć", "szanowny", "szanowna",
    "dobrý den", "ahoj", "vážený", "üdv", "kedves", "tisztelt", "bună", "stimate", "stimată", "здравствуйте",
    "добрый день", "привет", "уважаемый", "уважаемая", "доброго дня", "вітаю", "γεια", "αγαπητέ", "merhaba", "sayın",
    "chào", "xin chào", "kính gửi", "dạ chào", "halo", "yth", "selamat", "こんにちは", "お世話になっております", "你好", "您好", "안녕하세요",
    "สวัสดี", "שלום", "مرحبا", "السلام عليكم",
});

constexpr auto kDisclaimers = std::to_array<string_view>({
    "this email and any", "this e-mail and any", "this email is confidential", "this e-mail is confidential",
    "this email message", "this e-mail message", "this message and any", "this message is confidential",
    "this message is intended", "this email is intended", "this e-mail is intended",
    "this message contains confidential", "this email may contain", "this e-mail may contain",
    "this message may contain", "this electronic message", "this communication is", "this communication may",
    "the information contained in this", "the information in this e", "the contents of this e",
    "confidentiality notice", "confidentiality note", "confidential:", "disclaimer", "legal notice",
    "privileged and confidential", "please consider the environment", "think before you print", "before printing",
    "p please consider", "diese e-mail enthält", "diese nachricht enthält vertrauliche",
    "diese e-mail ist vertraulich", "der inhalt dieser e-mail", "vertraulichkeitshinweis", "ce message et toutes",
    "ce message et ses", "ce message est confidentiel", "ce courriel", "avis de confidentialité", "cet e-mail",
    "les informations contenues dans", "este mensaje y sus", "este mensaje y cualquier", "este mensaje va dirigido",
    "este mensaje es confidencial", "este correo electrónico y", "este correo electrónico contiene",
    "este correo es confidencial", "aviso de confidencialidad", "aviso legal", "la información contenida en este",
    "esta mensagem pode conter", "esta mensagem e", "aviso de confidencialidade", "este e-mail",
    "as informações contidas", "il presente messaggio", "questo messaggio e", "questa e-mail", "questo messaggio è",
    "le informazioni contenute", "avviso di riservatezza", "ai sensi del", "dit bericht is", "dit e-mailbericht",
    "deze e-mail", "de informatie in dit", "detta meddelande", "detta e-postmeddelande", "denne e-mail",
    "denne e-posten", "denne meddelelse", "ta wiadomość", "niniejsza wiadomość", "treść tej wiadomości",
    "tato zpráva", "ez az üzenet", "acest mesaj", "acest e-mail", "данное сообщение", "это сообщение и",
    "настоящее сообщение", "bu e-posta", "bu mesaj", "email này", "thư này", "nội dung email này", "pesan ini",
    "本邮件", "此邮件", "本郵件", "このメールには", "본 메일", "이 메일은", "virus-free.", "this email has been scanned",
    "this email has been checked",
});
// clang-format on

constexpr bool is_word(char c) { return ascii::is_alnum(c) || ascii::is_8bit(c); }

// No-break, zero-width and ideographic spaces, and the byte order mark, as mail clients leave them around text.
constexpr auto kWideSpaces = std::to_array<string_view>({
    "\u00a0",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202f",
    "\u2003",
    "\u2002",
    "\u2009",
    "\u3000",
    "\ufeff",
    "\u00ad",
    "\u2060",
});

std::size_t blank_at_start(string_view text) {
  if (text.empty()) return 0;
  if (!ascii::is_8bit(text.front())) return ascii::is_space(text.front()) ? 1 : 0;
  for (const auto space : kWideSpaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

std::size_t blank_at_end(string_view text) {
  if (text.empty()) return 0;
  if (!ascii::is_8bit(text.back())) return ascii::is_space(text.back()) ? 1 : 0;
  for (const auto space : kWideSpaces)
    if (text.ends_with(space)) return space.size();
  return 0;
}

// Dashes, stars, underscores and the like that clients draw around a marker.
string_view without_rule(string_view text) {
  const auto drawn = [](string_view t, bool front) -> std::size_t {
    constexpr string_view kDrawn = "-_*=~#>|";
    if (t.empty()) return 0;
    const char end = front ? t.front() : t.back();
    if (!ascii::is_8bit(end)) return ascii::is_space(end) || kDrawn.find(end) != string_view::npos ? 1 : 0;
    for (const auto dash : {string_view("—"), string_view("–"), string_view("―"), string_view("─")})
      if (front ? t.starts_with(dash) : t.ends_with(dash)) return dash.size();
    return front ? blank_at_start(t) : blank_at_end(t);
  };
  while (const auto n = drawn(text, true)) text.remove_prefix(n);
  while (const auto n = drawn(text, false)) text.remove_suffix(n);
  return text;
}

std::size_t count_words(string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    if (ascii::is_space(c)) {
      inside = false;
    } else if (!std::exchange(inside, true)) {
      ++words;
    }
  }
  return words;
}

string_view without_end(string_view text, string_view ends) {
  constexpr auto kWide = std::to_array<string_view>({"：", "，", "。", "、", "！"});
  for (bool again = true; again;) {
    again = false;
    text = trim_blank(text);
    while (!text.empty() && ends.find(text.back()) != string_view::npos) text.remove_suffix(1), again = true;
    if (text.empty() || !ascii::is_8bit(text.back())) continue;
    for (const auto wide : kWide)
      if (text.ends_with(wide)) text.remove_suffix(wide.size()), again = true;
  }
  return text;
}

// A rule drawn around a marker, or the colon behind it, is no letter; nor is a marker long.
bool may_be_marked(string_view line) {
  constexpr std::size_t kLongest = 160;
  return !line.empty() && line.size() <= kLongest && !(ascii::is_alnum(line.front()) && ascii::is_alnum(line.back()));
}

// Case is not folded beyond ASCII: such words are compared without their first letter.
template <std::size_t N>
bool is_one_of_but_first(string_view text, const std::array<string_view, N>& words) {
  if (text.size() <= 2 || !ascii::is_8bit(text.front())) return false;
  return std::any_of(words.begin(), words.end(), [&](string_view word) {
    return word.size() == text.size() && ascii::is_8bit(word.front()) && word.substr(2) == text.substr(2);
  });
}

}  // namespace

string_view trim_blank(string_view text) {
  while (const auto n = blank_at_start(text)) text.remove_prefix(n);
  while (const auto n = blank_at_end(text)) text.remove_suffix(n);
  return text;
}

bool starts_with_fold(string_view text, string_view prefix) { return ascii::starts_with(text, prefix); }

bool contains_fold(string_view text, string_view part) { return ascii::contains(text, part); }

std::optional<LabelledLine> header_label(string_view line) {
  line = trim_blank(line);
  while (!line.empty() && (line.front() == '*' || line.front() == '_')) line.remove_prefix(1);
  constexpr std::size_t kLongestLabel = 48;
  auto colon = line.substr(0, kLongestLabel).find(':');
  std::size_t width = 1;
  if (const auto wide = line.substr(0, kLongestLabel).find("："); wide < colon)
    colon = wide, width = string_view("：").size();
  if (colon == string_view::npos) return std::nullopt;

  auto word = line.substr(0, colon);
  auto value = line.substr(colon + width);
  const auto stars = [](string_view t) {
    t = trim_blank(t);
    while (!t.empty() && (t.back() == '*' || t.back() == '_')) t.remove_suffix(1);
    return trim_blank(t);
  };
  word = stars(word);
  while (value.starts_with("*")) value.remove_prefix(1);
  if (word.empty()) return std::nullopt;
  // "收件人" may be spaced out: "收 件 人" is rare enough to be left alone.
  for (const auto place : kLabelIndex.at(word.front()))
    if (ascii::same(word, kLabels[place].word)) return LabelledLine{kLabels[place].meaning, trim_blank(value)};
  for (const auto place : kCapitalIndex.at(word.front()))
    if (word == kCapitals[place].word) return LabelledLine{kCapitals[place].meaning, trim_blank(value)};
  return std::nullopt;
}

bool is_original_marker(string_view line) {
  if (!may_be_marked(line)) return false;
  const auto inner = without_rule(line);
  if (inner.size() == line.size()) return false;  // no rule drawn around: words of a sentence
  return is_one_of<kOriginalWords>(without_end(inner, ":"));
}

bool is_forward_marker(string_view line) {
  if (!may_be_marked(line)) return false;
  const auto inner = without_rule(line);
  const auto words = without_end(inner, ":");
  const bool marked = inner.size() != line.size() || words.size() != inner.size();
  if (!marked || words.empty()) return false;
  if (is_one_of<kForwardWords>(words)) return true;
  // Cyrillic and Greek are not folded: compare without the first letter.
  if (!ascii::is_8bit(words.front())) return starts_with_fold(words, "forwarded by ");
  return is_one_of_but_first(words, kForwardWords);
}

std::optional<Found> find_quote_verb(string_view whole) {
  constexpr std::size_t kNearEnd = 240;  // a name and an address follow it at most
  const auto skipped = whole.size() - std::min(whole.size(), kNearEnd);
  const auto text = whole.substr(skipped);
  // A whole word, except in scripts that do not part words; "<a@b.example>wrote:" has no blank either.
  const auto stands_alone = [&](std::size_t at, string_view verb) {
    const auto after = at + verb.size();
    const bool before = at == 0 || !is_word(text[at - 1]) || ascii::is_8bit(verb.front());
    return before && (after >= text.size() || !is_word(text[after]) || ascii::is_8bit(verb.back()));
  };
  for (std::size_t at = text.size(); at-- > 0;) {
    std::size_t longest = 0;
    for (const auto place : kByFirst<kVerbs>.at(text[at])) {
      const auto verb = kVerbs[place];
      if (verb.size() > longest && starts_with_fold(text.substr(at), verb) && stands_alone(at, verb))
        longest = verb.size();
    }
    if (longest > 0) return Found{skipped + at, longest};
  }
  return std::nullopt;
}

bool ends_with_quote_verb(string_view text) { return ends_with_one_of<kVerbs>(text); }

bool opens_attribution(string_view text) {
  text = without_rule(trim_blank(text));
  return begins_with_one_of<kOpeners>(text);
}

bool is_mobile_footer(string_view line) {
  while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '[' || line.front() == '('))
    line.remove_prefix(1);
  constexpr std::size_t kLongest = 300;  // a link may stand in it
  if (line.size() < 6 || line.size() > kLongest) return false;
  constexpr std::size_t kWordsOfFooter = 14;
  if (!begins_with_one_of<kFooterHeads>(line)) {
    return ends_with_one_of<kFooterTails>(line) && contains_one_of<kDevices>(line) &&
           count_words(line) <= kWordsOfFooter;
  }
  // "Sent from my desk, is much easier than my phone." goes on as a sentence: a comma, then a verb.
  if (const auto comma = line.find(", "); comma != string_view::npos && comma + 2 < line.size() &&
                                          line[comma + 2] >= 'a' && line[comma + 2] <= 'z' &&
                                          !contains_fold(line, "open source"))
    return false;
  constexpr std::size_t kWordsWithoutDevice = 7;
  return count_words(line) <= (contains_one_of<kDevices>(line) ? kWordsOfFooter : kWordsWithoutDevice) &&
         line.back() != ':' && line.back() != '?';
}

SignOff sign_off(string_view line) {
  constexpr std::size_t kLongest = 90;
  if (line.size() > kLongest) return SignOff::none;
  while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '-' || line.front() == ' '))
    line.remove_prefix(1);
  const auto words = without_end(line, ",.!*_-:;");
  if (words.empty()) return SignOff::none;
  if (is_one_of<kFormalSignOffs>(words) || is_one_of_but_first(words, kFormalSignOffs)) return SignOff::formal;
  if (is_one_of<kWeakSignOffs>(words) || is_one_of_but_first(words, kWeakSignOffs)) return SignOff::weak;
  return SignOff::none;
}

bool is_greeting(string_view line) {
  line = trim_blank(line);
  constexpr std::size_t kLongest = 60;
  constexpr std::size_t kWords = 6;
  if (line.empty() || line.size() > kLongest || count_words(line) > kWords) return false;
  if (line.back() == '?' || line.back() == '.') return false;
  const auto places = kByFirst<kGreetings>.at(line.front());
  return std::any_of(places.begin(), places.end(), [&](auto place) {
    const auto greeting = kGreetings[place];
    return starts_with_fold(line, greeting) && (line.size() == greeting.size() || !is_word(line[greeting.size()]));
  });
}

bool opens_disclaimer(string_view line) {
  while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '[' || line.front() == '('))
    line.remove_prefix(1);
  return begins_with_one_of<kDisclaimers>(line);
}

bool has_date(string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (!ascii::is_digit(text[i])) {
      ++i;
      continue;
    }
    const auto start = i;
    while (i < text.size() && ascii::is_digit(text[i])) ++i;
    const auto digits = i - start;
    const bool more = i + 1 < text.size() && ascii::is_digit(text[i + 1]);
    if (digits == 4 && (text.substr(start, 2) == "19" || text.substr(start, 2) == "20")) return true;
    if (digits <= 2 && more && (text[i] == ':' || text[i] == '.' || text[i] == '/' || text[i] == 'h' || text[i] == '-'))
      return true;
  }
  return false;
}

bool has_address(string_view text) {
  for (auto at = text.find('@'); at != string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1])) return true;
  }
  return false;
}

}  // namespace leadmail::mail::message
