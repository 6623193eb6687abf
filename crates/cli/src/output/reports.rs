//! What a run of indexing did, what an index holds, and what is damaged in it, as text.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dateline_corpus::Flaw;
use dateline_indexer::{Summary, Verification};
use dateline_ingest::Skip;
use dateline_query::Stats;

use super::look::{self, Look, counted, thousands};
use super::relative;

/// Places listed under one reason; the rest is counted. `--json` lists them all.
const PLACES_MAX: usize = 5;
/// So many kinds of reasons are shown: a damaged pile must not fill the screen.
const KINDS_MAX: usize = 20;

/// What a run of indexing did: a line of numbers, then the skips by reason.
pub(crate) fn summary(summary: &Summary, here: &Path, look: &Look) -> String {
    let line = changes(summary);
    let rate = format!(
        " · {} read in {}",
        bytes(summary.bytes),
        seconds(summary.seconds)
    );
    let line = format!(
        "{}{}",
        look.paint(look::TITLE, &line),
        look.paint(look::QUIET, &rate)
    );
    let mut text = look.wrap(&line, "");
    text.push_str(&skips(&summary.skipped, here, look));
    if summary.unlisted > 0 {
        let count = thousands(summary.unlisted);
        let line = format!("{count} more skipped, which are not listed one by one");
        text.push_str(&look.wrap(&line, "  "));
    }
    for (flaw, count) in &summary.flawed {
        let line = format!(
            "{} {}",
            counted(*count, "article", "articles"),
            flawed(*flaw)
        );
        text.push_str(&look.wrap(&line, "  "));
    }
    text
}

/// What is wrong with articles that were read all the same.
fn flawed(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Truncated => "cut: the headline or the text was too long",
        Flaw::ReplacementCharacters => "with characters that could not be decoded",
        Flaw::Mojibake => "decoded wrongly before this program read it",
        Flaw::FutureDate => "dated after the day on which it was read",
        Flaw::AncientDate => "dated before there were newspapers",
        Flaw::UnreadableDate => "with a date that could not be understood",
    }
}

/// The numbers of a run, without those that say that nothing happened.
pub(crate) fn changes(summary: &Summary) -> String {
    let counts = [
        (summary.added, "added"),
        (summary.updated, "updated"),
        (summary.removed, "removed"),
        (summary.unchanged, "unchanged"),
        (summary.skipped.len() as u64 + summary.unlisted, "skipped"),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .filter(|(count, what)| *count > 0 || *what == "added")
        .map(|(count, what)| format!("{} {what}", thousands(count)))
        .collect();
    told.join(", ")
}

/// What was skipped, by kind of reason, the most frequent first.
fn skips(skips: &[Skip], here: &Path, look: &Look) -> String {
    let mut by_kind: BTreeMap<String, Vec<&Skip>> = BTreeMap::new();
    for skip in skips {
        by_kind.entry(kind(&skip.reason)).or_default().push(skip);
    }
    let mut kinds: Vec<_> = by_kind.into_iter().collect();
    kinds.sort_by_key(|(_, places)| Reverse(places.len()));
    let mut text = String::new();
    for (kind, places) in kinds.iter().take(KINDS_MAX) {
        let count = thousands(places.len() as u64);
        let reason = places[0].reason.as_str();
        let is_one = places.iter().all(|skip| skip.reason == reason);
        let reason = look::clean(if is_one { reason } else { kind });
        text.push_str(&look.wrap(&format!("{count} skipped: {reason}"), "  "));
        for skip in places.iter().take(PLACES_MAX) {
            let place = place(skip, here);
            text.push_str(&look.wrap(&look.paint(look::QUIET, &place), "    "));
        }
        if places.len() > PLACES_MAX {
            let more = format!("and {} more", thousands((places.len() - PLACES_MAX) as u64));
            text.push_str(&look.wrap(&look.paint(look::QUIET, &more), "    "));
        }
    }
    if let Some(rest @ [_, ..]) = kinds.get(KINDS_MAX..) {
        let count: usize = rest.iter().map(|(_, places)| places.len()).sum();
        let count = thousands(count as u64);
        let line = format!("{count} skipped for other reasons; --skipped FILE lists them");
        text.push_str(&look.wrap(&line, "  "));
    }
    text
}

/// A reason without what differs from record to record: its numbers, and what it quotes or lists of the
/// record.
fn kind(reason: &str) -> String {
    let mut kind = String::new();
    let (what, rest) = reason.split_once("; it has: ").unwrap_or((reason, ""));
    for (at, part) in what.split('`').enumerate() {
        if at > 0 {
            kind.push('`');
        }
        // A sign of the format is quoted, too: expected `,` or `}`.
        if at % 2 == 1 && part.contains(char::is_alphanumeric) {
            kind.push('…');
            continue;
        }
        let mut in_number = false;
        for c in part.chars() {
            let is_digit = c.is_ascii_digit();
            match is_digit {
                true if !in_number => kind.push('…'),
                true => {}
                false => kind.push(c),
            }
            in_number = is_digit;
        }
    }
    if !rest.is_empty() {
        kind.push_str("; it has: …");
    }
    kind
}

/// Where something was skipped: path, entry of an archive, record or byte.
fn place(skip: &Skip, here: &Path) -> String {
    let mut place = relative(&skip.path, here);
    if let Some(entry) = &skip.entry {
        place.push_str(&format!("!{entry}"));
    }
    if let Some(record) = skip.record {
        place.push_str(&format!(":{record}"));
    }
    if let Some(offset) = skip.offset {
        place.push_str(&format!(" at byte {offset}"));
    }
    place
}

/// One skip in one line.
pub(crate) fn skipped(skip: &Skip, here: &Path) -> String {
    format!("{}: {}", place(skip, here), skip.reason)
}

/// What an index holds.
pub(crate) fn stats(stats: &Stats, dir: &Path, look: &Look) -> String {
    let period = match (&stats.first, &stats.last) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "none dated".to_owned(),
    };
    let undated = match stats.undated {
        0 => String::new(),
        undated => format!(", {} undated", thousands(undated)),
    };
    let languages: Vec<String> = stats
        .languages
        .iter()
        .map(|language| format!("{} {}", language.label, thousands(language.count)))
        .collect();
    let skipped = match stats.skipped {
        0 => String::new(),
        skipped => format!(", {} skipped", counted(skipped, "record", "records")),
    };
    let rows = [
        ("Index", dir.display().to_string()),
        ("Articles", thousands(stats.articles)),
        ("Files", format!("{}{skipped}", thousands(stats.files))),
        ("Published", format!("{period}{undated}")),
        ("Languages", languages.join(", ")),
        ("People", thousands(stats.persons)),
        ("Countries", thousands(stats.countries)),
        ("Organisations", thousands(stats.organisations)),
        ("Places", thousands(stats.places)),
        ("Sources", thousands(stats.sources)),
        (
            "Size",
            format!(
                "{} in {}",
                bytes(stats.bytes),
                counted(stats.segments, "segment", "segments")
            ),
        ),
    ];
    let indent = " ".repeat(15);
    rows.iter()
        .map(|(heading, value)| {
            let heading = look::pad(&look.paint(look::TITLE, heading), indent.len());
            look.wrap_hanging(&look::clean(value), &heading, &indent)
        })
        .collect()
}

/// What a check of the files of an index found.
pub(crate) fn verification(verification: &Verification, look: &Look) -> String {
    let of = |paths: &[PathBuf], what: &str| -> String {
        let lines = paths
            .iter()
            .map(|path| format!("{what}  {}", path.display()));
        lines
            .map(|line| look.wrap(&look::clean(&line), ""))
            .collect()
    };
    let bad = verification.damaged.len() + verification.missing.len();
    let found = if bad == 0 {
        "all sound".to_owned()
    } else {
        format!("{bad} damaged or missing")
    };
    let files = counted(verification.files, "file", "files");
    let checked = format!("{files} of {} checked: {found}", bytes(verification.bytes));
    let missing = of(&verification.missing, "missing");
    of(&verification.damaged, "damaged") + &missing + &look.wrap(&checked, "")
}

/// A size for people, in powers of ten as disks are sold: 1.4 MB.
fn bytes(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return counted(bytes, "byte", "bytes");
    }
    let mut size = bytes as f64 / 1000.0;
    let mut unit = 0;
    // A size that rounds to 1000.0 of a unit is one of the next.
    while size >= 999.95 && unit + 1 < units.len() {
        size /= 1000.0;
        unit += 1;
    }
    format!("{size:.1} {}", units[unit])
}

fn seconds(seconds: f64) -> String {
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    let whole = seconds.round() as u64;
    format!("{} min {} s", whole / 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn skip(path: &str, record: Option<u64>, reason: &str) -> Skip {
        Skip {
            path: path.to_owned(),
            record,
            reason: reason.to_owned(),
            ..Skip::default()
        }
    }

    #[test]
    fn reasons_that_differ_in_what_they_quote_are_of_one_kind() {
        for (reason, of_kind) in [
            (
                "broken JSON: expected `,` or `}` at line 1 column 102",
                "broken JSON: expected `,` or `}` at line … column …",
            ),
            (
                "not a JSON object: it begins with `title 5`",
                "not a JSON object: it begins with `…`",
            ),
            (
                "no field holds a text; it has: foo1, bar",
                "no field holds a text; it has: …",
            ),
            ("not a text: a PDF document", "not a text: a PDF document"),
        ] {
            assert_eq!(kind(reason), of_kind);
        }
        let skipped = (0..100).map(|line| skip("a", Some(line), &"x".repeat(line as usize)));
        let run = Summary {
            skipped: skipped.collect(),
            unlisted: 5,
            ..Summary::default()
        };
        let text = summary(&run, Path::new("/"), &Look::new(80, false));
        assert!(text.contains("105 skipped"), "{text}");
        assert!(text.contains("80 skipped for other reasons"), "{text}");
        assert!(text.contains("5 more skipped"), "{text}");
    }

    #[test]
    fn groups_skips_by_reason_and_lists_their_places() {
        let mut skipped = vec![
            skip("/news/a.bin", None, "no text"),
            skip("-", Some(2), "no body"),
        ];
        skipped.extend((1..=7).map(|line| skip("/news/b.jsonl", Some(line), "no body")));
        let run = Summary {
            added: 1200,
            updated: 3,
            skipped,
            seconds: 75.2,
            bytes: 999_960,
            flawed: [(Flaw::ReplacementCharacters, 2), (Flaw::UnreadableDate, 1)].into(),
            ..Summary::default()
        };
        let text = summary(&run, Path::new("/news"), &Look::new(80, false));
        expect![[r#"
            1,200 added, 3 updated, 9 skipped · 1.0 MB read in 1 min 15 s
              8 skipped: no body
                -:2
                b.jsonl:1
                b.jsonl:2
                b.jsonl:3
                b.jsonl:4
                and 3 more
              1 skipped: no text
                a.bin
              2 articles with characters that could not be decoded
              1 article with a date that could not be understood
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn an_empty_run_says_that_nothing_was_added() {
        let text = summary(
            &Summary::default(),
            Path::new("/news"),
            &Look::new(80, false),
        );
        expect![[r#"
            0 added · 0 bytes read in 0.0 s
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn names_damaged_and_missing_files() {
        let found = Verification {
            files: 6,
            bytes: 1_500_000_000,
            damaged: vec!["a.term".into()],
            missing: vec!["b.pos".into()],
        };
        expect![[r#"
            damaged  a.term
            missing  b.pos
            6 files of 1.5 GB checked: 2 damaged or missing
        "#]]
        .assert_eq(&verification(&found, &Look::new(80, false)));
    }

    #[test]
    fn sizes_are_rounded_to_their_unit() {
        for (size, text) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1000, "1.0 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (140_000_000, "140.0 MB"),
            (u64::MAX, "18446744.1 TB"),
        ] {
            assert_eq!(bytes(size), text);
        }
    }
}
