//! How long ago something was: `2 hours ago`, `hace 2 horas`, `gestern um 14:05`.
//!
//! That is no date. It becomes one with the time at which it was read, which the caller must
//! know. The words are our own, in the languages that Dateline stems.

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_corpus::Precision;
use dateline_corpus::analysis::fold;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

use super::Reading;
use super::cursor::{Cursor, is_letter};
use super::time::{self, Clock, Dotted};
use super::zones::Zone;

/// How long before it was written down something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ago {
    count: u32,
    unit: Unit,
    /// The time on that day, where it is told.
    clock: Option<Clock>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// What a word can do in such a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Says that it is past: `ago`, `hace`, `vor`.
    Past,
    /// A number.
    Count(u32),
    /// A unit, in the singular or plural.
    Unit(Unit),
    /// Two of a unit: Arabic has a dual.
    Two(Unit),
    /// A day by its distance: `yesterday`.
    Day(u32),
    /// Stands beside the others and says nothing.
    Filler,
}

/// No phrase has more words; a longer text is a sentence.
const WORDS_MAX: usize = 8;

const WORDS: &[(Word, &str)] = &[
    (
        Word::Past,
        "ago hace fa il há vor geleden siden sedan sitten acum ezelőtt önce назад πριν منذ قبل முன் முன்பு",
    ),
    (
        Word::Filler,
        "about at de kl klo klokken um om ore orele alle a à às y i for för saat la las в ώρα στις από atrás circa ca
         published posted updated الساعة மணி",
    ),
    (
        Word::Count(1),
        "one an a un una une uno ein eine einer einem um uma een en et ett yksi egy bir один одну μία μια ένα ஒரு",
    ),
    (
        Word::Unit(Unit::Minute),
        "m min mins minute minutes minuto minutos minuti minuta minuten minut minutter minuter minuutti
         minuuttia minuut perc perccel dakika минуту минуты минут мин λεπτό λεπτά دقيقة
         دقائق நிமிடம் நிமிடத்திற்கு நிமிடங்கள் நிமிடங்களுக்கு",
    ),
    (
        Word::Unit(Unit::Hour),
        "h hr hrs hour hours hora horas heure heures ora ore stunde stunden std uur time timer timar timme
         timmar tim tunti tuntia óra órával saat час часа часов ώρα ώρες ساعة ساعات நேரம் நேரத்திற்கு நேரத்துக்கு",
    ),
    (
        Word::Unit(Unit::Day),
        "d day days día días jour jours giorno giorni tag tage tagen dia dias dag dagen dage dager dagar zi
         zile päivä päivää nap nappal gün день дня дней ημέρα ημέρες μέρα μέρες يوم أيام நாள் நாளுக்கு நாட்கள் நாட்களுக்கு",
    ),
    (
        Word::Unit(Unit::Week),
        "w wk week weeks semana semanas semaine semaines settimana settimane woche wochen weken uge uger
         uke uker vecka veckor viikko viikkoa săptămână săptămâni hét héttel hafta неделю недели недель
         εβδομάδα εβδομάδες أسبوع أسابيع வாரம் வாரத்திற்கு வாரங்கள் வாரங்களுக்கு",
    ),
    (
        Word::Unit(Unit::Month),
        "mo month months mes meses mois mese mesi monat monate monaten mês maand maanden måned måneder
         månad månader kuukausi kuukautta lună luni hónap hónappal ay месяц месяца месяцев μήνα μήνες شهر
         أشهر شهور மாதம் மாதத்திற்கு மாதங்கள் மாதங்களுக்கு",
    ),
    (
        Word::Unit(Unit::Year),
        "y yr yrs year years año años an ans anno anni jahr jahre jahren ano anos jaar jaren år vuosi
         vuotta ani év évvel yıl год года лет χρόνο χρόνια έτος έτη سنة سنوات عام ஆண்டு ஆண்டுக்கு ஆண்டுகளுக்கு வருடம் வருடத்திற்கு வருடங்களுக்கு",
    ),
    (Word::Two(Unit::Minute), "دقيقتين"),
    (Word::Two(Unit::Hour), "ساعتين"),
    (Word::Two(Unit::Day), "يومين"),
    (Word::Two(Unit::Week), "أسبوعين"),
    (Word::Two(Unit::Month), "شهرين"),
    (Word::Two(Unit::Year), "سنتين عامين"),
    (
        Word::Day(0),
        "today hoy aujourd'hui heute hoje oggi vandaag idag tänään azi astăzi ma bugün сегодня
         σήμερα اليوم இன்று",
    ),
    (
        Word::Day(1),
        "yesterday ayer hier gestern ontem ieri gisteren igår går eilen tegnap dün вчера χθες χτες أمس
         நேற்று",
    ),
];

static TABLE: LazyLock<HashMap<String, Vec<Word>>> = LazyLock::new(|| {
    let mut table: HashMap<String, Vec<Word>> = HashMap::new();
    for (word, names) in WORDS {
        for name in names.split_whitespace() {
            table.entry(fold(name)).or_default().push(*word);
        }
    }
    table
});

/// Reads a text that says how long ago something was, and nothing else.
pub(crate) fn ago(text: &str) -> Option<Ago> {
    let text = text
        .to_lowercase()
        .replace('’', "'")
        .replace("i dag", "idag");
    let mut words: Vec<Vec<Word>> = Vec::new();
    let mut clock = None;
    let mut at = Cursor::new(&text);
    while let Some(c) = at.peek() {
        if let Some((found, end)) = time::clock(at, Dotted::Yes) {
            if clock.replace(found).is_some() {
                return None;
            }
            at = end;
        } else if let Some((count, _, end)) = at.number() {
            words.push(vec![Word::Count(count)]);
            at = end;
        } else if is_letter(c) {
            let rest = at.rest();
            let end = rest
                .find(|c| !is_letter(c) && c != '\'')
                .unwrap_or(rest.len());
            words.push(TABLE.get(&fold(&rest[..end]))?.clone());
            at = at.skip(end);
        } else if c.is_whitespace() || matches!(c, '.' | ',' | '،' | ':') {
            at = at.skip(c.len_utf8());
        } else {
            return None;
        }
        if words.len() > WORDS_MAX {
            return None;
        }
    }
    let ago = Phrase::default().with(&words)?.meaning()?;
    let is_day = ago.unit == Unit::Day || clock.is_none();
    is_day.then_some(Ago { clock, ..ago })
}

/// What the words so far have said.
#[derive(Debug, Clone, Copy, Default)]
struct Phrase {
    is_past: bool,
    count: Option<u32>,
    unit: Option<Unit>,
    day: Option<u32>,
}

impl Phrase {
    /// Reads on, trying the meanings of each word until all fit together.
    fn with(self, words: &[Vec<Word>]) -> Option<Phrase> {
        let Some((meanings, rest)) = words.split_first() else {
            return self.meaning().map(|_| self);
        };
        meanings
            .iter()
            .find_map(|meaning| self.plus(*meaning)?.with(rest))
    }

    /// With one more word; `None` where it does not fit.
    fn plus(mut self, word: Word) -> Option<Phrase> {
        let is_new = match word {
            Word::Past => !std::mem::replace(&mut self.is_past, true),
            Word::Count(count) => self.count.replace(count).is_none(),
            Word::Unit(unit) => self.unit.replace(unit).is_none(),
            Word::Two(unit) => self.unit.replace(unit).is_none() && self.count.replace(2).is_none(),
            Word::Day(day) => self.day.replace(day).is_none(),
            Word::Filler => true,
        };
        is_new.then_some(self)
    }

    fn meaning(self) -> Option<Ago> {
        let (count, unit) = match (self.is_past, self.unit, self.count, self.day) {
            (false, None, None, Some(days)) => (days, Unit::Day),
            // `منذ ساعة`: one hour, without a number.
            (true, Some(unit), count, None) => (count.unwrap_or(1), unit),
            _ => return None,
        };
        Some(Ago {
            count,
            unit,
            clock: None,
        })
    }
}

impl Ago {
    /// The date of it, when it was read at `now`. Days are counted as people do, by the calendar
    /// (of UTC, since no page says where its reader was). Hours, weeks, months and years are
    /// rounded by who wrote them, so that the date is known only as far as the whole span agrees
    /// on it: `3 weeks ago` may mean two months. `None` when not even the year is sure.
    pub(crate) fn before(self, now: Timestamp) -> Option<Reading> {
        let now = Offset::UTC.to_datetime(now);
        let past = |count: u32| now.checked_sub(self.unit.times(count)?).ok();
        let at = past(self.count)?;
        let day = Reading::of_day(at.date());
        match (self.unit, self.clock) {
            (Unit::Day, Some(clock)) => {
                return Some(day.at(clock));
            }
            (Unit::Day, None) => return Some(day),
            (Unit::Minute, _) => {
                let zone = Some(Zone::Fixed(Offset::UTC));
                return Some(day.at(Clock {
                    time: at.time(),
                    zone,
                }));
            }
            _ => {}
        }
        let earliest = past(self.count + 1)?.date();
        let precision = match (
            earliest.year() == day.date.year(),
            earliest.month() == day.date.month(),
        ) {
            (true, true) if earliest == day.date => return Some(day),
            (true, true) => Precision::Month,
            (true, false) => return Some(day.year_only()),
            (false, _) => return None,
        };
        Some(Reading {
            date: day.date.first_of_month(),
            precision,
            ..day
        })
    }
}

impl Unit {
    fn times(self, count: u32) -> Option<Span> {
        let span = Span::new();
        match self {
            Unit::Minute => span.try_minutes(count),
            Unit::Hour => span.try_hours(count),
            Unit::Day => span.try_days(count),
            Unit::Week => span.try_weeks(count),
            Unit::Month => span.try_months(count),
            Unit::Year => span.try_years(count),
        }
        .ok()
    }
}
