//! Articles over time: bars and sparklines.

use dateline_query::{Histogram, Period, Series, Timeline};
use textwrap::core::display_width;

use super::facets::mark;
use super::look::{self, Look};

/// Eighths of a cell, filled from the left.
const BARS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
/// Eighths of a cell, filled from below.
const SPARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Between two columns.
const GAP: usize = 2;
/// A line's name gives way to its sparkline beyond this share of the width.
const NAME_SHARE: usize = 3;

/// A line for each period: when, how many, and a bar as long as that is much.
pub(crate) fn histogram(histogram: &Histogram, look: &Look) -> String {
    let rows: Vec<(&str, u64)> = histogram
        .periods
        .iter()
        .map(|period| (period.start.as_str(), period.count))
        .collect();
    let rest = rest(histogram);
    let all = || rows.iter().chain(&rest);
    let name_width = all().map(|(name, _)| name.len()).max().unwrap_or(0);
    let most = rows.iter().map(|row| row.1).max().unwrap_or(0);
    let number_width = all().map(|row| look::thousands(row.1).len()).max();
    let number_width = number_width.unwrap_or(0);
    let bar_width = look
        .width()
        .saturating_sub(name_width + number_width + 2 * GAP);
    let line = |(name, count): &(&str, u64), bar: String| {
        let number = format!("{:>number_width$}", look::thousands(*count));
        let number = look.paint(look::QUIET, &number);
        let line = format!("{name:<name_width$}  {number}  {bar}");
        format!("{}\n", line.trim_end())
    };
    let periods = rows
        .iter()
        .map(|row| line(row, bar(row.1, most, bar_width)));
    let rest = rest.iter().map(|row| line(row, String::new()));
    periods.chain(rest).collect()
}

/// The articles in all, then a sparkline for each value over the same time.
pub(crate) fn timeline(timeline: &Timeline, look: &Look) -> String {
    let mut text = histogram(&timeline.histogram, look);
    if timeline.series.is_empty() {
        return text;
    }
    let names = timeline.series.iter();
    let names = names.map(|series| {
        let name = look::truncate(&series.label, look.width() / NAME_SHARE);
        match series.selected {
            Some(mode) => format!("{} {name}", mark(mode)),
            None => name,
        }
    });
    let names: Vec<String> = names.collect();
    let name_width = names.iter().map(|name| display_width(name)).max();
    let number = |series: &Series| look::thousands(series.count);
    let number_width = timeline.series.iter().map(|series| number(series).len());
    let (name_width, number_width) = (name_width.unwrap_or(0), number_width.max().unwrap_or(0));
    let cells = look
        .width()
        .saturating_sub(name_width + number_width + 2 * GAP);
    if let [first, .., last] = timeline.histogram.periods.as_slice() {
        let span = format!("{} to {}", first.start, last.start);
        text.push_str(&format!("\n{}\n", look.paint(look::TITLE, &span)));
    } else {
        text.push('\n');
    }
    for (series, name) in timeline.series.iter().zip(&names) {
        let name = look::pad(name, name_width);
        let number = format!("{:>number_width$}", number(series));
        let number = look.paint(look::QUIET, &number);
        let sparks = sparks(&series.histogram.periods, cells);
        let line = format!("{name}  {number}  {sparks}");
        text.push_str(&format!("{}\n", line.trim_end()));
    }
    text
}

/// The articles of no period, as far as there are any.
fn rest(histogram: &Histogram) -> Vec<(&'static str, u64)> {
    let rest = [
        ("coarser", histogram.coarse),
        ("undated", histogram.undated),
    ];
    rest.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// A bar of which `most` fills `width` cells; whatever is more than nothing shows.
fn bar(count: u64, most: u64, width: usize) -> String {
    let eighths = eighths(count, most, width as u64 * 8) as usize;
    let mut bar = "█".repeat(eighths / 8);
    if let Some(part) = (eighths % 8).checked_sub(1) {
        bar.push(BARS[part]);
    }
    bar
}

/// The periods as one line of at most `cells` cells; where there are more periods, several make
/// one cell. A period without articles is blank.
fn sparks(periods: &[Period], cells: usize) -> String {
    let together = periods.len().div_ceil(cells.max(1)).max(1);
    let sums: Vec<u64> = periods
        .chunks(together)
        .map(|chunk| chunk.iter().map(|period| period.count).sum())
        .collect();
    let most = sums.iter().copied().max().unwrap_or(0);
    let spark = |&sum: &u64| match (eighths(sum, most, 8) as usize).checked_sub(1) {
        Some(height) => SPARKS[height],
        None => ' ',
    };
    sums.iter().map(spark).collect()
}

/// The share of `count` in `most`, in `whole` parts; at least one part of what is not nothing.
fn eighths(count: u64, most: u64, whole: u64) -> u64 {
    match count {
        0 => 0,
        count => (count as u128 * whole as u128 / most.max(1) as u128).max(1) as u64,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use dateline_query::{Interval, Mode};
    use expect_test::expect;

    use super::*;

    pub(in crate::output) fn over(counts: &[u64], undated: u64) -> Histogram {
        let period = |(at, &count): (usize, &u64)| Period {
            start: format!("2026-{:02}", at + 1),
            count,
        };
        Histogram {
            interval: Interval::Month,
            periods: counts.iter().enumerate().map(period).collect(),
            coarse: 0,
            undated,
        }
    }

    fn example() -> Timeline {
        let series = |label: &str, counts: &[u64]| Series {
            value: label.to_owned(),
            label: label.to_owned(),
            count: counts.iter().sum(),
            selected: (label == "Trump").then_some(Mode::Any),
            histogram: over(counts, 0),
        };
        Timeline {
            total: 1_028,
            histogram: over(&[1_000, 0, 1, 25], 2),
            series: vec![
                series("Petro, \"Gustavo\"", &[8, 0, 0, 4]),
                series("Trump", &[0, 0, 1, 1]),
            ],
            notes: Vec::new(),
        }
    }

    #[test]
    fn bars_are_as_long_as_counts_are_high_and_show_whatever_is_there() {
        expect![[r#"
            2026-01  1,000  ████████████████████████
            2026-02      0
            2026-03      1  ▏
            2026-04     25  ▌
            undated      2

            2026-01 to 2026-04
            Petro, "Gust…  12  █  ▄
            ✓ Trump         2    ██
        "#]]
        .assert_eq(&timeline(&example(), &Look::new(40, false)));
    }

    #[test]
    fn more_periods_than_cells_are_put_together() {
        let periods = over(&[1, 1, 4, 0, 0, 0, 2], 0).periods;
        assert_eq!(sparks(&periods, 4), "▄█ ▄");
        assert_eq!(sparks(&periods, 100), "▂▂█   ▄");
        assert_eq!(sparks(&[], 0), "");
    }
}
