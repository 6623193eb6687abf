//! Forms of a demonym: masculine and feminine, singular and plural, German and Dutch endings.
//!
//! The country table lists one form for each demonym; these rules give the others. They cover
//! the words that the table holds, not the grammar of the languages.

use dateline_corpus::Language;

/// All forms of a demonym of the table, itself first.
pub(super) fn forms(base: &str, language: Language) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    match language.code() {
        "es" => spanish(base, &mut forms),
        "pt" => portuguese(base, &mut forms),
        "fr" => french(base, &mut forms),
        "de" => german(base, &mut forms),
        "it" => italian(base, &mut forms),
        "nl" => dutch(base, &mut forms),
        // English demonyms are listed in all their forms.
        _ => {}
    }
    forms
}

fn swap(base: &str, ending: &str, others: &[&str], forms: &mut Vec<String>) -> bool {
    let Some(stem) = base.strip_suffix(ending) else {
        return false;
    };
    forms.extend(others.iter().map(|other| format!("{stem}{other}")));
    true
}

fn spanish(base: &str, forms: &mut Vec<String>) {
    let _ = swap(base, "o", &["a", "os", "as"], forms)
        || swap(base, "és", &["esa", "eses", "esas"], forms)
        || swap(base, "án", &["ana", "anes", "anas"], forms)
        || swap(base, "ón", &["ona", "ones", "onas"], forms)
        || swap(base, "ol", &["ola", "oles", "olas"], forms)
        || swap(base, "í", &["íes", "ís"], forms)
        || swap(base, "r", &["res"], forms)
        || swap(base, "", &["s"], forms);
}

fn portuguese(base: &str, forms: &mut Vec<String>) {
    let _ = swap(base, "ão", &["ã", "ães", "ãs", "ões"], forms)
        || swap(base, "o", &["a", "os", "as"], forms)
        || swap(base, "ês", &["esa", "eses", "esas"], forms)
        || swap(base, "ol", &["ola", "óis", "olas"], forms)
        || swap(base, "r", &["res"], forms)
        || swap(base, "", &["s"], forms);
}

fn french(base: &str, forms: &mut Vec<String>) {
    let _ = swap(base, "ien", &["ienne", "iens", "iennes"], forms)
        || swap(base, "en", &["enne", "ens", "ennes"], forms)
        || swap(base, "ton", &["tonne", "tons", "tonnes"], forms)
        || swap(base, "ec", &["ecque", "ecs", "ecques"], forms)
        || swap(base, "turc", &["turque", "turcs", "turques"], forms)
        || swap(base, "s", &["se", "ses"], forms)
        || swap(base, "e", &["es"], forms)
        || swap(base, "", &["e", "s", "es"], forms);
}

fn german(base: &str, forms: &mut Vec<String>) {
    if base.chars().next().is_some_and(char::is_lowercase) {
        forms.extend(["e", "en", "er", "es", "em"].map(|ending| format!("{base}{ending}")));
    } else if let Some(stem) = base.strip_suffix('e') {
        forms.extend(["en", "in", "innen"].map(|ending| format!("{stem}{ending}")));
    } else {
        forms.extend(["s", "n", "in", "innen"].map(|ending| format!("{base}{ending}")));
    }
}

fn dutch(base: &str, forms: &mut Vec<String>) {
    // A long vowel of an open syllable is written once: `Indiase`, `Chinese`.
    let _ = swap(base, "aas", &["ase"], forms)
        || swap(base, "ees", &["ese"], forms)
        || swap(base, "", &["e"], forms);
}

fn italian(base: &str, forms: &mut Vec<String>) {
    let _ = swap(base, "co", &["ca", "chi", "che", "ci"], forms)
        || swap(base, "o", &["a", "i", "e"], forms)
        || swap(base, "e", &["i"], forms)
        || swap(base, "a", &["i", "e"], forms);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demonyms_take_gender_number_and_case() {
        for (tag, base, expected) in [
            (
                "es",
                "colombiano",
                "colombiano colombiana colombianos colombianas",
            ),
            ("es", "francés", "francés francesa franceses francesas"),
            ("es", "estadounidense", "estadounidense estadounidenses"),
            ("es", "iraní", "iraní iraníes iranís"),
            (
                "fr",
                "colombien",
                "colombien colombienne colombiens colombiennes",
            ),
            ("fr", "français", "français française françaises"),
            ("fr", "grec", "grec grecque grecs grecques"),
            ("fr", "turc", "turc turque turcs turques"),
            ("fr", "russe", "russe russes"),
            ("fr", "allemand", "allemand allemande allemands allemandes"),
            ("pt", "francês", "francês francesa franceses francesas"),
            ("pt", "alemão", "alemão alemã alemães alemãs alemões"),
            ("pt", "espanhol", "espanhol espanhola espanhóis espanholas"),
            (
                "de",
                "deutsch",
                "deutsch deutsche deutschen deutscher deutsches deutschem",
            ),
            (
                "de",
                "Norweger",
                "Norweger Norwegers Norwegern Norwegerin Norwegerinnen",
            ),
            (
                "de",
                "Franzose",
                "Franzose Franzosen Franzosin Franzosinnen",
            ),
            ("it", "tedesco", "tedesco tedesca tedeschi tedesche tedesci"),
            ("nl", "Frans", "Frans Franse"),
            ("nl", "Chinees", "Chinees Chinese"),
            ("nl", "Indiaas", "Indiaas Indiase"),
        ] {
            let language = Language::from_tag(tag).unwrap();
            assert_eq!(forms(base, language).join(" "), expected);
        }
    }
}
