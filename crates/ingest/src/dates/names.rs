//! Names of months and weekdays in English, Spanish, French, Portuguese, German, Italian and
//! Dutch, with the abbreviations that newspapers use; written by us, folded to plain letters.

use dateline_corpus::analysis::fold;
use jiff::civil::Weekday;

use super::cursor::Cursor;

const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "janner", "januari", "janvier", "janv", "enero", "ene",
        "janeiro", "gennaio", "gen",
    ],
    &[
        "february",
        "feb",
        "febr",
        "februar",
        "februari",
        "fevrier",
        "fevr",
        "febrero",
        "fevereiro",
        "fev",
        "febbraio",
    ],
    &[
        "march", "mar", "marz", "maerz", "maart", "mrt", "mars", "marzo", "marco",
    ],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mei", "mayo", "maio", "maggio", "mag"],
    &[
        "june", "jun", "juni", "juin", "junio", "junho", "giugno", "giu",
    ],
    &[
        "july", "jul", "juli", "juillet", "juil", "julio", "julho", "luglio", "lug",
    ],
    &["august", "aug", "augustus", "aout", "agosto", "ago"],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "set",
        "settembre",
        "sett",
    ],
    &[
        "october", "oct", "oktober", "okt", "octobre", "octubre", "outubro", "out", "ottobre",
        "ott",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "dezember",
        "dez",
        "decembre",
        "diciembre",
        "dic",
        "dezembro",
        "dicembre",
    ],
];

const WEEKDAYS: [&[&str]; 7] = [
    &[
        "monday", "mon", "lunes", "lundi", "segunda", "montag", "lunedi", "maandag",
    ],
    &[
        "tuesday", "tue", "tues", "martes", "mardi", "terca", "dienstag", "martedi", "dinsdag",
    ],
    &[
        "wednesday",
        "wed",
        "miercoles",
        "mercredi",
        "quarta",
        "mittwoch",
        "mercoledi",
        "woensdag",
    ],
    &[
        "thursday",
        "thu",
        "thur",
        "thurs",
        "jueves",
        "jeudi",
        "quinta",
        "donnerstag",
        "giovedi",
        "donderdag",
    ],
    &[
        "friday", "fri", "viernes", "vendredi", "sexta", "freitag", "venerdi", "vrijdag",
    ],
    &[
        "saturday",
        "sat",
        "sabado",
        "samedi",
        "samstag",
        "sonnabend",
        "sabato",
        "zaterdag",
    ],
    &[
        "sunday", "sun", "domingo", "dimanche", "sonntag", "domenica", "zondag",
    ],
];

/// No name of a month or weekday is longer than this many bytes (`septiembre`, `donnerstag`, an
/// accent or two); longer words need not be looked up.
const NAME_BYTES_MAX: usize = 13;

/// The month, 1 to 12, whose name or abbreviation stands at `start`, and the place behind it.
pub(crate) fn month_at(start: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (word, after) = start.word()?;
    let index = index(&MONTHS, word)?;
    Some((index as u32 + 1, after))
}

/// The weekday with this name or abbreviation.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    Weekday::from_monday_zero_offset(index(&WEEKDAYS, word)? as i8).ok()
}

fn index(table: &[&[&str]], word: &str) -> Option<usize> {
    if !(3..=NAME_BYTES_MAX).contains(&word.len()) {
        return None;
    }
    let folded = fold(word);
    table
        .iter()
        .position(|names| names.contains(&folded.as_str()))
}
