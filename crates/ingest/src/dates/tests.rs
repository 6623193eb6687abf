//! Dates in every form and language that is read, and what is none.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn show(reading: Reading) -> String {
    let date = reading.date;
    let day = match reading.precision {
        Precision::Year => return format!("{}", date.year()),
        Precision::Month => return format!("{}-{:02}", date.year(), date.month()),
        _ => date.to_string(),
    };
    match (reading.time, reading.offset) {
        (Some(time), Some(offset)) => format!("{day} {time} {offset}"),
        (Some(time), None) => format!("{day} {time} no zone"),
        _ => day,
    }
}

fn describe(parsed: Parsed) -> String {
    match parsed {
        Parsed::Sure(reading) => show(reading),
        Parsed::Ordered(reading, order) => format!("{} ({order:?})", show(reading)),
        Parsed::Either { mdy, dmy } => format!("{} or {}", show(mdy), show(dmy)),
        Parsed::Yearless { month, day } => format!("?-{month:02}-{day:02}"),
    }
}

fn check(written: &[&str], expect: Expect) {
    let line = |written: &&str| {
        let meaning = parse(written).map_or("-".to_owned(), describe);
        format!("{written} => {meaning}\n")
    };
    expect.assert_eq(&written.iter().map(line).collect::<String>());
}

#[test]
fn reads_dates_of_machines() {
    check(
        &[
            "2026-02-03",
            "2026-02-03T11:20:05Z",
            "2026-02-03T11:20:05.123456+01:00",
            "2024-10-31 14:03:42-04:00",
            "2026-04-21 19:30:00",
            "2026/02/03 7:05",
            "20260203",
            "20260203T101500Z",
            "20260203112000",
            "2026-02",
            "2026",
            "Wed, 15 Apr 2026 07:30:00 GMT",
            "Wed, 15 Apr 2026 07:30:00 -0500",
            "Wed Oct 10 20:19:24 +0000 2018",
            "Tue Feb 03 2026 10:00:00 GMT+0100 (CET)",
            "1770235200",
            "1770235200000",
            "1770235200.25",
        ],
        expect![[r#"
            2026-02-03 => 2026-02-03
            2026-02-03T11:20:05Z => 2026-02-03 11:20:05 +00
            2026-02-03T11:20:05.123456+01:00 => 2026-02-03 11:20:05 +01
            2024-10-31 14:03:42-04:00 => 2024-10-31 14:03:42 -04
            2026-04-21 19:30:00 => 2026-04-21 19:30:00 no zone
            2026/02/03 7:05 => 2026-02-03 07:05:00 no zone
            20260203 => 2026-02-03
            20260203T101500Z => 2026-02-03 10:15:00 +00
            20260203112000 => 2026-02-03 11:20:00 no zone
            2026-02 => 2026-02
            2026 => 2026
            Wed, 15 Apr 2026 07:30:00 GMT => 2026-04-15 07:30:00 +00
            Wed, 15 Apr 2026 07:30:00 -0500 => 2026-04-15 07:30:00 -05
            Wed Oct 10 20:19:24 +0000 2018 => 2018-10-10 20:19:24 +00
            Tue Feb 03 2026 10:00:00 GMT+0100 (CET) => 2026-02-03 10:00:00 +01
            1770235200 => 2026-02-04 20:00:00 +00
            1770235200000 => 2026-02-04 20:00:00 +00
            1770235200.25 => 2026-02-04 20:00:00 +00
        "#]],
    );
}

/// Asserts that every text reads as `meaning`, in the notation of [`show`].
fn all_mean(meaning: &str, written: &[&str]) {
    let wrong: Vec<String> = written
        .iter()
        .filter_map(|written| {
            let found = parse(written).map_or("-".to_owned(), describe);
            (found != meaning).then(|| format!("{written} => {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "not {meaning}:\n{}", wrong.join("\n"));
}

#[test]
fn reads_a_day_in_every_language() {
    all_mean(
        "2026-02-03",
        &[
            // English
            "3 February 2026",
            "03 Feb 2026",
            "Feb. 3, 2026",
            "February 3rd, 2026",
            "Feb 3 2026",
            "the 3rd of February 2026",
            "3rd of February, 2026",
            "Tuesday, 3 February 2026",
            "Tue, Feb 3, 2026",
            "Tue 3 Feb 2026",
            "3-Feb-2026",
            "3-Feb-26",
            "03-FEB-26",
            "Feb 3 '26",
            "2026 Feb 3",
            "2026-Feb-03",
            "FEBRUARY 3, 2026",
            "Tuesday February 3, 2026",
            "Feb.3,2026",
            // Spanish
            "3 de febrero de 2026",
            "3 de febrero del 2026",
            "3 febrero 2026",
            "03/feb/2026",
            "martes, 3 de febrero de 2026",
            "martes 3 de febrero de 2026",
            "mar, 3 feb 2026",
            "el 3 de febrero de 2026",
            "3 de Febrero, 2026",
            "Febrero 3, 2026",
            // French
            "3 février 2026",
            "mardi 3 février 2026",
            "le 3 février 2026",
            "mar. 3 févr. 2026",
            "3 fév. 2026",
            "Mardi 03 Février 2026",
            // Portuguese
            "3 de fevereiro de 2026",
            "terça-feira, 3 de fevereiro de 2026",
            "3 fev. 2026",
            "3 de fev. de 2026",
            "terça, 03 de Fevereiro de 2026",
            "ter, 3 fev 2026",
            // German
            "3. Februar 2026",
            "Dienstag, 3. Februar 2026",
            "Dienstag, den 3. Februar 2026",
            "Di., 3. Feb. 2026",
            "Di 03.02.2026",
            "03. Februar 2026",
            "am 3. Februar 2026",
            // Italian
            "3 febbraio 2026",
            "martedì 3 febbraio 2026",
            "mar 3 feb 2026",
            "3 Feb, 2026",
            "il 3 febbraio 2026",
            // Dutch
            "3 februari 2026",
            "dinsdag 3 februari 2026",
            "di 3 feb. 2026",
            "3 febr. 2026",
            "op 3 februari 2026",
            // Danish, Norwegian, Swedish
            "3. februar 2026",
            "tirsdag den 3. februar 2026",
            "tirsdag 3. februar 2026",
            "3. feb. 2026",
            "tysdag 3. februar 2026",
            "tisdag 3 februari 2026",
            "den 3 februari 2026",
            "tis 3 feb 2026",
            "tirs. 3. feb. 2026",
            "ti. 3. feb. 2026",
            // Finnish
            "3. helmikuuta 2026",
            "tiistai 3. helmikuuta 2026",
            "tiistaina 3. helmikuuta 2026",
            "ti 3.2.2026",
            "3 helmikuun 2026",
            // Romanian
            "3 februarie 2026",
            "marți, 3 februarie 2026",
            "marţi 3 februarie 2026",
            "3 feb. 2026",
            // Hungarian
            "2026. február 3.",
            "2026. február 3., kedd",
            "2026. február 3-án",
            "2026. febr. 3.",
            "2026. 02. 03.",
            "2026.02.03.",
            "2026. feb. 3.",
            "2026 február 3",
            // Turkish
            "3 Şubat 2026",
            "3 Şubat 2026 Salı",
            "3 Şubat 2026, Salı",
            "03 ŞUBAT 2026",
            "3 Şub 2026",
            // Russian
            "3 февраля 2026",
            "3 февраля 2026 г.",
            "3 февраля 2026 года",
            "вторник, 3 февраля 2026",
            "3 фев 2026",
            "3 февр. 2026",
            "вт, 3 февраля 2026",
            // Greek
            "3 Φεβρουαρίου 2026",
            "Τρίτη, 3 Φεβρουαρίου 2026",
            "Τρίτη 3 Φεβρουαρίου 2026",
            "3 Φεβ 2026",
            "03 ΦΕΒΡΟΥΑΡΙΟΥ 2026",
            "3 Φεβ. 2026",
            // Arabic
            "3 فبراير 2026",
            "٣ فبراير ٢٠٢٦",
            "الثلاثاء 3 فبراير 2026",
            "الثلاثاء، 3 فبراير 2026",
            "3 شباط 2026",
            "3 فبراير/شباط 2026",
            "3 فيفري 2026",
            "3 شباط/فبراير 2026",
            "03 فبراير، 2026",
            // Tamil
            "3 பிப்ரவரி 2026",
            // Numbers
            "2026-02-03",
            "2026/02/03",
            "2026.02.03",
            "2026-2-3",
            "03.02.2026",
            "3.2.2026",
            "3. 2. 2026",
            "03.02.26",
            "3.2.26",
            "20260203",
            "2026年2月3日",
            "2026년 2월 3일",
            // What surrounds dates in fields
            " 2026-02-03 ",
            "\"2026-02-03\"",
            "(3 February 2026)",
            "3\u{a0}February\u{a0}2026",
            "3\u{202f}février 2026",
            "[2026-02-03]",
        ],
    );
}

#[test]
fn reads_the_first_of_a_month_as_it_is_written() {
    all_mean(
        "2026-05-01",
        &[
            "1er mai 2026",
            "1º de maio de 2026",
            "1.º de maio de 2026",
            "1° maggio 2026",
            "1º de mayo de 2026",
            "1st May 2026",
            "May 1st, 2026",
            "1. Mai 2026",
            "1 mai 2026",
            "1 mei 2026",
            "1. maj 2026",
            "1. mai 2026",
            "1 maj 2026",
            "1. toukokuuta 2026",
            "2026. május 1-jén",
            "2026. május 1.",
            "1 Mayıs 2026",
            "1 мая 2026",
            "1 Μαΐου 2026",
            "1η Μαΐου 2026",
            "1 أيار 2026",
            "1 مايو 2026",
        ],
    );
}

/// The months of each language, January first.
const LANGUAGES: &[&str] = &[
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "januar februar mars april mai juni juli august september oktober november desember",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "január február március április május június július augusztus szeptember október november december",
    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
];

/// Forms of a moment, and whether they tell the zone.
const MOMENT_FORMS: &[(&str, bool)] = &[
    ("%Y-%m-%dT%H:%M:%S%:z", true),
    ("%Y-%m-%d %H:%M:%S%z", true),
    ("%Y%m%dT%H%M%S%z", true),
    ("%a, %d %b %Y %H:%M:%S %z", true),
    ("%a %b %e %H:%M:%S %z %Y", true),
    ("%B %-d, %Y at %-I:%M %p UTC%:z", true),
    ("%d/%b/%Y %H:%M:%S %z", true),
    ("%Y-%m-%dT%H:%M", false),
    ("%Y%m%d%H%M%S", false),
    ("%d-%b-%Y %H:%M:%S", false),
    ("%d.%m.%Y, %H:%M Uhr", false),
    ("%-d. %B %Y kl. %H.%M", false),
    ("%A, %B %-d, %Y, %-I:%M %p", false),
    ("%H:%M, %-d %B %Y", false),
    ("le %-d %B %Y à %Hh%M", false),
];

#[test]
fn knows_every_month_of_every_language() {
    for language in LANGUAGES {
        let months: Vec<String> = language
            .split(' ')
            .map(|month| month.replace('_', " "))
            .collect();
        assert_eq!(months.len(), 12);
        for (number, month) in (1..).zip(&months) {
            let meaning = format!("2026-{number:02}-17");
            all_mean(
                &meaning,
                &[
                    &format!("17 {month} 2026"),
                    &format!("17. {} 2026", month.to_uppercase()),
                ],
            );
            let meaning = format!("?-{number:02}-17");
            all_mean(&meaning, &[&format!("17 {month}")]);
        }
    }
}

#[test]
fn reads_a_time_without_a_zone_in_every_language() {
    all_mean(
        "2026-02-03 14:05:00 no zone",
        &[
            "3 February 2026 14:05",
            "3 February 2026 at 2:05 pm",
            "Feb. 3, 2026, 2:05 p.m.",
            "14:05, 3 February 2026",
            "Feb 3, 2026 | 2:05 PM",
            "3 Feb 2026 2.05pm",
            "February 3, 2026 @ 2:05 PM",
            "2:05 PM, Feb 3, 2026",
            "3 de febrero de 2026 a las 14:05",
            "3 de febrero de 2026, 14:05 h",
            "3 de febrero de 2026 - 14:05",
            "3 de febrero de 2026 a las 2:05 p. m.",
            "3 février 2026 à 14h05",
            "3 février 2026 à 14 h 05",
            "le 3 février 2026 à 14:05",
            "3 de fevereiro de 2026 às 14h05",
            "3 de fevereiro de 2026, 14:05",
            "3. Februar 2026, 14.05 Uhr",
            "3. Februar 2026 um 14:05 Uhr",
            "03.02.2026 | 14:05",
            "03.02.2026, 14:05 Uhr",
            "3 febbraio 2026 alle 14:05",
            "3 febbraio 2026 alle ore 14.05",
            "3 febbraio 2026 - 14:05",
            "3 februari 2026 om 14.05 uur",
            "3 februari 2026 14:05",
            "3. februar 2026 kl. 14.05",
            "3. feb. 2026 kl. 14:05",
            "3 februari 2026 kl 14.05",
            "3. februar 2026, klokken 14.05",
            "3.2.2026 klo 14.05",
            "3. helmikuuta 2026 klo 14:05",
            "3 februarie 2026, ora 14:05",
            "2026. február 3. 14:05",
            "2026. 02. 03. 14:05",
            "3 Şubat 2026 14:05",
            "3 Şubat 2026 Salı 14:05",
            "3 Şubat 2026, saat 14.05",
            "3 февраля 2026 в 14:05",
            "3 февраля 2026 г., 14:05",
            "3 февраля 2026, 14:05",
            "14:05, 3 февраля 2026",
            "3 Φεβρουαρίου 2026, 14:05",
            "3 Φεβρουαρίου 2026 στις 14:05",
            "3 Φεβρουαρίου 2026, 2:05 μ.μ.",
            "3 فبراير 2026، 14:05",
            "3 فبراير 2026 الساعة 14:05",
            "3 فبراير 2026 2:05 م",
            "2026-02-03 14:05",
            "2026-02-03T14:05",
            "2026-02-03T14:05:00.000",
            "2026/02/03 14:05:00",
            "20260203T1405",
            "202602031405",
            "03-FEB-2026 14:05:00.00",
            "2026年2月3日 14:05",
        ],
    );
}

#[test]
fn reads_an_instant_with_its_offset() {
    all_mean(
        "2026-02-03 14:05:00 +00",
        &[
            "2026-02-03T14:05:00Z",
            "2026-02-03T14:05Z",
            "2026-02-03 14:05:00 UTC",
            "2026-02-03T14:05:00+00:00",
            "Tue, 03 Feb 2026 14:05:00 GMT",
            "Tue, 3 Feb 26 14:05:00 GMT",
            "Tuesday, 03-Feb-26 14:05:00 GMT",
            "03 Feb 2026 14:05 UT",
            "20260203T140500Z",
            "Tue 3 Feb 2026 14.05 GMT",
            "1770127500",
            "1770127500000",
            "1770127500000000",
            "1770127500.0",
            "2026-02-03T14:05:00.123456789012Z",
            "Feb 3, 2026 14:05 (UTC)",
        ],
    );
    all_mean(
        "2026-02-03 14:05:00 -05",
        &[
            "2026-02-03T14:05:00-05:00",
            "2026-02-03T14:05:00-0500",
            "Tue, 03 Feb 2026 14:05:00 EST",
            "Tue, 03 Feb 2026 14:05:00 -0500",
            "Feb. 3, 2026, 2:05 p.m. EST",
            "Feb. 3, 2026 at 2:05 p.m. ET",
            "20260203T140500-0500",
            "Tue Feb 03 2026 14:05:00 GMT-0500 (EST)",
            "Tue Feb 3 14:05:00 -0500 2026",
            "3 de febrero de 2026 14:05 COT",
            "2026-02-03T14:05:00-05:00[America/Bogota]",
        ],
    );
    all_mean(
        "2026-07-03 14:05:00 -04",
        &["July 3, 2026, 2:05 p.m. ET", "July 3, 2026 2:05 PM EDT"],
    );
    all_mean("2026-07-03 14:05:00 -07", &["July 3, 2026, 2:05 p.m. PT"]);
    all_mean(
        "2026-02-03 14:05:00 +05:30",
        &[
            "2026-02-03T14:05:00+05:30",
            "Tue, 03 Feb 2026 14:05:00 +0530",
        ],
    );
    all_mean(
        "2026-02-03 14:05:00 +03",
        &[
            "3 февраля 2026, 14:05 МСК",
            "3 Feb 2026 14:05 MSK",
            "3 Feb 2026 14:05 UTC+3",
        ],
    );
    all_mean(
        "2026-02-03 14:05:00 +01",
        &[
            "3. Februar 2026, 14:05 Uhr MEZ",
            "3 Feb 2026 14:05 CET",
            "3 Feb 2026 14:05 GMT+1",
        ],
    );
    // Zones that mean several offsets, and American ones before today's rule, are not understood.
    all_mean(
        "2026-02-03 14:05:00 no zone",
        &["3 Feb 2026 14:05 IST", "3 Feb 2026 14:05 BST"],
    );
    all_mean(
        "1999-02-03 14:05:00 no zone",
        &["Feb. 3, 1999, 2:05 p.m. ET"],
    );
}

#[test]
fn reads_months_and_years() {
    all_mean(
        "2026-02",
        &[
            "February 2026",
            "Feb 2026",
            "Feb. 2026",
            "February, 2026",
            "febrero de 2026",
            "Febrero 2026",
            "février 2026",
            "fevereiro de 2026",
            "Februar 2026",
            "febbraio 2026",
            "februari 2026",
            "helmikuu 2026",
            "februarie 2026",
            "Şubat 2026",
            "февраль 2026",
            "Φεβρουάριος 2026",
            "فبراير 2026",
            "2026-02",
            "2026年2月",
        ],
    );
    all_mean("2026", &["2026"]);
}

#[test]
fn a_weekday_beside_a_date_decides_its_order() {
    // 4 February 2026 is a Wednesday, 2 April 2026 a Thursday.
    all_mean(
        "2026-02-04 (Mdy)",
        &[
            "Wednesday, 02/04/2026",
            "Wed 02/04/2026",
            "02/04/2026 Çarşamba",
            "miércoles 02/04/2026",
        ],
    );
    all_mean(
        "2026-04-02 (Dmy)",
        &[
            "Thursday, 02/04/2026",
            "jeudi 02/04/2026",
            "Четверг, 02/04/2026",
        ],
    );
    all_mean(
        "2026-02-04 or 2026-04-02",
        &[
            "Monday, 02/04/2026",
            "02 / 04 / 2026",
            "02/04/26",
            "2-4-2026",
        ],
    );
}

#[test]
fn keeps_years_beyond_news_as_they_are_written() {
    all_mean("0001-01-01 00:00:00 +00", &["0001-01-01T00:00:00Z"]);
    all_mean("1563-03-08", &["1563-03-08", "8 March 1563"]);
    all_mean("9999-12-31 23:59:59 -05", &["9999-12-31T23:59:59-05:00"]);
    let last = parse("9999-12-31T23:59:59-05:00")
        .and_then(Parsed::sure)
        .unwrap();
    assert_eq!(last.seconds(), 253_402_300_799 + 5 * 3_600);
}

#[test]
fn counts_back_from_a_known_time_only() {
    let now: jiff::Timestamp = "2026-03-15T10:30:00Z".parse().unwrap();
    let check = |meaning: &str, written: &[&str]| {
        for text in written {
            assert_eq!(parse(text), None, "{text} is no date by itself");
            let found = ago(text).map(|ago| ago.before(now).map_or("unsure".to_owned(), show));
            assert_eq!(found.as_deref(), Some(meaning), "{text}");
        }
    };
    check(
        "2026-03-15",
        &[
            "2 hours ago",
            "2h ago",
            "2 hrs ago",
            "about 2 hours ago",
            "Published 2 hours ago",
            "hace 2 horas",
            "il y a 2 heures",
            "há 2 horas",
            "vor 2 Stunden",
            "2 ore fa",
            "2 uur geleden",
            "for 2 timer siden",
            "för 2 timmar sedan",
            "2 tuntia sitten",
            "acum 2 ore",
            "2 órával ezelőtt",
            "2 saat önce",
            "2 часа назад",
            "πριν από 2 ώρες",
            "منذ ساعتين",
            "منذ 2 ساعات",
            "قبل ٢ ساعات",
            "an hour ago",
            "hace una hora",
            "vor einer Stunde",
            "منذ ساعة",
            "today",
            "hoy",
            "heute",
            "aujourd'hui",
            "aujourd’hui",
            "i dag",
            "bugün",
            "сегодня",
            "اليوم",
        ],
    );
    check(
        "2026-03-14",
        &[
            "yesterday",
            "ayer",
            "hier",
            "gestern",
            "ontem",
            "ieri",
            "gisteren",
            "i går",
            "eilen",
            "tegnap",
            "dün",
            "вчера",
            "χθες",
            "أمس",
            "1 day ago",
            "hace un día",
            "il y a 1 jour",
            "vor einem Tag",
            "há um dia",
            "1 dag geleden",
        ],
    );
    check(
        "2026-03-14 14:05:00 no zone",
        &[
            "yesterday at 14:05",
            "gestern um 14.05 Uhr",
            "hier à 14h05",
            "ontem às 14h05",
            "вчера в 14:05",
        ],
    );
    check(
        "2026-03-15 10:25:00 +00",
        &[
            "5 minutes ago",
            "5m ago",
            "hace 5 minutos",
            "vor 5 Minuten",
            "5 минут назад",
        ],
    );
    check("2026-03-12", &["3 days ago", "vor 3 Tagen", "منذ 3 أيام"]);
    check("2026-03", &["10 hours ago", "1 week ago"]);
    check("2026", &["2 weeks ago", "1 month ago", "hace 1 mes"]);
    check("2025", &["3 months ago"]);
    check("unsure", &["2 months ago", "1 year ago", "vor 2 Jahren"]);
    for text in [
        "ago",
        "2",
        "hours",
        "2 hours",
        "in 2 hours",
        "the bridge 2 hours ago",
        "2 3 hours ago",
        "",
        "14:05",
    ] {
        assert_eq!(ago(text), None, "{text}");
    }
}

#[test]
fn never_guesses_the_order_of_day_and_month() {
    check(
        &[
            "02/04/2026",
            "02/04/2026 11:20",
            "2-4-26",
            "13/02/2026",
            "02/13/2026",
            "05/05/2026",
        ],
        expect![[r#"
            02/04/2026 => 2026-02-04 or 2026-04-02
            02/04/2026 11:20 => 2026-02-04 11:20:00 no zone or 2026-04-02 11:20:00 no zone
            2-4-26 => 2026-02-04 or 2026-04-02
            13/02/2026 => 2026-02-13 (Dmy)
            02/13/2026 => 2026-02-13 (Mdy)
            05/05/2026 => 2026-05-05
        "#]],
    );
}

#[test]
fn leaves_alone_what_is_no_date() {
    check(
        &[
            "",
            "yesterday",
            "31/31/2026",
            "2026-13-01",
            "30 February 2026",
            "12345",
            "1.2.3",
            "Feb. 3",
            "May",
            "99999999999999999999",
            "3/4",
            "2026-02-03x",
        ],
        expect![[r#"
             => -
            yesterday => -
            31/31/2026 => -
            2026-13-01 => -
            30 February 2026 => -
            12345 => -
            1.2.3 => -
            Feb. 3 => ?-02-03
            May => -
            99999999999999999999 => -
            3/4 => -
            2026-02-03x => -
        "#]],
    );
}

#[test]
fn finds_the_dates_of_a_text() {
    let text = "As of December 31, 2025 and 1 de enero de 2026, not in May 2026; on Feb. 3, \
                room 101/2, 12/13/2025 and 02/03/2026.";
    let found: String = hits(text)
        .map(|hit| {
            format!(
                "{} {:?}\n",
                &text[hit.start..hit.start + 6],
                hit.parsed.sure().map(show)
            )
        })
        .collect();
    expect![[r#"
        Decemb Some("2025-12-31")
        1 de e Some("2026-01-01")
        Feb. 3 None
        12/13/ Some("2025-12-13")
        02/03/ None
    "#]]
    .assert_eq(&found);
}

#[test]
fn reads_two_names_of_a_month_and_no_chain() {
    let chain = "Jan/".repeat(1 << 20);
    assert_eq!(parse(&chain), None);
}

#[test]
fn a_word_of_many_accents_is_one_word() {
    let text = "A\u{300}".repeat(1 << 16);
    assert_eq!(hits(&text).count(), 0);
    assert_eq!(weekdays(&format!("{text} Tuesday")).count(), 1);
}

#[test]
fn finds_weekdays_with_the_number_of_their_day() {
    let text = "this Tuesday (3), nesta terça-feira (4), el martes 5, on Tuesday 6 people, \
                Friday 1.5 million, Sunday (2026)";
    let found: Vec<String> = weekday_days(text)
        .map(|(weekday, day)| format!("{weekday:?} {day}"))
        .collect();
    expect!["Tuesday 3, Tuesday 4, Tuesday 5"].assert_eq(&found.join(", "));
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "[0-9A-Za-zçéñ ./:,()+-]{0,40}|\\PC{0,40}") {
        let _ = parse(&text);
        let _ = hits(&text).count() + weekday_days(&text).count() + years(&text).count();
    }

    #[test]
    fn every_instant_is_read_back_in_every_form(
        seconds in -2_000_000_000i64..4_000_000_000,
        quarters in -48i32..56,
        form in 0..MOMENT_FORMS.len(),
    ) {
        // Offsets behind UTC are whole or half hours.
        let minutes = if quarters < 0 { quarters / 2 * 30 } else { quarters * 15 };
        let offset = Offset::from_seconds(minutes * 60).unwrap();
        let minute = jiff::Timestamp::from_second(seconds / 60 * 60).unwrap();
        let local = minute.to_zoned(jiff::tz::TimeZone::fixed(offset));
        let (form, has_zone) = MOMENT_FORMS[form];
        let written = local.strftime(form).to_string();
        let read = parse(&written).and_then(Parsed::sure);
        let Some(read) = read else {
            return Err(TestCaseError::fail(format!("{written} is not read")));
        };
        prop_assert_eq!((read.date, read.time), (local.date(), Some(local.time())), "{}", written);
        prop_assert_eq!(read.offset, has_zone.then_some(offset), "{}", written);
        if has_zone {
            prop_assert_eq!(read.seconds(), minute.as_second(), "{}", written);
        }
    }

    #[test]
    fn every_day_is_read_back_in_every_language(days in -30_000i64..40_000, language in 0..LANGUAGES.len()) {
        let date = Date::new(1970, 1, 1).unwrap().checked_add(jiff::Span::new().days(days)).unwrap();
        let months: Vec<&str> = LANGUAGES[language].split(' ').collect();
        let month = months[date.month() as usize - 1].replace('_', " ");
        let (day, year) = (date.day(), date.year());
        for written in [
            format!("{day} {month} {year}"),
            format!("{day:02}. {month} {year}, 14:05"),
            format!("{day} de {month} de {year}"),
            format!("{year}. {month} {day}."),
            format!("{month} {day}, {year}"),
        ] {
            let read = parse(&written).and_then(Parsed::sure).map(|reading| reading.date);
            prop_assert_eq!(read, Some(date), "{}", written);
        }
    }

    #[test]
    fn no_text_makes_the_reader_of_phrases_panic(
        text in "\\PC{0,30}",
        words in prop::collection::vec(prop::sample::select(vec!["2", "hours", "ago", "hace", "ma", "i dag", "14:05", "ساعتين", "999999999", "years"]), 0..10),
        now in any::<i32>(),
    ) {
        let now = jiff::Timestamp::from_second(now.into()).unwrap();
        for text in [text, words.join(" ")] {
            let _ = ago(&text).map(|ago| ago.before(now));
        }
    }

    #[test]
    fn every_day_is_read_back_in_every_form(days in -60_000i64..80_000) {
        let date = Date::new(1970, 1, 1).unwrap().checked_add(jiff::Span::new().days(days)).unwrap();
        for form in ["%Y-%m-%d", "%d %B %Y", "%B %-d, %Y", "%a, %d %b %Y", "%d.%m.%Y", "%Y%m%d"] {
            let written = date.strftime(form).to_string();
            let read = parse(&written).and_then(Parsed::sure).map(|reading| reading.date);
            prop_assert_eq!(read, Some(date), "{}", written);
        }
        let slashes = date.strftime("%m/%d/%Y").to_string();
        let can_be = match parse(&slashes) {
            Some(Parsed::Either { mdy, .. }) => mdy.date == date,
            Some(parsed) => parsed.sure().unwrap().date == date,
            None => false,
        };
        prop_assert!(can_be, "{}", slashes);
    }
}
