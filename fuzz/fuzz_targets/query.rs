//! The query language: any text is a query; a tree that is printed is read as the same tree;
//! what is said about a query points into it.
#![no_main]

use dateline_query::syntax::parser::QUERY_BYTES_MAX;
use dateline_query::syntax::{explain, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let query = String::from_utf8_lossy(bytes);
    let parsed = parse(&query);
    for diagnostic in &parsed.diagnostics {
        assert!(
            query.get(diagnostic.span.clone()).is_some(),
            "{diagnostic:?}"
        );
        assert!(diagnostic.render(&query).contains('^'), "{diagnostic:?}");
    }
    let Some(tree) = parsed.tree else {
        return;
    };
    assert!(!explain(Some(&tree)).is_empty());
    let printed = tree.to_string();
    // A query as long as may be can become longer when it is printed.
    if printed.len() <= QUERY_BYTES_MAX {
        assert_eq!(parse(&printed).tree.as_ref(), Some(&tree), "{printed}");
    }
});
