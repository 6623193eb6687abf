//! Names of months and weekdays, with the abbreviations and inflected forms that newspapers use,
//! in the languages that Dateline stems. The lists are our own.

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_corpus::analysis::fold;
use jiff::civil::Weekday;

use super::cursor::Cursor;

/// One line for each language or family: en; es, pt, it, fr, ro; de, nl; da, no, sv; fi; hu; tr;
/// ru; el; ar (Egypt, the Levant, the Maghreb); ta.
const MONTHS: [&str; 12] = [
    "january jan
     enero ene janeiro gennaio gen janvier janv ianuarie ian
     januar jänner jän januari
     tammikuu január ocak oca январь января янв
     Ιανουάριος Ιανουαρίου Γενάρης Γενάρη Ιαν يناير جانفي كانون_الثاني ஜனவரி",
    "february feb febr
     febrero fevereiro fev febbraio février févr fév februarie
     februar februari feber
     helmikuu február şubat şub февраль февраля фев февр
     Φεβρουάριος Φεβρουαρίου Φλεβάρης Φλεβάρη Φεβ فبراير فيفري شباط பிப்ரவரி",
    "march mar
     marzo março marzo mars martie
     märz maerz maart mrt marts
     maaliskuu március márc mart март марта мар
     Μάρτιος Μαρτίου Μάρτης Μάρτη Μαρ مارس آذار اذار மார்ச்",
    "april apr
     abril abr aprile avril avr aprilie
     huhtikuu április ápr nisan nis апрель апреля апр
     Απρίλιος Απριλίου Απρίλης Απρίλη Απρ أبريل إبريل ابريل أفريل نيسان ஏப்ரல்",
    "may
     mayo maio mai maggio mag
     mei maj
     toukokuu május máj mayıs май мая
     Μάιος Μαΐου Μάης Μάη Μαϊ مايو ماي أيار ايار மே",
    "june jun
     junio junho giugno giu juin iunie iun
     juni
     kesäkuu június jún haziran haz июнь июня июн
     Ιούνιος Ιουνίου Ιούνης Ιούνη Ιουν يونيو يونيه جوان حزيران ஜூன்",
    "july jul
     julio julho luglio lug juillet juil iulie iul
     juli
     heinäkuu július júl temmuz tem июль июля июл
     Ιούλιος Ιουλίου Ιούλης Ιούλη Ιουλ يوليو يوليه يوليوز جويلية تموز ஜூலை",
    "august aug
     agosto ago août
     augustus augusti
     elokuu augusztus ağustos ağu август августа авг
     Αύγουστος Αυγούστου Αυγ أغسطس اغسطس أوت غشت آب اب ஆகஸ்ட்",
    "september sept sep
     septiembre setiembre setembro set settembre sett septembre septembrie
     syyskuu szeptember szept eylül eyl сентябрь сентября сен сент
     Σεπτέμβριος Σεπτεμβρίου Σεπτέμβρης Σεπτέμβρη Σεπ Σεπτ سبتمبر شتنبر أيلول ايلول செப்டம்பர்",
    "october oct
     octubre outubro out ottobre ott octobre octombrie
     oktober okt
     lokakuu október ekim eki октябрь октября окт
     Οκτώβριος Οκτωβρίου Οκτώβρης Οκτώβρη Οκτ أكتوبر اكتوبر تشرين_الأول تشرين_الاول அக்டோபர்",
    "november nov
     noviembre novembro novembre noiembrie
     marraskuu kasım kas ноябрь ноября ноя нояб
     Νοέμβριος Νοεμβρίου Νοέμβρης Νοέμβρη Νοε نوفمبر نونبر تشرين_الثاني நவம்பர்",
    "december dec
     diciembre dic dezembro dez dicembre décembre déc decembrie
     dezember desember des
     joulukuu aralık ara декабрь декабря дек
     Δεκέμβριος Δεκεμβρίου Δεκέμβρης Δεκέμβρη Δεκ ديسمبر دجنبر كانون_الأول كانون_الاول டிசம்பர்",
];

/// In the same order of languages.
const WEEKDAYS: [&str; 7] = [
    "monday mon lunes lundi segunda lunedì luni montag maandag mandag måndag maanantai maanantaina
     hétfő hétfőn pazartesi понедельник Δευτέρα الاثنين الإثنين திங்கள்",
    "tuesday tue tues martes mardi terça martedì marți dienstag dinsdag tirsdag tysdag tisdag
     tiistai tiistaina kedd kedden salı вторник Τρίτη الثلاثاء செவ்வாய்",
    "wednesday wed miércoles mercredi quarta mercoledì miercuri mittwoch woensdag onsdag
     keskiviikko keskiviikkona szerda szerdán çarşamba среда среду Τετάρτη الأربعاء الاربعاء புதன்",
    "thursday thu thur thurs jueves jeudi quinta giovedì joi donnerstag donderdag torsdag torstai
     torstaina csütörtök csütörtökön perşembe четверг Πέμπτη الخميس வியாழன்",
    "friday fri viernes vendredi sexta venerdì vineri freitag vrijdag fredag perjantai perjantaina
     péntek pénteken cuma пятница пятницу Παρασκευή الجمعة வெள்ளி",
    "saturday sat sábado samedi sabato sâmbătă samstag sonnabend zaterdag lørdag laurdag lördag
     lauantai lauantaina szombat szombaton cumartesi суббота субботу Σάββατο السبت சனி",
    "sunday sun domingo dimanche domenica duminică sonntag zondag søndag sundag söndag sunnuntai
     sunnuntaina vasárnap pazar воскресенье Κυριακή الأحد الاحد ஞாயிறு",
];

/// Abbreviations of weekdays that are too short or too much like other words to be evidence for
/// a weekday. They are passed over before a date.
const SHORT_WEEKDAYS: &str = "mo di mi do fr sa so ma ti ke to pe la su lu me je ve wo vr za zo \
     mån tis tirs ons tor tors fre lör sön man tir lør søn lun mar mié mie jue vie sáb dom seg ter qua qui \
     sex sab mer gio ven jeu sam dim joi vin sâm dum pzt sal çar per cum cmt paz пн вт ср чт пт \
     сб вс Δευ Τρι Τετ Πεμ Παρ Σαβ Κυρ hét kedd szer csüt pén szo vas h k sze cs p szo v";

/// No name of a month or weekday is longer than this many bytes (Cyrillic, Greek and Arabic
/// letters take two, Tamil ones three); longer words need not be looked up.
const NAME_BYTES_MAX: usize = 33;

/// What is behind the Finnish `kuu`, month, in dates: `helmikuuta`, `helmikuun`.
const FINNISH_ENDINGS: [&str; 3] = ["ta", "n", "ssa"];

static MONTH_NUMBERS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| numbered(&MONTHS));
static WEEKDAY_NUMBERS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| numbered(&WEEKDAYS));
static SHORT_WEEKDAY_NUMBERS: LazyLock<HashMap<String, u32>> =
    LazyLock::new(|| numbered(&[SHORT_WEEKDAYS]));

/// The month, 1 to 12, whose name or abbreviation stands at `start`, and the place behind it.
pub(crate) fn month_at(start: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (month, after) = one_month_at(start)?;
    // Arab papers give both names: `3 فبراير/شباط 2026`.
    let twin = after.eat('/').and_then(one_month_at);
    let after = twin
        .filter(|(other, _)| *other == month)
        .map_or(after, |(_, end)| end);
    Some((month, after))
}

fn one_month_at(start: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (word, after) = start.word()?;
    // `كانون الثاني`: the only names of two words; the second tells which of two months it is.
    if matches!(word, "كانون" | "تشرين") {
        let (second, after) = after.skip_spaces().word()?;
        let month = MONTH_NUMBERS.get(&fold(&format!("{word}_{second}")))?;
        return Some((*month, after));
    }
    Some((number_of(&MONTH_NUMBERS, word)?, after))
}

/// The weekday with this name or abbreviation.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number_of(&WEEKDAY_NUMBERS, word)? as i8).ok()
}

/// Whether `word` may abbreviate a weekday, though it may be another word as well.
pub(crate) fn is_short_weekday(word: &str) -> bool {
    SHORT_WEEKDAY_NUMBERS.contains_key(&fold(word))
}

fn number_of(table: &HashMap<String, u32>, word: &str) -> Option<u32> {
    if !(3..=NAME_BYTES_MAX).contains(&word.len()) {
        return None;
    }
    let mut folded = fold(word);
    if let Some(at) = folded.rfind("kuu")
        && FINNISH_ENDINGS.contains(&&folded[at + 3..])
    {
        folded.truncate(at + 3);
    }
    table.get(&folded).copied()
}

/// The words of each list with its number, from 1.
fn numbered(lists: &[&str]) -> HashMap<String, u32> {
    (1..)
        .zip(lists)
        .flat_map(|(number, list)| {
            list.split_whitespace()
                .map(move |word| (fold(word), number))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_two_names_at_most() {
        let behind = |text: &str| month_at(Cursor::new(text)).map(|(month, end)| (month, end.at()));
        assert_eq!(behind("jan/january 3"), Some((1, 11)));
        assert_eq!(behind("jan/feb"), Some((1, 3)));
        assert_eq!(behind(&"jan/".repeat(1_000_000)), Some((1, 7)));
    }

    #[test]
    fn no_name_means_two_months_or_two_weekdays() {
        for lists in [&MONTHS[..], &WEEKDAYS[..]] {
            let table = numbered(lists);
            for (number, list) in (1..).zip(lists) {
                for name in list.split_whitespace() {
                    assert_eq!(table[&fold(name)], number, "{name}");
                    assert!(
                        name.len() <= NAME_BYTES_MAX,
                        "{name} has {} bytes",
                        name.len()
                    );
                }
            }
        }
    }
}
