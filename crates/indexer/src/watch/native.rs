//! What the operating system tells of changes: starts and keeps its watches, and makes notices of
//! its events. Decides nothing.

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, Sender, unbounded};
use dateline_ingest::{IGNORE_FILE, reason_of};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::pending::Touch;

/// Something the system told.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// Something happened to a file or folder.
    Touched(PathBuf, Touch),
    /// Anything may have happened.
    Lost,
    /// It tells no more, for this reason.
    Failed(String),
}

/// The watches of the system.
pub(super) struct Native {
    watcher: RecommendedWatcher,
    concern: Concern,
    /// Roots that are not there, and so cannot be watched for now.
    absent: Vec<PathBuf>,
}

/// What notices are about.
#[derive(Debug, Clone)]
struct Concern {
    /// The files and folders that are followed, resolved.
    roots: Vec<PathBuf>,
    /// The index: its changes are ours.
    own: PathBuf,
}

impl Native {
    /// Begins to watch, but for the folder `own`.
    ///
    /// # Errors
    /// The reason, in plain words, when the system cannot watch.
    pub(super) fn start(
        roots: Vec<PathBuf>,
        own: PathBuf,
    ) -> Result<(Native, Receiver<Notice>), String> {
        let (sender, notices) = unbounded();
        let concern = Concern { roots, own };
        let heard = concern.clone();
        let watcher = notify::recommended_watcher(move |event| hear(event, &heard, &sender));
        let mut native = Native {
            watcher: watcher.map_err(|error| explain(&error))?,
            absent: concern.roots.clone(),
            concern,
        };
        native.watch_absent()?;
        Ok((native, notices))
    }

    /// Whether a path is one of the roots.
    pub(super) fn is_root(&self, path: &Path) -> bool {
        self.concern.roots.iter().any(|root| root == path)
    }

    /// Notes that a root was moved or removed.
    pub(super) fn lose(&mut self, root: PathBuf) {
        // Where it was moved to, nobody asked to be followed.
        let _ = self.watcher.unwatch(&root);
        if !self.absent.contains(&root) {
            self.absent.push(root);
        }
    }

    /// Whether all roots are watched.
    pub(super) fn is_complete(&self) -> bool {
        self.absent.is_empty()
    }

    /// Watches the roots that have come back.
    pub(super) fn watch_absent(&mut self) -> Result<(), String> {
        for root in std::mem::take(&mut self.absent) {
            let (watched, mode) = match (root.is_dir(), root.parent()) {
                // The watch of a file ends when an editor replaces it.
                (false, Some(folder)) if root.exists() => (folder, RecursiveMode::NonRecursive),
                _ => (root.as_path(), RecursiveMode::Recursive),
            };
            match self.watcher.watch(watched, mode) {
                Ok(()) => {}
                Err(_) if !root.exists() => self.absent.push(root),
                Err(error) => return Err(explain(&error)),
            }
        }
        Ok(())
    }
}

fn hear(event: notify::Result<Event>, concern: &Concern, notices: &Sender<Notice>) {
    // Nobody listens any more when the watch has ended.
    match event {
        Ok(event) if event.need_rescan() => {
            let _ = notices.send(Notice::Lost);
        }
        Ok(event) => {
            let Some(touch) = touch(event.kind) else {
                return;
            };
            let told = event.paths.into_iter();
            for notice in told.filter_map(|path| concern.notice(path, touch)) {
                let _ = notices.send(notice);
            }
        }
        Err(error) => {
            let _ = notices.send(Notice::Failed(explain(&error)));
        }
    }
}

/// What an event means for the file; nothing when it was only read.
fn touch(kind: EventKind) -> Option<Touch> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Touch::Completed),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::Folder)
        | EventKind::Remove(_)
        | EventKind::Modify(ModifyKind::Name(_)) => Some(Touch::Completed),
        EventKind::Modify(ModifyKind::Metadata(_)) => Some(Touch::Marked),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Other => {
            Some(Touch::Written)
        }
    }
}

impl Concern {
    /// The notice of what happened to a path. None where nothing is read: in the index, in what is
    /// hidden, outside of the roots.
    fn notice(&self, path: PathBuf, touch: Touch) -> Option<Notice> {
        if path.starts_with(&self.own) {
            return None;
        }
        let is_hidden = |part: &Path| {
            let mut names = part.iter();
            names.any(|name| name.as_encoded_bytes().starts_with(b"."))
        };
        let concerns = |root: &PathBuf| {
            let below = path.strip_prefix(root).ok()?;
            let rules = path.file_name().is_some_and(|name| name == IGNORE_FILE);
            match rules {
                true => (!is_hidden(below.parent()?)).then_some(true),
                false => (!is_hidden(below)).then_some(false),
            }
        };
        match self.roots.iter().find_map(concerns)? {
            true => Some(Notice::Lost),
            false => Some(Notice::Touched(path, touch)),
        }
    }
}

/// What went wrong, to stand behind "because".
fn explain(error: &notify::Error) -> String {
    match (&error.kind, error.paths.first()) {
        (notify::ErrorKind::MaxFilesWatch, _) => {
            "there are more folders than the system may watch".to_owned()
        }
        (notify::ErrorKind::Io(error), Some(path)) => {
            format!("{} {}", path.display(), reason_of(error))
        }
        (notify::ErrorKind::Io(error), None) => reason_of(error),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hears_of_what_would_be_read_only() {
        let concern = Concern {
            roots: vec!["/news".into(), "/other/.a.txt".into()],
            own: "/news/index".into(),
        };
        let told = |path: &str| concern.notice(path.into(), Touch::Written);
        for path in ["/news", "/news/a.txt", "/news/b/c.txt", "/other/.a.txt"] {
            let notice = Notice::Touched(path.into(), Touch::Written);
            assert_eq!(told(path), Some(notice));
        }
        for path in [
            "/news/index/meta.json",
            "/news/.a.txt.swp",
            "/news/.git/a",
            "/news/.git/.datelineignore",
            "/other/b.txt",
        ] {
            assert_eq!(told(path), None, "{path}");
        }
        for path in ["/news/.datelineignore", "/news/b/.datelineignore"] {
            assert_eq!(told(path), Some(Notice::Lost), "{path}");
        }
    }
}
