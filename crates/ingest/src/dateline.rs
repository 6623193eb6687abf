//! Finds the dateline that opens a news text: place, date, agency, and the dash after them.
//!
//! It stays in the text. What is found here is where it ends and what it says.

mod labels;

use dateline_corpus::Precision;
use dateline_corpus::analysis::fold;

use crate::agencies;
use crate::dates::{self, Parsed};
use labels::LABELS;

/// The opening of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Opening {
    /// Where what follows it begins, in bytes; the length of the text when nothing follows.
    pub end: usize,
    /// The place as written; empty when there is none.
    pub place: String,
    /// The date, as it can be read and as it was written.
    pub date: Option<(Parsed, String)>,
    /// The agency, as it signs.
    pub agency: Option<String>,
}

/// No dateline is longer than this many bytes; the longest name a place in another one, with
/// date and agency.
const DATELINE_BYTES_MAX: usize = 120;
/// More words than these are a sentence.
const PLACE_WORDS_MAX: usize = 8;
/// A place ended by a full stop (`IPIALES. Más de …`) has no more words than this.
const STOPPED_PLACE_WORDS_MAX: usize = 3;
/// A place shorter than this before a full stop is an abbreviation (`Prof.`, `Gov.`), unless it is
/// in capitals (`ROMA.`).
const STOPPED_PLACE_CHARS_MIN: usize = 5;
/// … and the last word of it no fewer letters than this.
const STOPPED_WORD_CHARS_MIN: usize = 3;
/// No abbreviation in a name of a place has more letters before its stop.
const ABBREVIATION_CHARS_MAX: usize = 5;
/// No agency has a longer name.
const AGENCY_BYTES_MAX: usize = 40;

/// Small words inside names of places.
const CONNECTORS: &[&str] = &[
    "a", "al", "am", "an", "and", "da", "das", "de", "del", "den", "der", "des", "di", "do", "dos",
    "du", "e", "el", "en", "im", "in", "la", "las", "le", "les", "los", "near", "of", "on", "sur",
    "the", "upon", "y",
];

/// Words that begin a sentence or a byline and no name of a place, folded.
const OPENERS: &[&str] = &[
    "after", "am", "at", "before", "by", "during", "en", "in", "im", "nel", "on", "par", "por",
    "since", "until", "when", "while",
];

/// The dateline that `text` begins with.
pub(crate) fn dateline(text: &str) -> Option<Opening> {
    let found = piped(text).or_else(|| Scan::new(text).run())?;
    let signed = found.agency.is_some() || found.date.is_some();
    let place = fold(&found.place);
    let opens = OPENERS.contains(&place.split(' ').next().unwrap_or_default());
    let is_label = !signed && LABELS.contains(&place.as_str());
    (!opens && !is_label && !is_domain(&found.place)).then_some(found)
}

/// What a field for the dateline says: a whole one (`PARIS, Feb 3 (AFP) -`), or a place. It stands
/// in no text, so that it ends at 0.
pub(crate) fn stated(field: &str) -> Opening {
    let written = field.trim().trim_end_matches(['-', '–', '—', ':', ' ']);
    let found = dateline(&format!("{written} - X"));
    let whole = found.unwrap_or_else(|| Opening {
        place: written.to_owned(),
        ..Opening::default()
    });
    Opening { end: 0, ..whole }
}

/// A dateline that is being read.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    place: Place,
    date: Option<(Parsed, String)>,
    agency: Option<String>,
    can_precede_date: bool,
}

/// What has been read of the place.
#[derive(Debug, Default)]
struct Place {
    start: usize,
    end: usize,
    words: usize,
    chars: usize,
    has_lower_case: bool,
    last_chars: usize,
}

/// What reading on has shown.
enum Step {
    /// There is more to read.
    On,
    /// The dateline ends at the place where the scan stands.
    End,
    /// It is none.
    None,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Scan<'a> {
        Scan {
            text,
            at: 0,
            place: Place::default(),
            date: None,
            agency: None,
            can_precede_date: true,
        }
    }

    fn run(mut self) -> Option<Opening> {
        let limit = self.text.floor_char_boundary(DATELINE_BYTES_MAX);
        while self.at < limit {
            match self.step() {
                Step::On => {}
                Step::End => return Some(self.found()),
                Step::None => return None,
            }
        }
        // The whole text: `Guayaquil, 4 de febrero de 2026`.
        (self.at >= self.text.len() && self.date.is_some()).then(|| self.found())
    }

    fn found(self) -> Opening {
        let place = &self.text[self.place.start..self.place.end];
        // `AFP.- `: an agency where a place would stand.
        let (place, agency) = match agencies::agency(place) {
            Some(agency) if self.agency.is_none() => ("", Some(agency.to_owned())),
            _ => (place, self.agency),
        };
        Opening {
            end: self.at,
            place: place.to_owned(),
            date: self.date,
            agency,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn step(&mut self) -> Step {
        let rest = self.rest();
        if let Some(after) = dash(rest) {
            self.at = self.text.len() - after.len();
            return self.behind_dash();
        }
        if self.date.is_none() && self.can_precede_date && self.take_date() {
            self.can_precede_date = false;
            return Step::On;
        }
        if let Some((bytes, name)) = sign(rest) {
            self.at += bytes;
            match agencies::in_dateline(name) {
                Some(agency) => self.agency = self.agency.take().or(Some(agency)),
                // `LYON (France)`
                None if self.place.end + 1 >= self.at - bytes
                    && self.place.words > 0
                    && !is_station(name) =>
                {
                    self.place.end = self.at;
                }
                None => {}
            }
            return self.behind_sign();
        }
        let Some(c) = rest.chars().next() else {
            return Step::None;
        };
        if matches!(c, '.' | ':') && self.is_ended(c) {
            self.at += 1 + (rest.len() - 1 - rest[1..].trim_start().len());
            self.take_agency_prefix();
            return Step::End;
        }
        if c.is_whitespace() || matches!(c, ',' | '.' | '/' | ';' | '-') {
            if c == '.' && self.at == self.place.end && self.place.may_be_abbreviated() {
                self.place.end += 1;
            }
            self.can_precede_date |= c != '-';
            self.at += c.len_utf8();
            return Step::On;
        }
        match self.place.push(self.at, rest) {
            Some(bytes) => {
                self.can_precede_date = false;
                self.at += bytes;
                Step::On
            }
            None => Step::None,
        }
    }

    /// Takes the date that follows, if one does.
    fn take_date(&mut self) -> bool {
        let rest = self.rest();
        let Some((parsed, after)) = dates::prefix(rest).filter(|(parsed, _)| is_day(*parsed))
        else {
            return false;
        };
        let written = &rest[..rest.len() - after.len()];
        self.date = Some((parsed, written.to_owned()));
        self.at += written.len();
        true
    }

    /// A dash ends a dateline, but for one more part: `February 3, 2026 –`, `(Reuters) —`, and the
    /// place behind an agency that comes first.
    fn behind_dash(&mut self) -> Step {
        if self.place.words == 0 && self.date.is_none() {
            let Some(agency) = self.agency.take() else {
                return Step::None;
            };
            if let Some(inner) = Scan::new(self.rest())
                .run()
                .filter(|found| found.agency.is_none())
            {
                self.place.start = self.at;
                self.place.end = self.at + inner.place.len();
                self.at += inner.end;
                self.date = inner.date;
            }
            self.agency = Some(agency);
        } else {
            self.second_part();
            self.take_agency_prefix();
        }
        match opens_sentence(self.rest()) {
            true => Step::End,
            false => Step::None,
        }
    }

    /// Some agencies set no dash: `New Delhi, Feb 3 (PTI) The bridge is open.`, `STOCKHOLM (TT) Bron …`
    fn behind_sign(&mut self) -> Step {
        let after = self.rest().trim_start();
        let is_place = self.date.is_some() || !self.place.has_lower_case;
        let is_open = self.agency.is_some() && is_place && self.place.words > 0;
        if is_open && opens_sentence(after) && !after.starts_with(['(', '/']) {
            self.at = self.text.len() - after.len();
            return Step::End;
        }
        Step::On
    }

    fn second_part(&mut self) {
        let (start, date) = (self.at, self.date.clone());
        if self.date.is_some() || !self.take_date() {
            match sign(self.rest()).map(|(bytes, name)| (bytes, agencies::in_dateline(name))) {
                Some((bytes, Some(agency))) => {
                    self.at += bytes;
                    self.agency = self.agency.take().or(Some(agency));
                }
                _ => return,
            }
        }
        // `CAIRO – 26 July 2022: The bridge is open.`
        let colon = || self.rest().strip_prefix(": ").map(str::trim_start);
        match dash(self.rest()).or_else(colon) {
            Some(after) => self.at = self.text.len() - after.len(),
            None => (self.at, self.date) = (start, date),
        }
    }

    /// `МОСКВА, 3 фев - РИА Новости. Мост открыт.`
    fn take_agency_prefix(&mut self) {
        let rest = self.rest();
        let near = &rest[..rest.floor_char_boundary(AGENCY_BYTES_MAX)];
        let (end, after) = match (near.find(". "), near.find(" - ")) {
            (Some(stop), dash) if dash.is_none_or(|dash| stop < dash) => (stop, stop + 2),
            (_, Some(dash)) => (dash, dash + 3),
            _ => return,
        };
        if self.agency.is_none()
            && let Some(agency) = agencies::agency(&near[..end])
        {
            self.agency = Some(agency.to_owned());
            self.at += after;
        }
    }

    /// Whether the full stop or colon that follows ends a dateline and no abbreviation.
    fn is_ended(&self, mark: char) -> bool {
        let after = &self.rest()[1..];
        let next = after.trim_start();
        if !after.starts_with(' ') || !opens_sentence(next) || sign(next).is_some() {
            return false;
        }
        let has_date = self.date.is_some();
        let is_capitals = !self.place.has_lower_case && self.place.chars > 2;
        let is_short = self.place.words <= STOPPED_PLACE_WORDS_MAX;
        match mark {
            // `KARACHI: The bridge is open.`
            ':' => is_capitals && is_short && self.place.chars > 3,
            _ if has_date => true,
            // `Москва. 3 февраля.`: the date is still to come.
            _ if dates::prefix(next).is_some_and(|(parsed, _)| is_day(parsed)) => false,
            // `The U.S. Treasury`, `When Mr. Roe`
            _ if self.place.last_chars < STOPPED_WORD_CHARS_MIN => false,
            _ => is_short && (self.place.chars >= STOPPED_PLACE_CHARS_MIN || is_capitals),
        }
    }
}

impl Place {
    /// Whether a stop behind it is of an abbreviation: `Calif.`
    fn may_be_abbreviated(&self) -> bool {
        (1..=ABBREVIATION_CHARS_MAX).contains(&self.last_chars)
    }

    /// Takes the word that `rest`, the text from `at` on, begins with; its length, or `None` when
    /// it is not of a name.
    fn push(&mut self, at: usize, rest: &str) -> Option<usize> {
        let is_inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '`');
        let end = rest.find(|c: char| !is_inside(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let is_connector = CONNECTORS.contains(&word) && self.words > 0;
        let first = word.chars().find(|c| c.is_alphabetic())?;
        if first.is_lowercase() && !is_connector || self.words >= PLACE_WORDS_MAX {
            return None;
        }
        if self.words == 0 {
            self.start = at;
        }
        self.end = at + end;
        self.words += 1;
        let chars = word.chars().count();
        self.chars += chars;
        self.last_chars = chars;
        self.has_lower_case |= !is_connector && word.chars().any(char::is_lowercase);
        Some(end)
    }
}

/// Skips a dash with the spaces around it. A hyphen counts with a space before it, or behind the
/// bracket or stop that it follows in Spanish: `(EFE).-`.
fn dash(rest: &str) -> Option<&str> {
    let trimmed = rest.trim_start();
    let spaced = trimmed.len() < rest.len();
    let stopped = trimmed.strip_prefix('.').and_then(|after| {
        after
            .strip_prefix(['-', '–', '—'])
            .filter(|after| after.starts_with(' '))
    });
    let after = stopped
        .or_else(|| trimmed.strip_prefix(['—', '–', '―']))
        .or_else(|| trimmed.strip_prefix("--"))
        .or_else(|| {
            // Teleprinters have an underscore for it.
            trimmed
                .strip_prefix(['-', '_'])
                .filter(|after| spaced && after.starts_with(' '))
        })?;
    // `Paris–Dakar` is a name: a dash of half length needs a space on one side.
    let is_word = !spaced && trimmed.starts_with('–') && !after.starts_with(char::is_whitespace);
    (!is_word).then(|| after.trim_start())
}

/// The length and the inside of `(Reuters)`, `/TASS/`.
fn sign(rest: &str) -> Option<(usize, &str)> {
    let (open, close) = match rest.chars().next()? {
        '(' => ('(', ')'),
        '/' => ('/', '/'),
        _ => return None,
    };
    let inside = &rest[1..];
    let end = inside
        .find(close)
        .filter(|end| (1..=AGENCY_BYTES_MAX).contains(end))?;
    let name = &inside[..end];
    let is_name = name.chars().next()?.is_alphabetic() && !name.contains('\n');
    // A slash also parts two places.
    let is_sign = is_name && (open == '(' || agencies::agency(name).is_some());
    is_sign.then_some((end + 2, name))
}

/// `Brussels, Belgium | AFP | Tuesday 2/3/2026 - The bridge is open.`: as AFP writes for the web.
fn piped(text: &str) -> Option<Opening> {
    let near = &text[..text.floor_char_boundary(DATELINE_BYTES_MAX)];
    let (place, rest) = near.split_once(" | ")?;
    let (sign, rest) = rest.split_once(" | ")?;
    let agency = agencies::agency(sign)?.to_owned();
    let rest = &text[near.len() - rest.len()..];
    let (parsed, after) = dates::prefix(rest).filter(|(parsed, _)| is_day(*parsed))?;
    let body = dash(after)?;
    let opens = place.starts_with(char::is_uppercase) && opens_sentence(body);
    opens.then(|| Opening {
        end: text.len() - body.len(),
        place: place.to_owned(),
        date: Some((parsed, rest[..rest.len() - after.len()].to_owned())),
        agency: Some(agency),
    })
}

/// Whether a name is a site's, and not a place with an abbreviation in it: `Planet.Net`.
fn is_domain(name: &str) -> bool {
    name.split(' ').any(|word| {
        let parts = word.split_once('.');
        parts.is_some_and(|(name, end)| name.len() > ABBREVIATION_CHARS_MAX && !end.is_empty())
    })
}

/// Whether a name in brackets is that of a station or a site: `KABC-TV`, `HawaiiNewsNow`.
fn is_station(name: &str) -> bool {
    let has_inner_capital = |word: &str| {
        let mut chars = word.chars().skip_while(|c| c.is_uppercase());
        chars.next().is_some() && chars.any(char::is_uppercase)
    };
    let is_call_sign = name.chars().filter(|c| c.is_uppercase()).count() > 3
        && !name.chars().any(char::is_lowercase);
    is_call_sign || name.contains(['.', '/']) || name.split(' ').any(has_inner_capital)
}

/// Whether a sentence can begin here.
fn opens_sentence(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| {
        !c.is_lowercase() && (c.is_alphanumeric() || "\"'“‘«„¿¡(<[$€£".contains(c))
    })
}

/// Whether a date names a day, of whatever year.
fn is_day(parsed: Parsed) -> bool {
    parsed
        .sure()
        .is_none_or(|reading| reading.precision <= Precision::Day)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(texts: &[&str], expect: Expect) {
        let line = |text: &&str| match dateline(text) {
            None => format!("-- {text}\n"),
            Some(found) => {
                let (opening, rest) = text.split_at(found.end);
                let date = found.date.map(|(_, written)| written).unwrap_or_default();
                let agency = found.agency.unwrap_or_default();
                format!("{} | {date} | {agency} [{opening}] {rest}\n", found.place)
            }
        };
        expect.assert_eq(&texts.iter().map(line).collect::<String>());
    }

    #[test]
    fn finds_the_datelines_of_agencies_and_papers() {
        check(
            &[
                "LONDON (AP) — The bridge is open.",
                "BOGOTÁ, Feb 3 (Reuters) - The bridge is open.",
                "Washington, D.C. – February 3, 2026 – The bridge is open.",
                "Bogotá, Colombia— The bridge is open.",
                "SANTA ROSA, N.M. -- The bridge is open.",
                "RIO DE JANEIRO, 3 de fevereiro (Agência) – “A ponte abriu.”",
                "Niamey, 13. Dezember 2025. Die Brücke ist offen.",
                "N'Djamena. Le pont est ouvert.",
                "ROMA. Il ponte è aperto.",
                "(Reuters) - The bridge is open.",
                "Guayaquil, 4 de febrero de 2026",
                "Berlin/Paris (dpa/AFP) - Die Brücke ist offen.",
                "Frankfurt am Main, 3. Feb (Reuters) - Die Brücke ist offen.",
                "PARIS, 3 février (Reuters) - Le pont est ouvert.",
                "Madrid, 3 feb (EFE).- El puente está abierto.",
                "BOGOTÁ 3 Feb. (EUROPA PRESS) - El puente está abierto.",
                "(ANSA) - ROMA, 03 FEB - Il ponte è aperto.",
                "Lisboa, 03 fev 2026 (Lusa) – A ponte abriu.",
                "BEIJING, Feb. 3 (Xinhua) -- The bridge is open.",
                "MOSCOW, February 3. /TASS/. The bridge is open.",
                "МОСКВА, 3 фев - РИА Новости. Мост открыт.",
                "Москва. 3 февраля. ИНТЕРФАКС - Мост открыт.",
                "New Delhi, Feb 3 (PTI) The bridge is open.",
                "KARACHI: The bridge is open.",
                "HONOLULU (HarbourNewsNow) - The bridge is open.",
                "STOCKHOLM (TT) Bron är öppen.",
                "القاهرة (رويترز) - الجسر مفتوح",
                "Brussels, Belgium | AFP | Tuesday 2/3/2026 - The bridge is open.",
                "LYON (France) — Le pont est ouvert.",
                "ANKARA (AA) - Köprü açıldı.",
                "ΑΘΗΝΑ, 3 Φεβρουαρίου (ΑΠΕ) - Η γέφυρα άνοιξε.",
                "عمان 3 شباط (بترا) - الجسر مفتوح",
                "Washington (AP) The bridge is open.",
                "Feb 3 (Reuters) - The bridge is open.",
                "CAIRO – 26 July 2022: The bridge is open.",
                "KUWAIT CITY, July 25: The bridge is open.",
                "MONTREAL, March 24 - <Bridges Inc> said it is open.",
                "Ulaanbaatar /MONTSAME/. The bridge is open.",
                "AFP.- The bridge is open.",
                "OSLO (AP) _ The bridge is open.",
            ],
            expect![[r#"
                LONDON |  | AP [LONDON (AP) — ] The bridge is open.
                BOGOTÁ | Feb 3 | Reuters [BOGOTÁ, Feb 3 (Reuters) - ] The bridge is open.
                Washington, D.C. | February 3, 2026 |  [Washington, D.C. – February 3, 2026 – ] The bridge is open.
                Bogotá, Colombia |  |  [Bogotá, Colombia— ] The bridge is open.
                SANTA ROSA, N.M. |  |  [SANTA ROSA, N.M. -- ] The bridge is open.
                RIO DE JANEIRO | 3 de fevereiro | Agência [RIO DE JANEIRO, 3 de fevereiro (Agência) – ] “A ponte abriu.”
                Niamey | 13. Dezember 2025 |  [Niamey, 13. Dezember 2025. ] Die Brücke ist offen.
                N'Djamena |  |  [N'Djamena. ] Le pont est ouvert.
                ROMA |  |  [ROMA. ] Il ponte è aperto.
                 |  | Reuters [(Reuters) - ] The bridge is open.
                Guayaquil | 4 de febrero de 2026 |  [Guayaquil, 4 de febrero de 2026] 
                Berlin/Paris |  | dpa [Berlin/Paris (dpa/AFP) - ] Die Brücke ist offen.
                Frankfurt am Main | 3. Feb | Reuters [Frankfurt am Main, 3. Feb (Reuters) - ] Die Brücke ist offen.
                PARIS | 3 février | Reuters [PARIS, 3 février (Reuters) - ] Le pont est ouvert.
                Madrid | 3 feb | EFE [Madrid, 3 feb (EFE).- ] El puente está abierto.
                BOGOTÁ | 3 Feb | Europa Press [BOGOTÁ 3 Feb. (EUROPA PRESS) - ] El puente está abierto.
                ROMA | 03 FEB | ANSA [(ANSA) - ROMA, 03 FEB - ] Il ponte è aperto.
                Lisboa | 03 fev 2026 | Lusa [Lisboa, 03 fev 2026 (Lusa) – ] A ponte abriu.
                BEIJING | Feb. 3 | Xinhua [BEIJING, Feb. 3 (Xinhua) -- ] The bridge is open.
                MOSCOW | February 3. | TASS [MOSCOW, February 3. /TASS/. ] The bridge is open.
                МОСКВА | 3 фев | RIA Novosti [МОСКВА, 3 фев - РИА Новости. ] Мост открыт.
                Москва | 3 февраля | Interfax [Москва. 3 февраля. ИНТЕРФАКС - ] Мост открыт.
                New Delhi | Feb 3 | PTI [New Delhi, Feb 3 (PTI) ] The bridge is open.
                KARACHI |  |  [KARACHI: ] The bridge is open.
                HONOLULU |  |  [HONOLULU (HarbourNewsNow) - ] The bridge is open.
                STOCKHOLM |  | TT [STOCKHOLM (TT) ] Bron är öppen.
                القاهرة |  | Reuters [القاهرة (رويترز) - ] الجسر مفتوح
                Brussels, Belgium | Tuesday 2/3/2026 | AFP [Brussels, Belgium | AFP | Tuesday 2/3/2026 - ] The bridge is open.
                LYON (France) |  |  [LYON (France) — ] Le pont est ouvert.
                ANKARA |  | Anadolu [ANKARA (AA) - ] Köprü açıldı.
                ΑΘΗΝΑ | 3 Φεβρουαρίου | ΑΠΕ-ΜΠΕ [ΑΘΗΝΑ, 3 Φεβρουαρίου (ΑΠΕ) - ] Η γέφυρα άνοιξε.
                عمان | 3 شباط | Petra News Agency [عمان 3 شباط (بترا) - ] الجسر مفتوح
                -- Washington (AP) The bridge is open.
                 | Feb 3 | Reuters [Feb 3 (Reuters) - ] The bridge is open.
                CAIRO | 26 July 2022 |  [CAIRO – 26 July 2022: ] The bridge is open.
                KUWAIT CITY | July 25 |  [KUWAIT CITY, July 25: ] The bridge is open.
                MONTREAL | March 24 |  [MONTREAL, March 24 - ] <Bridges Inc> said it is open.
                Ulaanbaatar |  | MONTSAME [Ulaanbaatar /MONTSAME/. ] The bridge is open.
                 |  | AFP [AFP.- ] The bridge is open.
                OSLO |  | AP [OSLO (AP) _ ] The bridge is open.
            "#]],
        );
    }

    #[test]
    fn takes_no_sentence_for_a_dateline() {
        check(
            &[
                "The bridge — the only one — is open.",
                "Prof. Lund opened the bridge.",
                "In October, Rep. Lund, a man of the river, opened the bridge.",
                "By Jane Roe, February 3, 2026",
                "Planetary.Net - The bridge is open.",
                "Petro — who opened the bridge — left.",
                "Open – the bridge",
                "The United States on Tuesday opened the bridge — again.",
                "Paris–Dakar is a race.",
                "Analysis — The bridge is open.",
                "EXCLUSIVE: The bridge is open.",
                "ÚLTIMA HORA. El puente está abierto.",
                "Note: The bridge is open.",
                "The U.S. Treasury opened the bridge.",
                "Investor David F. La Roche opened the bridge.",
                "When Mr. Roe opened the bridge, it rained.",
                "Video (Reuters) The bridge",
                "",
            ],
            expect![[r#"
                -- The bridge — the only one — is open.
                -- Prof. Lund opened the bridge.
                -- In October, Rep. Lund, a man of the river, opened the bridge.
                -- By Jane Roe, February 3, 2026
                -- Planetary.Net - The bridge is open.
                -- Petro — who opened the bridge — left.
                -- Open – the bridge
                -- The United States on Tuesday opened the bridge — again.
                -- Paris–Dakar is a race.
                -- Analysis — The bridge is open.
                -- EXCLUSIVE: The bridge is open.
                -- ÚLTIMA HORA. El puente está abierto.
                -- Note: The bridge is open.
                -- The U.S. Treasury opened the bridge.
                -- Investor David F. La Roche opened the bridge.
                -- When Mr. Roe opened the bridge, it rained.
                -- Video (Reuters) The bridge
                -- 
            "#]],
        );
    }
}
