//! Settles dates that can be read in two ways: after all was read, by the order of day and month
//! that the other articles of the source show.
//!
//! What is settled depends on nothing but the articles in the index, so it does not matter which run
//! brought which. Where nothing changes this costs a scan of two columns.

use std::ops::ControlFlow;
use std::path::Path;

use dateline_corpus::schema::DateEvidence;
use dateline_corpus::{Article, DateOrder};
use dateline_ingest::{DateOrders, in_order_of_source};
use tantivy::DocAddress;

use crate::analyse::{Analysis, Document};
use crate::engine::Engine;
use crate::known::Known;
use crate::pipeline::{self, Feed, Turn};
use crate::read::Event;
use crate::{IndexError, IndexOptions};

/// Writes those articles of the last commit again whose dates read otherwise now, and commits.
pub(crate) fn settle(
    dir: &Path,
    engine: &mut Engine,
    options: &IndexOptions,
) -> Result<(), IndexError> {
    let known = engine.known()?;
    let failed = || IndexError::engine("settle dates in", dir);
    let unsettled = unsettled(&known).map_err(failed())?;
    if unsettled.is_empty() {
        return Ok(());
    }
    let fields = *engine.fields();
    let mut damage = None;
    let feed = |feed: &mut Feed| {
        for (address, shown) in &unsettled {
            if options.stop.is_requested() {
                break;
            }
            match known.stored(*address) {
                Ok(article) => feed.push(Event::Article(Box::new(in_order(article, *shown))))?,
                Err(error) => {
                    damage = Some(error);
                    return ControlFlow::Break(());
                }
            }
        }
        ControlFlow::Continue(())
    };
    let work = || {
        let mut analysis = Analysis::new(&known, &fields);
        move |event| match event {
            // An article that cannot be analysed any more stays as it is.
            Event::Article(article) => Ok::<_, IndexError>(analysis.document(*article).ok()),
            Event::Skip(_) | Event::Unlisted(_) | Event::End(..) => Ok(None),
        }
    };
    pipeline::run(
        options.threads(),
        feed,
        work,
        |turn: Turn<Option<Document>>| {
            for document in turn.items.into_iter().flatten() {
                engine.delete(engine.fields().id_term(document.id));
                engine.add(document.fields, Some(turn.permit.clone()))?;
            }
            Ok(())
        },
    )?;
    if let Some(error) = damage {
        return Err(failed()(error));
    }
    engine.commit()
}

/// The articles whose dates are not read as they are to be, and the order to read each in.
fn unsettled(known: &Known) -> tantivy::Result<Vec<(DocAddress, Option<DateOrder>)>> {
    let evidence = known.date_evidence()?;
    let mut orders = DateOrders::default();
    for (_, source, evidence) in &evidence {
        if let DateEvidence::Shows(order) = evidence {
            orders.learn(source, *order);
        }
    }
    let to_settle = |(address, source, evidence): (_, String, _)| match evidence {
        DateEvidence::Doubts(settled) if settled != orders.of(&source) => {
            Some((address, orders.of(&source)))
        }
        _ => None,
    };
    Ok(evidence.into_iter().filter_map(to_settle).collect())
}

fn in_order(article: Article, shown: Option<DateOrder>) -> Article {
    let published = article.published.as_ref();
    Article {
        published: published.map(|date| in_order_of_source(date, shown)),
        ..article
    }
}
