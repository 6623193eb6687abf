//! Habits from other systems (Nexis, Factiva, ProQuest, Google) that this language has no operator
//! for: each is read as what comes closest, and told with what to write.

use std::ops::Range;

use super::super::Node;
use super::super::chars::{is_blank, plain};
use super::super::field::Name;
use super::super::proximity::number;
use super::Parser;

/// Operators that other systems read in small letters, with what to write.
const SMALL_OPERATORS: [(&str, &str); 6] = [
    ("and", "AND"),
    ("or", "OR"),
    ("not", "NOT"),
    ("near", "NEAR/5"),
    ("adj", "PRE/1"),
    ("same", "SAME"),
];
/// What other systems write between `date` and a date.
const DATE_WORDS: [&str; 8] = ["is", "aft", "after", "bef", "before", "from", "geq", "leq"];
/// Segments of Nexis for what is not told here, or under another name.
const SEGMENTS_UNKNOWN: [&str; 8] = [
    "terms",
    "subject",
    "geographic",
    "city",
    "state",
    "industry",
    "ticker",
    "load-date",
];
/// Shorter words before a `$` are currencies: `US$5`.
const ENDING_LETTERS_MIN: usize = 4;

impl Parser<'_> {
    /// `CAPS(…)`, `plural(…)`, `EXACT(…)`
    pub(super) fn function(&mut self, span: Range<usize>) -> Option<Node> {
        let assumed = "what is in the parentheses is looked for";
        if self.query[span.clone()].eq_ignore_ascii_case("exact") {
            let suggestion = "write =word or =\"some words\"";
            self.suggest(span, "exact forms have a sign", assumed, suggestion);
        } else {
            let problem = "capitals, singular and plural make no difference";
            self.report(span, problem, assumed);
        }
        self.primary()
    }

    /// `allintitle:`
    pub(super) fn all_in(&mut self, ours: &str, span: Range<usize>) -> Option<Node> {
        let problem = format!("there is no `{}`", self.query[span.clone()].trim());
        let assumed = "what follows is looked for everywhere";
        self.suggest(span, problem, assumed, format!("write {ours}:(…)"));
        self.primary_if_follows()
    }

    /// `ns=gpol`
    pub(super) fn unknown_code(&mut self, span: Range<usize>) -> Option<Node> {
        let problem = format!("nothing here is like `{}`", &self.query[span.clone()]);
        let assumed = "it is left out with its value";
        self.suggest(span, problem, assumed, "write words that say the same");
        self.depth += 1;
        if self.operand_follows() {
            self.primary();
        }
        self.depth -= 1;
        None
    }

    /// `or` between two operands, which other systems take for `OR`, and the like; each is told
    /// once. `DATE AFT 1/1/2026`, too.
    pub(super) fn report_small_operator(&mut self, word: Range<usize>, between: bool) {
        let typed = &self.query[word.clone()];
        if typed.eq_ignore_ascii_case("date") && self.date_follows() {
            let assumed = "it is looked for as words";
            let suggestion = "write date:2026-02, after:2026-01-15 or before:2026-03";
            self.suggest(word, "dates have a colon", assumed, suggestion);
            return;
        }
        let digits = typed.strip_prefix(['w', 'W']);
        if let Some(max) = digits.and_then(number).filter(|_| between) {
            let assumed = "it is looked for as a word";
            let problem = format!("`{typed}` has no slash");
            self.suggest(word, problem, assumed, format!("write w/{max}"));
            return;
        }
        let known = SMALL_OPERATORS.iter().find(|(small, _)| *small == typed);
        if let Some(&(small, ours)) = known.filter(|_| between)
            && !self.small_told.contains(&small)
        {
            self.small_told.push(small);
            let assumed = "it is looked for as a word";
            let problem = "operators are written in capitals";
            self.suggest(word, problem, assumed, format!("write {ours}"));
        }
    }

    /// Whether what follows is `aft 2026-01-15` or the like.
    fn date_follows(&self) -> bool {
        let Some(sign) = self.tokens.get(self.at) else {
            return false;
        };
        let typed = &self.query[sign.span.clone()];
        let is_sign = DATE_WORDS
            .iter()
            .any(|word| word.eq_ignore_ascii_case(typed));
        let mut rest = self.query[sign.span.end..].chars().map(plain);
        let next = rest.find(|c| *c != ' ');
        is_sign && next.is_some_and(|c| c.is_ascii_digit() || c == '-')
    }

    /// `person(…)`, where a colon is wanted.
    pub(super) fn report_name_before_group(&mut self, word: &Range<usize>) {
        let group_follows = self.query[word.end..]
            .chars()
            .next()
            .is_some_and(|c| plain(c) == '(');
        let typed = &self.query[word.clone()];
        let known = |name: &&&str| name.eq_ignore_ascii_case(typed);
        if group_follows && let Some(name) = SEGMENTS_UNKNOWN.iter().find(known) {
            let problem = format!("there is no segment `{name}`");
            let assumed = "it is looked for as a word";
            let suggestion = "write country:(…), place:(…), org:(…), or words that say the same";
            self.suggest(word.clone(), problem, assumed, suggestion);
            return;
        }
        if let Some(name) = Name::before_colon(typed).filter(|_| group_follows) {
            let problem = format!("`{typed}` has no colon");
            let assumed = "it is looked for as a word";
            let suggestion = format!("write {}:(…)", name.shown());
            self.suggest(word.clone(), problem, assumed, suggestion);
        }
    }

    /// A word without the signs that stand for something else in other systems: `traffick!` of
    /// Nexis, `traffick$4` and `oil/F50/` of Factiva, `~oil` of Google, `!oil` of ProQuest.
    pub(super) fn without_signs(&mut self, word: &str, span: &Range<usize>) -> Option<String> {
        if let Some((stem, sign)) = ending(word) {
            let problem = format!("`{sign}` is not the sign for other endings");
            let assumed = format!("it is read as `{stem}*`");
            self.suggest(span.clone(), problem, assumed, format!("write `{stem}*`"));
            return Some(format!("{stem}*"));
        }
        if let Some((first, last)) = number_range(word) {
            let is_year = |number: &str| number.len() == 4 && number.starts_with(['1', '2']);
            let problem = "numbers are not looked for by their size";
            let suggestion = match is_year(first) && is_year(last) {
                true => format!("write date:{first}..{last} for when it was published"),
                false => format!("write {first} OR {last}"),
            };
            let assumed = "both stand side by side";
            self.suggest(span.clone(), problem, assumed, suggestion);
            return None;
        }
        if let Some(rest) = word.strip_prefix(|c| matches!(plain(c), '~' | '!'))
            && rest.starts_with(char::is_alphanumeric)
        {
            let (sign, suggestion) = match word.starts_with(|c| plain(c) == '~') {
                true => ('~', format!("write {rest}~1 for other spellings")),
                false => ('!', format!("write -{rest} to exclude it")),
            };
            let problem = format!("`{sign}` before a word means nothing");
            self.suggest(span.clone(), problem, "it is left out", suggestion);
            return Some(rest.to_owned());
        }
        let (before, place) = word.strip_suffix('/')?.rsplit_once('/')?;
        let digits = place.strip_prefix(['f', 'F'])?;
        let counts = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        counts.then(|| {
            let problem = format!("words are not counted as in `/{place}/`");
            let assumed = format!("`{before}` is looked for everywhere");
            let suggestion = format!("write hlead:{before}");
            self.suggest(span.clone(), problem, assumed, suggestion);
            before.to_owned()
        })
    }

    /// A word beside an operator of closeness that does not belong to it; in Nexis it would.
    pub(super) fn report_beside(&mut self, word: Range<usize>, near: Range<usize>) {
        let word_text = &self.query[word.clone()];
        let near = &self.query[near];
        let problem = format!("`{word_text}` does not belong to {near}");
        let assumed = "words side by side are joined by AND, which binds less";
        let suggestion = "put a phrase in quotes, or write AND";
        self.suggest(word, problem, assumed, suggestion);
    }

    pub(super) fn report_segment(&mut self, span: Range<usize>) {
        let problem = "there is no operator for the same part of an article";
        let suggestion = "write title:(…), lead:(…) or body:(…)";
        self.suggest(span, problem, "it is read as AND", suggestion);
    }
}

/// The ends of a range of numbers or amounts, as Google writes it: `2010..2020`, `$50..$100`.
fn number_range(word: &str) -> Option<(&str, &str)> {
    let (first, last) = word.split_once("..")?;
    let [first, last] = [first, last].map(|end| end.trim_start_matches(['$', '€', '£']));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(first) && is_number(last)).then_some((first, last))
}

/// A word without the sign for other endings that other systems have, and the sign.
pub(super) fn ending(word: &str) -> Option<(&str, char)> {
    let at = word.rfind(|c| matches!(plain(c), '!' | '$'))?;
    let (stem, rest) = word.split_at(at);
    let mut rest = rest.chars().map(plain);
    let sign = rest.next()?;
    let digits = rest.all(|c| c.is_ascii_digit() && sign == '$');
    let letters = stem.chars().filter(|c| c.is_alphabetic()).count();
    let long_enough = sign == '!' || letters >= ENDING_LETTERS_MIN;
    let is_ending = digits && long_enough && stem.ends_with(char::is_alphanumeric);
    (is_ending && !stem.contains(is_blank)).then_some((stem, sign))
}
