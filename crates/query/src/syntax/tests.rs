//! How queries are read, and what is said about those that are not well formed.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Form, Node, parse};

/// The tree with all its parentheses, then the diagnostics.
fn check(query: &str, expected: Expect) {
    let parsed = parse(query);
    let mut text = parsed.tree.as_ref().map_or("nothing".to_owned(), nested);
    for diagnostic in &parsed.diagnostics {
        text.push('\n');
        text.push_str(&diagnostic.render(query));
    }
    expected.assert_eq(&text);
}

fn nested(node: &Node) -> String {
    let all = |nodes: &[Node]| nodes.iter().map(nested).collect::<Vec<_>>().join(" ");
    match node {
        Node::Text(text) => {
            let sign = if text.exact { "=" } else { "" };
            let raw = &text.raw;
            match text.form {
                Form::Plain => format!("{sign}{raw}"),
                Form::Quoted { slop: 0 } => format!("{sign}“{raw}”"),
                Form::Quoted { slop } => format!("{sign}“{raw}”~{slop}"),
                Form::Fuzzy { edits } => format!("{sign}{raw}~{edits}"),
                Form::Regex => format!("/{raw}/"),
            }
        }
        Node::And(nodes) => format!("(and {})", all(nodes)),
        Node::Or(nodes) => format!("(or {})", all(nodes)),
        Node::Not(node) => format!("(not {})", nested(node)),
        Node::In(field, node) => format!("{}:{}", field.name(), nested(node)),
        Node::Near(near) => format!("({} {})", near.closeness, all(&near.nodes)),
        Node::AtLeast(count, node) => format!("(atleast{count} {})", nested(node)),
        Node::Filter(filter) => filter.to_string(),
    }
}

#[test]
fn words_side_by_side_are_all_wanted() {
    check(
        "oil  sanctions\tlifted",
        expect!["(and oil sanctions lifted)"],
    );
    check("oil AND sanctions", expect!["(and oil sanctions)"]);
    check("", expect!["nothing"]);
    check("and or not", expect!["(and and or not)"]);
}

#[test]
fn not_binds_tighter_than_and_and_and_tighter_than_or() {
    check("a OR (b AND NOT c)", expect!["(or a (and b (not c)))"]);
    check("(a OR b) -c", expect!["(and (or a b) (not c))"]);
    check("NOT (a OR b)", expect!["(not (or a b))"]);
    check("NOT NOT a -NOT b", expect!["(and a b)"]);
    check(
        "a b OR c",
        expect![[r#"
        (or (and a b) c)
        AND and OR are mixed without parentheses: AND binds tighter; it is read as (a AND b) OR c
          a b OR c
          ^^^^^^^^"#]],
    );
}

#[test]
fn quotes_of_all_kinds_make_phrases() {
    check(
        "“peace agreement” „zwei Worte“ «deux mots»",
        expect!["(and “peace agreement” “zwei Worte” “deux mots”)"],
    );
    check(
        "talks\"peace agreement\"now",
        expect!["(and talks “peace agreement” now)"],
    );
    check("l’homme d'État", expect!["(and l’homme d'État)"]);
}

#[test]
fn a_minus_sign_negates_only_at_the_beginning_of_a_word() {
    check(
        "well-known -unknown −\"not this\" -(a b) 3-4",
        expect!["(and well-known (not unknown) (not “not this”) (not (and a b)) 3-4)"],
    );
    check(
        "\"a\"-b (c)-d title:-e",
        expect!["(and “a” (not b) c (not d) title:e)"],
    );
    check(
        "this - that --other",
        expect![[r#"
            (and this that other)
            `-` has no word in it: it is left out
              this - that --other
                   ^"#]],
    );
}

#[test]
fn fields_take_a_word_a_phrase_or_a_group() {
    check(
        "title:oil person:\"Gustavo Petro\" body:(a OR b)",
        expect!["(and title:oil person:“Gustavo Petro” body:(or a b))"],
    );
    check(
        "Person:petro LANG:en organization:UN",
        expect!["(and person:petro lang:en org:UN)"],
    );
    check(
        "person: petro sanctions",
        expect!["(and person:petro sanctions)"],
    );
    check(
        "-country:CO title:(-oil)",
        expect!["(and (not country:CO) title:(not oil))"],
    );
    check("title:(body:a b)", expect!["title:(and body:a b)"]);
}

#[test]
fn words_side_by_side_in_a_facet_are_one_name() {
    check(
        "country:(South Sudan OR Chad)",
        expect!["country:(or “South Sudan” Chad)"],
    );
    check(
        "country:(Sudan AND Chad) person:(petro \"Donald Trump\")",
        expect!["(and country:(and Sudan Chad) person:(and petro “Donald Trump”))"],
    );
    check("title:(South Sudan)", expect!["title:(and South Sudan)"]);
}

#[test]
fn an_unknown_field_is_read_as_a_word() {
    check(
        "tilte:oil",
        expect![[r#"
            oil
            there is no field `tilte`: what follows is looked for everywhere; did you mean `title:`?
              tilte:oil
              ^^^^^"#]],
    );
    check(
        "persn:\"Gustavo Petro\"",
        expect![[r#"
            “Gustavo Petro”
            there is no field `persn`: what follows is looked for everywhere; did you mean `person:`?
              persn:"Gustavo Petro"
              ^^^^^"#]],
    );
    check(
        "zzz:oil",
        expect![[r#"
            “zzz:oil”
            there is no field `zzz`: it is read as a word
              zzz:oil
              ^^^"#]],
    );
    check(
        "Texas: storm hits land:x",
        expect![[r#"
            (and Texas storm hits x)
            there is no field `land`: what follows is looked for everywhere; did you mean `lang:`?
              Texas: storm hits land:x
                                ^^^^"#]],
    );
    check(
        "https://example.org/a at 11:20",
        expect!["(and https://example.org/a at 11:20)"],
    );
}

#[test]
fn what_dangles_is_left_out() {
    check(
        "oil AND",
        expect![[r#"
        oil
        AND has nothing after it: it is left out
          oil AND
              ^^^"#]],
    );
    check(
        "OR oil OR",
        expect![[r#"
        oil
        OR has nothing before it: it is left out
          OR oil OR
          ^^
        OR has nothing after it: it is left out
          OR oil OR
                 ^^"#]],
    );
    check(
        "a AND OR b",
        expect![[r#"
        (or a b)
        AND has nothing after it: it is left out
          a AND OR b
            ^^^"#]],
    );
    check(
        "a NOT",
        expect![[r#"
        a
        NOT has nothing after it: it is left out
          a NOT
            ^^^"#]],
    );
    check(
        "(AND) b",
        expect![[r#"
        b
        AND has nothing before it: it is left out
          (AND) b
           ^^^"#]],
    );
    check(
        "title: AND oil",
        expect![[r#"
        oil
        `title:` has no value: it is left out
          title: AND oil
          ^^^^^^"#]],
    );
}

#[test]
fn what_is_open_ends_with_the_query() {
    check(
        "oil \"peace agreement",
        expect![[r#"
        (and oil “peace agreement”)
        the quote is not closed: the phrase ends with the query
          oil "peace agreement
              ^^^^^^^^^^^^^^^^"#]],
    );
    check(
        "((oil gas) AND (a",
        expect![[r#"
            (and oil gas a)
            2 `(` are not closed: they end with the query
              ((oil gas) AND (a
              ^"#]],
    );
    check(
        "oil) gas))",
        expect![[r#"
            (and oil gas)
            3 `)` close nothing: they are left out
              oil) gas))
                 ^"#]],
    );
    check(
        "a () \"\" — b",
        expect![[r#"
        (and a b)
        the parentheses are empty: they are left out
          a () "" — b
            ^^
        the phrase is empty: it is left out
          a () "" — b
               ^^
        `—` has no word in it: it is left out
          a () "" — b
                  ^"#]],
    );
}

#[test]
fn carets_stand_under_wide_and_narrow_letters() {
    check(
        "日本 tilte:a\tб",
        expect![[r#"
            (and 日本 a б)
            there is no field `tilte`: what follows is looked for everywhere; did you mean `title:`?
              日本 tilte:a б
                   ^^^^^"#]],
    );
}

#[test]
fn two_thousand_parentheses_are_one_mistake() {
    let query = format!("{}oil{} gas", "(".repeat(1_000), ")".repeat(1_000));
    check(
        &query,
        expect![[r#"
            (and oil gas)
            parentheses and fields are nested more than 32 deep: the inner ones are left out
              …(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…
                                       ^"#]],
    );
    check(
        &format!("{}oil", "title:".repeat(300)),
        expect![[r#"
            title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:title:oil
            parentheses and fields are nested more than 32 deep: the inner ones are left out
              …title:title:title:title:title:title:title:title:title:title:title:title…
                                       ^^^^^^"#]],
    );
    check(
        &")".repeat(2_000),
        expect![[r#"
            nothing
            2000 `)` close nothing: they are left out
              ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))…
              ^"#]],
    );
}

#[test]
fn a_query_that_is_too_long_is_cut_between_letters() {
    for blank in ["", " "] {
        let query = format!("{blank}{}", "油".repeat(1_000));
        let parsed = parse(&query);
        let Some(Node::Text(text)) = &parsed.tree else {
            panic!("{:?}", parsed.tree);
        };
        assert_eq!(text.raw, "油".repeat((2_048 - blank.len()) / 3));
        assert_eq!(parsed.diagnostics.len(), 1);
        let end = text.span.end;
        assert_eq!(parsed.diagnostics[0].span, end..query.len());
    }
}

#[test]
fn long_queries_are_cut() {
    let query = "ab ".repeat(300);
    let parsed = parse(&query);
    assert!(matches!(parsed.tree, Some(Node::And(nodes)) if nodes.len() == 256));
    expect![[r#"
        the query has more than 256 words: the rest is left out
          …ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab…
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"#]]
    .assert_eq(&parsed.diagnostics[0].render(&query));
    let query = format!("{} end", "é".repeat(1_030));
    let parsed = parse(&query);
    assert!(matches!(parsed.tree, Some(Node::Text(text)) if text.raw.len() == 2_048));
    expect![[r#"
        the query is longer than 2048 bytes: the rest is left out
          …éééééééééééééééééééééééééééééé end
                                   ^^^^^^^^^^"#]]
    .assert_eq(&parsed.diagnostics[0].render(&query));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6_000,
        // The same queries every time: a failure must not depend on the day.
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_260_203),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_a_query(query in "\\PC{0,60}|[()\"“:aé \nANDORT=~*?!/.-]{0,200}|(title:|person:|date:|2026|\\(|NOT |-| OR | AND | NEAR/5 | /s |atleast2|a|\"|\\)|~2|=|[*?]|ab|/|HEADLINE|after:|\\.\\.|has:|words:|>){0,300}") {
        let parsed = parse(&query);
        for diagnostic in &parsed.diagnostics {
            prop_assert!(diagnostic.span.start <= diagnostic.span.end);
            prop_assert!(query.get(diagnostic.span.clone()).is_some(), "{:?}", diagnostic);
            prop_assert!(diagnostic.render(&query).contains('^'));
        }
        if let Some(tree) = parsed.tree {
            prop_assert_eq!(parse(&tree.to_string()).tree, Some(tree));
        }
    }
}
