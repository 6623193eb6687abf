//! E-mail: a file is one message; in a mailbox, a message is one item whatever is in it.
#![no_main]

use dateline_fuzz::check;
use dateline_ingest::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((mode, bytes)) = bytes.split_first() else {
        return;
    };
    if mode % 2 == 0 {
        let mail = [b"Message-ID: <1@planet.example>\r\n", bytes].concat();
        assert_eq!(check("/a.eml", Some(Format::Email), &mail).len(), 1);
        return;
    }
    let head = b"From a@b Tue Feb  3 09:00:00 2026\nSubject: One\n\nText.\n\n";
    let mailbox = [head, bytes, b"\n\n", head].concat();
    let items = check("/a.mbox", Some(Format::Mbox), &mailbox);
    // Whatever stands between two messages belongs to the first, unless it begins others.
    let begins = bytes.windows(5).any(|window| window == b"From ");
    assert!(items.len() == 2 || begins && items.len() > 2, "{items:?}");
});
