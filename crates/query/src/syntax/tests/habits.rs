//! What people type who come from other systems finds its form here, or is told what to write.

use super::super::parse;

/// Asserts how queries are read: typed, read as, and words of the diagnostics; none where nothing
/// is to be said.
fn check(rows: &[(&str, &str, &[&str])]) {
    for (typed, read, hints) in rows {
        let parsed = parse(typed);
        let tree = parsed.tree.map(|tree| tree.to_string());
        assert_eq!(tree.as_deref().unwrap_or("nothing"), *read, "{typed}");
        let told: Vec<String> = parsed
            .diagnostics
            .iter()
            .map(|it| it.render(typed))
            .collect();
        assert_eq!(told.len(), hints.len(), "{typed}: {told:?}");
        for (told, hint) in told.iter().zip(*hints) {
            assert!(told.contains(hint), "{typed}: no `{hint}` in {told}");
        }
    }
}

#[test]
fn habits_of_nexis() {
    const ENDINGS: &str = "`!` is not the sign for other endings";
    const CAPITALS: &str = "capitals, singular and plural make no difference";
    check(&[
        ("traffick!", "traffick*", &["write `traffick*`"]),
        (
            "traffick! w/5 cocaine",
            "traffick* NEAR/5 cocaine",
            &[ENDINGS],
        ),
        ("oil w/5 gas", "oil NEAR/5 gas", &[]),
        ("oil W/15 gas", "oil NEAR/15 gas", &[]),
        ("oil near/5 gas", "oil NEAR/5 gas", &[]),
        ("oil pre/5 gas", "oil PRE/5 gas", &[]),
        ("oil onear/5 gas", "oil PRE/5 gas", &[]),
        ("oil w/s gas", "oil /s gas", &[]),
        ("oil w/p gas", "oil /p gas", &[]),
        (
            "oil w/seg gas",
            "oil AND gas",
            &["write title:(…), lead:(…) or body:(…)"],
        ),
        (
            "oil not w/5 gas",
            "oil AND NOT gas",
            &["write a AND NOT (a w/5 b)"],
        ),
        (
            "oil NOT w/5 gas",
            "oil AND NOT gas",
            &["write a AND NOT (a w/5 b)"],
        ),
        ("ATLEAST5(oil)", "atleast5(oil)", &[]),
        (
            "atleast5(oil or gas)",
            "atleast5(oil) AND atleast5(or) AND atleast5(gas)",
            &["one by one", "write OR"],
        ),
        ("HEADLINE(oil)", "title:oil", &[]),
        ("headline(oil OR gas)", "title:(oil OR gas)", &[]),
        ("HLEAD(oil)", "hlead:oil", &[]),
        ("BODY(\"oil price\")", "body:\"oil price\"", &[]),
        ("BYLINE(doe)", "author:doe", &[]),
        ("PUBLICATION(\"Le Monde\")", "source:\"Le Monde\"", &[]),
        ("SECTION(world)", "section:world", &[]),
        ("LENGTH(>500)", "words:>=501", &[]),
        ("length > 500", "length AND 500", &["write words:>800"]),
        ("length>500", "words:>=501", &[]),
        ("DATE(2026)", "date:2026", &[]),
        ("DATE(>2026-01-31)", "since:2026-02-01", &[]),
        ("date>=2026-01-31", "since:2026-01-31", &[]),
        ("date<2026-02", "before:2026-02", &[]),
        ("date<=2026", "until:2026", &[]),
        (
            "oil date aft 1/31/2026",
            "oil AND date AND aft AND 1/31/2026",
            &["write date:2026-02, after:2026-01-15"],
        ),
        (
            "DATE IS 2026",
            "DATE AND IS AND 2026",
            &["dates have a colon"],
        ),
        ("the date is set", "the AND date AND is AND set", &[]),
        ("ALLCAPS(us)", "us", &[CAPITALS]),
        ("nocaps(aids)", "aids", &[CAPITALS]),
        ("singular(bank)", "bank", &[CAPITALS]),
        ("person(petro)", "person AND petro", &["write person:(…)"]),
        ("company(acme)", "company AND acme", &["write org:(…)"]),
        ("wom*n", "wom*n", &[]),
        (
            "oil and not gas",
            "oil AND and AND not AND gas",
            &["write AND", "write NOT"],
        ),
        ("oil BUT NOT gas", "oil AND NOT gas", &[]),
        ("HEADLINE (oil OR gas)", "title:(oil OR gas)", &[]),
        ("lead (oil)", "lead AND oil", &[]),
        ("oil pre/s gas", "oil /s gas", &["write PRE/20"]),
        ("oil PRE/P gas", "oil /p gas", &["write PRE/20"]),
        (
            "SUBJECT(oil) geographic(Colombia)",
            "SUBJECT AND oil AND geographic AND Colombia",
            &["no segment `subject`", "write country:(…)"],
        ),
        ("atl3(oil)", "atleast3(oil)", &[]),
        (
            "ATL3(oil OR gas) atl3",
            "atleast3(oil OR gas) AND atl3",
            &[],
        ),
        ("oil NEAR/ gas", "oil NEAR/10 gas", &["write NEAR/5"]),
        ("oil pre/ gas", "oil PRE/10 gas", &["write PRE/5"]),
        ("oil w5 gas", "oil AND w5 AND gas", &["write w/5"]),
        ("w5", "w5", &[]),
        (
            "oil or gas or coal",
            "oil AND or AND gas AND or AND coal",
            &["write OR"],
        ),
        (
            "oil AND gas OR coal",
            "(oil AND gas) OR coal",
            &["AND binds tighter"],
        ),
    ]);
}

#[test]
fn habits_of_factiva() {
    check(&[
        ("oil adj5 gas", "oil PRE/5 gas", &[]),
        ("oil near5 gas", "oil NEAR/5 gas", &[]),
        ("oil /n5/ gas", "oil NEAR/5 gas", &[]),
        ("wc:>800 oil", "words:>=801 AND oil", &[]),
        ("oil /N5 gas", "oil NEAR/5 gas", &[]),
        ("oil SAME gas", "oil /p gas", &[]),
        ("oil same gas", "oil AND same AND gas", &["write SAME"]),
        ("oil adj gas", "oil AND adj AND gas", &["write PRE/1"]),
        ("oil/F50/", "oil", &["write hlead:oil"]),
        (
            "telecom$ telecom$4",
            "telecom* AND telecom*",
            &["write `telecom*`", "write `telecom*`"],
        ),
        ("US$4", "US$4", &[]),
        ("hd=oil", "title:oil", &[]),
        ("hd=(oil OR gas)", "title:(oil OR gas)", &[]),
        ("hlp=\"oil price\"", "hlead:\"oil price\"", &[]),
        ("lp=oil td=gas", "lead:oil AND body:gas", &[]),
        ("by=doe au=doe", "author:doe AND author:doe", &[]),
        ("co=acme", "org:acme", &[]),
        ("re=colom", "country:colom", &[]),
        ("la=es", "lang:es", &[]),
        ("rst=reuters", "source:reuters", &[]),
        ("sn=\"Le Monde\"", "source:\"Le Monde\"", &[]),
        (
            "se=world cr=reuters",
            "section:world AND agency:reuters",
            &[],
        ),
        ("wc>800 wc<2000", "words:>=801 AND words:<=1999", &[]),
        ("pd=20260203", "date:2026-02-03", &[]),
        ("pd>20260131", "since:2026-02-01", &[]),
        ("an=x17", "id:x17", &[]),
        ("oil ns=gpol", "oil", &["nothing here is like `ns=`"]),
        ("in=(i1 OR i2) oil", "oil", &["left out with its value"]),
        (
            "date after -7",
            "date AND after AND NOT 7",
            &["dates have a colon"],
        ),
    ]);
}

#[test]
fn habits_of_proquest() {
    check(&[
        ("oil !gas", "oil AND gas", &["write -gas"]),
        ("ti(oil) au(doe)", "title:oil AND author:doe", &[]),
        (
            "pub(\"Le Monde\") la(es)",
            "source:\"Le Monde\" AND lang:es",
            &[],
        ),
        ("pd(20260203)", "date:2026-02-03", &[]),
        ("EXACT(\"oil price\")", "\"oil price\"", &["write =word"]),
        ("oil N/5 gas", "oil NEAR/5 gas", &[]),
        ("oil P/5 gas", "oil PRE/5 gas", &[]),
    ]);
}

#[test]
fn habits_of_google_news() {
    check(&[
        ("intitle:oil", "title:oil", &[]),
        ("intitle:\"oil price\"", "title:\"oil price\"", &[]),
        ("allintitle: oil gas", "oil AND gas", &["write title:(…)"]),
        ("allinurl:politics", "politics", &["write url:(…)"]),
        (
            "intext:oil inurl:politics",
            "body:oil AND url:politics",
            &[],
        ),
        (
            "site:lemonde.fr -site:www.lemonde.fr",
            "site:lemonde.fr AND NOT site:www.lemonde.fr",
            &[],
        ),
        (
            "source:reuters location:bogota",
            "source:reuters AND place:bogota",
            &[],
        ),
        (
            "after:2026-01-01 before:2026-03",
            "since:2026-01-01 AND before:2026-03",
            &[],
        ),
        (
            "after:2026/01/01 when:7d",
            "since:2026-01-01 AND since:7d",
            &[],
        ),
        ("oil AROUND(5) gas", "oil NEAR/5 gas", &[]),
        ("+oil +\"gas price\"", "oil AND \"gas price\"", &[]),
        ("~oil", "oil", &["write oil~1"]),
        ("oil –gas", "oil AND NOT gas", &[]),
        (
            "oil 2010..2020",
            "oil AND 2010..2020",
            &["write date:2010..2020"],
        ),
        ("$50..$100", "50..$100", &["write 50 OR 100"]),
        ("oil...gas 3..", "oil...gas AND 3", &[]),
        (
            "2010–2020 – oil",
            "2010–2020 AND oil",
            &["has no word in it"],
        ),
        ("oil OR gas | coal", "oil OR gas OR coal", &[]),
        ("oil & gas", "oil AND gas", &[]),
        (
            "“oil price” -„gas price“",
            "\"oil price\" AND NOT \"gas price\"",
            &[],
        ),
        ("*", "nothing", &["`*` has no word in it"]),
        ("\"\"", "nothing", &["the phrase is empty"]),
        (
            "cache:example.org",
            "\"cache:example.org\"",
            &["there is no field `cache`"],
        ),
        ("title=oil", "title:oil", &[]),
        (
            "source_country:FR",
            "FR",
            &["did you mean `source-country:`?"],
        ),
    ]);
}
