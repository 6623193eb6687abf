//! How fast files are read, without analysis and index: JSON Lines, HTML pages, web archives, the
//! last beside the floor of unpacking them.
//!
//! `reading` reads inputs that it generates, `reading PATH …` instead the files of each path, which
//! it takes into memory first. It counts the processor time where the system tells it, else the time
//! that passed: other programs on the machine matter less to the former.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use dateline_ingest::{Item, ReadOptions, find, path_name, read};
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

/// Enough that a run takes seconds, and the clock's hundredths do not matter.
const ARTICLES: usize = 60_000;
const PAGES: usize = 1_000;
/// Each input is read so many times, and the best counts.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    for path in &paths {
        let found = find(std::slice::from_ref(path))?;
        let load = |file: &dateline_ingest::FoundFile| {
            Ok((path_name(&file.path), std::fs::read(&file.path)?))
        };
        let files: Vec<(String, Vec<u8>)> =
            found.files.iter().map(load).collect::<io::Result<_>>()?;
        report(&path.display().to_string(), &files)?;
    }
    if paths.is_empty() {
        generated()?;
    }
    Ok(())
}

/// Reads what is generated.
fn generated() -> io::Result<()> {
    report("JSON Lines", &[("a.jsonl".to_owned(), json_lines())])?;
    let pages: Vec<String> = (0..PAGES).map(page).collect();
    let files = |page: &String| ("a.html".to_owned(), page.clone().into_bytes());
    report("HTML pages", &pages.iter().map(files).collect::<Vec<_>>())?;
    // What is no page is framed and passed over.
    for (what, media_type) in [
        ("WARC of pages", "text/html"),
        ("WARC of others", "text/plain"),
    ] {
        let files = [("a.warc.gz".to_owned(), archive(&pages, media_type)?)];
        let floor = best(|| {
            io::copy(&mut MultiGzDecoder::new(&*files[0].1), &mut io::sink())?;
            Ok(())
        })?;
        let seconds = report(what, &files)?;
        let ratio = seconds / floor;
        println!("{:16} {ratio:.2} times as long as unpacking it", "");
    }
    Ok(())
}

/// Reads named files, prints how fast, and gives the seconds.
fn report(what: &str, files: &[(String, Vec<u8>)]) -> io::Result<f64> {
    let mut records = 0;
    let seconds = best(|| {
        records = 0;
        for (name, bytes) in files {
            let mut reader = BufReader::with_capacity(256 << 10, bytes.as_slice());
            records += read_all(name, &mut reader)?;
        }
        Ok(())
    })?;
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!(
        "{what:16} {:6.1} MB, {records} records: {:6.1} MB/s, {:7.0} records/s",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds,
        records as f64 / seconds
    );
    Ok(seconds)
}

fn read_all(path: &str, reader: &mut dyn BufRead) -> io::Result<u64> {
    read(path, reader, &ReadOptions::default(), &mut |item: Item| {
        black_box(item);
        ControlFlow::Continue(())
    })
}

/// The seconds of the fastest run.
fn best(mut run: impl FnMut() -> io::Result<()>) -> io::Result<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let (start, clock) = (processor_seconds(), Instant::now());
        run()?;
        let seconds = match (start, processor_seconds()) {
            (Some(start), Some(end)) => end - start,
            _ => clock.elapsed().as_secs_f64(),
        };
        best = best.min(seconds);
    }
    Ok(best)
}

/// The processor time of this program until now, as Linux tells it in hundredths of a second.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11);
    let user: f64 = times.next()?.parse().ok()?;
    let system: f64 = times.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}

/// A sentence that is not like the last ones.
fn sentence(number: usize) -> String {
    const WHO: [&str; 5] = [
        "The ferry",
        "Inga Rask",
        "The council",
        "A “grey” whale",
        "Nordøya’s mayor",
    ];
    const DOES: [&str; 4] = [
        "crossed the strait",
        "spoke of the harbour",
        "was seen again",
        "closed the quay",
    ];
    const WHEN: [&str; 3] = ["on Tuesday", "in the winter of 2026", "after eleven weeks"];
    format!(
        "{} {} {}, {} times more than the year before. ",
        WHO[number % WHO.len()],
        DOES[number / 3 % DOES.len()],
        WHEN[number / 7 % WHEN.len()],
        number % 1_009
    )
}

fn paragraph(number: usize) -> String {
    (0..4).map(|at| sentence(number * 4 + at)).collect()
}

fn json_lines() -> Vec<u8> {
    let mut lines = Vec::new();
    for number in 0..ARTICLES {
        let body: Vec<String> = (0..12).map(|at| paragraph(number + at)).collect();
        let article = serde_json::json!({
            "id": number,
            "title": sentence(number),
            "body": body.join("\n\n"),
            "published": format!("2026-02-{:02}T09:30:00+01:00", number % 28 + 1),
            "source": "Vardholm Courier",
            "url": format!("https://www.vardholm-courier.example/2026/{number}"),
            "authors": ["Maren Solheim"],
            "tags": ["ferry", "harbour", "islands"],
        });
        lines.extend_from_slice(article.to_string().as_bytes());
        lines.push(b'\n');
    }
    lines
}

/// A page with what surrounds articles on the web: scripts, menus, teasers.
fn page(number: usize) -> String {
    let script =
        "var a = {\"b\": [1, 2, 3], c: function (d) { return d < 4 && e; }};\n".repeat(300);
    let menu: String = (0..150)
        .map(|at| {
            format!("<li class=\"menu-item\"><a href=\"/section/{at}\">Section {at}</a></li>\n")
        })
        .collect();
    let teasers: String = (0..40)
        .map(|at| format!("<div class=\"teaser\"><h3><a href=\"/{at}\">{}</a></h3><img src=\"{at}.jpg\"></div>\n", sentence(at)))
        .collect();
    let body: String = (0..20)
        .map(|at| {
            format!(
                "<p class=\"text\">{}<a href=\"/x\">more</a></p>\n<div class=\"ad\"></div>\n",
                paragraph(number + at)
            )
        })
        .collect();
    let title = sentence(number);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | Vardholm Courier</title>\
         <meta property=\"article:published_time\" content=\"2026-02-03T09:30:00+01:00\">\
         <script>{script}</script></head><body><nav><ul>{menu}</ul></nav>\
         <main><article><h1>{title}</h1><p class=\"byline\">By Maren Solheim</p>{body}</article>\
         <aside>{teasers}</aside></main><footer><ul>{menu}</ul></footer></body></html>"
    )
}

/// A web archive, each record compressed by itself as crawlers write them.
fn archive(pages: &[String], media_type: &str) -> io::Result<Vec<u8>> {
    let mut archive = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n{page}");
        let mut member = GzEncoder::new(archive, Compression::default());
        write!(
            member,
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-02-03T09:31:00Z\r\n\
             WARC-Target-URI: https://www.vardholm-courier.example/{number}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )?;
        archive = member.finish()?;
    }
    Ok(archive)
}
