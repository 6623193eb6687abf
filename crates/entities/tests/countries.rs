//! What the names of countries mean in running text, sentence by sentence.

use dateline_corpus::{Analyser, EntityKind, Language};
use dateline_entities::{Extractor, resolve};

/// The codes of the countries that a text in a language names, in alphabetical order.
fn countries(language: &str, title: &str, body: &str) -> String {
    let mut analyser = Analyser::new();
    let analysed = analyser.analyse_parts(title, body, Language::from_tag(language));
    let entities = resolve(&analysed, Extractor::new().extract(&analysed));
    let countries = entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Country);
    let mut codes: Vec<&str> = countries.map(|entity| entity.key.as_str()).collect();
    codes.sort_unstable();
    codes.join(" ")
}

fn check(language: &str, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, countries(language, "", text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}: {found:?} is not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{language}: {wrong:#?}");
}

#[test]
fn names_aliases_demonyms_and_places_name_their_country() {
    check(
        "en",
        &[
            ("Farmers in Colombia sold less coffee this year.", "CO"),
            ("The Colombian minister resigned after the vote.", "CO"),
            (
                "Several Ecuadoreans and an Ecuadorian judge were heard.",
                "EC",
            ),
            ("The U.S. Navy and the UK agreed on a route.", "GB US"),
            ("A USA team beat the UAE in the final.", "AE US"),
            ("The kingpins live in Dubai, Madrid and Miami.", "AE ES US"),
            ("Aid trucks waited outside Gaza and the West Bank.", "PS"),
            (
                "Côte d'Ivoire and the Ivory Coast are the same place.",
                "CI",
            ),
            ("The Kremlin and Downing Street exchanged notes.", "GB RU"),
            ("The White House declined to comment.", "US"),
            (
                "He flew from Kyiv to Warsaw by way of Bucharest.",
                "PL RO UA",
            ),
            ("The Czech Republic now prefers the name Czechia.", "CZ"),
            ("The Holy See sent an envoy to Türkiye.", "TR VA"),
            ("US-Colombia relations have cooled.", "CO US"),
            ("The march began in Birmingham, Alabama.", "US"),
            ("The march began in Birmingham, and in Dublin.", "GB IE"),
            ("Bosnia and Herzegovina votes on Sunday.", "BA"),
            ("Trinidad and Tobago opened a consulate.", "TT"),
            (
                "St. Lucia and Saint Vincent and the Grenadines signed.",
                "LC VC",
            ),
            ("Petro's visit to Colombia's north coast ended.", "CO"),
        ],
    );
}

#[test]
fn the_longest_name_wins() {
    check(
        "en",
        &[
            ("Hikers were lost in New Mexico on Monday.", "US"),
            ("Papua New Guinea lies north of Australia.", "AU PG"),
            ("Equatorial Guinea and Guinea-Bissau sent teams.", "GQ GW"),
            ("South Korea warned North Korea again.", "KP KR"),
            ("South Sudan and Sudan share a pipeline.", "SD SS"),
            ("The Dominican Republic beat Dominica.", "DM DO"),
            (
                "The Democratic Republic of the Congo closed its border.",
                "CD",
            ),
            ("The Republic of the Congo opened its own.", "CG"),
            ("Congo-Brazzaville and DR Congo share a river.", "CD CG"),
            ("The Gulf of Mexico was calm.", ""),
            (
                "Ships crossed the Indian Ocean and the South China Sea.",
                "",
            ),
            ("South American and Latin American leaders met.", ""),
            ("American Samoa voted first.", "AS"),
            ("The British Virgin Islands registered the firm.", "VG"),
            ("Northern Ireland and Ireland share an island.", "GB IE"),
        ],
    );
}

#[test]
fn similar_names_are_told_apart() {
    check(
        "en",
        &[
            ("The Nigerien army left the town.", "NE"),
            ("The Nigerian army left the town.", "NG"),
            ("Niger and Nigeria reopened the road.", "NE NG"),
            ("Floods hit Niger State and the Niger Delta.", "NG"),
            (
                "The Niger River rose two metres at Lokoja, in Nigeria.",
                "NG",
            ),
            ("Congolese ferries leave Brazzaville at dawn.", "CG"),
            ("Congolese miners left Goma at dawn.", "CD"),
            ("Slovak and Slovene ministers met.", "SI SK"),
            ("Mauritanian and Mauritian teams drew.", "MR MU"),
            ("Austrian wine, Australian sheep.", "AT AU"),
            ("The Dominican friars sold the abbey.", ""),
        ],
    );
}

#[test]
fn georgia_is_a_country_or_a_state() {
    check(
        "en",
        &[
            (
                "Voters in Georgia went to the polls, and Tbilisi celebrated.",
                "GE",
            ),
            ("Georgian officials said Georgia would sign.", "GE"),
            ("In Georgia, Atlanta decides every runoff.", "US"),
            ("Georgia Governor Ann Pell signed the bill.", "US"),
            ("Russia closed its border with Georgia.", "GE RU"),
            ("A disaster was declared in the State of Georgia.", "US"),
            ("A laboratory in the country of Georgia burned down.", "GE"),
            (
                "The bridge at Savannah, Georgia, reopened, and Georgians cheered.",
                "US",
            ),
            (
                "Russia was his topic, in Georgia and South Carolina alike.",
                "RU US",
            ),
            ("Ukraine, Georgia and Moldova want to join.", "GE MD UA"),
            ("Students at Georgia Tech built a robot.", ""),
        ],
    );
}

#[test]
fn people_are_no_countries() {
    check(
        "en",
        &[
            (
                "Chad Mercer, a plumber, won the lottery. Chad said he would travel.",
                "",
            ),
            ("Chad President Idriss Mahamat spoke on Monday.", "TD"),
            (
                "Maya Jordan scored twenty points. Jordan then limped off.",
                "",
            ),
            ("King Abdullah of Jordan thanked Jordanian troops.", "JO"),
            ("Jordan Ellis opened a bakery.", ""),
            (
                "Denise Washington lost the race. Washington said she would run again.",
                "",
            ),
            ("Washington lifted the sanctions.", "US"),
            ("He arrived in Washington on Monday.", "US"),
            ("Israel Torres painted the church.", ""),
            ("Israel closed the crossing.", "IL"),
            ("Philippine Aubert sailed alone.", ""),
            ("The novelist Jack London is read everywhere.", ""),
            ("Florence Price wrote the symphony.", ""),
            ("Irving Berlin wrote the song.", ""),
        ],
    );
}

#[test]
fn case_tells_words_from_countries() {
    check(
        "en",
        &[
            ("They told us that nothing had changed.", ""),
            ("The firm paid US$40 million.", ""),
            ("She put the good china away.", ""),
            ("China cracked in the kiln, and the china was lost.", ""),
            (
                "Turkey is dear this year. A turkey costs forty dollars.",
                "",
            ),
            ("Turkey closed the straits. Ankara gave no reason.", "TR"),
            ("We sold the chad from the ballots.", ""),
            ("TELL US MORE", ""),
            ("US SANCTIONS COLOMBIA", "CO US"),
        ],
    );
}

#[test]
fn organisations_languages_and_food_are_no_countries() {
    check(
        "en",
        &[
            ("Bank of America cut its forecast.", ""),
            ("The China Daily ran the story.", ""),
            ("Air France cancelled the flight.", ""),
            ("She studied at the University of Texas.", ""),
            ("Bank of England rates were held.", "GB"),
            ("The letter was written in French.", ""),
            ("He speaks Spanish and English.", ""),
            ("An English-speaking guide led the tour.", ""),
            ("In French politics nothing is settled.", "FR"),
            ("The French minister spoke in English.", "FR"),
            ("They ate French fries and Brazil nuts.", ""),
            ("Panama hats are made elsewhere.", ""),
            ("The Colombian Ministry of Justice published figures.", "CO"),
        ],
    );
}

#[test]
fn other_languages_have_their_own_names_and_adjectives() {
    check(
        "es",
        &[
            ("El presidente colombiano viajó a Estados Unidos.", "CO US"),
            (
                "Las autoridades ecuatorianas hablaron con la Casa Blanca.",
                "EC US",
            ),
            ("El embajador francés vive en Nueva York.", "FR US"),
            (
                "Los productores brasileños y las empresas alemanas firmaron.",
                "BR DE",
            ),
            ("La carta está escrita en francés.", ""),
            ("América Latina crece poco.", ""),
        ],
    );
}

#[test]
fn french_portuguese_and_dutch_texts_name_countries() {
    check(
        "fr",
        &[
            ("Les autorités tchadiennes ont fermé la route.", "TD"),
            (
                "Le président américain a reçu la ministre colombienne.",
                "CO US",
            ),
            (
                "Une délégation néerlandaise est arrivée à Bruxelles.",
                "BE NL",
            ),
            (
                "Les pêcheurs nigériens et nigérians ont manifesté.",
                "NE NG",
            ),
        ],
    );
    check(
        "pt",
        &[
            (
                "O governo brasileiro conversou com os Estados Unidos.",
                "BR US",
            ),
            (
                "Empresas espanholas e alemãs investem em Luanda.",
                "AO DE ES",
            ),
            ("A Casa Branca não respondeu aos jornalistas.", "US"),
        ],
    );
    check(
        "de",
        &[
            (
                "Die kolumbianische Regierung sprach mit den Vereinigten Staaten.",
                "CO US",
            ),
            (
                "Aus dem Kreml hieß es, Georgiens Wähler hätten entschieden.",
                "GE RU",
            ),
            (
                "Die Norwegerin traf einen französischen Beamten in Wien.",
                "AT FR NO",
            ),
            (
                "Die nigrische Armee und die nigerianische Polizei suchten gemeinsam.",
                "NE NG",
            ),
        ],
    );
    check(
        "it",
        &[(
            "Il governo italiano e quello tedesco hanno firmato.",
            "DE IT",
        )],
    );
    check(
        "nl",
        &[(
            "De Duitse minister sprak met zijn Belgische collega.",
            "BE DE",
        )],
    );
}

#[test]
fn the_title_counts_unless_it_is_derived() {
    assert_eq!(countries("en", "Peru wins", "The match was short."), "PE");
    let mut analyser = Analyser::new();
    let mut analysed = analyser.analyse_parts("Peru wins", "The match was short.", None);
    analysed.title_derived = true;
    assert!(Extractor::new().extract(&analysed).is_empty());
}
