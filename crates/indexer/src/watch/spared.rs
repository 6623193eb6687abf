//! Files of folders that lost everything at once: a share that is not mounted, a synchronisation gone
//! wrong. Their articles stay until somebody says otherwise. Knows neither files nor the clock.

use std::path::Path;

use rustc_hash::FxHashSet;

/// The files whose articles stay.
#[derive(Debug, Default)]
pub(crate) struct Spared {
    files: FxHashSet<String>,
    /// The roots that lost them, and how many, not told yet.
    emptied: Vec<(String, usize)>,
}

impl Spared {
    /// Of the files that are `gone`, those whose articles are to be removed: not those of a root that
    /// loses all of several files at once, in this round or in one before, unless they are back.
    /// `known` are all files of the index, `is_there` tells those that were found.
    pub(crate) fn sift<'k>(
        &mut self,
        gone: Vec<String>,
        roots: &[String],
        known: impl Iterator<Item = &'k String>,
        is_there: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        self.files.retain(|file| !is_there(file));
        let lost: FxHashSet<&String> = gone.iter().collect();
        let root_of = |file: &str| {
            let holds = |root: &&String| Path::new(file).starts_with(root);
            roots.iter().find(holds)
        };
        let mut left: FxHashSet<&String> = FxHashSet::default();
        for file in known.filter(|file| !lost.contains(file) && !self.files.contains(*file)) {
            left.extend(root_of(file));
        }
        for root in roots.iter().filter(|root| !left.contains(root)) {
            let is_new =
                |file: &&String| root_of(file) == Some(root) && !self.files.contains(file.as_str());
            let below: Vec<String> = gone.iter().filter(is_new).cloned().collect();
            // Who deletes the only file of a folder means it.
            if below.len() > 1 {
                self.emptied.push((root.clone(), below.len()));
                self.files.extend(below);
            }
        }
        let mut gone = gone;
        gone.retain(|file| !self.files.contains(file));
        gone
    }

    /// The roots that lost all of so many files since this was asked last.
    pub(crate) fn take_emptied(&mut self) -> Vec<(String, usize)> {
        std::mem::take(&mut self.emptied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is removed when of the known files those are gone.
    fn sift(spared: &mut Spared, known: &[&str], gone: &[&str]) -> Vec<String> {
        let owned = |files: &[&str]| files.iter().map(|file| file.to_string()).collect();
        let known: Vec<String> = owned(known);
        let roots: Vec<String> = owned(&["/a", "/b"]);
        let is_there = |file: &str| known.iter().any(|of| of == file) && !gone.contains(&file);
        spared.sift(owned(gone), &roots, known.iter(), is_there)
    }

    #[test]
    fn a_root_that_loses_everything_at_once_keeps_its_articles() {
        let mut spared = Spared::default();
        let known = ["/a/1", "/a/2", "/b/1", "/b/2"];
        assert_eq!(
            sift(&mut spared, &known, &["/a/1", "/a/2", "/b/1"]),
            ["/b/1"]
        );
        assert_eq!(spared.take_emptied(), [("/a".to_owned(), 2)]);
        assert!(spared.take_emptied().is_empty());
    }

    #[test]
    fn what_was_spared_stays_whatever_comes_there_until_it_is_back() {
        let mut spared = Spared::default();
        sift(&mut spared, &["/a/1", "/a/2"], &["/a/1", "/a/2"]);
        let known = ["/a/1", "/a/2", "/a/3"];
        assert!(sift(&mut spared, &known, &["/a/1", "/a/2"]).is_empty());
        assert!(sift(&mut spared, &known, &["/a/2"]).is_empty());
        assert_eq!(sift(&mut spared, &known, &["/a/1", "/a/2"]), ["/a/1"]);
    }

    #[test]
    fn one_file_after_the_other_is_removed() {
        let mut spared = Spared::default();
        assert_eq!(sift(&mut spared, &["/a/1", "/a/2"], &["/a/1"]), ["/a/1"]);
        assert_eq!(sift(&mut spared, &["/a/2"], &["/a/2"]), ["/a/2"]);
        assert!(spared.take_emptied().is_empty());
    }
}
