//! Who is a person in running text, and under which one name.

use dateline_corpus::{Analyser, EntityKind, Language};
use dateline_entities::people::office_country;
use dateline_entities::{Extractor, resolve};

/// The people of a text with the number of their mentions, in order of prominence.
fn people(language: &str, text: &str) -> String {
    let mut analyser = Analyser::new();
    let mut analysed = analyser.analyse_parts("", text, Language::from_tag(language));
    analysed.title_derived = true;
    let entities = resolve(&analysed, Extractor::new().extract(&analysed));
    let people = entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Person)
        .map(|entity| format!("{} {}", entity.name, entity.mentions.len()));
    people.collect::<Vec<_>>().join(", ")
}

fn check(language: &str, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, people(language, text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}: {found:?} is not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{language}: {wrong:#?}");
}

#[test]
fn names_are_found_without_their_titles() {
    check(
        "en",
        &[
            (
                "Colombian President Gustavo Petro spoke.",
                "Gustavo Petro 1",
            ),
            (
                "The talks were led by Foreign Minister Rosa Villavicencio.",
                "Rosa Villavicencio 1",
            ),
            (
                "Secretary of State Marco Rubio and Secretary of War Pete Hegseth sat down.",
                "Marco Rubio 1, Pete Hegseth 1",
            ),
            ("Vice President JD Vance was there.", "JD Vance 1"),
            (
                "The minister of mines, Achta Dourgo, agreed.",
                "Achta Dourgo 1",
            ),
            (
                "The hydrologist Brahim Toura advised against it.",
                "Brahim Toura 1",
            ),
            ("Prof. Lena Fischer wrote the report.", "Lena Fischer 1"),
            ("Peru's Ana Quispe won.", "Ana Quispe 1"),
        ],
    );
}

#[test]
fn names_have_many_shapes() {
    check(
        "en",
        &[
            (
                "Pieter van der Meer chairs the board.",
                "Pieter van der Meer 1",
            ),
            (
                "Guy de Maupassant disliked the tower.",
                "Guy de Maupassant 1",
            ),
            (
                "Crown Prince Mohammed bin Salman listened.",
                "Mohammed bin Salman 1",
            ),
            (
                "Ambassador Daniel García-Peña carried a folder.",
                "Daniel García-Peña 1",
            ),
            ("Premier Su Tseng-chang resigned.", "Su Tseng-chang 1"),
            ("A letter from Donald J. Trump arrived.", "Donald Trump 1"),
            (
                "Hernán \"Pancho\" Cifuentes laughed. Pancho then left.",
                "Hernán Cifuentes 2",
            ),
            (
                "Hernán \"Pancho\" Cifuentes laughed. Pancho Cifuentes then left.",
                "Hernán Cifuentes 2",
            ),
            (
                "Rosa Tyler spoke. The Tyler-Vane ticket won. Sam Vane smiled.",
                "Rosa Tyler 2, Sam Vane 2",
            ),
            ("Robert Hale Jr. inherited the mill.", "Robert Hale Jr 1"),
            ("The host was Patrick O'Brien, 44.", "Patrick O'Brien 1"),
        ],
    );
}

#[test]
fn shorter_forms_join_the_full_name() {
    check(
        "en",
        &[
            (
                "Gustavo Petro spoke. Petro left, and President Petro returned. “Gustavo: an honor,” it said.",
                "Gustavo Petro 4",
            ),
            (
                "Donald Trump met Donald J. Trump's lawyers. Mr Trump smiled.",
                "Donald Trump 3",
            ),
            (
                "Nicolás Maduro was seen. Nicolas Maduro was not.",
                "Nicolás Maduro 2",
            ),
            (
                "Ambassador Daniel García-Peña came. García-Peña carried a folder.",
                "Daniel García-Peña 2",
            ),
            (
                "Lucía Márquez Ferro spoke first. Márquez was brief.",
                "Lucía Márquez Ferro 2",
            ),
            (
                "Lubna al-Sarhan signed. Al-Sarhan then left.",
                "Lubna al-Sarhan 2",
            ),
            (
                "Donald Trump sat. Trump spoke. First Lady Melania Trump smiled. Trump left.",
                "Donald Trump 3, Melania Trump 1",
            ),
            (
                "Renzo and Silvia Cattaruzza own the line.",
                "Renzo Cattaruzza 1, Silvia Cattaruzza 1",
            ),
            (
                "Renzo Cattaruzza sued. Silvia Cattaruzza did not. Mrs Cattaruzza is ill.",
                "Silvia Cattaruzza 2, Renzo Cattaruzza 1",
            ),
        ],
    );
}

#[test]
fn bare_surnames_need_a_title_or_a_voice() {
    check(
        "en",
        &[
            ("Senator Hawley objected.", "Hawley 1"),
            ("Mr Kato objected.", "Kato 1"),
            ("The Maduro regime fell.", "Maduro 1"),
            ("The Condor sank near the coast.", ""),
        ],
    );
}

#[test]
fn places_and_organisations_are_no_people() {
    check(
        "en",
        &[
            ("They met in the Oval Office of the White House.", ""),
            ("Projects in La Guajira could power the region.", ""),
            (
                "He told Caracol Radio that members of Tren de Aragua had fled.",
                "",
            ),
            ("Thousands gathered in Bogotá’s Plaza Bolívar.", ""),
            ("He was not greeted at the North Portico.", ""),
            ("Students marched down Rustaveli Avenue to Forest Park.", ""),
            (
                "The Ministry of Justice and the Supreme Court disagreed.",
                "",
            ),
            ("Bank of America and Goldman Sachs cut jobs.", ""),
            ("The Treaty of Versailles was signed in June.", ""),
            (
                "Latin America, Africa and the Middle East were on the agenda.",
                "",
            ),
            ("On Tuesday, October 3, nothing happened.", ""),
            ("The Doña Mercedes lay at anchor.", ""),
        ],
    );
}

#[test]
fn names_end_where_the_person_does() {
    check(
        "en",
        &[
            (
                "President Moon Jae-in's aides left with Sophia Chong Suk-fan.",
                "Moon Jae-in 1, Sophia Chong Suk-fan 1",
            ),
            (
                "The board's director, Muhammad Al-Harbi, thanked them.",
                "Muhammad Al-Harbi 1",
            ),
            (
                "A statement by Mr Kofi Yeboah Dame followed.",
                "Kofi Yeboah Dame 1",
            ),
            ("Chief Daisy Kato of Nairobi said no.", "Daisy Kato 1"),
            ("The Biden-led talks ended; Joe Biden left.", "Joe Biden 2"),
            (
                "The Amir Sheikh Nawaf Al-Ahmad Al-Sabah arrived. The Amir spoke.",
                "Nawaf Al-Ahmad Al-Sabah 1",
            ),
            ("The Bank of Mr Tamb-Vesk closed.", "Tamb-Vesk 1"),
            ("Stand-up comedian Don Okafor toured.", "Don Okafor 1"),
        ],
    );
}

#[test]
fn people_are_found_behind_the_body_they_stand_for() {
    check(
        "en",
        &[
            (
                "He met the President of the World Economic Forum Daniel Weber to discuss it.",
                "Daniel Weber 1",
            ),
            (
                "Spokesman for the Cabinet Omar Saad said that work went on.",
                "Omar Saad 1",
            ),
            (
                "The silver went to the Iraqi Muntazer Ali, the bronze to a Thai.",
                "Muntazer Ali 1",
            ),
            (
                "The President of the Bank of America Corporation resigned.",
                "",
            ),
        ],
    );
}

#[test]
fn addresses_and_groups_name_nobody() {
    check(
        "en",
        &[
            (
                "https://www.example.org/114631/read/Lena-Fischer-patron\n\nA patron was named.",
                "",
            ),
            (
                "Leaders of Ngā Pōtiki and Ngāti Hine met under Te Tiriti.",
                "",
            ),
        ],
    );
}

#[test]
fn keyword_lines_do_not_make_new_people() {
    let story = "President Gustavo Petro met Donald Trump in Washington. Petro smiled. ";
    for (line, expected) in [
        (
            "Keywords: Gustavo Petro Trump meeting, Petro Washington visit",
            "Gustavo Petro 4, Donald Trump 2",
        ),
        ("Petro Trump talks", "Gustavo Petro 3, Donald Trump 2"),
    ] {
        assert_eq!(people("en", &format!("{story}{line}")), expected, "{line}");
    }
}

#[test]
fn headlines_name_people_whom_the_text_supports() {
    let mut analyser = Analyser::new();
    let body = "Lena Fischer resigned on Monday. Fischer gave no reason.";
    let analysed = analyser.analyse_parts("Fischer Quits Over Housing Report", body, None);
    let entities = resolve(&analysed, Extractor::new().extract(&analysed));
    let person = entities
        .iter()
        .find(|entity| entity.kind == EntityKind::Person)
        .unwrap();
    assert_eq!(
        (person.name.as_str(), person.mentions.len()),
        ("Lena Fischer", 3)
    );
}

#[test]
fn other_languages_have_their_own_titles() {
    check(
        "es",
        &[
            (
                "La ministra de Defensa, Lucía Márquez, viajó a Quito. Márquez volvió ayer.",
                "Lucía Márquez 2",
            ),
            (
                "El señor Cifuentes habló con los camioneros.",
                "Cifuentes 1",
            ),
        ],
    );
    check(
        "fr",
        &[
            (
                "La ministre de l'énergie, Achta Dourgo, a parlé. Mme Dourgo est partie.",
                "Achta Dourgo 2",
            ),
            (
                "L'hydrologue Brahim Djerabé-Toura hésite. M. Djerabé-Toura attend.",
                "Brahim Djerabé-Toura 2",
            ),
        ],
    );
    check(
        "pt",
        &[(
            "O presidente Esteban Herrera falou. Segundo Herrera, nada mudou.",
            "Esteban Herrera 2",
        )],
    );
    check(
        "de",
        &[(
            "Bergbauministerin Aïchatou Maïdoka schwieg. Maïdokas Sprecher auch.",
            "Aïchatou Maïdoka 2",
        )],
    );
}

/// The people of a text with the number of their mentions and what they are said to be.
fn roles(text: &str) -> String {
    let mut analyser = Analyser::new();
    let mut analysed = analyser.analyse_parts("", text, Some(Language::ENGLISH));
    analysed.title_derived = true;
    let entities = resolve(&analysed, Extractor::new().extract(&analysed));
    let people = entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::Person)
        .map(|entity| format!("{}: {}", entity.name, entity.roles.join(", ")));
    people.collect::<Vec<_>>().join("; ")
}

#[test]
fn roles_are_kept_as_the_text_says_them() {
    for (text, expected) in [
        (
            "Defense Minister Pedro Sánchez resigned on Monday.",
            "Pedro Sánchez: defense minister",
        ),
        (
            "Gustavo Petro, president of Colombia, arrived. Former President Petro left.",
            "Gustavo Petro: president of Colombia, former president",
        ),
        (
            "Secretary of State Marco Rubio met Mr. Kato.",
            "Marco Rubio: secretary of state; Kato: ",
        ),
        (
            "The minister of mines, Achta Dourgo, agreed.",
            "Achta Dourgo: minister of mines",
        ),
        (
            "So said Robert Hale, the Treasury's under secretary for financial intelligence. Hale left.",
            "Robert Hale: under secretary for financial intelligence",
        ),
        (
            "The town has a new mayor. Ann Pell and her brother, James Pell, cheered.",
            "Ann Pell: ; James Pell: ",
        ),
        (
            "Odette Mbuyi Kalala, Kinshasa's transport minister, said so.",
            "Odette Mbuyi Kalala: transport minister",
        ),
        ("Peru's Ana Quispe won.", "Ana Quispe: "),
        (
            "Colombian Defense Minister Pedro Sánchez resigned.",
            "Pedro Sánchez: Colombian defense minister",
        ),
        (
            "Spain's prime minister Pedro Sánchez resigned.",
            "Pedro Sánchez: Spain's prime minister",
        ),
        (
            "They met Spanish Prime Minister Pedro Sánchez.",
            "Pedro Sánchez: Spanish prime minister",
        ),
        (
            "They met U.S. President Donald Trump.",
            "Donald Trump: U.S. president",
        ),
        (
            "They met former South Korean President Moon Jae-in.",
            "Moon Jae-in: former South Korean president",
        ),
        (
            "Pedro Sánchez, the Spanish prime minister, resigned.",
            "Pedro Sánchez: Spanish prime minister",
        ),
        (
            "In Colombia, President Gustavo Petro and Madrid's Mayor Ana Quispe met.",
            "Gustavo Petro: president; Ana Quispe: mayor",
        ),
    ] {
        assert_eq!(roles(text), expected, "{text}");
    }
}

#[test]
fn names_are_one_however_they_are_ordered_or_spelt() {
    check(
        "en",
        &[
            (
                "Chinese leader Xi Jinping spoke. Xi left on Friday.",
                "Xi Jinping 2",
            ),
            (
                "Prime Minister Viktor Orbán spoke. Orbán Viktor left, and Orban smiled.",
                "Viktor Orbán 3",
            ),
            (
                "Prime Minister Sheikh Hasina resigned. Sheikh Hasina left Dhaka.",
                "Sheikh Hasina 2",
            ),
            (
                "Mohammed bin Salman listened. Prince bin Salman then spoke.",
                "Mohammed bin Salman 2",
            ),
            (
                "Robert F. Kennedy Jr. spoke. Kennedy left. Robert Kennedy was thanked.",
                "Robert Kennedy Jr 3",
            ),
            (
                "María Fernanda Espinosa Garcés won. Espinosa thanked voters.",
                "María Fernanda Espinosa Garcés 2",
            ),
        ],
    );
}

#[test]
fn a_surname_goes_to_the_one_the_article_is_about() {
    check(
        "en",
        &[
            (
                "Donald Trump spoke in Ohio. Trump said taxes would fall. Melania Trump was there. \
                 Trump left. Mrs. Trump stayed.",
                "Donald Trump 3, Melania Trump 2",
            ),
            ("Senator Trump said no.", "Trump 1"),
        ],
    );
}

#[test]
fn roles_lead_to_their_countries() {
    for (text, expected) in [
        ("Colombian defense minister Pedro Sánchez left.", Some("CO")),
        ("Spain's prime minister Pedro Sánchez left.", Some("ES")),
        ("Spanish Prime Minister Pedro Sánchez left.", Some("ES")),
        ("U.S. President Donald Trump left.", Some("US")),
        ("Gustavo Petro, president of Colombia, left.", Some("CO")),
        ("President Gustavo Petro left.", None),
    ] {
        let roles = roles(text);
        let (_, role) = roles.split_once(": ").unwrap();
        let country = office_country(role).map(|code| code.to_string());
        assert_eq!(country.as_deref(), expected, "{text}: {role}");
    }
}

#[test]
fn what_is_called_after_people_is_nobody() {
    check(
        "en",
        &[
            (
                "She spoke in the James S. Tandy Press Briefing Room on Monday.",
                "",
            ),
            ("The Helen Marsh Voting Rights Act passed.", ""),
            (
                "Doctors at Albert Crane National Medical Center said so.",
                "",
            ),
            ("The court overturned Moe v. Haskell in June.", ""),
            (
                "Ada Haskell sued. In Moe v. Haskell the court agreed.",
                "Ada Haskell 2",
            ),
            (
                "The Helen Marsh Act passed, and Helen Marsh smiled.",
                "Helen Marsh 1",
            ),
            ("Dana Reeve, University of Leeds, wrote it.", "Dana Reeve 1"),
            ("Helen Marsh's Act passed.", "Helen Marsh 1"),
        ],
    );
}

#[test]
fn titles_alone_are_nobody() {
    check(
        "en",
        &[
            ("“Thank you, Mr. President,” she said.", ""),
            ("“Yes, Mr. Secretary,” she said. Potus said no.", ""),
            ("Mayor said the road would open.", ""),
            ("Martin King spoke in Ohio. King said no.", "Martin King 2"),
        ],
    );
}

#[test]
fn given_names_that_are_words_belong_to_the_surname() {
    check(
        "en",
        &[(
            "Bill Clinton and Hillary Clinton came to Ohio. Hillary Clinton spoke.",
            "Hillary Clinton 2, Bill Clinton 1",
        )],
    );
}

#[test]
fn datelines_are_no_part_of_a_name() {
    check(
        "en",
        &[
            (
                "BOGOTA - García Peña met ministers on Monday.",
                "García Peña 1",
            ),
            (
                "BOGOTA – Daniel García Peña met ministers on Monday.",
                "Daniel García Peña 1",
            ),
        ],
    );
}

#[test]
fn father_and_son_stay_two() {
    check(
        "en",
        &[
            (
                "Donald Trump Jr. spoke in Ohio. His father, Donald Trump, listened. Donald Trump left.",
                "Donald Trump 2, Donald Trump Jr 1",
            ),
            (
                "Robert Hale Jr. spoke in Ohio. Robert Hale listened.",
                "Robert Hale Jr 2",
            ),
        ],
    );
}

#[test]
fn initials_that_contradict_each_other_are_two_people() {
    check(
        "en",
        &[
            (
                "George H. W. Bush sent troops in 1990. George W. Bush sent them in 2003. George H.W. Bush died.",
                "George H. W. Bush 2, George Bush 1",
            ),
            (
                "Carla M. Duarte sued. Carla Duarte won. Carla Duarte left.",
                "Carla Duarte 3",
            ),
        ],
    );
}

#[test]
fn relatives_do_not_take_the_surname() {
    check(
        "en",
        &[
            (
                "President Joe Harlan pardoned his son, Hugo Harlan. Harlan signed the paper at noon.",
                "Joe Harlan 2, Hugo Harlan 1",
            ),
            (
                "Prince Harry and Meghan Markle moved. Harry sued.",
                "Harry 2, Meghan Markle 1",
            ),
            (
                "Lena Marchetti sang. Lena and Diego Sol remain friends.",
                "Lena Marchetti 2, Diego Sol 1",
            ),
        ],
    );
    check(
        "pt",
        &[(
            "O juiz ouviu o ex-presidente Jair Cardoso e o filho Eduardo Cardoso. Na quarta-feira, Cardoso respondeu a tudo, disse o juiz.",
            "Jair Cardoso 2, Eduardo Cardoso 1",
        )],
    );
}

#[test]
fn transliterations_of_a_name_meet() {
    check(
        "en",
        &[(
            "Volodymyr Zelenskyy thanked Petr Pavel. Zelensky left, and Sergei Lavrov did not. Sergey Lavrov stayed.",
            "Volodymyr Zelenskyy 2, Sergei Lavrov 2, Petr Pavel 1",
        )],
    );
}

#[test]
fn names_end_where_their_words_do() {
    check(
        "en",
        &[
            (
                "Ferdinand Marcos hosted a dinner for Anwar Ibrahim. Marcos toasted Anwar.",
                "Ferdinand Marcos 2, Anwar Ibrahim 2",
            ),
            (
                "Judge Penelope Marwick QC spoke, and Mr Justice Kerr listened.",
                "Penelope Marwick 1, Kerr 1",
            ),
            (
                "Prince Faisal bin Farhan Al Saud came to Damascus.",
                "Faisal bin Farhan Al Saud 1",
            ),
            ("Petro Washington talks go on.", "Petro 1"),
        ],
    );
    check(
        "de",
        &[(
            "Im Bundestag kritisierte AfD-Chefin Alice Weidel den Kanzler. Die Bundespräsidentin Karin Keller-Sutter bot Genf als Ort an.",
            "Alice Weidel 1, Karin Keller-Sutter 1",
        )],
    );
    check(
        "it",
        &[(
            "Con lei il ministro degli Esteri Antonio Tajani e il presidente della Repubblica Sergio Mattarella.",
            "Antonio Tajani 1, Sergio Mattarella 1",
        )],
    );
}

#[test]
fn particles_with_capitals_belong_to_the_name() {
    check(
        "fr",
        &[(
            "Le ministre a défendu sa réforme, tandis que Marine Le Pen brandissait la censure. Un allié de Mme Le Pen s'est tu. Le Pen a menacé.",
            "Marine Le Pen 3",
        )],
    );
}

#[test]
fn who_is_addressed_once_by_a_given_name_is_not_listed() {
    check(
        "en",
        &[
            ("Hello, everybody! Thank you, Jill. It is an honor.", ""),
            ("Peter? What about the money?", ""),
        ],
    );
}
