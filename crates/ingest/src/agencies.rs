//! News agencies: which names and signs mean which agency. The list is our own.

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_corpus::analysis::fold;

/// Each agency as it signs, then its other names and signs.
const AGENCIES: &[&[&str]] = &[
    &["Reuters", "Reuter", "Thomson Reuters", "Рейтер", "رويترز"],
    &["AP", "Associated Press", "The Associated Press", "أ ب"],
    &[
        "AFP",
        "Agence France-Presse",
        "Agence France Presse",
        "AFP News",
        "أ ف ب",
    ],
    &[
        "dpa",
        "Deutsche Presse-Agentur",
        "dpa-AFX",
        "dpa infocom",
        "dpa international",
        "د ب أ",
    ],
    &["UPI", "United Press International"],
    &["EFE", "Agencia EFE", "EFE News", "EFEUSA"],
    &["Europa Press", "EP"],
    &["ANSA", "Agenzia ANSA"],
    &["Adnkronos"],
    &["AGI", "Agenzia Italia"],
    &["Italpress"],
    &["Petra News Agency", "بترا"],
    &["Lusa", "Agência Lusa"],
    &["Agência Brasil", "ABr"],
    &["Folhapress"],
    &["Estadão Conteúdo"],
    &["Xinhua", "Xinhua News Agency", "新华社", "شينخوا"],
    &["China News Service", "CNS"],
    &["TASS", "ITAR-TASS", "ТАСС"],
    &["RIA Novosti", "РИА Новости", "RIA"],
    &["Interfax", "Интерфакс"],
    &["Ukrinform", "Укринформ", "Укрінформ"],
    &["Kyodo", "Kyodo News"],
    &["Jiji", "Jiji Press"],
    &["Yonhap", "Yonhap News Agency"],
    &["KCNA"],
    &[
        "Anadolu",
        "Anadolu Agency",
        "Anadolu Ajansı",
        "AA",
        "الأناضول",
    ],
    &["DHA", "Demirören Haber Ajansı"],
    &["İHA", "İhlas Haber Ajansı"],
    &["PTI", "Press Trust of India"],
    &["ANI", "Asian News International"],
    &["IANS", "Indo-Asian News Service"],
    &["UNI", "United News of India"],
    &["APP", "Associated Press of Pakistan"],
    &["MONTSAME"],
    &["Bernama"],
    &["Antara", "Antara News"],
    &["VNA", "Vietnam News Agency"],
    &["WAM", "وام"],
    &["KUNA"],
    &["SPA", "Saudi Press Agency", "واس"],
    &["QNA", "Qatar News Agency"],
    &["MENA", "Middle East News Agency"],
    &["SANA"],
    &["IRNA"],
    &["NAN", "News Agency of Nigeria"],
    &["APS", "Algérie Presse Service"],
    &["MAP", "Maghreb Arabe Presse"],
    &["TAP", "Tunis Afrique Presse"],
    &["Belga"],
    &["ANP"],
    &["APA", "Austria Presse Agentur", "Austria Presseagentur"],
    &["Keystone-SDA", "SDA", "ATS", "Keystone-ATS"],
    &["epd", "Evangelischer Pressedienst"],
    &["KNA", "Katholische Nachrichten-Agentur"],
    &["PA", "PA Media", "Press Association", "PA News Agency"],
    &["TT", "TT Nyhetsbyrån"],
    &["NTB"],
    &["Ritzau"],
    &["STT", "STT-Lehtikuva"],
    &["MTI"],
    &["PAP", "Polska Agencja Prasowa"],
    &["ČTK", "CTK"],
    &["TASR"],
    &["SITA"],
    &["Agerpres"],
    &["Mediafax"],
    &["BTA"],
    &["Hina"],
    &["Tanjug"],
    &["FENA"],
    &["ΑΠΕ-ΜΠΕ", "ΑΠΕ", "ANA-MPA", "AMNA"],
    &[
        "CP",
        "The Canadian Press",
        "Canadian Press",
        "La Presse Canadienne",
    ],
    &["AAP", "Australian Associated Press"],
    &["NZN"],
    &["Télam", "Telam"],
    &["Noticias Argentinas"],
    &["Notimex"],
    &["Prensa Latina", "PL"],
    &["Andina", "Agencia Andina"],
    &["Colprensa"],
    &["ABI", "Agencia Boliviana de Información"],
    &["ACI Prensa"],
    &["IPS", "Inter Press Service"],
    &["Bloomberg", "Bloomberg News"],
    &["Dow Jones", "Dow Jones Newswires"],
    &["GlobeNewswire"],
    &["PRNewswire", "PR Newswire"],
    &["Business Wire", "BUSINESS WIRE"],
];

/// Words in the names of agencies, folded: what holds one may be an agency that is not listed.
const TELLING: &[&str] = &[
    "agence", "agencia", "agency", "agentur", "agenzia", "ajansi", "news", "newswire", "noticias",
    "prensa", "press", "presse", "wire",
];
/// Longer signs than this are words in capitals, not the initials of an agency.
const INITIALS_MAX: usize = 5;

static BY_NAME: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let names = |agency: &'static &[&str]| agency.iter().map(|name| (fold(name), agency[0]));
    AGENCIES.iter().flat_map(names).collect()
});

/// The agency with this name or sign, as it signs.
pub(crate) fn agency(name: &str) -> Option<&'static str> {
    BY_NAME.get(&fold(name.trim())).copied()
}

/// The agency that stands in brackets in a dateline: a known one, the first of several
/// (`dpa/lno`, `Reuters, AFP`), or what is called like one or signs with initials.
pub(crate) fn in_dateline(sign: &str) -> Option<String> {
    let sign = sign.trim();
    let first = sign.split(['/', ',', ';', '&', '|']).next()?.trim();
    if let Some(known) = agency(sign).or_else(|| agency(first)) {
        return Some(known.to_owned());
    }
    let is_initials = (2..=INITIALS_MAX).contains(&first.chars().count())
        && first.chars().all(char::is_uppercase);
    let is_called_so = sign
        .split_whitespace()
        .any(|word| TELLING.contains(&fold(word).as_str()));
    (is_initials || is_called_so).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_agencies() {
        let mut names: Vec<String> = AGENCIES
            .iter()
            .flat_map(|names| {
                let mut folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
                folded.dedup();
                folded
            })
            .collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn knows_agencies_by_name_and_sign() {
        for (sign, found) in [
            ("Reuters", Some("Reuters")),
            ("The Associated Press", Some("AP")),
            ("AGENCE FRANCE-PRESSE", Some("AFP")),
            ("dpa/lno", Some("dpa")),
            ("Reuters, AFP", Some("Reuters")),
            ("Agencia Cordillera", Some("Agencia Cordillera")),
            ("XYZ", Some("XYZ")),
            ("Oregon", None),
            ("the bridge", None),
            ("", None),
        ] {
            assert_eq!(in_dateline(sign).as_deref(), found, "{sign}");
        }
    }
}
