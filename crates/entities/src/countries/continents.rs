//! The continents of countries, by the geographical regions of the UN Statistics Division (M49),
//! with the Americas parted as M49 parts them: North America has the Caribbean and Central
//! America in it. A country lies in one continent here, even where its land does not: Russia in
//! Europe, Turkey in Asia. Territories that M49 does not list stand where their neighbours do.

use dateline_corpus::CountryCode;

/// A continent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Continent {
    /// M49 region 002.
    Africa,
    /// M49 area 010.
    Antarctica,
    /// M49 region 142.
    Asia,
    /// M49 region 150.
    Europe,
    /// M49 region 003.
    NorthAmerica,
    /// M49 region 009.
    Oceania,
    /// M49 region 005.
    SouthAmerica,
}

/// The codes of each continent's countries, in alphabetical order.
const COUNTRIES: [(Continent, &str); 7] = [
    (
        Continent::Africa,
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY \
         MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA \
         ZM ZW",
    ),
    (Continent::Antarctica, "AQ"),
    (
        Continent::Asia,
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM \
         MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE",
    ),
    (
        Continent::Europe,
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI \
         LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    ),
    (
        Continent::NorthAmerica,
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX \
         NI PA PM PR SV SX TC TT US VC VG VI",
    ),
    (
        Continent::Oceania,
        "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
    ),
    (
        Continent::SouthAmerica,
        "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    ),
];

/// The continent that a country lies in.
pub fn continent(country: CountryCode) -> Option<Continent> {
    let has = |codes: &str| codes.split(' ').any(|code| code == country.as_str());
    let found = COUNTRIES.iter().find(|(_, codes)| has(codes));
    found.map(|(continent, _)| *continent)
}

impl Continent {
    /// The name to show.
    pub fn name(self) -> &'static str {
        match self {
            Continent::Africa => "Africa",
            Continent::Antarctica => "Antarctica",
            Continent::Asia => "Asia",
            Continent::Europe => "Europe",
            Continent::NorthAmerica => "North America",
            Continent::Oceania => "Oceania",
            Continent::SouthAmerica => "South America",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_lies_in_one_continent() {
        for (code, name) in super::super::all() {
            let lists = COUNTRIES.iter();
            let found = lists.filter(|(_, codes)| codes.split(' ').any(|c| c == code.as_str()));
            assert_eq!(found.count(), 1, "{name}");
        }
    }

    #[test]
    fn lists_no_country_that_there_is_not() {
        for (_, codes) in COUNTRIES {
            assert!(codes.split(' ').is_sorted(), "{codes}");
            for code in codes.split(' ') {
                let known = CountryCode::new(code).and_then(super::super::name);
                assert!(known.is_some(), "{code}");
            }
        }
    }
}
