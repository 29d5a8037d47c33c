// Labels that stand in no table, word by word: nouns that carry the meaning among words that carry none.
#include <algorithm>
#include <array>
#include <bitset>

#include "mail/message/form_labels.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

struct Words {
  string_view key;    // "" for words that carry no meaning of their own
  string_view words;  // folded, between commas
};

// clang-format off
constexpr auto kWords = std::to_array<Words>({
    {"name", "name,names,nombre,nombres,nom,noms,nome,nomes,ten,ho ten,ho va ten,quy danh,namen,contact,contacto,contato,kontakt,ansprechpartner,ansprechpartners,ansprechpartnerin,ansprechperson,kontaktperson,interlocuteur,"
             "nguoi lien he,person,persona,personne,pessoa,absender,absenders,responsable,responsavel,solicitante,remitente,remetente,khach hang,nguoi gui,nguoi dai dien,anh chi,requester,sender,who are you,what should we call you,who should we ask for,con quien hablamos,como se chama,como te llamas,como se llama,comment vous appelez vous,wie heissen sie,vor nachname,vor und nachname,vor und zuname"},
    {"first_name", "first name,firstname,forename,forenames,given name,given names,prenom,prenoms,vorname,vornamen,primer nombre,nombre de pila,primeiro nome,nome proprio,first,ten goi,rufname"},
    {"last_name", "last name,lastname,surname,surnames,family name,nom de famille,nachname,familienname,zuname,apellido,apellidos,sobrenome,sobrenomes,apelido,apelidos,last,ho va ten dem,ultimo nome"},
    {"email", "email,e mail,emails,mail,mails,correo,correo electronico,correio eletronico,correio electronico,courriel,courrier electronique,adresse electronique,direccion electronica,endereco eletronico,thu dien tu,"
              "hop thu,mailadresse,emailadresse,mel,messagerie,gmail,e mail adresse"},
    {"phone", "phone,phones,telephone,tel,mobile,cell,cellphone,cellular,whatsapp,telefono,telefonos,tlf,movil,celular,dien thoai,sdt,dt,di dong,zalo,viber,telegram,portable,fixe,gsm,telefon,telefonnummer,handy,handynummer,mobilnummer,mobil,"
              "mobiltelefon,festnetz,rufnummer,ruckrufnummer,durchwahl,telefone,telemovel,landline,reach you,call you,call you back,call back,callback,telefonico,telefonica,so may,hotline,fon,natel,joindre,erreichbar,erreichen"},
    {"company", "company,companies,business,organisation,organization,organisations,firm,employer,practice,institution,institute,school,trading name,business name,agency,studio,shop,store,club,association,charity,dealership,"
                "empresa,empresas,compania,organizacion,institucion,entidad,negocio,nombre comercial,razon social,asociacion,comercio,tienda,centro,colegio,cong ty,doanh nghiep,to chuc,don vi,co quan,cua hang,truong,hop tac xa,xuong,"
                "societe,entreprise,organisme,enseigne,raison sociale,etablissement,structure,association,collectivite,institut,magasin,firma,firmenname,unternehmen,unternehmens,unternehmensname,betrieb,betriebs,verein,einrichtung,behorde,schule,"
                "praxis,institut,arbeitgeber,geschaft,companhia,organizacao,instituicao,razao social,nome fantasia,entidade,negocio,loja,escola,associacao,estabelecimento"},
    {"title", "job title,title,position,role,cargo,puesto,chuc vu,chuc danh,fonction,poste,funktion,berufsbezeichnung,funcao,occupation,profession,ocupacion,profesion,profissao,beruf"},
    {"website", "website,web site,homepage,url,web,webseite,internetseite,sitio web,pagina web,trang web,site web,site internet,webpage,site"},
    {"product", "looking for,what are you after,busca,buscas,recherche,recherchez,cherchez,suchen,suchen sie,gesuchtes,procura,procuras,product,products,item,items,article,articles,service,services,model,models,sku,part number,equipment,machine,device,package,course,interested in,interest,producto,productos,articulo,articulos,servicio,servicios,modelo,modelos,equipo,maquina,"
                "referencia,interesado en,interesa,san pham,dich vu,mat hang,mau,ma san pham,thiet bi,goi dich vu,produit,produits,article,prestation,prestations,modele,reference,materiel,appareil,produkt,produkte,produkts,artikel,artikels,"
                "artikelnummer,leistung,leistungen,dienstleistung,modell,gerat,ware,typ,interessiert an,produto,produtos,artigo,artigos,servico,servicos,equipamento,interesse,interessado em"},
    {"quantity", "quantity,qty,how many,number of units,units,pieces,cantidad,unidades,so luong,quantite,nombre d unites,menge,anzahl,stuckzahl,stuck,quantidade"},
    {"budget", "budget,presupuesto,ngan sach,orcamento,price range,gia du kien,kostenrahmen,preisrahmen,preisvorstellung"},
    {"city", "city,town,suburb,location,locality,ciudad,localidad,poblacion,municipio,ubicacion,noi lap dat,noi giao hang,dia diem,vila,thanh pho,tinh thanh,khu vuc,quan huyen,noi o,ville,commune,localite,lieu,stadt,ort,wohnort,standort,gemeinde,firmensitz,sitz,einsatzort,lieferort,"
             "cidade,localidade,concelho,cidades"},
    {"state", "state,province,region,county,provincia,estado,departamento,tinh,departement,bundesland,kanton,canton,uf,distrito,comunidad autonoma"},
    {"country", "country,nation,territory,pais,quoc gia,nuoc,dat nuoc,pays,land,staat,lands"},
    {"postal_code", "zip,zip code,postcode,postal code,codigo postal,ma buu dien,ma buu chinh,code postal,plz,postleitzahl,cep"},
    {"address", "address,street,direccion,domicilio,dia chi,adresse,anschrift,strasse,endereco,morada,rue,calle"},
    {"subject", "subject,topic,asunto,tema,motivo,tieu de,chu de,sujet,objet,motif,betreff,thema,assunto"},
    {"message", "message,comment,comments,remark,remarks,inquiry,inquiries,enquiry,enquiries,question,questions,query,queries,details,description,request,requests,requirement,requirements,notes,note,message body,project,projects,needs,"
                "tell us,let us know,describe,explain,how can we help,how can we help you,how may we help,how may we help you,what can we do for you,what do you need,what are you looking for,what would you like to know,anything else,anything you would like to add,anything to add,que podemos hacer por usted,que podemos hacer por ti,que pouvons nous faire pour vous,o que podemos fazer por si,o que podemos fazer por voce,platiquenos,necesidad,mensaje,mensajes,comentario,comentarios,consulta,consultas,pregunta,preguntas,"
                "detalles,observaciones,observacion,descripcion,solicitud,peticion,cuentenos,cuentanos,describa,describe,explique,explicanos,necesita,necesitas,proyecto,necesidades,duda,dudas,en que podemos ayudarle,en que podemos ayudarte,como podemos ayudarle,"
                "como podemos ayudarte,noi dung,tin nhan,loi nhan,ghi chu,yeu cau,cau hoi,mo ta,nhu cau,thac mac,can tu van,y kien,message,commentaire,commentaires,demande,demandes,remarque,remarques,precisions,besoin,besoins,projet,decrivez,precisez,"
                "expliquez,parlez nous,dites nous en plus,comment pouvons nous vous aider,nachricht,mitteilung,anfrage,anfragen,kommentar,bemerkung,bemerkungen,anmerkung,anmerkungen,frage,fragen,anliegen,anliegens,wunsch,wunsche,"
                "beschreibung,projekt,projekts,vorhaben,hinweise,bitte beschreiben sie,beschreiben sie,was konnen wir fur sie tun,wie konnen wir ihnen helfen,wie konnen wir helfen,worum geht es,worum geht s,bedarf,mensagem,mensagens,comentario,duvida,duvidas,pergunta,perguntas,"
                "observacoes,observacao,descricao,pedido,solicitacao,projeto,projecto,necessidade,necessidades,conte nos,conte,descreva,precisa,como podemos ajudar,como podemos ajuda lo,em que podemos ajudar,detalhes,texto,text,texte"},
    {"", "your,the,a,an,of,for,to,in,on,about,please,enter,type,write,best,preferred,main,primary,work,business,personal,private,daytime,direct,full,complete,number,no,nr,visitor,visitor s,customer,client,client s,user,guest,required,optional,"
         "is,are,what,what s,which,us,you,do,we,can,my,i,me,at,with,legal,current,home,office,professional,corporate,valid,here,free,additional,further,specific,desired,requested,wanted,residence,origin,any,more,other,and,or,field,if,available,"
         "s,at which,where,who,would,like,have,short,brief,"
         "su,sus,tu,tus,el,la,los,las,lo,un,una,de,del,al,en,y,o,u,e,por,para,con,que,cual,es,favor,escriba,escribe,indique,ingrese,introduzca,deje,deja,completo,completos,completa,numero,num,nro,fijo,profesional,corporativo,corporativa,personal,residencia,"
         "particular,obligatorio,opcional,interes,deseado,deseada,solicitado,cotizar,a cotizar,cliente,donde,nos,sobre,mas,envio,adicional,adicionales,"
         "cua,ban,cua ban,quy khach,cua quy khach,vui long,nhap,dien,cho,ve,can,muon,mua,bao gia,quan tam,lien he,day du,so,chi tiet,them,hien tai,cong viec,xin,hay,va,hoac,gui,cua anh chi,o,dang,sinh song,khac,can mua,tu van,gi,"
         "votre,vos,le,les,l,d,du,des,un,une,et,ou,au,aux,par,pour,sur,avec,n,n°,quel,quelle,est,merci,indiquer,saisir,saisissez,indiquez,mobile,principal,principale,professionnel,professionnelle,personnel,obligatoire,facultatif,souhaite,souhaitee,souhaites,"
         "concerne,concernee,complet,complete,nous,vous,plus,quels,sont,dans,laquelle,votre choix,libre,"
         "ihr,ihre,ihren,ihrer,ihrem,ihres,dein,deine,deiner,der,die,das,des,dem,den,ein,eine,einer,und,oder,fur,von,vom,zu,zum,zur,an,uns,mit,im,am,bei,bitte,angeben,eingeben,vollstandiger,vollstandige,nummer,pflichtfeld,erforderlich,tagsuber,geschaftlich,"
         "geschaftliche,dienstlich,privat,private,ruckfragen,ruckruf,ruckrufe,gewunschtes,gewunschte,gewunschter,rechnungs,wie,lautet,sie,es,was,welches,welcher,welche,ihnen,sich,freiwillig,nahere,weitere,kurze,ihrerseits,unser,unsere,"
         "seu,seus,sua,suas,o,a,os,as,um,uma,do,da,dos,das,no,na,em,e,ou,com,melhor,ddd,profissional,corporativo,pessoal,obrigatorio,obrigatoria,desejado,desejada,pretendido,pretendida,origem,contato,contacto,qual,voce,empresarial,fixo,deixe,informe,digite,"
         "insira,escreva,cliente,que,mais"},
});

// Which of several meanings a label has: "company phone" asks for the phone, "subject of your message" for the subject.
constexpr auto kRank = std::to_array<string_view>({"subject", "email", "website", "phone", "title", "quantity", "budget", "message", "product", "address",
                                                   "city", "postal_code", "state", "country", "company"});
// clang-format on

constexpr auto kVocabulary = table_of_words<kWords, ','>([](const Words& row) { return row.words; });

using Said = std::bitset<kWords.size()>;  // rows of kWords

// The row of a meaning.
constexpr std::size_t row_of(string_view key) {
  return static_cast<std::size_t>(
      std::find_if(kWords.begin(), kWords.end(), [&](const Words& row) { return row.key == key; }) - kWords.begin());
}

// The longest phrase that `text` begins with; its length, 0 when its first word is unknown.
std::size_t first_phrase(string_view text, std::size_t& row) {
  constexpr int kPhrase = 6;
  std::size_t longest = 0, end = 0;
  for (int words = 0; words < kPhrase && end < text.size(); ++words) {
    end = std::min(text.find(' ', end + (words > 0)), text.size());
    if (const auto found = kVocabulary.row_of(text.substr(0, end))) longest = end, row = *found;
  }
  return longest;
}

// What the words of a label mean; nothing when more of them are unknown than may be.
std::optional<Said> meanings_of(string_view folded, std::size_t most_unknown) {
  Said said;
  std::size_t unknown = 0;
  while (!folded.empty()) {
    std::size_t row = 0;
    auto length = first_phrase(folded, row);
    if (length > 0) {
      said.set(row);
    } else {
      if (++unknown > most_unknown) return {};
      length = std::min(folded.find(' '), folded.size());
    }
    folded.remove_prefix(std::min(length + 1, folded.size()));
  }
  return said;
}

string_view one_meaning(const Said& said) {
  constexpr auto kRanked = [] {
    std::array<std::size_t, kRank.size()> rows{};
    std::transform(kRank.begin(), kRank.end(), rows.begin(), row_of);
    return rows;
  }();
  constexpr auto kName = row_of("name"), kFirst = row_of("first_name"), kLast = row_of("last_name");
  constexpr auto kEmail = row_of("email"), kPhone = row_of("phone");
  constexpr auto kMessage = row_of("message"), kWebsite = row_of("website");
  // "Phone or e-mail" asks for either; "Website enquiry" and "Contact request" are headings.
  if (said.test(kEmail) && said.test(kPhone)) return {};
  if (said.test(kMessage) && (said.test(kWebsite) || said.test(kName))) return {};
  for (const auto row : kRanked)
    if (said.test(row)) return kWords[row].key;
  const bool first = said.test(kFirst), last = said.test(kLast);
  if (said.test(kName) || (first && last)) return "name";
  return first ? "first_name" : last ? "last_name" : string_view{};
}

}  // namespace

string_view key_of_form_words(string_view folded) {
  const auto said = meanings_of(folded, 0);
  return said ? one_meaning(*said) : string_view{};
}

string_view likely_key_of_form_words(string_view folded) {
  constexpr std::size_t kStrange = 3;
  const auto said = meanings_of(folded, kStrange);
  return said ? one_meaning(*said) : string_view{};
}

}  // namespace leadmail::mail::message
