//! Publishing lines of a text: what they are called and what they say.
//!
//! Knows single lines only; which lines of a text are looked at is the business of
//! [`crate::text`].

mod labels;

use dateline_corpus::DateOrigin;

use crate::agencies;
use crate::authors;
use crate::dates;
use crate::draft::Draft;
use crate::published::Claim;
use crate::source::host;
use labels::{LABELS, Label};

/// Between a label such as `Published` and its date.
const DATE_LINKS: &[&str] = &[
    "on", "em", "am", "le", "el", "il", "op", "at", "den", "la", "στις", "في",
];

/// No publishing line is longer; what is longer and labelled `Source:` is prose.
const LINE_BYTES_MAX: usize = 2_000;
/// No line of names and a date is longer. It is tried at every word, and most paragraphs are longer.
const BYLINE_BYTES_MAX: usize = 240;
/// No label is longer.
const LABEL_BYTES_MAX: usize = 80;
/// No name of a source, section or language is longer; a longer value is a sentence.
const NAME_BYTES_MAX: usize = 120;
/// Names of outlets have no more words; what has more describes where a figure is from.
const OUTLET_WORDS_MAX: usize = 6;
/// `St.` and `Corp.` are abbreviations; a longer word before a full stop ends a sentence.
const ABBREVIATION_BYTES_MAX: usize = 5;
/// Remarks left over beside a date in its line are no longer (`3 min read`, `ET`).
const REMARK_BYTES_MAX: usize = 24;

/// Takes a publishing line into `draft`. False when the line is none, and `draft` as it was.
pub(crate) fn take(line: &str, draft: &mut Draft) -> bool {
    if line.len() > LINE_BYTES_MAX {
        return false;
    }
    let parts: Vec<&str> = line
        .split(['|', '·', '•', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let facts = parts
        .iter()
        .map(|part| read(part))
        .collect::<Option<Vec<Fact<'_>>>>();
    // A labelled value may hold the very signs that part the facts of a line.
    let facts = facts
        .or_else(|| (parts.len() > 1).then(|| Some(vec![labelled(line.trim())?]))?)
        .or_else(|| byline_and_date(line.trim()))
        .unwrap_or_default();
    let any = !facts.is_empty();
    facts.into_iter().for_each(|fact| fact.put(draft));
    any
}

/// Whether a line is a publishing line.
pub(crate) fn is_publishing(line: &str) -> bool {
    take(line, &mut Draft::default())
}

/// Whether a line is an address and nothing else.
pub(crate) fn is_address(line: &str) -> bool {
    let is_web = line.starts_with("https://") || line.starts_with("http://");
    is_web && !line.contains(char::is_whitespace)
}

/// What one part of a publishing line says.
enum Fact<'a> {
    Date { text: &'a str, is_update: bool },
    Source(&'a str),
    Authors(Vec<String>),
    Section(&'a str),
    Url(&'a str),
    Language(&'a str),
    Agency(&'static str),
    Nothing,
}

impl Fact<'_> {
    fn put(self, draft: &mut Draft) {
        let fill = |field: &mut Option<String>, value: &str| {
            field.get_or_insert_with(|| value.to_owned());
        };
        match self {
            Fact::Date { text, is_update } => draft.claims.push(Claim {
                text: text.to_owned(),
                origin: DateOrigin::MetadataLine,
                is_update,
            }),
            Fact::Source(value) => fill(&mut draft.source_line, value),
            Fact::Section(value) => fill(&mut draft.section, value),
            Fact::Url(value) => fill(&mut draft.url, value),
            Fact::Language(value) => fill(&mut draft.language, value),
            Fact::Agency(value) => fill(&mut draft.agency, value),
            Fact::Authors(names) if draft.authors.is_empty() => draft.authors = names,
            Fact::Authors(_) | Fact::Nothing => {}
        }
    }
}

fn read(part: &str) -> Option<Fact<'_>> {
    labelled(part)
        .or_else(|| is_address(part).then_some(Fact::Url(part)))
        .or_else(|| byline(part))
        .or_else(|| agency(part).map(Fact::Agency))
        .or_else(|| date_only(part))
}

/// The agency that a line or a part of one names and nothing else: `Reuters`, `(AFP)`, `© dpa`.
fn agency(part: &str) -> Option<&'static str> {
    if part.len() > NAME_BYTES_MAX {
        return None;
    }
    let is_frame = |c: char| matches!(c, '(' | ')' | '©' | '-' | '–' | '—') || c.is_whitespace();
    agencies::agency(part.trim_matches(is_frame))
}

/// `Published 02/04/2026 11:20`, `Source: vermelho.example`, `Photo: …`.
fn labelled(part: &str) -> Option<Fact<'_>> {
    let (head, value) = match part.split_once(':') {
        Some((head, value)) if label(head).is_some() => (head, value.trim()),
        // Only dates go without a colon.
        _ => return date_label(part),
    };
    match label(head)? {
        Label::Published | Label::Updated => date_label(part),
        Label::Source => source(value),
        Label::Author => Some(authors::split(value))
            .filter(|names| !names.is_empty())
            .map(Fact::Authors),
        Label::Section => (value.len() <= NAME_BYTES_MAX).then_some(Fact::Section(value)),
        Label::Url => value.contains("://").then_some(Fact::Url(value)),
        Label::Language => (value.len() <= NAME_BYTES_MAX).then_some(Fact::Language(value)),
        Label::Other => Some(Fact::Nothing),
    }
}

/// The outlet that a line names: a short name, or an address for its host. `Source:` also stands
/// below tables and quotations, with the title of a report or a sentence behind it.
fn source(value: &str) -> Option<Fact<'_>> {
    if is_address(value) {
        return host(value).map(Fact::Source);
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_short = value.len() <= NAME_BYTES_MAX && (1..=OUTLET_WORDS_MAX).contains(&words.len());
    let has_address = value.contains("://") || words.len() > 1 && value.contains("www.");
    let ends = |word: &&str| word.ends_with('.') && word.len() > ABBREVIATION_BYTES_MAX;
    let is_sentence = value.ends_with(['.', '?', ':', ';', ',']) || words.iter().any(ends);
    (is_short && !has_address && !is_sentence).then_some(Fact::Source(value))
}

fn label(head: &str) -> Option<Label> {
    let head = head.trim();
    if head.len() > LABEL_BYTES_MAX {
        return None;
    }
    let head = head.to_lowercase();
    LABELS
        .iter()
        .find(|(_, names)| names.contains(&head.as_str()))
        .map(|(label, _)| *label)
}

/// `Published on 3 February 2026`, `Updated: 02/04/2026 11:47`.
fn date_label(part: &str) -> Option<Fact<'_>> {
    // No label is longer, and nearly every paragraph is.
    let near = &part[..part.floor_char_boundary(LABEL_BYTES_MAX)];
    let lower = near.to_lowercase();
    let first = lower.as_bytes().first();
    let dated = LABELS
        .iter()
        .filter(|(label, _)| matches!(label, Label::Published | Label::Updated));
    let longest = dated
        .flat_map(|(label, names)| names.iter().map(move |name| (*label, *name)))
        // Nearly no paragraph begins with the byte that a label does.
        .filter(|(_, name)| name.as_bytes().first() == first && lower.starts_with(name))
        .max_by_key(|(_, name)| name.len())?;
    // Lower case can differ from the original in length (`İ`), but none of the labels can.
    let rest = part.get(longest.1.len()..)?;
    if !rest.starts_with([':', ' ', '\u{a0}']) {
        return None;
    }
    let mut value = rest.trim_start_matches([':', ' ', '\u{a0}']);
    for link in DATE_LINKS {
        if let Some(after) = value
            .strip_prefix(link)
            .and_then(|after| after.strip_prefix(' '))
        {
            value = after.trim_start();
        }
    }
    let is_update = longest.0 == Label::Updated;
    is_date(value).then_some(Fact::Date {
        text: value,
        is_update,
    })
}

/// The date behind the label that a text begins with: `Updated: 3 February 2026`.
pub(crate) fn dated_by_label(text: &str) -> Option<&str> {
    match date_label(text.trim())? {
        Fact::Date { text, .. } => Some(text),
        _ => None,
    }
}

fn date_only(part: &str) -> Option<Fact<'_>> {
    is_date(part).then_some(Fact::Date {
        text: part,
        is_update: false,
    })
}

/// Whether `text` is a full date, with nothing or a short remark behind it.
fn is_date(text: &str) -> bool {
    let Some((parsed, rest)) = dates::prefix(text) else {
        return false;
    };
    let is_full = match parsed {
        dates::Parsed::Yearless { .. } => false,
        dates::Parsed::Either { .. } => true,
        sure => sure
            .sure()
            .is_some_and(|date| date.precision <= dateline_corpus::Precision::Day),
    };
    let rest = rest.trim();
    // `ET`, `BST`: zones that are not understood. Another word would begin a sentence.
    let is_zone = (2..=5).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_uppercase());
    let is_remark = rest.len() <= REMARK_BYTES_MAX
        && !rest.starts_with(char::is_alphanumeric)
        && !rest.ends_with('.');
    is_full && (rest.is_empty() || is_zone || is_remark)
}

/// `By Jane Roe and John Doe`.
fn byline(part: &str) -> Option<Fact<'_>> {
    let value = authors::behind_by(part)?;
    authors::are_names(value).then(|| Fact::Authors(authors::split(value)))
}

/// `By Jane Roe, February 3, 2026`, `Posted on 3 February 2026 by Jane Roe`: two facts without a
/// sign between them.
fn byline_and_date(line: &str) -> Option<Vec<Fact<'_>>> {
    if line.len() > BYLINE_BYTES_MAX {
        return None;
    }
    let date_first = line.char_indices().filter(|(_, c)| c.is_whitespace());
    let date_first = date_first.filter_map(|(at, _)| {
        let authors = byline(line[at..].trim_start())?;
        let date = line[..at].trim_end_matches([' ', ',', '-', '–', '—']);
        Some([labelled(date).or_else(|| date_only(date))?, authors])
    });
    let authors_first = line
        .match_indices([',', '-', '–', '—'])
        .filter_map(|(at, sign)| {
            let date = line[at + sign.len()..].trim_start();
            Some([
                byline(line[..at].trim_end())?,
                labelled(date).or_else(|| date_only(date))?,
            ])
        });
    let mut found = date_first.chain(authors_first);
    found.next().map(Vec::from)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(lines: &[&str], expect: Expect) {
        let show = |line: &&str| {
            let mut draft = Draft::default();
            if !take(line, &mut draft) {
                return format!("-- {line}\n");
            }
            let mut facts: Vec<String> = draft
                .claims
                .iter()
                .map(|claim| {
                    format!(
                        "{}{}",
                        if claim.is_update { "update " } else { "" },
                        claim.text
                    )
                })
                .collect();
            facts.extend(draft.source_line.map(|source| format!("source {source}")));
            facts.extend(draft.agency.map(|agency| format!("agency {agency}")));
            facts.extend(draft.url.map(|url| format!("url {url}")));
            facts.extend(draft.authors.iter().map(|author| format!("by {author}")));
            facts.extend(draft.section.map(|section| format!("section {section}")));
            format!("{line} => {}\n", facts.join("; "))
        };
        expect.assert_eq(&lines.iter().map(show).collect::<String>());
    }

    #[test]
    fn knows_publishing_lines_of_every_language() {
        check(
            &[
                "Published 02/04/2026 11:20 | Edited 02/04/2026 11:47",
                "Last updated on 3 February 2026 at 14:05 BST",
                "Publicado em 03/02/2026 às 11h20 • Atualizado: 04/02/2026",
                "Publicado el 3 de febrero de 2026",
                "Publié le 3 février 2026 à 9h05 | Mis à jour le 4 février 2026",
                "Veröffentlicht am 3. Februar 2026, 14.05 Uhr",
                "Pubblicato il 3 febbraio 2026",
                "Gepubliceerd op 3 februari 2026",
                "Nov. 20, 2025",
                "By Tobias Renner | Nov. 20, 2025",
                "By Ana Sol, Ben Ode and Caro de la Cruz",
                "Por José Ortega y Gasset",
                "Von Johanna Brückmann",
                "Fuente: El Puerto",
                "Source : Le Fleuve",
                "Source: https://www.fleuve.example/1",
                "Source: St. Louis Post-Dispatch",
                "Section: World",
                "SEO Keywords: a, b | c",
                "https://quay.example/ferry",
                "Crédit photo : A. Photographe",
                "Udgivet 3. februar 2026 kl. 11.20 | Opdateret: 4. februar 2026",
                "Publisert 3. feb. 2026",
                "Publicerad: 3 februari 2026 kl 11.20",
                "Julkaistu 3.2.2026 klo 11.20",
                "Publicat: 3 februarie 2026, ora 11:20",
                "Közzétéve: 2026. február 3.",
                "Güncelleme: 3 Şubat 2026 11:20",
                "Опубликовано: 3 февраля 2026, 11:20",
                "Δημοσίευση: 3 Φεβρουαρίου 2026",
                "تاريخ النشر: 3 فبراير 2026",
                "Kaynak: Liman Postası",
                "Автор: Анна Соколова",
                "By Jane Roe, February 3, 2026",
                "Posted on 3 February 2026 by Jane Roe",
                "Par Anne Dupont - publié le 3 février 2026",
                "Paru le 3 février 2026",
                "نُشر في 3 فبراير 2026",
                "Stand: 03.02.2026, 10:00 Uhr",
                "Yayınlanma Tarihi: 03.02.2026",
                "வெளியிடப்பட்டது: 3 பிப்ரவரி 2026",
                "Írta: Kovács János",
                "Published: Monday, November 18th, 2019 at 11:08 a.m.",
                "Updated 4 Feb 2026; Published 3 Feb 2026",
                "(AFP)",
                "© Reuters",
                "By Jane Roe | Reuters",
            ],
            expect![[r#"
                Published 02/04/2026 11:20 | Edited 02/04/2026 11:47 => 02/04/2026 11:20; update 02/04/2026 11:47
                Last updated on 3 February 2026 at 14:05 BST => update 3 February 2026 at 14:05 BST
                Publicado em 03/02/2026 às 11h20 • Atualizado: 04/02/2026 => 03/02/2026 às 11h20; update 04/02/2026
                Publicado el 3 de febrero de 2026 => 3 de febrero de 2026
                Publié le 3 février 2026 à 9h05 | Mis à jour le 4 février 2026 => 3 février 2026 à 9h05; update 4 février 2026
                Veröffentlicht am 3. Februar 2026, 14.05 Uhr => 3. Februar 2026, 14.05 Uhr
                Pubblicato il 3 febbraio 2026 => 3 febbraio 2026
                Gepubliceerd op 3 februari 2026 => 3 februari 2026
                Nov. 20, 2025 => Nov. 20, 2025
                By Tobias Renner | Nov. 20, 2025 => Nov. 20, 2025; by Tobias Renner
                By Ana Sol, Ben Ode and Caro de la Cruz => by Ana Sol; by Ben Ode; by Caro de la Cruz
                Por José Ortega y Gasset => by José Ortega y Gasset
                Von Johanna Brückmann => by Johanna Brückmann
                Fuente: El Puerto => source El Puerto
                Source : Le Fleuve => source Le Fleuve
                Source: https://www.fleuve.example/1 => source fleuve.example
                Source: St. Louis Post-Dispatch => source St. Louis Post-Dispatch
                Section: World => section World
                SEO Keywords: a, b | c => 
                https://quay.example/ferry => url https://quay.example/ferry
                Crédit photo : A. Photographe => 
                Udgivet 3. februar 2026 kl. 11.20 | Opdateret: 4. februar 2026 => 3. februar 2026 kl. 11.20; update 4. februar 2026
                Publisert 3. feb. 2026 => 3. feb. 2026
                Publicerad: 3 februari 2026 kl 11.20 => 3 februari 2026 kl 11.20
                Julkaistu 3.2.2026 klo 11.20 => 3.2.2026 klo 11.20
                Publicat: 3 februarie 2026, ora 11:20 => 3 februarie 2026, ora 11:20
                Közzétéve: 2026. február 3. => 2026. február 3.
                Güncelleme: 3 Şubat 2026 11:20 => update 3 Şubat 2026 11:20
                Опубликовано: 3 февраля 2026, 11:20 => 3 февраля 2026, 11:20
                Δημοσίευση: 3 Φεβρουαρίου 2026 => 3 Φεβρουαρίου 2026
                تاريخ النشر: 3 فبراير 2026 => 3 فبراير 2026
                Kaynak: Liman Postası => source Liman Postası
                Автор: Анна Соколова => by Анна Соколова
                By Jane Roe, February 3, 2026 => February 3, 2026; by Jane Roe
                Posted on 3 February 2026 by Jane Roe => 3 February 2026; by Jane Roe
                Par Anne Dupont - publié le 3 février 2026 => 3 février 2026; by Anne Dupont
                Paru le 3 février 2026 => 3 février 2026
                نُشر في 3 فبراير 2026 => 3 فبراير 2026
                Stand: 03.02.2026, 10:00 Uhr => update 03.02.2026, 10:00 Uhr
                Yayınlanma Tarihi: 03.02.2026 => 03.02.2026
                வெளியிடப்பட்டது: 3 பிப்ரவரி 2026 => 3 பிப்ரவரி 2026
                Írta: Kovács János => by Kovács János
                Published: Monday, November 18th, 2019 at 11:08 a.m. => Monday, November 18th, 2019 at 11:08 a.m.
                Updated 4 Feb 2026; Published 3 Feb 2026 => update 4 Feb 2026; 3 Feb 2026
                (AFP) => agency AFP
                © Reuters => agency Reuters
                By Jane Roe | Reuters => agency Reuters; by Jane Roe
            "#]],
        );
    }

    #[test]
    fn leaves_sentences_alone() {
        check(
            &[
                "By noon the bridge was open",
                "By Jane Roe was the bridge opened.",
                "By Jane Roe, who saw it on 3 February 2026",
                "On 3 February 2026 by the bridge",
                "Por ahora nada",
                "Published reports say that the bridge is open.",
                "Date palms grow by the bridge",
                "Sources: two officials who asked not to be named said so.",
                "Source: The harbour office. Figures are rounded",
                "Source: Pension Fund data, available at: https://fund.example/data",
                "Source: CMS (www.cms.example/list)",
                "Source:",
                "Source: https://",
                "3 February 2026 was a cold day",
                "Updated maps show the bridge",
                "Photographs show it",
                "",
                "|",
            ],
            expect![[r#"
                -- By noon the bridge was open
                -- By Jane Roe was the bridge opened.
                -- By Jane Roe, who saw it on 3 February 2026
                -- On 3 February 2026 by the bridge
                -- Por ahora nada
                -- Published reports say that the bridge is open.
                -- Date palms grow by the bridge
                -- Sources: two officials who asked not to be named said so.
                -- Source: The harbour office. Figures are rounded
                -- Source: Pension Fund data, available at: https://fund.example/data
                -- Source: CMS (www.cms.example/list)
                -- Source:
                -- Source: https://
                -- 3 February 2026 was a cold day
                -- Updated maps show the bridge
                -- Photographs show it
                -- 
                -- |
            "#]],
        );
    }
}
