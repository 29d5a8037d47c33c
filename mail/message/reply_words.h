// The words by which mail clients mark attributions, quoted headers, forwards and footers: tables only. One row is the
// habit of one language or group of languages, its words parted by "|", in lower case as u_tolower() has it;
// reply_patterns.cc alone reads them.
#pragma once

#include <array>
#include <string_view>

namespace leadmail::mail::message {

struct WordRow {
  std::string_view language{};  ///< ISO 639-1, for people
  std::string_view words{};     ///< "wrote|writes"
};

struct LabelRow {
  std::string_view language{};
  std::string_view from{}, date{}, to{}, cc{}, subject{}, other{};
};

// clang-format off
// What ends an attribution, or stands inside it.
inline constexpr auto kVerbs = std::to_array<WordRow>({
    {"en", "wrote|writes|replied|responded|sent|said|wrote the following"},
    {"de", "schrieb|schreibt|geschrieben|folgendes geschrieben|schrieb am"},
    {"nl", "schreef|geschreven|het volgende geschreven"},
    {"fr", "a écrit|à écrit|a ecrit|écrivait|a écrit ceci"},
    {"es", "escribió|escribio|escribe|ha escrito|escribió lo siguiente"},
    {"pt", "escreveu|escreve|escreveu o seguinte"},
    {"it", "ha scritto|scrive|scriveva"},
    {"ca", "va escriure|ha escrit|escrigué"},
    {"gl", "escribiu"},
    {"eu", "idatzi zuen|igorleak idatzi du|idatzi du"},
    {"ro", "a scris|scrie"},
    {"sv", "skrev|skriver|skrev följande"},
    {"da no", "skrev|skrev følgende|skreiv"},
    {"is", "skrifaði"},
    {"fi", "kirjoitti|kirjoitti seuraavasti|kirjoittaa"},
    {"et", "kirjutas|kirjutab"},
    {"lv", "rakstīja|raksta"},
    {"lt", "rašė|parašė|rašo"},
    {"pl", "napisał(a)|napisała|napisał|pisze|pisze(-a)|napisano|wiadomość napisana przez"},
    {"cs", "napsal(a)|napsala|napsal|píše|odesílatel"},
    {"sk", "napísal(a)|napísala|napísal|píše"},
    {"sl", "je napisal(a)|je napisal|je napisala|napisal(a)|napisal(-a)|napisal|napisala|piše"},
    {"hr sr", "je napisao/la|je napisao|napisao je|napisala je|je pisao|je napisala|je napisao(la)|је написао/ла|је написао|је написала|написао је|написа"},
    {"hu", "ezt írta (időpont|ezt írta|írta|irta|a következőt írta|időpontban"},
    {"sq", "shkroi|ka shkruar"},
    {"ru", "написал(а)|написала|написал|пишет|писал(а)|писал|писала"},
    {"uk", "написав(ла)|написав(-ла)|написав|написала|пише|писав|писала"},
    {"be", "напісаў|напісала|піша"},
    {"bg mk", "написа|пише|написал|написала"},
    {"el", "έγραψε|έγραψαν|γράφει"},
    {"tr", "şunu yazdı|şunları yazdı|yazdı|tarihinde yazdı|yazmış"},
    {"az", "yazdı|yazıb"},
    {"vi", "đã viết|viết|đã gửi"},
    {"id ms", "menulis|telah menulis|tulis"},
    {"th", "เขียนว่า|เขียน|ได้เขียน|ได้เขียนว่า"},
    {"tl", "ang sumulat|sumulat|sinulat ni|ay sumulat"},
    {"sw", "aliandika"},
    {"ja", "のメッセージ|のメール|さんは書きました|が書き込みました|さんは書きました|は書きました|さんが書きました|のメッセージ"},
    {"zh", "写道|寫道|写到|写了|寫到|写于|来信|編寫|撰写|撰寫"},
    {"ko", "님이 작성|님의 말|작성|님이 쓴 글|이(가) 쓴 글|이 쓴 글|가 쓴 글|에 쓴 글|쓴 글|님이 작성한 메시지"},
    {"he", "כתב/ה|כתבה|כתב|מאת|כתב(ה)|נכתב"},
    {"ar", "كتب|كتبت|كتب/كتبت|كتب ما يلي|تمت كتابة ما يلي بواسطة"},
    {"fa", "نوشت|نوشته|نوشته است"},
    {"hi", "ने लिखा|लिखा|लिखते हैं"},
    {"bn", "লিখেছেন"},
    {"af", "het geskryf|skryf"},
    {"cy", "ysgrifennodd"},
    {"ga", "scríobh"},
});

// What an attribution begins with; a date or a weekday may stand there too, which needs no table.
inline constexpr auto kOpeners = std::to_array<WordRow>({
    {"en", "on |at |quoting "},
    {"de", "am |zitat von |um "},
    {"nl", "op |citeren "},
    {"fr", "le "},
    {"es", "el |el día |a las |citando "},
    {"pt", "em |no dia |a |às |on "},
    {"it", "il |in data |il giorno |alle "},
    {"ca", "missatge de |el dia "},
    {"gl eu", "o |en "},
    {"ro", "în |in |la |pe |la data "},
    {"sv", "den |på |citerar "},
    {"da no", "den |på |kl |citat |siterer "},
    {"is", "þann |þ. "},
    {"fi", "lainaus |lainaan "},
    {"et", "kuupäev |kell |kirjutas "},
    {"pl", "dnia |w dniu |cytowanie |wiadomość napisana przez "},
    {"cs", "dne |cituji |citace "},
    {"sk", "dňa |citujem "},
    {"sl hr sr", "dne |dana |u |si |v v |v "},
    {"hu", "idézet |idézem |időpont "},
    {"ru", "в |от |цитирование |цитирую "},
    {"uk", "у |цитування "},
    {"bg mk", "на |от "},
    {"el", "στις |την |το "},
    {"tr", "tarihi|tarihinde |alıntı "},
    {"vi", "ngày |vào |lúc |vào lúc |trích "},
    {"id ms", "pada "},
    {"th", "เมื่อ|ในวันที่|วันที่|ใน "},
    {"tl sw", "noong |mnamo "},
    {"zh", "在|于|於"},
    {"he", "ב-|בתאריך |ביום "},
    {"ar", "في |بتاريخ |على "},
    {"fa", "در تاریخ |در "},
});

// An attribution that begins so needs no verb.
inline constexpr auto kQuoters = std::to_array<WordRow>({
    {"en de nl", "quoting |zitat von |zitiere |citeren "},
    {"es pt it ca", "citando |cita de |cito |missatge de "},
    {"sv da no fi", "citerar |citat |citerer |siterer |lainaus |lainaan |lainataan "},
    {"pl cs sk hu", "cytowanie |cytuję |wiadomość napisana przez |cituji |citace |citujem |idézet |idézem |idézi "},
    {"ru uk bg tr vi", "цитирование |цитирую |цитування |вы писали |ви писали |цитирам |alıntı |trích "},
    {"et", "kirjutas "},
});

// The labels of a quoted header block.
inline constexpr auto kLabels = std::to_array<LabelRow>({
    //        from                         date                                    to                   cc                  subject             other
    {"en",    "from|sender|reply from",    "sent|date|sent on|reply date|date sent|sent at|date/time|time", "to|recipient|recipients", "cc|bcc|cc to", "subject|re", "reply-to|reply to|importance|priority|attachments|organization|newsgroups|message-id|sensitivity|company|fromt|in reply to|attachment|resent-from"},
    {"de",    "von|absender",              "gesendet|gesendet am|datum|am|gesendet um|geschickt|versendet", "an|empfänger", "cc|kopie|bcc|kopie an", "betreff|betr.|betr", "antwort an|antwort|wichtigkeit|priorität|anlagen|anlage|anhang"},
    {"nl",    "van|afzender",              "verzonden|verzonden op|datum|verstuurd|verzonden om", "aan|ontvanger", "cc|kopie", "onderwerp|betreft", "antwoord aan|beantwoorden|bijlagen|urgentie|prioriteit"},
    {"fr",    "de|expéditeur|message de|from|de la part de", "envoyé|envoyé le|date|date d'envoi|date d’envoi|message du|le|envoyée|envoyé à", "à|a|pour|destinataire|destinataires|envoyé à", "cc|cci|copie à|copie", "objet|sujet", "répondre à|pièces jointes|importance|den"},
    {"es",    "de|remitente|desde",        "enviado|enviado el|fecha|enviado a las|fecha de envío|enviada el|fecha y hora", "para|a|destinatario|destinatarios", "cc|cco|con copia|con copia a|copia", "asunto", "responder a|importancia|datos adjuntos|prioridad|adjuntos"},
    {"pt",    "de|remetente",              "enviado|enviado em|enviada em|enviada|data|enviado a|data de envio|enviado às", "para|a|destinatário|destinatario|destinatários", "cc|cco|cópia|com cópia|c/c", "assunto", "responder a|responder para|importância|anexos|prioridade"},
    {"it",    "da|mittente",               "inviato|data|inviato il|inviata|data invio|inviato alle", "a|per|destinatario|destinatari", "cc|ccn|copia", "oggetto", "risposta|rispondi a|importanza|allegati|priorità"},
    {"ca",    "de|remitent",               "enviat|data|enviat el|data d'enviament", "per a|per|a|destinatari", "a/c|cc|còpia", "assumpte|tema", "respon a"},
    {"ro",    "de la|expeditor|expeditorul|din partea|de", "trimis|data|expediat|trimis la|dată|trimisă", "către|catre|pentru|la|destinatar|destinatarul", "cc|copie", "subiect|subiectul", "răspuns la|importanță|atașări"},
    {"sv",    "från|avsändare",            "skickat|skickat den|datum|skickades", "till|mottagare", "kopia|kopia till|cc", "ämne|ärende|angående", "svar till|prioritet|bilagor|bifogade filer"},
    {"da",    "fra|afsender",              "sendt|dato|sendt den|afsendt", "til|modtager", "cc|kopi", "emne|vedr", "svar til|prioritet|vedhæftede filer"},
    {"no",    "fra|avsender|frå",          "sendt|dato|sendt den", "til|mottaker", "kopi|cc|kopi til", "emne", "svar til|viktighet|vedlegg"},
    {"is",    "frá|sendandi",              "sent|dagsetning|dags", "til|viðtakandi", "afrit", "efni", ""},
    {"fi",    "lähettäjä",                 "lähetetty|päivämäärä|päiväys|pvm|lähetysaika", "vastaanottaja|vastaanottajat|saaja", "kopio|kopiot|kopio vast.ott.", "aihe|otsikko", "vastausosoite|tärkeys|liitteet"},
    {"et",    "saatja|kellelt",            "saadetud|kuupäev|saatmisaeg|saatmiskuupäev", "adressaat|kellele|saaja", "koopia", "teema|pealkiri", ""},
    {"lv",    "no|sūtītājs",               "nosūtīts|datums|nosūtīja|sūtīts", "kam|uz|saņēmējs", "kopija", "tēma|temats|priekšmets", ""},
    {"lt",    "nuo|siuntėjas",             "išsiųsta|data|išsiuntimo data", "kam|iki|gavėjas", "kopija", "tema", ""},
    {"pl",    "od|nadawca",                "wysłano|wysłane|data|wysłany|wysłana|data wysłania", "do|adresat|odbiorca", "dw|kopia|udw|cc", "temat", "odpowiedz do|odpowiedź do|ważność|załączniki"},
    {"cs",    "od|odesílatel",             "odesláno|datum|odesláno dne|posláno", "komu|pro|příjemce", "kopie|kopie pro", "předmět", "odpověď na|přílohy|důležitost"},
    {"sk",    "od|odosielateľ",            "odoslané|dátum|poslané|odoslaná|odosláno", "komu|pre|príjemca|adresát", "kópia", "predmet", "odpovedať|prílohy|dôležitosť"},
    {"sl",    "od|pošiljatelj",            "poslano|datum|poslano dne", "za|prejemnik|komu", "kp|v vednost|kopija", "zadeva", "odgovor na"},
    {"hr sr", "od|šalje|pošiljatelj|од|шаље|пошиљалац", "poslano|datum|poslato|послато|датум|slanje", "prima|za|primatelj|kome|за|прима|коме", "kopija|cc|копија", "predmet|naslov|tema|наслов|предмет", ""},
    {"hu",    "feladó|küldő",              "elküldve|küldve|dátum|küldés dátuma|küldés ideje", "címzett|címzettek", "másolatot kap|másolat", "tárgy", "válaszcím|fontosság|mellékletek"},
    {"sq",    "nga",                       "dërguar|data", "për|te", "kopje", "subjekti|tema", ""},
    {"ru",    "от|от кого|отправитель|от имени", "отправлено|дата|послано|дата отправки|отправлен|время", "кому|получатель|для", "копия|скрытая копия", "тема|тема письма", "ответить|важность|вложения|приоритет|reply-to"},
    {"uk",    "від|від кого|відправник|кому від", "надіслано|дата|відправлено|дата надсилання", "кому|до|одержувач|отримувач", "копія", "тема", "важливість|вкладення"},
    {"be",    "ад|ад каго",                "адпраўлена|дата", "каму", "копія", "тэма", ""},
    {"bg mk", "от|подател|од",             "изпратено|дата|изпратена|испратено|датум", "до|получател|за", "копие|як", "относно|тема|предмет", "важност"},
    {"el",    "από|αποστολέας",            "στάλθηκε|εστάλη|ημερομηνία|αποστολή|ημ/νία", "προς|παραλήπτης|για", "κοιν|κοιν.|κοινοποίηση|αντίγραφο", "θέμα", "απάντηση σε|σημασία|συνημμένα"},
    {"tr",    "kimden|gönderen",           "gönderildi|gönderilen|tarih|gönderme tarihi|gönderme zamanı|gönderim tarihi", "kime|alıcı|kimlere", "bilgi|cc|bilgi kimden|kopya", "konu", "yanıt adresi|önem|ekler"},
    {"vi",    "từ|người gửi|bởi",          "đã gửi|ngày|thời gian|gửi|ngày gửi|đã gửi lúc|gửi lúc|vào lúc", "tới|đến|người nhận|gửi tới|gửi đến", "cc|bản sao|đồng gửi|đồng kính gửi", "chủ đề|tiêu đề|v/v|về việc", "trả lời đến|tầm quan trọng|đính kèm|phần đính kèm"},
    {"id ms", "dari|pengirim|daripada",    "dikirim|terkirim|tanggal|dihantar|tarikh|dikirim pada", "kepada|ke|untuk|penerima", "cc|tembusan|salinan", "subjek|perihal|judul", "balas ke|lampiran"},
    {"tl",    "mula kay|mula sa|galing kay", "ipinadala|petsa", "para kay|para sa|kay", "", "paksa", ""},
    {"th",    "จาก|ผู้ส่ง",                  "วันที่|ส่งเมื่อ|ส่งแล้ว|ส่ง|วันที่ส่ง|เมื่อ", "ถึง|ผู้รับ", "สำเนา|สำเนาถึง", "เรื่อง|หัวเรื่อง|หัวข้อ", ""},
    {"ja",    "差出人|送信者|送信元|発信者|from",  "日時|日付|送信日時|送信日|送信|送信日付|date", "宛先|受信者|あて先|to", "cc|ｃｃ", "件名|題名|サブジェクト", "添付ファイル|重要度"},
    {"zh",    "发件人|寄件者|寄件人|發件人|发信人|发送人|送件者|寄信人", "时间|发送时间|日期|发送日期|寄件日期|傳送日期|傳送時間|發送時間|发件时间|寄件時間|發送日期|时 间|時間|发信时间", "收件人|收件者|收信人|至", "抄送|副本|抄送人|副本抄送|密送", "主题|主旨|標題|标题|主題|邮件主题", "附件|重要性|回复|回复地址"},
    {"ko",    "보낸 사람|보낸사람|발신|발신자|발신인|보낸이", "보낸 날짜|날짜|보낸 시간|보낸날짜|전송 시간|일시|보낸 일시|보낸시간|받은 날짜", "받는 사람|받는사람|수신|수신자|수신인|받는이", "참조|cc|참조인", "제목", "첨부|첨부 파일"},
    {"he",    "מאת|שולח",                  "נשלח|תאריך|נשלח ב|בתאריך|נשלח בתאריך", "אל|נמען|עבור", "עותק|העתק|עותקים", "נושא|הנדון", ""},
    {"ar",    "من|المرسل|مرسل",            "تاريخ|التاريخ|تاريخ الإرسال|تم الإرسال|أرسلت|أُرسلت|تم الإرسال في|الإرسال", "إلى|المرسل إليه|الى|المستلم", "نسخة|نسخة إلى|نسخة الى", "الموضوع|موضوع", ""},
    {"fa",    "از|فرستنده",                "ارسال شده|تاریخ|ارسال", "به|گیرنده", "رونوشت", "موضوع", ""},
    {"hi",    "से|प्रेषक",                    "भेजा गया|दिनांक|तारीख|भेजा", "प्रति|को|प्राप्तकर्ता", "प्रतिलिपि", "विषय", ""},
});

// Inside a row of dashes.
inline constexpr auto kOriginals = std::to_array<WordRow>({
    {"en", "original message|original-message|reply message|replied message|original appointment|original email|original e-mail|original mail|original|previous message|original msg|message original"},
    {"de", "ursprüngliche nachricht|originalnachricht|original nachricht|original-nachricht|ursprungliche nachricht|ursprüngliche mail|ursprüngliche e-mail|original-mail|originalmail|ursprüngliche mitteilung|ursprünglicher termin|vorherige nachricht|urspruengliche nachricht"},
    {"nl", "oorspronkelijk bericht|oorspronkelijke bericht|origineel bericht|origineel|oorspronkelijke mail|oorspronkelijke afspraak|oorspronkelijke e-mail"},
    {"fr", "message d'origine|message d’origine|message original|message initial|mail original|courriel original|e-mail d'origine|e-mail d’origine|message précédent|mail d'origine|rendez-vous d'origine|e-mail original"},
    {"es", "mensaje original|correo original|mensaje de origen|mensaje anterior|cita original|e-mail original"},
    {"pt", "mensagem original|mensagem de origem|mensagem anterior|e-mail original|email original|compromisso original"},
    {"it", "messaggio originale|messaggio orig.|messaggio precedente|mail originale|e-mail originale|messaggio di origine|appuntamento originale"},
    {"ca gl eu", "missatge original|mensaxe orixinal|jatorrizko mezua"},
    {"ro", "mesaj original|mesajul original|mesaj inițial|e-mail original"},
    {"sv", "ursprungligt meddelande|originalmeddelande|ursprungligt mail|ursprungligt mejl|originalmeddelandet"},
    {"da no", "originalmeddelelse|oprindelig meddelelse|oprindelig besked|original meddelelse|opprinnelig melding|original melding|oprindelig mail|opphavleg melding|opprinnelig e-post|original besked"},
    {"is", "upprunalegur póstur|upprunaleg skilaboð"},
    {"fi et", "alkuperäinen viesti|alkuperäinen viesti / orig.msg.|alkuperäinen sähköposti|algne kiri|algne sõnum|algsõnum"},
    {"lv lt", "sākotnējais ziņojums|sākotnējā ziņa|originalus laiškas|pradinis laiškas|pradinis pranešimas"},
    {"pl", "wiadomość oryginalna|oryginalna wiadomość|wiadomość pierwotna|treść oryginalnej wiadomości|pierwotna wiadomość|wiadomość źródłowa|wiadomość pierwotna/oryginalna"},
    {"cs", "původní zpráva|původní e-mail|původní zpráva/original message"},
    {"sk", "pôvodná správa|pôvodný e-mail|pôvodná správa --- original message"},
    {"sl hr sr", "izvirno sporočilo|izvorno sporočilo|originalno sporočilo|izvorna poruka|originalna poruka|оригинална порука|изворна порука"},
    {"hu", "eredeti üzenet|eredeti levél|eredeti e-mail"},
    {"sq", "mesazhi origjinal"},
    {"ru", "исходное сообщение|исходное письмо|оригинальное сообщение|пересылаемое письмо|исходное электронное письмо|первоначальное сообщение"},
    {"uk be", "вихідне повідомлення|оригінальне повідомлення|початкове повідомлення|вихідний лист|зыходны ліст"},
    {"bg mk", "оригинално съобщение|оригинално писмо|оригинална порака|първоначално съобщение"},
    {"el", "αρχικό μήνυμα|πρωτότυπο μήνυμα"},
    {"tr", "orijinal mesaj|özgün ileti|özgün İleti|orijinal ileti|özgün mesaj|ilk mesaj|orjinal mesaj|orijinal e-posta"},
    {"vi", "tin nhắn gốc|thư gốc|bản gốc|tin gốc|thư ban đầu|email gốc"},
    {"id ms", "pesan asli|pesan awal|mesej asal|pesan orisinal"},
    {"th", "ข้อความต้นฉบับ|ข้อความเดิม|จดหมายต้นฉบับ|อีเมลต้นฉบับ"},
    {"ja", "元のメッセージ|オリジナルメッセージ|オリジナル メッセージ|元のメール|オリジナル・メッセージ"},
    {"zh", "原始邮件|原始郵件|原邮件|邮件原件|原始消息|原始信件|回复的原邮件|原始訊息|原信|原郵件|答复的原邮件|回复的邮件"},
    {"ko", "원본 메시지|원본 메일|원본메일|원본 이메일|원본메시지|원래 메시지|original"},
    {"he", "הודעה מקורית|ההודעה המקורית|מייל מקורי"},
    {"ar fa", "الرسالة الأصلية|الرسالة الأصليَّة|رسالة أصلية|پیام اصلی|پیغام اصلی"},
    {"hi", "मूल संदेश"},
});

// Help desks ask for the answer above a drawn line.
inline constexpr auto kAboveLines = std::to_array<WordRow>({
    {"en", "reply above this line|reply above the line|reply above this text|above this line to reply|respond above this line"},
    {"de nl", "oberhalb dieser zeile|über dieser zeile|über diese zeile|boven deze lijn|boven deze regel"},
    {"fr es pt it", "au-dessus de cette ligne|por encima de esta línea|encima de esta línea|sobre esta línea|acima desta linha|sopra questa riga|sopra questa linea"},
    {"sv da no fi", "ovanför den här raden|ovanför denna rad|over denne linje|over denne linjen|tämän rivin yläpuolelle"},
    {"pl cs hu ro", "powyżej tej linii|nad tento řádek|nad tímto řádkem|e sor fölé|deasupra acestei linii"},
    {"ru uk tr", "выше этой линии|над этой линией|выше этой строки|над цією лінією|bu satırın üstüne|bu satırın üzerine"},
    {"vi ja zh ko", "phía trên dòng này|この行より上|この行の上に|请在此行以上|请在此线上方|請在此行上方|이 줄 위에"},
});

// Inside a row of dashes, or alone with a colon.
inline constexpr auto kForwards = std::to_array<WordRow>({
    {"en", "begin forwarded message|forwarded message|fwd message|forwarded mail|forwarded email|start of forwarded message|forward message|forwarded|forwarding messages|forwarded by"},
    {"de", "anfang der weitergeleiteten nachricht|weitergeleitete nachricht|weitergeleitete mail|weitergeleitete e-mail|beginn der weitergeleiteten nachricht|weitergeleitet von"},
    {"nl", "begin doorgestuurd bericht|doorgestuurd bericht|begin van doorgestuurd bericht|doorgezonden bericht|doorgestuurd"},
    {"fr", "message transmis|début du message réexpédié|début du message transféré|message transféré|message réexpédié|message tr|mail transféré|courriel transféré|e-mail transféré|transféré par|réexpédié par"},
    {"es", "inicio del mensaje reenviado|mensaje reenviado|inicio de mensaje reenviado|correo reenviado|reenviado por"},
    {"pt", "início da mensagem reencaminhada|início da mensagem encaminhada|mensagem encaminhada|mensagem reencaminhada|mensagem reenviada|e-mail encaminhado|encaminhado por|iniciar a mensagem encaminhada"},
    {"it", "inizio messaggio inoltrato|inizio del messaggio inoltrato|messaggio inoltrato|mail inoltrata|inoltrato da|messaggio inviato"},
    {"ca ro", "missatge reenviat|inici del missatge reenviat|mesaj redirecționat|mesaj redirectionat|mesaj transmis|mesaj înaintat|începe mesajul redirecționat|mesaj redirecţionat|începutul mesajului redirecționat"},
    {"sv", "vidarebefordrat meddelande|vidarebefordrat brev|vidarebefordrat mejl|påbörja vidarebefordrat meddelande|vidarebefordrat mail|början på vidarebefordrat meddelande|börja vidarebefordrat meddelande|startar vidarebefordrat meddelande"},
    {"da no", "start på videresendt melding|videresendt melding|videresendt meddelelse|videresendt besked|videresendt e-mail|videresendt mail|start på videresendt besked|starten på den videresendte besked|start på videresendt e-mail|vidaresend melding|begynnelse på videresendt melding|videresendt e-post"},
    {"fi et", "välitetty viesti|välitetty viesti alkaa|edelleenlähetetty viesti|edasi saadetud sõnum|edastatud kiri|edastatud sõnum"},
    {"lv lt", "pārsūtīts ziņojums|pārsūtītā ziņa|pārsūtīta ziņa|persiųstas laiškas|persiunčiamas laiškas|persiųstas pranešimas"},
    {"pl", "początek przekazywanej wiadomości|przekazana wiadomość|wiadomość przekazana|treść przekazanej wiadomości|treść przekazywanej wiadomości|wiadomość przekazana dalej|przekazane przez"},
    {"cs", "přeposlaná zpráva|začátek přeposílané zprávy|začátek přeposlané zprávy|předávaná zpráva|přeposlaný e-mail|přeposlal"},
    {"sk", "preposlaná správa|začiatok preposlanej správy|preposielaná správa|začiatok preposielanej správy"},
    {"sl hr sr", "posredovano sporočilo|začetek posredovanega sporočila|započni proslijeđenu poruku|proslijeđena poruka|prosleđena poruka|прослеђена порука|početak proslijeđene poruke"},
    {"hu", "továbbított levél kezdete|továbbított üzenet|továbbított levél|továbbított üzenet kezdete|továbbított üzenet eleje"},
    {"ru", "пересылаемое сообщение|пересланное сообщение|начало переадресованного сообщения|перенаправленное сообщение|начало пересылаемого сообщения|пересланное письмо|пересылаемое письмо|начало переадресуемого сообщения"},
    {"uk", "пересилане повідомлення|переслане повідомлення|початок переспрямованого повідомлення|початок листа, що пересилається|перенаправлене повідомлення|переслано|пересланий лист|початок переадресованого повідомлення"},
    {"bg", "препратено съобщение|начало на препратеното съобщение|препратено писмо"},
    {"el", "προωθημένο μήνυμα|έναρξη προωθημένου μηνύματος|αρχή προωθημένου μηνύματος|προωθούμενο μήνυμα"},
    {"tr", "ileti başlangıcı|İleti başlangıcı|iletilmiş mesaj|iletilen mesaj|yönlendirilen ileti|İletilen ileti başlangıcı|iletilen ileti|yönlendirilen mesaj|iletilmiş ileti|İletilmiş mesaj|İletilen mesaj|İletilen ileti|yönlendirilmiş mesaj|yönlendirilmiş ileti"},
    {"vi", "thư được chuyển tiếp|tin nhắn được chuyển tiếp|thư đã chuyển tiếp|chuyển tiếp|thư chuyển tiếp|bắt đầu thư được chuyển tiếp|tin nhắn đã chuyển tiếp|thư đã được chuyển tiếp|nội dung chuyển tiếp"},
    {"id ms", "pesan terusan|pesan yang diteruskan|mulai pesan terusan|mesej yang dimajukan|mulai pesan yang diteruskan|pesan diteruskan|mula mesej yang dimajukan"},
    {"th", "ข้อความที่ส่งต่อ|เริ่มข้อความที่ส่งต่อ|อีเมลที่ส่งต่อ"},
    {"ja", "転送されたメッセージ|転送メッセージ|転送されたメール|転送メール|以下、転送メール"},
    {"zh", "转发的邮件|转发邮件|轉寄的郵件|轉寄郵件|已转发邮件|開始轉寄郵件|以下是转发的邮件|以下是轉寄的郵件|转发邮件信息|转发的消息|轉寄訊息|轉寄的訊息|下面是被转发的邮件|转发"},
    {"ko", "전달된 메시지|전달된 메일|전달된 이메일|전달 메시지|전달된 메시지 시작|전달"},
    {"he", "הודעה שהועברה|תחילת ההודעה שהועברה|הודעה מועברת|הודעה מועברת מתחילה"},
    {"ar fa", "الرسالة المحوّلة|رسالة معاد توجيهها|بدء الرسالة المحوّلة|رسالة محولة|رسالة مُعاد توجيهها|الرسالة المُعاد توجيهها|بدء الرسالة المُعاد توجيهها|پیام هدایت شده|پیام ارسال‌شده"},
    {"hi", "अग्रेषित संदेश|फ़ॉरवर्ड किया गया संदेश"},
});

// What stands before the device …
inline constexpr auto kFooterHeads = std::to_array<WordRow>({
    {"en", "sent from|sent via|sent with|sent using|sent by|sent wirelessly|sent on|sent through|get outlook for|get bluemail for|composed on|typed on|sent a magnificent|get the outlook app|sent securely|sent in haste|sent while|download outlook|get typeapp|get spark|delivered by|sent from my|written on|dictated on|download the"},
    {"de", "gesendet von|gesendet mit|gesendet via|von meinem |von meiner |diese nachricht wurde von mein|diese e-mail wurde von mein|diese nachricht wurde mit|diese e-mail wurde mit|outlook für|holen sie sich outlook|laden sie outlook|versendet mit|gesendet aus|geschickt von|geschrieben mit|verschickt von|gesendet vom|gesendet über|sichere e-mails|unterwegs gesendet"},
    {"nl", "verzonden vanaf|verstuurd vanaf|verzonden met|verstuurd via|verzonden via|verstuurd met|outlook voor|download outlook voor|verzonden vanuit|verzonden door|verstuurd van|verzonden van|outlook downloaden"},
    {"fr", "envoyé de|envoyé depuis|envoyé à partir d|envoyé avec|envoyé via|envoyé sans fil|envoyé par|télécharger outlook pour|obtenez outlook pour|obtenir outlook pour|envoyé du|envoyé d'|envoyé d’|envoyée de|téléchargez outlook|provenance : courrier|provenance : "},
    {"es", "enviado desde|enviado con|enviado por|enviado a través|enviado de mi|enviado mediante|obtener outlook para|descargar outlook|obtén outlook|obtenga outlook|mensaje enviado desde"},
    {"pt", "enviado do|enviado da|enviado a partir d|enviado via|enviada do|enviado de|enviado pelo|enviado através|obter o outlook para|obtenha o outlook para|baixar o outlook|transferir o outlook|obter outlook|baixe o outlook|enviado com"},
    {"it", "inviato da|inviato con|inviato dal|inviato dall|inviata da|inviato tramite|scarica outlook per|ottieni outlook per|ottenere outlook|spedito da"},
    {"ca gl ro", "enviat des|enviat amb|enviat de|trimis de pe|trimis din|trimis de la|trimis prin|obțineți outlook|descărcați outlook|expediat de pe|baixeu l'outlook"},
    {"sv", "skickat från|skickat med|skickades från|hämta outlook för|skaffa outlook|skickat via|skickat utifrån|ladda ned outlook"},
    {"da no is", "sendt fra|sendt med|sendt via|hent outlook til|få outlook|hent outlook for|last ned outlook|sent úr|sendt frå|download outlook til"},
    {"fi et", "lähetetty|hanki outlook|hanki outlookin|saadetud minu|saadetud|laadi outlook|hangi outlook|lataa outlook"},
    {"lv lt", "nosūtīts no|sūtīts no|išsiųsta iš|atsisiųskite outlook|atsisiųsti outlook"},
    {"pl", "wysłane z|wysłano z|wysłane ze|wysłano ze|pobierz outlook|pobierz aplikację outlook|wysłane przy|wysłane przez|wysłane za pomocą|uzyskaj aplikację outlook|wysłana z"},
    {"cs sk", "odesláno z|odesláno ze|odoslané z|odoslané zo|získať outlook|získejte outlook|posláno z|poslané z|získejte aplikaci outlook|stáhnout outlook|získajte outlook|stiahnuť outlook|odesláno pomocí|odoslané pomocou|outlook pro"},
    {"sl hr sr", "poslano s|poslano z|poslano sa|poslato sa|poslano iz|послато са|preuzmite outlook|prenesite outlook|poslano preko|preuzmi outlook"},
    {"hu", "küldve|elküldve|az outlook letöltése|szerezd be az outlook|az ios-hez készült outlook|az androidhoz készült outlook|az outlook beszerzése"},
    {"ru", "отправлено с|отправлено из|отправлено от|отправлено через|отправлено со|послано с|скачать outlook|получить outlook|отправлено при помощи|отправлено в|скачайте outlook|установите outlook|отправлено мобильн"},
    {"uk bg", "надіслано з|надіслано із|відправлено з|завантажити outlook|отримати outlook|изпратено от|изпратено чрез|изтеглете outlook|изпратено с|вземете outlook|надіслано за допомогою|надіслано через"},
    {"el", "εστάλη από|στάλθηκε από|απεστάλη από|αποκτήστε το outlook|λήψη του outlook|αποστολή από|λάβετε το outlook"},
    {"tr", "outlook'u edinin|gönderilen|outlook for ios'u edinin"},
    {"vi", "được gửi từ|gửi từ|đã gửi từ|tải outlook|tải xuống outlook|gửi bằng|gửi qua|gửi đi từ|nhận outlook|được gửi bằng"},
    {"id ms", "dikirim dari|dikirim dengan|dikirim melalui|dapatkan outlook|dihantar dari|dihantar daripada|unduh outlook|terkirim dari"},
    {"th", "ส่งจาก|ดาวน์โหลด outlook|รับ outlook|ส่งโดย"},
    {"ja", "発信|outlook for"},
    {"zh", "发自|從我的|从我的|傳送自|寄自|发送自|發自|来自我的|來自我的|获取 outlook|取得 ios|取得 android|取得 outlook|下载 outlook|由我的|发送我的|透過我的"},
    {"ko", "나의 |내 |outlook 다운로드|삼성 |네이버 메일 앱"},
    {"he", "נשלח מ|הורד את outlook|קבל את outlook|נשלח באמצעות"},
    {"ar fa", "أرسلت من|أُرسلت من|أرسل من|مرسل من|مُرسل من|تم الإرسال من|الحصول على outlook|احصل على outlook|ارسال شده از|أُرسل من|دریافت outlook|ارسال از"},
    {"hi", "मेरे "},
});

// … and what ends the line where the device comes first.
inline constexpr auto kFooterTails = std::to_array<WordRow>({
    {"de", "gesendet|gesendet.|beziehen|gesendet!"},
    {"ja", "から送信|から送信されました|から送信されたメール|で送信|を入手する|を入手|より送信|から送信。|から送信しています|よりiphoneから送信|からの送信"},
    {"zh", "传送|傳送|发送|發送|传送的邮件|傳送的郵件"},
    {"ko", "에서 보냄|에서 보냄.|에서 전송|에서 보낸 메일|다운로드|에서 발송|에서 보냈습니다.|에서 보낸 메일입니다."},
    {"tr", "gönderildi|gönderildi.|üzerinden gönderildi|dan gönderildi|edinin|indirin|tarafından gönderildi"},
    {"hu", "küldve|küldve.|letöltése|beszerzése|beszerzése."},
    {"nl", "downloaden|verzonden|verstuurd"},
    {"cs", "získáte|odesláno"},
    {"hi", "से भेजा गया|भेजा गया"},
    {"fi", "lähetetty"},
});

// What a footer speaks of.
inline constexpr auto kDevices = std::to_array<WordRow>({
    {"makers", "iphone|ipad|android|blackberry|samsung|galaxy|nokia|htc|huawei|xiaomi|pixel|oneplus|motorola|macbook|redmi|oppo|vivo|honor|sony|xperia|lenovo|mi phone|айфон|смартфон|айпад"},
    {"words", "mobile|mobil|phone|device|handy|smartphone|tablet|app|laptop|terminal|appareil|dispositiv|téléphone|telefon|móvil|celular|teléfono|telemóvel|telefono|cellulare|puhelin|телефон|телефона|телефону|устройства|пристрою|pristrojstvo|điện thoại|ponsel|携帯|スマートフォン|手机|手機|스마트폰|휴대폰|โทรศัพท์|טלפון|הסלולרי|هاتف|الهاتف|جهاز|κινητό|τηλέφωνο|mobitel|telefón|telefonu|telefonu mého"},
    {"programs", "outlook|mail|windows|yahoo|correo|correio|posta|mozilla|thunderbird|http|proton|gmail|nylas|bluemail|spark|superhuman|tutanota|tuta|zoho|yandex|mail.ru|почты|пошти|пошта|gmx|web.de|front|hey.com|missive|canary|mailbird|edison|airmail|poczta|邮箱|信箱|メール|네이버|메일|邮件|courrier|posteitaliane|libero|orange|seznam|wp |onet|interia|qq|网易"},
});
// clang-format on

}  // namespace leadmail::mail::message
